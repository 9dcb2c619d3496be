import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { artifactsFolder, type BrowserDesk, startBrowserDesk } from './browser-desk.ts'
import { anEncounter, type World } from './world.ts'

const artifacts = artifactsFolder()

let world: World
let desk: BrowserDesk
let page: Page

beforeAll(async () => {
  desk = await startBrowserDesk()
  ;({ world } = desk)
  page = await desk.newPage()
})

afterAll(() => desk?.[Symbol.asyncDispose]())

const rowOf = (encounter: number) =>
  page.locator(`[data-encounter="a-195900.encounter-${encounter}"]`)

describe('a coordinator at the dashboard', () => {
  it('signs in once with the printed link, which can then not be used again and is removed from the address bar', async () => {
    const token = await world.gateway.auth.issueLink({
      label: 'Front desk',
      roles: ['clinician', 'staff'],
      practiceIds: ['195900'],
    })

    await page.goto(`${world.gateway.address}/sign-in#token=${token}`)
    await page.getByRole('heading', { name: 'Work queue' }).waitFor()

    expect(page.url()).not.toContain('token')
    expect(await world.gateway.auth.openByLink(token)).toBeUndefined()
    await page.locator('[data-connection=live]').waitFor()
  })

  it('sees a form for a signed encounter without reloading', async () => {
    await page.evaluate(`document.body.dataset.marked = 'not reloaded'`)
    await world.sign(
      anEncounter(1001, 60178),
      anEncounter(1003, 60180),
      anEncounter(1004, 60181),
      anEncounter(1007, 60184),
      anEncounter(1008, 60185),
      anEncounter(1009, 60186),
      anEncounter(1023, 60193),
    )

    // The first analysis of a gateway compiles its lexicon.
    for (const [encounter, status] of [
      [1001, 'Ready to sign'],
      [1003, 'Needs information'],
      [1008, 'No criteria'],
      [1009, 'Criteria not met'],
      [1023, 'Criteria not met'],
    ] as const)
      await rowOf(encounter).getByText(status).first().waitFor({ timeout: 110_000 })
    const row = rowOf(1001).first()
    expect(await row.innerText()).toContain('72148')
    expect(await row.innerText()).toContain('Marchetti')
    expect(await page.evaluate('document.body.dataset.marked')).toBe('not reloaded')
    await page.screenshot({ path: `${artifacts}work-queue.png` })
  })

  it('comes back to the view from which an order was opened', async () => {
    await page.goto(`${world.gateway.address}/?view=ready_to_sign&q=72148`)
    await rowOf(1001).getByRole('link').first().click()
    await page.locator('[data-review]').waitFor()
    await page.getByRole('link', { name: 'Work queue' }).click()
    await rowOf(1001).first().waitFor()
    expect(new URL(page.url()).search).toBe('?view=ready_to_sign&q=72148')

    await page.goto(world.gateway.address)
  })

  it('opens a work item and sees every answer with its evidence, and the form', async () => {
    await rowOf(1001).getByRole('link').first().click()
    // The keyboard and screen readers begin at the heading of the page that was opened.
    await expect
      .poll(() => page.evaluate('document.activeElement?.tagName'), { timeout: 10_000 })
      .toBe('H1')
    const therapy = page.locator('[data-criterion=active_therapy]')
    await therapy.locator('[data-question]').click()

    expect(await therapy.innerText()).toContain('She has completed 8 weeks of physical therapy')
    expect(await page.locator('[data-criterion]').count()).toBe(10)
    await page.locator('[data-page="1"][data-drawn]').waitFor()
    const source = await page.getByRole('link', { name: 'Open' }).getAttribute('href')
    const form = await page.request.get(`${world.gateway.address}${source}`)
    expect(form.headers()['content-type']).toBe('application/pdf')
    expect((await form.body()).subarray(0, 5).toString()).toBe('%PDF-')
    await page.screenshot({ path: `${artifacts}review.png` })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.screenshot({ path: `${artifacts}review-dark.png`, fullPage: true })
    await page.emulateMedia({ colorScheme: 'light' })
  })

  it('sees every way to satisfy a policy inside its panel, and why each is not met', async () => {
    await page.getByRole('link', { name: 'AuthScript' }).click()
    await rowOf(1023).getByRole('link').first().click()
    const ways = page.locator('[data-pathway]')
    await ways.first().waitFor()
    await ways.last().locator('summary').click()

    expect(await ways.count()).toBe(5)
    await ways.last().getByRole('list', { name: 'Why not' }).getByText(/^No: /).first().waitFor()
    const overflowing = await page.evaluate(
      `[...document.querySelectorAll('[data-pane=questions] *')].filter((one) => one.scrollWidth > one.clientWidth + 1).length`,
    )
    expect(overflowing).toBe(0)
    await page.screenshot({ path: `${artifacts}review-not-met.png` })
  })

  it('can decide whether a form is in the chart if the EHR does not say', async () => {
    const { sandbox, ask } = world
    await page.getByRole('link', { name: 'AuthScript' }).click()
    const row = rowOf(1001).first()
    const workItemId = await row.getAttribute('data-work-item')
    const { version } = (await (await ask(`/api/work-items/${workItemId}`)).json()) as {
      version: number
    }
    sandbox.control.addFault({
      kind: 'malformed_json',
      match: { method: 'POST', resourceType: 'v1/documents' },
      times: 1,
    })
    await ask(`/api/work-items/${workItemId}/approve`, {
      method: 'POST',
      headers: { 'if-match': `"${version}"`, 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'checked against the chart' }),
    })

    await row.getByText('Needs a decision').waitFor()
    await row.getByRole('link').click()
    const panel = page.locator('[data-write-back-decision]')
    await panel.waitFor()
    expect(await panel.innerText()).toContain('Prior authorization request')
    expect(await panel.innerText()).toContain('Marchetti')
    await panel.getByRole('button', { name: 'Not in the chart: send again' }).click()
    await panel.getByText('a second copy').waitFor()
    await panel.getByRole('button', { name: 'Cancel' }).click()
    await page.screenshot({ path: `${artifacts}review-decision.png` })
    const [document] = sandbox.control.documents() as readonly { readonly id: string }[]
    // Users of athenahealth see the number of a document, not its FHIR id.
    const documentNumber = /\d+$/.exec(document?.id ?? '')?.[0] ?? ''
    await panel.getByLabel('Document ID in the chart').fill(documentNumber)
    await panel.getByRole('button', { name: 'It is in the chart' }).click()
    await page.locator('[data-stage=to_send]').waitFor()

    expect(sandbox.control.documents()).toHaveLength(1)
  })

  it('causes no errors in the browser', () => {
    expect(desk.errors.filter((text) => !text.includes('401'))).toEqual([])
  })
})
