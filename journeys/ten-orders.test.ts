import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'
import { artifactsFolder, type BrowserDesk, startBrowserDesk } from './browser-desk.ts'
import { rows } from './queue-page.ts'
import { anEncounter } from './world.ts'

// A dozen charts are read, and ten forms are filled.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const artifacts = artifactsFolder('ten-orders/')
const encounters = [
  anEncounter(1001, 60178),
  anEncounter(1002, 60179),
  anEncounter(1003, 60180),
  anEncounter(1004, 60181),
  anEncounter(1005, 60182),
  anEncounter(1006, 60183),
  anEncounter(1007, 60184),
  anEncounter(1008, 60185),
  anEncounter(1009, 60186),
  anEncounter(1010, 60186),
  anEncounter(1011, 60187),
  anEncounter(1021, 60191),
  anEncounter(1022, 60192),
  anEncounter(1023, 60193),
]

let desk: BrowserDesk
let page: Page
let pictures = 0

beforeAll(async () => {
  desk = await startBrowserDesk()
  await desk.world.sign(...encounters)
  for (const { encounterId } of encounters)
    await desk.world.eventOf(
      ({ eventType, data }) =>
        (eventType === 'EncounterProcessed' || eventType === 'EncounterProcessingFailed') &&
        (data as { encounterId?: string }).encounterId === encounterId,
    )
  page = await desk.signIn({ label: 'A. Okafor', roles: ['clinician', 'staff'] })
})

afterAll(() => desk?.[Symbol.asyncDispose]())

const picture = (what: string) =>
  page.screenshot({ path: `${artifacts}${String((pictures += 1)).padStart(2, '0')}-${what}.png` })
const idsShown = () =>
  rows(page).evaluateAll((lines) => lines.map((line) => line.getAttribute('data-work-item') ?? ''))
const heading = () => page.getByRole('heading', { level: 1 }).innerText()
const next = () => page.getByRole('button', { name: /^Next order/ })

/** Approves what has a form, with a reason where one is asked for, and closes what has none. */
async function clear(): Promise<'approved' | 'closed'> {
  const approve = page.getByRole('button', { name: /^Approve/ })
  await approve
    .or(page.getByRole('heading', { name: /There are no criteria/ }))
    .first()
    .waitFor()
  if (await approve.isVisible()) {
    await approve.click()
    const dialog = page.getByRole('dialog', { name: 'Approve and file to chart' })
    await dialog.waitFor()
    const reason = dialog.getByLabel('Why you approve it anyway')
    if (await reason.isVisible()) await reason.fill('Settled with the patient by phone')
    await dialog.getByRole('button', { name: 'Approve and file to chart' }).click()
    await page.locator('[data-stage=to_send]').waitFor()
    return 'approved'
  }
  await page.getByRole('button', { name: 'Close order' }).click()
  const dialog = page.getByRole('dialog', { name: 'Close order' })
  await dialog.getByLabel('Reason for closing').fill('The payer asks for no authorization')
  await dialog.getByRole('button', { name: 'Close order' }).click()
  await page.locator('[data-stage=closed]').waitFor()
  return 'closed'
}

describe('a morning with ten orders', () => {
  let ids: readonly string[]
  const done: string[] = []

  it('begins in the queue, with what is due first', async () => {
    await page.goto(`${desk.network.address}/?view=open`)
    await rows(page).nth(9).waitFor()
    ids = await idsShown()
    expect(ids.length).toBeGreaterThanOrEqual(10)
    await picture('queue')
  })

  it('goes from order to order without going back to the queue', async () => {
    await rows(page).first().getByRole('link').click()
    for (const [at, id] of ids.entries()) {
      await page.waitForURL(`**/work-items/${id}`)
      await page.getByText(`${at + 1} of ${ids.length}`, { exact: true }).waitFor()
      await picture('order')
      done.push(await clear())
      await picture(done.at(-1) ?? '')
      if (at === 0) expect(await accessibilityProblems(page)).toEqual([])
      if (at + 1 === ids.length) break
      // By the button, and by the keys.
      if (at % 2 === 0) await next().click()
      else await page.keyboard.press('Shift+J')
    }

    expect(await next().getAttribute('aria-disabled')).toBe('true')
    expect(done).toContain('approved')
    expect(done).toContain('closed')
  })

  it('can go back to the previous order, on a small screen too', async () => {
    const last = await heading()
    await page.keyboard.press('Shift+K')
    await page.waitForURL(`**/work-items/${ids.at(-2)}`)
    await expect.poll(heading).not.toBe(last)
    await page.setViewportSize({ width: 360, height: 800 })
    await next().waitFor()
    await picture('small')

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it('comes back to a queue in which nothing is left to sign or to ask, and finds what is to be sent', async () => {
    await page.goBack()
    await page.waitForURL(/view=open/)
    for (const view of [/^Ready to sign/, /^Needs information/, /^No criteria/]) {
      await page.getByRole('link', { name: view }).click()
      await page.getByText('No orders here').waitFor()
    }
    await picture('cleared')
    await page.getByRole('link', { name: /^To send/ }).click()
    await rows(page).first().waitFor()

    expect(await rows(page).count()).toBe(done.filter((how) => how === 'approved').length)
    expect(desk.world.sandbox.control.documents()).toHaveLength(
      done.filter((how) => how === 'approved').length,
    )
    expect(desk.errors).toEqual([])
  })
})
