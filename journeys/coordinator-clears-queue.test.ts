import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'
import type { CuttableProxy } from './cuttable-proxy.ts'
import { addOrders, type QueuePage, rowOf, rows, startQueuePage } from './queue-page.ts'
import { anEncounter, type World } from './world.ts'

const artifacts = fileURLToPath(new URL('../artifacts/queue/', import.meta.url))

let queue: QueuePage
let world: World
let network: CuttableProxy
let context: BrowserContext
let page: Page
const browserErrors: string[] = []
const run = (statement: string) => queue.run(statement)

beforeAll(async () => {
  mkdirSync(artifacts, { recursive: true })
  queue = await startQueuePage()
  ;({ world, network } = queue)
  context = await queue.newContext()
  page = await context.newPage()
  page.on('pageerror', (error) => browserErrors.push(error.message))
})

beforeEach(({ onTestFailed }) =>
  onTestFailed(async () => {
    await page.screenshot({ path: `${artifacts}failed.png` })
  }),
)

afterAll(() => queue?.[Symbol.asyncDispose]())

const ordersOfTheDesk = addOrders(
  'desk',
  8,
  `case n % 4 when 0 then 'ready_for_review' when 1 then 'missing_data' when 2 then 'requirements_not_met' else 'no_policy' end,
   (array['Lindqvist, Karin', 'Marchetti, Donna', repeat('Wolfeschlegel', 24), 'כהן, דוד', 'Ruiz, J.', 'Nuñez, Ana', 'Odum, T.', 'Baker, Lou'])[n],
   (array['Right total knee arthroplasty', 'Lumbar spine MRI without contrast', 'CT of the chest', 'Sleep study'])[1 + n % 4],
   (array['27447', '72148', '71250', '95810'])[1 + n % 4], case when n % 2 = 0 then 'Prairie Health Plan' else 'Lakes Mutual' end,
   current_date + (n * 3 - 5), n % 4, 'desk' || n || ' ' || (array['27447', '72148', '71250', '95810'])[1 + n % 4]`,
)
const manyOrders = addOrders(
  'many',
  450,
  `'missing_data', 'Patient' || n || ', Test', 'Lumbar spine MRI without contrast', '72148', 'Prairie Health Plan', date '2031-01-01' + n, 2,
   'patient' || n || ' test 72148'`,
)
const lateOrder = addOrders(
  'late',
  1,
  `'missing_data', 'Late, Lou', 'CT of the chest', '71250', 'Lakes Mutual', current_date, 1, 'late'`,
)

/** The event streams that are open at the gateway. */
async function subscribers(): Promise<number> {
  const metrics = await (await world.ask('/metrics', { key: world.keys.operator })).text()
  return Number(/gateway_event_subscribers (\d+)\n/.exec(metrics)?.[1])
}

describe('a coordinator at the work queue', () => {
  it('signs in at a page without a barrier', async () => {
    await page.goto(`${network.address}/?view=open&q=knee`)
    await page.getByRole('heading', { name: 'Sign in to AuthScript' }).waitFor()

    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}sign-in.png` })
  })

  it('comes to the page that was asked for', async () => {
    await page.getByLabel('Key').fill('a key that nobody has')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').getByText('the key is not known').waitFor()

    await page.getByLabel('Key').fill(world.keys.clinician)
    await page.getByLabel('Key').press('Enter')
    await page.getByText('No matches').waitFor()

    expect(new URL(page.url()).search).toBe('?view=open&q=knee')
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByText('Nothing is open').waitFor()
  })

  it('sees orders by name, with what is due first', async () => {
    await run(ordersOfTheDesk)
    await page.reload()
    await rowOf(page, 'desk-1').waitFor()

    const text = await rowOf(page, 'desk-1').innerText()
    expect(text).toContain('Lindqvist, Karin')
    expect(text).toContain('08/30/1957')
    expect(text).toContain('2 days overdue')
    expect(text).toContain('Needs information')
    expect(await page.locator('body').innerText()).not.toMatch(/submitted/i)
    expect(await page.title()).toMatch(/^Open \(\d+\), work queue/)
  })

  it('finds orders by a search, filters and views, all of them in the address', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('27447')
    await page.waitForURL(/q=27447/)
    await rowOf(page, 'desk-4').waitFor()
    await rowOf(page, 'desk-1').waitFor({ state: 'detached' })
    expect(await rows(page).count()).toBe(2)

    await page.getByRole('searchbox').press('Escape')
    await page.waitForURL((url) => !url.search.includes('q='))
    await page.getByRole('link', { name: /^Ready to sign/ }).click()
    await page.waitForURL(/view=ready_to_sign/)
    await rowOf(page, 'desk-1').waitFor({ state: 'detached' })
    await page.goBack()
    await rowOf(page, 'desk-1').waitFor()
    await page.getByRole('button', { name: 'Patient' }).click()
    await page.waitForURL(/sort=patient/)
    await page.getByRole('button', { name: 'Patient' }).click()
    await page.waitForURL(/direction=desc/)
    await page.reload()
    await rowOf(page, 'desk-1').waitFor()

    expect(
      await page.getByRole('columnheader', { name: 'Patient' }).getAttribute('aria-sort'),
    ).toBe('descending')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export CSV' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/^work-queue-.*\.csv$/)
  })

  it('assigns orders to herself, and undoes it', async () => {
    await page.goto(`${network.address}/?view=open`)
    await rowOf(page, 'desk-4').getByRole('checkbox').check()
    await rowOf(page, 'desk-1').getByRole('checkbox').check()
    await page.getByText('2 selected').waitFor()
    await page.getByRole('button', { name: 'Assign to…' }).click()
    await page.getByRole('dialog').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}assign.png` })
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Assign to me' }).click()
    await page.getByRole('heading', { name: '2 orders assigned to clinician' }).waitFor()
    await rowOf(page, 'desk-4').getByText('clinician').waitFor()
    await page.screenshot({ path: `${artifacts}assigned.png` })
    await page.getByRole('button', { name: 'Undo' }).click()
    await rowOf(page, 'desk-4').getByText('clinician').waitFor({ state: 'detached' })

    await rowOf(page, 'desk-4').getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Assign to me' }).click()
    await page.getByRole('link', { name: /^Mine\s*1/ }).waitFor()
    await page.goto(network.address)
    await page.waitForURL(/view=mine/)
    await rowOf(page, 'desk-4').waitFor()
    expect(await rows(page).count()).toBe(1)
  })

  it('loads more as she scrolls, and is at the same place after an order', async () => {
    await run(manyOrders)
    await page.goto(`${network.address}/?view=all&q=test`)
    await page.getByText('450 orders').waitFor()
    expect(await rows(page).count()).toBeLessThan(40)

    const target = page.locator('[data-work-item="many-250"]')
    while ((await target.count()) === 0) {
      // The next rows come when they come; whoever is past it by then goes back.
      const last = Number(await rows(page).last().getAttribute('aria-rowindex'))
      await page.mouse.wheel(0, last < 250 ? 1500 : -600)
      await page.waitForTimeout(50)
    }
    await target.scrollIntoViewIfNeeded()
    const before = await target.boundingBox()
    await target.getByRole('link').click()
    await page.waitForURL(/work-items/)
    await page.getByRole('banner').waitFor()
    await page.goBack()
    await target.waitFor()

    expect(new URL(page.url()).search).toBe('?view=all&q=test')
    expect((await target.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0)
    await run(`delete from work_items where encounter_id like 'many-%'`)
    await run(`delete from encounters where encounter_id like 'many-%'`)
  })

  it('sees an order appear for a signed encounter, without reloading', async () => {
    await page.goto(`${network.address}/?view=open`)
    await rows(page).first().waitFor()
    await page.evaluate(`document.body.dataset.marked = 'not reloaded'`)
    await world.sign(anEncounter(1001, 60178))

    await page.locator('[data-encounter="a-195900.encounter-1001"]').waitFor({ timeout: 110_000 })

    expect(await page.evaluate('document.body.dataset.marked')).toBe('not reloaded')
    await page.screenshot({ path: `${artifacts}arrived.png` })
  })
})

describe('the connection of the page', () => {
  it('is one for all tabs of a browser', async () => {
    await page.goto(`${network.address}/?view=open`)
    const tabs: Page[] = []
    for (let count = 0; count < 7; count += 1) {
      const tab = await context.newPage()
      tabs.push(tab)
      await tab.goto(`${network.address}/?view=open`)
    }
    for (const tab of [page, ...tabs]) await tab.locator('[data-connection=live]').waitFor()

    await expect.poll(subscribers, { timeout: 20_000 }).toBe(1)
    await rowOf(tabs.at(-1) ?? page, 'desk-4').waitFor()
    await Promise.all(tabs.map((tab) => tab.close()))
  })

  it('is shown as lost, the page keeps what it shows, and catches up', async () => {
    await page.bringToFront()
    network.cut()
    await page.getByText(/Not connected since \d\d:\d\d; showing what was read then/).waitFor()
    await page.screenshot({ path: `${artifacts}not-connected.png` })
    expect(await rowOf(page, 'desk-4').count()).toBeGreaterThan(0)

    await rowOf(page, 'desk-1').getByRole('link').click()
    await page.getByRole('alert').first().waitFor()
    await page.goBack()
    await rowOf(page, 'desk-1').waitFor()
    await run(lateOrder)
    await world.restart()
    network.heal()

    await page.locator('[data-connection=live]').waitFor()
    const updates = page.locator('[data-updates]')
    await rowOf(page, 'late-1').or(updates).waitFor()
    if (await updates.isVisible()) await updates.click()
    await rowOf(page, 'late-1').waitFor()
  })

  it('is recognized as lost when it is open and silent, as after a sleep', async () => {
    network.freeze()
    await page.locator('[data-connection=lost]').waitFor()

    network.heal()
    await page.locator('[data-connection=live]').waitFor()
  })

  it('is shared by a lock where there are no shared workers', async () => {
    const other = await queue.newContext()
    await other.addInitScript('delete globalThis.SharedWorker')
    const first = await queue.signIn(other)
    await first.locator('[data-connection=live]').waitFor()
    const second = await other.newPage()
    await second.goto(network.address)
    await second.locator('[data-connection=live]').waitFor()

    // One for each browser, once the gateway has noticed that the connections before are closed.
    await expect.poll(subscribers, { timeout: 20_000 }).toBe(2)
    await first.close()
    await second.locator('[data-connection=live]').waitFor()
    network.cut()
    await second.locator('[data-connection=lost]').waitFor()
    network.heal()
    await second.locator('[data-connection=live]').waitFor()
  })
})

describe('the frame of the page', () => {
  it('asks to sign in over the page when the session has ended, and continues where it was', async () => {
    await page.goto(`${network.address}/?view=open`)
    await rowOf(page, 'desk-1').getByRole('checkbox').check()
    const assign = page.getByRole('button', { name: 'Assign to me' })
    await assign.waitFor()
    await run('delete from sessions')

    // The refused press says it, unless the end of the event stream was faster: then the dialog is over the button.
    await assign.click({ timeout: 2000 }).catch(() => undefined)
    const dialog = page.locator('[data-session-dialog]')
    await dialog.waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}session-ended.png` })
    await dialog.getByLabel('Key').fill(world.keys.clinician)
    await dialog.getByLabel('Key').press('Enter')
    await dialog.waitFor({ state: 'detached' })
    // What is for programs is not shown to people.
    expect(await page.locator('body').innerText()).not.toContain('API key')

    await page.getByText('1 selected').waitFor()
    await page.getByRole('button', { name: 'Assign to me' }).click()
    await page.getByRole('heading', { name: '1 order assigned to clinician' }).last().waitFor()
    await page.locator('[data-connection=live]').waitFor()
  })

  it('has no barrier in any state of the queue, from a phone to a wide screen', async () => {
    for (const width of [1440, 1100, 900, 360]) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(`${network.address}/?view=open`)
      await rows(page).first().waitFor()
      expect(await accessibilityProblems(page), `at ${width} px`).toEqual([])
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      expect(overflow, `at ${width} px`).toBe(0)
      const cutOff = await page.evaluate(
        `[...document.querySelectorAll('[data-stage] span')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)`,
      )
      expect(cutOff, `at ${width} px`).toEqual([])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.screenshot({ path: `${artifacts}queue-${width}-${colorScheme}.png` })
      }
      await page.emulateMedia({ colorScheme: 'light' })
    }
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(`${network.address}/?view=nothing&sort=nothing`)
    await rows(page).first().waitFor()
    await page.goto(`${network.address}/?view=waiting_for_payer`)
    await page.getByText('No order waits for its payer').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
  })

  it('leaves nothing on the screen of any tab after the sign-out', async () => {
    await page.goto(`${network.address}/?view=open`)
    const tab = await context.newPage()
    await tab.goto(`${network.address}/?view=open`)
    await rows(tab).first().waitFor()
    await tab.locator('[data-connection=live]').waitFor()

    await page.getByRole('button', { name: 'Sign out' }).click()
    for (const one of [page, tab]) {
      await one.getByRole('heading', { name: 'Sign in to AuthScript' }).waitFor()
      expect(await one.locator('body').innerText()).not.toContain('72148')
    }
    await page.goBack()
    await page.getByRole('heading', { name: 'Sign in to AuthScript' }).waitFor()
  })

  it('causes no errors in the browser', () => {
    expect(browserErrors).toEqual([])
  })
})
