import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addOrders, type QueuePage, rowOf, rows, startQueuePage } from './queue-page.ts'

const artifacts = fileURLToPath(new URL('../artifacts/queue/', import.meta.url))
const orderCount = 50_000

let queue: QueuePage
let page: Page
let devtools: CDPSession
/** Measured, not asserted: times depend on the machine. They are in artifacts/queue/figures.json. */
const figures: Record<string, unknown> = {}

const manyOrders = addOrders(
  'many',
  orderCount,
  `case n % 2 when 0 then 'missing_data' else 'ready_for_review' end, 'Given' || n % 700 || ' Family' || n % 3001,
   'Order of kind ' || n % 40, (20000 + n % 40)::text, 'Payer ' || n % 25, date '2031-01-01' + n / 30, n % 10,
   'given' || n % 700 || ' family' || n % 3001 || ' mrn' || n`,
)

/** What a person would feel, recorded from the first script on. */
const recorder = `
  globalThis.felt = { shifts: [], longTasks: [], maxRows: 0, firstRowAt: undefined }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) 
      if (!entry.hadRecentInput)
        felt.shifts.push([entry.value, ...entry.sources.map(({ node, previousRect, currentRect }) =>
          [node?.outerHTML?.slice(0, 80) ?? node?.textContent, JSON.stringify([previousRect, currentRect])].join(' '))].join('; '))
  }).observe({ type: 'layout-shift', buffered: true })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) felt.longTasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
  new MutationObserver(() => {
    const count = document.querySelectorAll('[data-work-item]').length
    felt.maxRows = Math.max(felt.maxRows, count)
    if (count > 0) felt.firstRowAt ??= performance.now()
  }).observe(document, { childList: true, subtree: true })`

interface Felt {
  readonly shifts: readonly string[]
  readonly longTasks: readonly number[]
  readonly maxRows: number
  readonly firstRowAt: number
}

const felt = () => page.evaluate('felt') as Promise<Felt>

beforeAll(async () => {
  mkdirSync(artifacts, { recursive: true })
  queue = await startQueuePage()
  await queue.run(manyOrders)
  await queue.world.database('select count(*)::int as n from work_items')
  const context = await queue.newContext()
  await context.addInitScript(recorder)
  page = await queue.signIn(context, '/?view=all')
  devtools = await context.newCDPSession(page)
  await rows(page).first().waitFor()
}, 300_000)

afterAll(async () => {
  writeFileSync(`${artifacts}figures.json`, `${JSON.stringify(figures, undefined, 2)}\n`)
  await queue?.[Symbol.asyncDispose]()
})

const open = (path: string) => page.goto(`${queue.network.address}${path}`)

/** What is alive after everything that can be collected is gone. */
async function alive() {
  await devtools.send('HeapProfiler.collectGarbage')
  await devtools.send('Performance.enable')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const valueOf = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0
  return {
    heapMb: Math.round(valueOf('JSHeapUsedSize') / 1e5) / 10,
    nodes: valueOf('Nodes'),
    listeners: valueOf('JSEventListeners'),
  }
}

describe('a practice with 50,000 orders', () => {
  it.each([
    { name: 'this computer', line: undefined },
    {
      name: 'slow 4G',
      line: { latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 },
    },
  ])('sees its first rows without anything moving, over $name', async ({ name, line }) => {
    await devtools.send('Network.enable')
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
    if (line !== undefined)
      await devtools.send('Network.emulateNetworkConditions', { offline: false, ...line })
    await open('/?view=all')
    await page.locator('[data-connection=live]').waitFor()
    await page.getByText('50,000 orders').waitFor()
    // Counts, filters and saved views have come too.
    await page.getByRole('link', { name: /^All\s*50,000/ }).waitFor()
    await page.evaluate('new Promise((resume) => requestIdleCallback(resume))')

    const { shifts, firstRowAt, maxRows } = await felt()
    figures[`first rows over ${name}, ms`] = Math.round(firstRowAt)
    figures[`layout shifts over ${name}`] = shifts.length
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    })
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: false })
    expect(shifts).toEqual([])
    expect(maxRows).toBeLessThanOrEqual(40)
  })

  it('scrolls to the last order, and the page stays as small as it was', async () => {
    await open('/?view=all')
    await rows(page).first().waitFor()
    const scrollTo = (wanted: number) =>
      page.evaluate(`(async () => {
        const frame = () => new Promise((resume) => requestAnimationFrame(resume))
        for (;;) {
          const indexes = [...document.querySelectorAll('[aria-rowindex]')].map((row) => Number(row.getAttribute('aria-rowindex')))
          if (Math.max(...indexes) > ${wanted}) return
          scrollTo(0, document.documentElement.scrollHeight)
          await frame()
        }
      })()`)
    // By then the parts that are loaded ahead are there.
    await scrollTo(2000)
    await page.evaluate('new Promise((resume) => requestIdleCallback(resume))')
    const before = await alive()
    const tasks: number[] = []
    for (const wanted of [10_000, 20_000, 30_000, 40_000, orderCount]) {
      const known = (await felt()).longTasks.length
      await scrollTo(wanted)
      tasks.push(Math.round(Math.max(0, ...(await felt()).longTasks.slice(known))))
    }
    await rowOf(page, `many-${orderCount}`).waitFor()
    const after = await alive()
    const { maxRows } = await felt()
    figures['longest task in ms, for each 10,000 rows'] = tasks
    figures['with 2,000 rows read'] = before
    figures['with 50,000 rows read'] = after

    expect(maxRows).toBeLessThanOrEqual(60)
    expect(after.nodes).toBeLessThan(before.nodes + 2000)
    expect(after.listeners).toBeLessThan(before.listeners + 200)
    // About 2 kB for each row that was read.
    expect(after.heapMb - before.heapMb).toBeLessThan(100)
  }, 400_000)

  it('can be searched, sorted and scrolled there as anywhere', async () => {
    await page.keyboard.press('Home')
    await page.getByRole('button', { name: 'Patient' }).click()
    await page.waitForURL(/sort=patient/)
    await page.getByRole('searchbox').fill('family1234 mrn1234')
    await page.waitForURL(/q=family1234/)
    await page.getByText('1 order', { exact: true }).waitFor()
    await rowOf(page, 'many-1234').waitFor()
    expect(await rows(page).count()).toBe(1)
  })
})
