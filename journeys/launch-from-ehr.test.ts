import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { commandLine } from '../apps/gateway/src/people/security-events.ts'
import { accessibilityProblems } from './accessibility.ts'
import { launchBrowser } from './browser.ts'
import { type Front, type LaunchWorld, startLaunchWorld } from './launch-world.ts'
import { anEncounter, type World } from './world.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const artifacts = fromRoot('artifacts/')

let started: LaunchWorld | undefined
let world: World
let front: Front
let browser: Browser
let ehr: string
/** Meets its criteria. */
const knee = anEncounter(1021, 60191)
/** Has open questions. */
const lumbar = anEncounter(1003, 60180)
/** Nobody has registered it. */
const unknown = anEncounter(1001, 60178)

beforeAll(async () => {
  mkdirSync(artifacts, { recursive: true })
  started = await startLaunchWorld(knee, lumbar)
  ;({ world, front, ehr } = started)
  // Cookies of other sites are off, but those that are kept apart for each site: what browsers do by themselves, or will.
  browser = await launchBrowser('--test-third-party-cookie-phaseout')
})

afterAll(async () => {
  await browser?.close()
  await started?.[Symbol.asyncDispose]()
})

async function aContext(width = 1280): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
  })
  onTestFinished(() => context.close())
  return context
}

/** Opens a chart in the EHR, with AuthScript in the frame beside it. */
async function openChart(
  context: BrowserContext,
  encounterId: string,
): Promise<{ readonly page: Page; readonly app: FrameLocator }> {
  const page = await context.newPage()
  await page.goto(`${ehr}/control/charts/${encounterId}`)
  return { page, app: page.frameLocator('iframe') }
}

async function ordersOf(encounterId: string) {
  const response = await world.ask(`/api/work-items?encounterId=${encounterId}`)
  const { items } = (await response.json()) as {
    readonly items: readonly { readonly workItemId: string; readonly review: string }[]
  }
  return items
}

describe('a clinician in the EHR', () => {
  it('opens the order of the encounter in the frame, signed in by the EHR, and approves it', async () => {
    const { page, app } = await openChart(await aContext(), knee.encounterId)

    await app.locator('[data-review] header').first().waitFor()
    const header = await app.locator('[data-review] header').first().innerText()
    expect(header).toContain('Prairie Health Plan')
    await page.screenshot({ path: `${artifacts}launch-order.png` })
    await app.getByRole('button', { name: 'Approve with a reason' }).click()
    const dialog = app.getByRole('dialog', { name: 'Approve and file to chart' })
    await dialog.getByLabel('Why you approve it anyway').fill('Arthritis alone suffices')
    await dialog.getByRole('button', { name: 'Approve and file to chart' }).click()
    await world.eventOf(({ eventType }) => eventType === 'WORK_ITEM_STATUS_CHANGED')

    const approved = async () => (await ordersOf(knee.encounterId))[0]?.review
    await expect.poll(approved, { timeout: 30_000 }).toMatch(/approved|submitted/)
    await app
      .getByText(/Approved by Dr\. Ada Okafor/)
      .first()
      .waitFor()
    expect(world.logged.join('')).not.toMatch(/Okafor|code=|launch=|eyJ/)
    const audited = (where: string) =>
      world.database(
        `select count(*)::int as n from audit_log where label = 'Dr. Ada Okafor' and ${where}`,
      )
    expect(await audited("action = 'sign_in' and detail = 'launch'")).toBe(1)
    expect(await audited("action = 'approve'")).toBe(1)
  })

  it('has an encounter watched that nobody registered, signs it, and sees its order appear', async () => {
    const { page, app } = await openChart(await aContext(), unknown.encounterId)

    await app.getByText('AuthScript does not watch this encounter').waitFor()
    await page.screenshot({ path: `${artifacts}launch-not-watched.png` })
    await app.getByRole('button', { name: 'Watch this encounter' }).click()
    await app.getByText('Not signed yet').waitFor()
    world.sandbox.control.signEncounter(unknown.encounterId)

    await app.locator('[data-order]').first().waitFor({ timeout: 60_000 })
    await page.screenshot({ path: `${artifacts}launch-orders.png` })
    await app.locator('[data-order]').first().click()
    await app.locator('[data-review]').first().waitFor()
  })

  it('reads it in a frame of 360 px, and axe finds nothing wrong', async () => {
    const { page, app } = await openChart(await aContext(390), lumbar.encounterId)
    await app.locator('[data-review]').first().waitFor()
    const frame = page.frames().find((one) => one.parentFrame() !== null)

    const isWide = await frame?.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    )
    expect(isWide).toBe(false)
    await page.screenshot({ path: `${artifacts}launch-narrow.png` })
    expect(await accessibilityProblems(page)).toEqual([])
  })

  it('reads pages in which axe finds no fault, in light and dark', async () => {
    const page = await (await aContext(390)).newPage()
    const token = await world.gateway.auth.issueLink({
      label: 'J. Ruiz',
      roles: ['staff'],
      practiceIds: ['195900'],
    })
    await page.goto(`${front.address}/sign-in#token=${token}`)
    await page.getByRole('heading', { name: 'Work queue' }).waitFor()
    const chart = (encounterId: string, patientId: string) =>
      `${front.address}/chart?${new URLSearchParams({ practiceId: '195900', patientId, encounterId })}`

    await page.goto(chart(lumbar.encounterId, lumbar.patientId))
    await page.locator('[data-order]').first().waitFor()
    expect(await accessibilityProblems(page, `${artifacts}launch-orders`)).toEqual([])
    await page.goto(chart('a-195900.encounter-1', 'a-195900.E-1'))
    await page.getByRole('button', { name: 'Watch this encounter' }).waitFor()
    expect(await accessibilityProblems(page, `${artifacts}launch-unknown`)).toEqual([])
    await page.goto(`${front.address}/launch?iss=https://nobody.example&launch=x`)
    await page.getByRole('heading', { name: 'This EHR is not connected' }).waitFor()
    expect(await accessibilityProblems(page, `${artifacts}launch-refused`)).toEqual([])
  })

  it('opens the practice of the chart, and no chart of a practice that is not theirs', async () => {
    const by = { actor: { label: 'test', personId: undefined }, origin: commandLine }
    const { people, store } = world.gateway
    const added = await people.add(
      { login: 'river', label: 'Dr. River', roles: ['clinician'], practiceIds: ['1959222'] },
      by,
    )
    if (added.outcome !== 'done') throw new Error(added.outcome)
    const personId = added.person.person_id
    await store.ehrIdentities.link(
      {
        personId,
        fhirBaseUrl: world.sandbox.fhirBaseUrl.replace(/\/$/, ''),
        fhirUser: 'Practitioner/a-1959222.practitioner-7',
        linkedBy: 'test',
      },
      new Date(),
    )
    const elsewhere = anEncounter(2001, 70_001, '1959222')

    const { app, page } = await openChart(await aContext(), elsewhere.encounterId)
    await app.getByText('AuthScript does not watch this encounter').waitFor()
    expect(
      page
        .frames()
        .map((frame) => frame.url())
        .join(' '),
    ).toContain('practiceId=1959222')

    await people.grant(personId, { practiceIds: ['195900'] }, by)
    const { app: refused } = await openChart(await aContext(), elsewhere.encounterId)
    await refused.getByRole('heading', { name: 'This chart belongs to another practice' }).waitFor()
  })

  it('is asked to open it again from the chart when the session has ended', async () => {
    const { page, app } = await openChart(await aContext(), lumbar.encounterId)
    await app.locator('[data-review]').first().waitFor()
    await app.getByRole('button', { name: 'Sign out' }).click()

    await app.getByText('Open AuthScript again from the chart').waitFor()
    expect(await app.getByLabel('Password').count()).toBe(0)
    await page.reload()
    await app.locator('[data-review]').first().waitFor()
  })

  it('continues in its own window if the browser keeps no cookie in the frame', async () => {
    const context = await aContext()
    front.blocksFrames = true
    onTestFinished(() => void (front.blocksFrames = false))
    const { page, app } = await openChart(context, lumbar.encounterId)

    const link = app.getByRole('link', { name: 'Open in a new window' })
    await link.waitFor()
    await page.screenshot({ path: `${artifacts}launch-blocked.png` })
    const [opened] = await Promise.all([context.waitForEvent('page'), link.click()])
    await opened.locator('[data-review]').first().waitFor()
    expect(new URL(opened.url()).pathname).toMatch(/^\/work-items\//)
  })
})

describe('a page that is not the EHR’s', () => {
  async function anotherSite(content: string): Promise<string> {
    const server = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end(content),
    )
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    return `http://localhost:${(server.address() as AddressInfo).port}`
  }

  it('cannot show AuthScript in its frame', async () => {
    const context = await aContext()
    const page = await context.newPage()
    const refusals: string[] = []
    page.on('console', (message) => refusals.push(message.text()))
    await page.goto(
      await anotherSite(
        `<iframe src="${front.address}/sign-in" width="600" height="600"></iframe>`,
      ),
    )

    await expect.poll(() => refusals.join(' '), { timeout: 30_000 }).toMatch(/frame-ancestors/)
    const frame = page.frames().find((one) => one.parentFrame() !== null)
    expect(await frame?.locator('body').innerText()).not.toContain('Sign in')
  })

  it('changes nothing in the session of the frame, even from within the EHR’s page', async () => {
    const context = await aContext()
    const { app } = await openChart(context, lumbar.encounterId)
    await app.locator('[data-review]').first().waitFor()
    const [order] = await ordersOf(lumbar.encounterId)
    const body = { practiceId: '195900', patientId: 'a-195900.E-1', encounterId: 'forged' }
    const post = `(type) => fetch('${front.address}/api/patients/register', {
      method: 'POST', mode: 'no-cors', credentials: 'include',
      headers: { 'content-type': type }, body: '${JSON.stringify(body)}',
    }).then(({ status }) => status, () => 'refused')`

    // Of the EHR's own site, where the browser does send the cookie: the worst case.
    const page = await context.newPage()
    const before = front.posts.length
    await page.goto(await anotherSite('<p>another app</p>'))
    await page.evaluate(`(${post})('text/plain')`)
    await page.evaluate(`(${post})('application/json')`)
    await page.evaluate(
      `document.body.innerHTML = '<form method="post" enctype="text/plain" action="${front.address}/api/patients/register" target="elsewhere"></form><iframe name="elsewhere"></iframe>'; document.forms[0].submit()`,
    )
    const arrived = () => front.posts.slice(before)
    await expect.poll(() => arrived().length, { timeout: 30_000 }).toBe(3)

    for (const { cookie, status } of arrived()) {
      expect(cookie).toContain('__Host-authscript_frame=')
      expect([403, 415]).toContain(status)
    }
    expect(
      await world.database(
        "select count(*)::int as n from registrations where encounter_id = 'forged'",
      ),
    ).toBe(0)
    expect((await ordersOf(lumbar.encounterId))[0]).toEqual(order)
  })
})
