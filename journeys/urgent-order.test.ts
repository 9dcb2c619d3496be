import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'
import { artifactsFolder, type BrowserDesk, startBrowserDesk, workItemOf } from './browser-desk.ts'
import { rowOf, rows } from './queue-page.ts'
import { anEncounter } from './world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const artifacts = artifactsFolder()

let desk: BrowserDesk
let ruiz: Page
/** One of two orders that are due in the same week. */
let lumbar: string

beforeAll(async () => {
  desk = await startBrowserDesk({})
  const { world } = desk
  await world.sign(anEncounter(1001, 60178), anEncounter(1021, 60191))
  lumbar = await workItemOf(world, 'a-195900.encounter-1001')
  ruiz = await desk.signIn({ label: 'Jordan Ruiz', roles: ['staff'] })
})

afterAll(() => desk?.[Symbol.asyncDispose]())

const open = async () => {
  await ruiz.goto(`${desk.network.address}/work-items/${lumbar}`)
  await ruiz.locator('[data-page="1"][data-drawn]').waitFor()
}

const header = () => ruiz.locator('[data-review] header').first()
const entries = () => ruiz.locator('[data-form-entries]')

it('is asked for its reason as soon as a person makes it urgent, and stays blank on the form until then', async () => {
  await open()
  expect(await header().locator('[data-urgent]').count()).toBe(0)
  await ruiz.getByText('All boxes of the form').click()
  // What opens at the end of the pane is seen.
  await expect.poll(() => isSeen(ruiz, '[data-box-line="choices.review"]')).toBe(true)
  await ruiz.getByRole('button', { name: 'Change Review type' }).click()
  await entries().getByLabel('Review type').selectOption({ label: 'Urgent' })
  await entries().getByLabel('Reason for urgent review').waitFor()

  await entries().getByRole('button', { name: 'Fill the form' }).click()

  await entries().getByText('Stays blank on the form until the reason').waitFor()
  await ruiz
    .getByText('Urgent review stays blank until Reason for urgent review is filled')
    .waitFor()
  // The order is due earlier at once: the clock of the payer does not wait for the reason.
  await header().locator('[data-urgent]').waitFor()
  expect(await header().innerText()).toMatch(/due in [23] days/)
  expect(await accessibilityProblems(ruiz, `${artifacts}urgent-order`)).toEqual([])

  await entries().getByLabel('Reason for urgent review').fill('Progressive weakness')
  await entries().getByRole('button', { name: 'Fill the form' }).click()
  await entries().getByText('Stays blank on the form').waitFor({ state: 'detached' })
})

it('is the first in the queue, until the urgency is set back', async () => {
  await ruiz.goto(`${desk.network.address}/?view=open`)
  await rowOf(ruiz, lumbar).locator('[data-urgent]').waitFor()
  expect(await rows(ruiz).first().getAttribute('data-work-item')).toBe(lumbar)

  await open()
  await ruiz.getByText('All boxes of the form').click()
  await ruiz.getByRole('button', { name: 'Use the chart’s Review type' }).click()

  await header().locator('[data-urgent]').waitFor({ state: 'detached' })
  expect(await header().innerText()).not.toMatch(/due in [23] days/)
})

it('has the initials of the person on a phone, and the whole name for screen readers', async () => {
  await ruiz.setViewportSize({ width: 360, height: 800 })
  const name = ruiz.getByTitle('Jordan Ruiz')
  expect(await name.locator('[aria-hidden]').innerText()).toBe('JR')
  expect(await name.locator('[dir=auto]').textContent()).toBe('Jordan Ruiz')
  expect(await accessibilityProblems(ruiz, `${artifacts}urgent-order-phone`)).toEqual([])
})

/** Whether the middle of an element is on the screen. */
async function isSeen(page: Page, selector: string): Promise<boolean> {
  const box = await page.locator(selector).boundingBox()
  const height = page.viewportSize()?.height ?? 0
  return box !== null && box.y > 0 && box.y + box.height < height
}
