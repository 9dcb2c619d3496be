import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type BrowserDesk, startBrowserDesk, workItemOf } from './browser-desk.ts'
import { anEncounter } from './world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

/** Ctrl+P prints what the page shows, and the gateway sees none of it: the page says so. */

const one = anEncounter(1001, 60178)
const another = anEncounter(1003, 60180)
let desk: BrowserDesk
let page: Page
let order: string

beforeAll(async () => {
  desk = await startBrowserDesk()
  await desk.world.sign(one, another)
  order = await workItemOf(desk.world, one.encounterId)
  await workItemOf(desk.world, another.encounterId)
  page = await desk.signIn({ label: 'Dr. Okafor', roles: ['clinician', 'staff'] })
})
afterAll(() => desk?.[Symbol.asyncDispose]())

const printed = (encounterId: string) =>
  desk.world.database(
    `select count(*)::int as n from audit_log where action = 'print' and outcome = 'done' and operation = 'recordPrint'
      and label = 'Dr. Okafor' and encounter_ids = '{${encounterId}}'`,
  )
/** Minutes with more than one row, if there were any. */
const repeated = () =>
  desk.world.database(
    `select count(*)::int as n from (select from audit_log where action = 'print'
      group by encounter_ids, date_trunc('minute', occurred_at) having count(*) > 1) repeated`,
  )
/** Prints, and returns what the page said that it shows. */
async function print(): Promise<unknown> {
  const recorded = page.waitForResponse((response) => response.url().endsWith('/api/prints'))
  await page.pdf()
  const response = await recorded
  expect(response.status()).toBe(204)
  return response.request().postDataJSON()
}
async function open(path: string, text: string): Promise<void> {
  await page.goto(`${desk.network.address}${path}`)
  await page.getByText(text).first().waitFor()
}

it('printing an order by the browser leaves one row for each person, chart and minute', async () => {
  await open(`/work-items/${order}`, 'Donna Marchetti')

  expect(await print()).toEqual({ workItemIds: [order] })
  await print()

  expect(await printed(one.encounterId)).toBeGreaterThan(0)
  expect(await printed(another.encounterId)).toBe(0)
  expect(await repeated()).toBe(0)
})

it('printing an order at once leaves a row, before what the page loads when it has time', async () => {
  const { resolve: release, promise: released } = Promise.withResolvers<void>()
  await page.route('**/over-pages-*.js', async (route) => {
    await released
    await route.continue()
  })
  await open(`/work-items/${order}`, 'Donna Marchetti')

  expect(await print()).toEqual({ workItemIds: [order] })

  expect(await page.getByRole('region', { name: 'Notifications' }).count()).toBe(0)
  release()
  await page.unrouteAll({ behavior: 'wait' })
})

it('printing the queue leaves a row with the orders that it shows', async () => {
  await open('/?view=open', 'Erik')

  await print()

  const rows = await desk.world.database(
    `select count(*)::int as n from audit_log where action = 'print' and '${another.encounterId}' = any(encounter_ids)`,
  )
  expect(rows).toBeGreaterThan(0)
})

it('printing an encounter without an order leaves a row with it', async () => {
  await desk.world.database(
    `with gone as (update work_items set review = 'superseded' where encounter_id = '${another.encounterId}' returning 1)
     select count(*)::int as n from gone`,
  )
  await open(
    `/chart?practiceId=${another.practiceId}&encounterId=${another.encounterId}`,
    'This encounter',
  )

  const { practiceId, encounterId } = another
  expect(await print()).toEqual({ practiceId, encounterId })
  expect(await repeated()).toBe(0)
})

it('printing a page without charts leaves none', async () => {
  let asked = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/api/prints')) asked += 1
  })
  await open('/signature', 'signature')

  await page.pdf()

  expect(asked).toBe(0)
})
