import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'
import { artifactsFolder, type BrowserDesk, startBrowserDesk } from './browser-desk.ts'
import type { World } from './world.ts'

const artifacts = artifactsFolder()

let world: World
let desk: BrowserDesk
let queue: Page
let sandboxPage: Page

beforeAll(async () => {
  desk = await startBrowserDesk()
  ;({ world } = desk)
  const context = await desk.newContext({ width: 1280 })
  queue = await desk.signIn({ label: 'Newcomer', roles: ['clinician', 'staff'] }, context)
  sandboxPage = await context.newPage()
})

afterAll(() => desk?.[Symbol.asyncDispose]())

describe('a newcomer at the page of the sandbox EHR', () => {
  it('signs one more encounter, and its order appears in the open work queue without anything else to do', async () => {
    await sandboxPage.goto(world.sandbox.pageUrl)
    await sandboxPage.getByLabel('A new patient, as in').selectOption('a-195900.encounter-1001')

    await sandboxPage.getByRole('button', { name: 'Create and sign' }).click()

    await sandboxPage
      .getByRole('status')
      .getByText('in the work queue of practice 195900')
      .waitFor()
    expect(await sandboxPage.evaluate('document.activeElement?.id')).toBe('said')
    const encounterId = new URL(sandboxPage.url()).searchParams.get('encounter')
    // The first analysis of a gateway compiles its lexicon.
    await queue
      .locator(`[data-encounter="${encounterId}"]`)
      .getByText('Ready to sign')
      .first()
      .waitFor({ timeout: 110_000 })
  })

  it('signs an encounter of the day by the keyboard', async () => {
    const button = sandboxPage.getByRole('button', { name: 'Sign the encounter of Osei, Abena' })
    await button.focus()
    await sandboxPage.keyboard.press('Enter')

    await sandboxPage.getByRole('status').getByText('Osei, Abena is signed').waitFor()
    await queue
      .locator('[data-encounter="a-195900.encounter-1023"]')
      .getByText('Criteria not met')
      .first()
      .waitFor({ timeout: 60_000 })
  })

  it('chooses a fault that the gateway meets and recovers from, and sees it in the list', async () => {
    await sandboxPage.getByLabel('Unavailable (503)').check()
    await sandboxPage.getByLabel('Which requests').selectOption('Condition')
    await sandboxPage.getByRole('button', { name: 'Give this fault' }).click()
    await sandboxPage.getByText('given 0 times, once more').waitFor()

    await sandboxPage
      .getByRole('button', { name: 'Sign the encounter of Lindqvist, Karin' })
      .click()

    // Without a reload: the page keeps itself up to date.
    await sandboxPage.getByText('No fault is given').waitFor()
    await sandboxPage
      .getByRole('row')
      .filter({ hasText: 'GET Condition' })
      .filter({ hasText: '503 Unavailable (503)' })
      .waitFor()
    await queue
      .locator('[data-encounter="a-195900.encounter-1021"]')
      .getByText('Ready to sign')
      .first()
      .waitFor({ timeout: 60_000 })
  })

  it('has no accessibility fault', async () => {
    await sandboxPage.goto(world.sandbox.pageUrl)

    expect(await accessibilityProblems(sandboxPage, `${artifacts}sandbox-page`)).toEqual([])
  })

  it('fits a phone of 360 pixels', async () => {
    await sandboxPage.setViewportSize({ width: 360, height: 740 })
    await sandboxPage.emulateMedia({ colorScheme: 'light' })

    expect(
      await sandboxPage.evaluate(
        'document.documentElement.scrollWidth <= document.documentElement.clientWidth',
      ),
    ).toBe(true)
    await sandboxPage.screenshot({ path: `${artifacts}sandbox-page-360.png`, fullPage: true })
  })
})
