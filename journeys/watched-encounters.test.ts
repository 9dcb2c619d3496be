import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'
import { artifactsFolder, type BrowserDesk, startBrowserDesk, workItemOf } from './browser-desk.ts'
import { anEncounter, type World } from './world.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const artifacts = artifactsFolder()
const slowly = { timeout: 30_000 }

let world: World
let desk: BrowserDesk
let page: Page

beforeAll(async () => {
  desk = await startBrowserDesk()
  ;({ world } = desk)
  page = await desk.signIn({ label: 'J. Ruiz', roles: ['staff'] })
})

afterAll(() => desk?.[Symbol.asyncDispose]())

async function expectAccessible(name: string): Promise<void> {
  expect(await accessibilityProblems(page, `${artifacts}encounters-${name}`), name).toEqual([])
}

async function register(patientId: string, encounterId: string): Promise<void> {
  await page.getByLabel('Patient ID in the EHR').fill(patientId)
  await page.getByLabel('Encounter ID in the EHR').fill(encounterId)
  await page.getByRole('button', { name: 'Watch this encounter' }).click()
}
const rowOf = (encounterId: string) => page.locator(`[data-watched="${encounterId}"]`)

describe('a coordinator registers an encounter', () => {
  const { patientId, encounterId } = anEncounter(1003, 60180)

  it('finds the page from the work queue, and nothing is watched yet', async () => {
    await page.getByRole('link', { name: 'Encounters', exact: true }).click()
    await page.getByText('No encounter is watched.').waitFor()
    expect(await page.title()).toContain('Encounters')
    await expectAccessible('none')
  })

  it('sees what is wrong with an id, and what was typed stays', async () => {
    await register('patient 7', 'x'.repeat(300))

    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toMatch(/The patient ID must be a FHIR id/)
    expect(await alert.innerText()).toMatch(/The encounter ID must be a FHIR id/)
    expect(await page.getByLabel('Patient ID in the EHR').inputValue()).toBe('patient 7')
    await expectAccessible('refused')
  })

  it('sees that the EHR does not know a mistyped one', async () => {
    await register(patientId, 'a-195900.encounter-9999')

    await rowOf('a-195900.encounter-9999').getByText('Not found in the EHR').waitFor(slowly)
    await rowOf('a-195900.encounter-9999').getByText('Check both ids').waitFor()
  })

  it('sees it wait for the signature, and read once it is signed', async () => {
    await register(patientId, encounterId)
    await page.getByText(`Encounter ${encounterId} is watched from now on.`).waitFor()
    await rowOf(encounterId).getByText('Not signed yet').waitFor(slowly)
    await expectAccessible('watched')
    await register('a-195900.E-1', encounterId)
    await page.getByText('This encounter is registered for another patient').waitFor()

    await world.sign(anEncounter(1003, 60180))

    // The first analysis of a gateway compiles its lexicon: on a busy machine that is most of the time.
    await workItemOf(world, encounterId)
    await rowOf(encounterId).getByText('Signed and read').waitFor(slowly)
  })

  it('stops watching one, sees who did, and watches it again', async () => {
    const row = rowOf(encounterId)
    await row.getByRole('button', { name: `Stop watching ${encounterId}` }).click()
    await row.getByText('J. Ruiz ended the watch.').waitFor()
    await row.getByText('Read; no longer watched').waitFor()
    await expectAccessible('unwatched')
    const other = await world.ask(`/api/encounters/${encounterId}/watch?practiceId=195900`, {
      method: 'DELETE',
    })
    expect(other.status).toBe(404)

    await row.getByRole('button', { name: `Watch again ${encounterId}` }).click()
    await row.getByText('Signed and read').waitFor(slowly)
  })

  it('pages through many of them', async () => {
    for (let one = 0; one < 60; one += 1)
      await world.gateway.store.registrations.register({
        practiceId: '195900',
        patientId: 'a-195900.E-1',
        encounterId: `later-${one}`,
      })
    await page.reload()
    await page.getByRole('button', { name: 'Show more' }).click()
    await expect.poll(() => page.locator('[data-watched]').count(), slowly).toBe(62)
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0)
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await expectAccessible('phone')
  })
})
