import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'
import { addOrders, type QueuePage, rowOf, rows, startQueuePage } from './queue-page.ts'
import { anEncounter } from './world.ts'

const artifacts = fileURLToPath(new URL('../artifacts/queue/', import.meta.url))

let queue: QueuePage
let page: Page

const ordersOf = (prefix: string, count: number, day: string) =>
  addOrders(
    prefix,
    count,
    `'missing_data', '${prefix} ' || n, 'Lumbar spine MRI without contrast', '72148', 'Lakes Mutual', date '${day}' + n, 2, '${prefix}'`,
  )

beforeAll(async () => {
  mkdirSync(artifacts, { recursive: true })
  queue = await startQueuePage()
  await queue.run(ordersOf('desk', 12, '2031-02-01'))
  page = await queue.signIn(await queue.newContext())
  await rowOf(page, 'desk-1').waitFor()
  await page.locator('[data-connection=live]').waitFor()
})

beforeEach(({ onTestFailed }) =>
  onTestFailed(async () => {
    await page.screenshot({ path: `${artifacts}live-failed.png` })
  }),
)

afterAll(() => queue?.[Symbol.asyncDispose]())

/** Something happened to an order: what the page reads again is in the rows. */
const notifyOf = (id: string) =>
  queue.world.gateway.store.emit(
    'journey',
    { practiceId: '195900', patientId: 'many', encounterId: id },
    'WorkItemAssigned',
    { workItemId: id },
  )

const shownIds = () =>
  page.evaluate(
    `[...document.querySelectorAll('[data-work-item]')].map((row) => row.dataset.workItem)`,
  ) as Promise<readonly string[]>

/** The marks, by order. */
const marks = () =>
  page.evaluate(
    `Object.fromEntries([...document.querySelectorAll('[data-mark]')].map((mark) => [mark.closest('[data-work-item]').dataset.workItem, mark.dataset.mark]))`,
  ) as Promise<Readonly<Record<string, string>>>

describe('live changes', () => {
  it('never move the row under the pointer, and are named beside the count', async () => {
    await rowOf(page, 'desk-3').hover()
    const before = await rowOf(page, 'desk-3').boundingBox()
    const shown = await shownIds()

    await queue.run(ordersOf('early', 2, '2031-01-01'))
    await queue.run(`update work_items set review = 'closed' where work_item_id = 'desk-1'`)
    await notifyOf('early-1')
    await page.locator('[data-updates]').getByText('3 updates').waitFor()

    expect(await rowOf(page, 'desk-3').boundingBox()).toEqual(before)
    expect(await shownIds()).toEqual(shown)
    await rowOf(page, 'desk-1').getByText('No longer in this view').waitFor()
    expect(await marks()).toEqual({})
    await page.screenshot({ path: `${artifacts}live-updates.png` })
  })

  it('are shown when the person asks, and only what is new is marked', async () => {
    await page.locator('[data-updates]').click()
    await rowOf(page, 'early-1').waitFor()

    expect((await shownIds()).slice(0, 3)).toEqual(['early-1', 'early-2', 'desk-2'])
    expect(await marks()).toEqual({ 'early-1': 'New', 'early-2': 'New' })
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}live-marks.png` })
  })

  it('of values are shown in place and marked, until the person points at them', async () => {
    await rowOf(page, 'desk-3').hover()
    await queue.run(`update work_items set owner = 'Dr. Okafor' where work_item_id = 'desk-5'`)
    await queue.run(
      `update work_items set version = version + 1, updated_at = now() where work_item_id = 'desk-6'`,
    )
    await notifyOf('desk-5')
    await rowOf(page, 'desk-5').getByText('Dr. Okafor').waitFor()

    expect(await marks()).toEqual({ 'early-1': 'New', 'early-2': 'New', 'desk-5': 'Changed' })
    await rowOf(page, 'desk-5').hover()
    await rowOf(page, 'desk-5').locator('[data-mark]').waitFor({ state: 'detached' })
    await rowOf(page, 'early-1').hover()
    await rowOf(page, 'early-1').locator('[data-mark]').waitFor({ state: 'detached' })
    expect(await marks()).toEqual({ 'early-2': 'New' })
  })

  it('are shown at once when nobody points at a row', async () => {
    await page.mouse.move(700, 10)
    await page.evaluate('document.activeElement.blur()')
    await queue.run(ordersOf('first', 1, '2030-12-01'))
    await notifyOf('first-1')
    await rowOf(page, 'first-1').waitFor()

    expect((await shownIds())[0]).toBe('first-1')
    expect((await marks())['first-1']).toBe('New')
    expect(await page.locator('[data-updates]').count()).toBe(0)
  })
})

describe('encounters without orders', () => {
  it('are counted in one line, which moves nothing', async () => {
    const before = await rowOf(page, 'first-1').boundingBox()
    await queue.run(`
      insert into encounters (practice_id, patient_id, encounter_id, processing, detected_at, error_code, error_reason, patient_initials)
      select '195900', 'p', 'waiting-' || n, case when n < 3 then 'running' else 'queued' end, now(), null, null, 'AB' from generate_series(1, 5) n`)
    await notifyOf('waiting-1')
    await page.getByText('5 encounters are being read').waitFor()

    expect(await rowOf(page, 'first-1').boundingBox()).toEqual(before)
    await queue.run(`delete from encounters where encounter_id like 'waiting-%'`)
    await notifyOf('waiting-1')
    await page.locator('[data-encounters]').waitFor({ state: 'detached' })
  })

  it('that failed say why, and are reprocessed from their list', async () => {
    const { world } = queue
    world.sandbox.control.addFault({
      kind: 'status',
      status: 403,
      match: { resourceType: 'ServiceRequest' },
    })
    await world.sign(anEncounter(1001, 60178))
    await page.getByText('1 encounter failed').waitFor({ timeout: 60_000 })
    await page.locator('[data-encounters]').click()
    const failed = page.locator('li[data-encounter="a-195900.encounter-1001"]')
    await failed.getByText('ehr_forbidden').waitFor()
    expect(await failed.innerText()).toContain(
      'The EHR does not allow us to read this chart. Ask the operator to check the permissions in the EHR, then press Reprocess.',
    )
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}encounters.png` })

    world.sandbox.control.clearFaults()
    await failed.getByRole('button', { name: 'Reprocess' }).click()
    await page.locator('[role=row][data-encounter="a-195900.encounter-1001"]').first().waitFor({
      timeout: 110_000,
    })
    await page.getByText('All encounters are read').waitFor()
    await failed.waitFor({ state: 'detached' })
  })
})

/** A file that several lazy parts share. */
const sharedFile = /assets\/DialogTitle-.*\.js/

describe('a part of the page whose script cannot be loaded', () => {
  it('shows that in its place, and is loaded when it is tried again', async () => {
    await page.route(/assets\/encounter-list-.*\.js/, (route) => route.abort())
    await queue.run(`
      insert into encounters (practice_id, patient_id, encounter_id, processing, detected_at)
      values ('195900', 'p', 'stuck', 'queued', now())`)
    await page.reload()
    await rows(page).first().waitFor()
    await page.locator('[data-encounters]').click()
    const failure = page
      .getByRole('alert')
      .filter({ hasText: 'This part of the page could not be loaded' })
    await failure.waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}part-not-loaded.png` })

    await failure.getByRole('button', { name: 'Try again' }).click()
    await failure.waitFor()
    await page.unroute(/assets\/encounter-list-.*\.js/)
    await failure.getByRole('button', { name: 'Try again' }).click()
    await page.locator('li[data-encounter=stuck]').waitFor()
    expect(await rows(page).count()).toBeGreaterThan(10)
  })

  it('leaves the queue usable when it is the dialog of a button', async () => {
    await page.route(sharedFile, (route) => route.abort())
    await page.reload()
    await rows(page).first().waitFor()
    await page.getByRole('button', { name: 'Saved views' }).click()
    // What stands over every page uses the file too, and says so for itself.
    const failure = page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('alert')
      .filter({ hasText: 'could not be loaded' })
    await failure.waitFor()
    await rowOf(page, 'desk-5').getByRole('checkbox').check()
    await page.getByText('1 selected').waitFor()

    await page.unroute(sharedFile)
    await failure.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('dialog', { name: 'Saved views' }).waitFor()
  })
})
