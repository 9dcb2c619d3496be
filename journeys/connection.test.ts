import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { onServer } from '../apps/gateway/test/database/template-database.ts'
import { readMessages } from './event-reader.ts'
import { addOrders, type QueuePage, rowOf, startQueuePage } from './queue-page.ts'

const artifacts = fileURLToPath(new URL('../artifacts/queue/', import.meta.url))

let queue: QueuePage
let page: Page
let devtools: CDPSession
/** Measured, not asserted: times depend on the machine. They are in artifacts/queue/connection-figures.json. */
const figures: Record<string, unknown> = {}

const ordersOf = (prefix: string, count: number, day: string) =>
  addOrders(
    prefix,
    count,
    `'missing_data', '${prefix} ' || n, 'Lumbar spine MRI without contrast', '72148', 'Lakes Mutual', date '${day}' + n, 2, '${prefix}'`,
  )

beforeAll(async () => {
  mkdirSync(artifacts, { recursive: true })
  queue = await startQueuePage()
  await queue.run(ordersOf('desk', 300, '2031-02-01'))
  const context = await queue.newContext()
  page = await queue.signIn(context)
  devtools = await context.newCDPSession(page)
  await rowOf(page, 'desk-1').waitFor()
  await page.locator('[data-connection=live]').waitFor()
})

beforeEach(({ onTestFailed }) =>
  onTestFailed(async () => {
    await page.screenshot({ path: `${artifacts}connection-failed.png` })
  }),
)

afterAll(async () => {
  writeFileSync(`${artifacts}connection-figures.json`, `${JSON.stringify(figures, undefined, 2)}\n`)
  await queue?.[Symbol.asyncDispose]()
})

const refOf = (id: string) => ({ practiceId: '195900', patientId: 'many', encounterId: id })

async function openStreams(): Promise<number> {
  const { world } = queue
  const metrics = await (await world.ask('/metrics', { key: world.keys.operator })).text()
  return Number(/^gateway_event_subscribers (\d+)$/m.exec(metrics)?.[1])
}

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

it('twenty tabs of a browser have one stream, and each shows what happens', async () => {
  const tabs: Page[] = [page]
  while (tabs.length < 20) {
    const tab = await page.context().newPage()
    tabs.push(tab)
    await tab.goto(`${queue.network.address}/?view=open`)
  }
  for (const tab of tabs) await tab.locator('[data-connection=live]').waitFor()
  // A stream that was silent for too long on a busy machine is opened again, and the gateway notices later that the previous one is closed.
  await expect.poll(openStreams).toBe(1)

  await queue.run(`update work_items set owner = 'Dr. Okafor' where work_item_id = 'desk-2'`)
  await queue.world.gateway.store.emit('journey', refOf('desk-2'), 'WorkItemAssigned', {
    workItemId: 'desk-2',
  })
  for (const tab of tabs) {
    // A tab that is not seen reads when it is looked at.
    await tab.bringToFront()
    await rowOf(tab, 'desk-2').getByText('Dr. Okafor').waitFor()
  }
  await expect.poll(openStreams).toBe(1)
  for (const tab of tabs.slice(1)) await tab.close()
  await page.bringToFront()
  await page.locator('[data-connection=live]').waitFor()
  await expect.poll(openStreams).toBe(1)
}, 300_000)

it('with a hundred events a second the page stays quick, and the row under the pointer stays where it is', async () => {
  const batches = 100
  const inBatch = 10
  const batchMs = 100
  let readings = 0
  page.on('request', (request) => {
    if (request.url().includes('/api/work-queue?')) readings += 1
  })
  await page.evaluate(`
    globalThis.latencies = []
    globalThis.renders = 0
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries()) if (interactionId > 0) latencies.push(duration)
    }).observe({ type: 'event', durationThreshold: 16 })
    new MutationObserver(() => { renders += 1 }).observe(document.querySelector('[role=table]'), { childList: true, subtree: true, characterData: true, attributes: true })`)
  const box = rowOf(page, 'desk-7').getByRole('checkbox')
  await box.hover()
  const before = await rowOf(page, 'desk-7').boundingBox()
  const { store } = queue.world.gateway

  // What another reader of the same stream gets: whether the events really come at this rate.
  const reading = new AbortController()
  const streamed = await queue.world.ask('/api/events?contract=event-message', {
    signal: reading.signal,
  })
  const received = readMessages(streamed, (messages) => messages.length === batches * inBatch).then(
    () => performance.now(),
  )

  const startedAt = performance.now()
  // One connection for all statements: opening one for each took a third of the time.
  await onServer(queue.world.connection, async (client) => {
    for (let batch = 0; batch < batches; batch += 1) {
      const id = `desk-${1 + (batch % 40)}`
      if (batch % 10 === 0) await client.query(ordersOf(`new${batch}`, 1, '2030-01-01'))
      await client.query(
        `update work_items set owner = 'Person ${batch}', updated_at = now() where work_item_id = '${id}'`,
      )
      await store.transaction('journey', async (transaction) => {
        for (let event = 0; event < inBatch; event += 1)
          transaction.emit(refOf(id), 'WorkItemAssigned', { workItemId: id })
      })
      // A person continues working: selects, and takes it back.
      if (batch % 5 === 0) await page.mouse.down().then(() => page.mouse.up())
      // By the clock, so that the time of the statements is no pause beside the pause.
      const next = startedAt + (batch + 1) * batchMs
      await page.waitForTimeout(Math.max(0, next - performance.now()))
    }
  })
  const seconds = ((await received) - startedAt) / 1000
  reading.abort()
  await page.locator('[data-updates]').getByText('10 updates').waitFor()

  expect(await rowOf(page, 'desk-7').boundingBox()).toEqual(before)
  // Many events are one reading, and one reading is one change of the table at most.
  expect(readings).toBeLessThan((batches * inBatch) / 5)
  const renders = (await page.evaluate('renders')) as number
  expect(renders).toBeLessThan(readings + batches)
  const latencies = (await page.evaluate(
    'latencies.toSorted((one, other) => one - other)',
  )) as number[]
  figures['events'] = batches * inBatch
  figures['events a second'] = Math.round((batches * inBatch) / seconds)
  figures['readings of the rows'] = readings
  figures['changes of the table'] = renders
  figures['input to next paint, ms: median, longest (16 or less is not counted)'] = [
    latencies[Math.floor(latencies.length / 2)],
    latencies.at(-1),
  ]
}, 300_000)

it('after a night of reconnects there is one stream, no leak, and the page is current', async () => {
  const cuts = 300
  const { network } = queue
  const reconnect = async () => {
    network.cut()
    await page.locator('[data-connection=lost]').waitFor()
    network.heal()
    // As when the network is back: without it, the page waits longer with each failure.
    await page.evaluate(`dispatchEvent(new Event('online'))`)
    await page.locator('[data-connection=live]').waitFor()
  }
  await page.mouse.move(700, 10)
  for (let count = 0; count < 20; count += 1) await reconnect()
  const before = await alive()

  for (let count = 0; count < cuts; count += 1) {
    if (count % 100 === 50) await queue.run(ordersOf(`night${count}`, 1, '2029-01-01'))
    await reconnect()
  }
  await expect.poll(openStreams, { timeout: 30_000 }).toBe(1)
  // Some may have been read before the last cut, and wait to be shown.
  const updates = page.locator('[data-updates]')
  const shown = async () => {
    if (await updates.isVisible()) await updates.click()
    return await page.locator('[data-work-item^=night]').count()
  }
  await expect.poll(shown, { timeout: 60_000 }).toBe(3)
  const after = await alive()

  figures['before the night'] = before
  figures[`after ${cuts} cuts`] = after
  expect(after.heapMb - before.heapMb).toBeLessThan(3)
  expect(after.listeners - before.listeners).toBeLessThan(40)
  expect(after.nodes - before.nodes).toBeLessThan(500)
  // One for the stream, and what the browser keeps for the next requests.
  expect(network.openCount).toBeLessThanOrEqual(7)
}, 400_000)
