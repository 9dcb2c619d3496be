import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'
import { artifactsFolder, workItemOf } from './browser-desk.ts'
import { launchBrowser } from './browser.ts'
import { anEncounter, startWorld, type World } from './world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

/**
 * A session says in time that it ends (WCAG 2.2, 2.2.1). The clock of the page is moved by Playwright, and the gateway's by what the
 * database holds: nobody waits for half an hour.
 */

const artifacts = `${artifactsFolder('session-warning')}/`
const password = 'seven plain words for her'
const minuteMs = 60_000
const unused = '[data-session-warning=unused]'
const expiring = '[data-session-warning=expiring]'

const parts = new AsyncDisposableStack()
let world: World
let browser: Browser
let context: BrowserContext
let page: Page
let order: string

beforeAll(async () => {
  world = parts.use(
    await startWorld({
      dashboardDirectory: fileURLToPath(new URL('../apps/dashboard/dist', import.meta.url)),
      config: { Events: { HeartbeatSeconds: 1 }, Auth: { IdleMinutes: 30 } },
    }),
  )
  await world.gateway.people.add(
    {
      login: 'a.okafor',
      label: 'Amara Okafor, MD',
      roles: ['clinician', 'staff'],
      practiceIds: ['195900'],
      password,
    },
    {
      actor: { label: 'test', personId: undefined },
      origin: { address: undefined, browser: undefined, requestId: undefined },
    },
  )
  await world.sign(anEncounter(1003, 60180))
  order = await workItemOf(world, 'a-195900.encounter-1003')
  browser = await launchBrowser()
  parts.defer(() => browser.close())
  context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(30_000)
  page = await context.newPage()
  await page.clock.install()
  await page.goto(`${world.gateway.address}/sign-in?to=/work-items/${order}`)
  await signIn(page)
  await page.getByRole('button', { name: /^Approve/ }).waitFor()
})
afterAll(() => parts.disposeAsync())

async function signIn(at: Page): Promise<void> {
  await at.getByLabel('Login').fill('a.okafor')
  await at.getByLabel('Password').fill(password)
  await at.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Makes gateway and page believe that nobody has used the session for that long. */
async function nobodyWasThereFor(minutes: number): Promise<void> {
  await world.database(
    `with moved as (update sessions set used_at = now() - interval '${minutes} minutes' returning 1)
     select count(*)::int as n from moved`,
  )
  await page.clock.fastForward(30 * minuteMs)
}

/** How long ago the session was used, in minutes. */
const unusedFor = () =>
  world.database(
    `select round(extract(epoch from now() - max(used_at)) / 60)::int as n from sessions`,
  )

const remark = () => page.getByLabel(/^Remark|^Why you approve it anyway/)

describe('a page that nobody uses', () => {
  it('warns two minutes before the session ends, and says so to screen readers', async () => {
    await page.getByRole('button', { name: /^Approve/ }).click()
    await remark().fill('checked against the chart')

    await nobodyWasThereFor(28.5)

    const warning = page.getByRole('alertdialog', { name: /signed out in 2 minutes/ })
    await warning.waitFor()
    expect(await warning.getByRole('timer').textContent()).toMatch(/^1:[0-3]\d$/)
    expect(
      await page.evaluate(`document.activeElement.textContent`),
      'the focus is on what keeps the session',
    ).toBe('Stay signed in')
    expect(await accessibilityProblems(page, `${artifacts}unused`)).toEqual([])
  })

  it('keeps the session when a button is pressed, with what was typed', async () => {
    await page.keyboard.press('Enter')

    await page.locator(unused).waitFor({ state: 'detached' })
    await expect.poll(unusedFor).toBe(0)
    expect(await remark().inputValue()).toBe('checked against the chart')
  })

  it('keeps it on Escape too, which closes nothing else', async () => {
    await nobodyWasThereFor(29)
    await page.locator(unused).waitFor()

    await page.keyboard.press('Escape')

    await page.locator(unused).waitFor({ state: 'detached' })
    await expect.poll(unusedFor).toBe(0)
    expect(await remark().inputValue()).toBe('checked against the chart')
  })

  it('keeps it on a click on the button, which closes nothing else', async () => {
    await nobodyWasThereFor(29)

    await page.getByRole('button', { name: 'Stay signed in' }).click()

    await page.locator(unused).waitFor({ state: 'detached' })
    await expect.poll(unusedFor).toBe(0)
    expect(await remark().inputValue()).toBe('checked against the chart')
  })

  it('does not treat a passing pointer as use', async () => {
    await nobodyWasThereFor(29)
    await page.locator(unused).waitFor()

    await page.mouse.move(200, 200)
    await page.clock.runFor(6000)

    await page.locator(unused).waitFor()
    expect(await unusedFor()).toBe(29)
  })

  it('removes the warning when somebody uses another tab', async () => {
    const other = await context.newPage()
    await other.goto(`${world.gateway.address}/encounters`)
    // It was opened just now, so it counts as used.
    await other.getByRole('heading', { name: 'Encounters' }).waitFor()
    await expect.poll(unusedFor).toBe(0)
    await other.close()

    await page.clock.runFor(6000)

    await page.locator(unused).waitFor({ state: 'detached' })
    expect(await remark().inputValue()).toBe('checked against the chart')
  })

  it('says nothing to somebody who is reading', async () => {
    await world.database(
      `with moved as (update sessions set used_at = now() - interval '29 minutes' returning 1)
       select count(*)::int as n from moved`,
    )
    await page.clock.fastForward(27.5 * minuteMs)
    await page.mouse.move(300, 300)
    await page.mouse.wheel(0, 10)
    await page.clock.fastForward(45_000)

    await expect.poll(unusedFor, { timeout: 30_000 }).toBe(0)
    expect(await page.locator(unused).count()).toBe(0)
  })

  it('asks to sign in again over the page when the session has ended, and nothing typed is lost', async () => {
    await nobodyWasThereFor(31)

    await page.locator('[data-session-dialog]').waitFor()
    expect(await page.locator(unused).count()).toBe(0)
    await signIn(page)

    await page.locator('[data-session-dialog]').waitFor({ state: 'detached' })
    expect(await remark().inputValue()).toBe('checked against the chart')
  })
})

describe('a session that expires', () => {
  it('is announced minutes before, and says that it cannot be extended', async () => {
    await world.database(
      `with moved as (update sessions set expires_at = now() + interval '4 minutes' returning 1)
       select count(*)::int as n from moved`,
    )
    const tab = await context.newPage()
    await tab.goto(`${world.gateway.address}/work-items/${order}`)

    const notice = tab.getByRole('alert').filter({ hasText: 'cannot be extended' })
    await notice.getByText('Your session ends in 4 minutes').waitFor()
    expect(await tab.locator(unused).count()).toBe(0)
    expect(await accessibilityProblems(tab, `${artifacts}expiring`)).toEqual([])
    await tab.setViewportSize({ width: 360, height: 740 })
    await tab.screenshot({ path: `${artifacts}expiring-phone.png` })
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(360)

    await notice.getByRole('button', { name: 'Close' }).click()
    expect(await tab.locator(expiring).count()).toBe(0)
  })
})
