import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'
import { drawPayerForm, textOfBox } from '../apps/gateway/test/forms/a-payer-form.ts'
import { addBoxesOfOneName, aDrawnForm } from '../apps/gateway/test/forms/a-drawn-form.ts'
import { asXfa, encrypted } from '../apps/gateway/test/forms/unusable-forms.ts'
import { artifactsFolder, type BrowserDesk, startBrowserDesk } from './browser-desk.ts'
import { anEncounter, type World } from './world.ts'

const artifacts = artifactsFolder()

let world: World
let desk: BrowserDesk
let page: Page
let blank: Uint8Array

beforeAll(async () => {
  desk = await startBrowserDesk()
  ;({ world } = desk)
  blank = (await drawPayerForm()).pdf
  page = await desk.signIn(
    { label: 'Front desk', roles: ['clinician', 'staff', 'operator'] },
    await desk.newContext({ width: 1600, height: 1000 }),
  )
})

afterAll(() => desk?.[Symbol.asyncDispose]())

const input = () => page.getByLabel('Blank form (a PDF with boxes to fill)')
const upload = async (name: string, pdf: Uint8Array) => {
  await input().setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(pdf) })
  await page.getByRole('button', { name: 'Upload' }).click()
}
const uploadLarge = async (name: string, bytes: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'forms-'))
  try {
    writeFileSync(join(folder, name), '%PDF-1.7')
    truncateSync(join(folder, name), bytes)
    await input().setInputFiles(join(folder, name))
    await page.getByRole('button', { name: 'Upload' }).click()
    await page.getByRole('alert').getByText(name).first().waitFor()
  } finally {
    rmSync(folder, { recursive: true })
  }
}
/** Clicks a box of the page, types a part of a role's name, and takes what is found first. */
const map = async (box: string, words: string, role: string) => {
  await page.locator(`[data-page] [data-box="${box}"]`).click()
  const input = page.getByLabel('What is this box for?')
  await page.locator(`[data-editing="${box}"]`).waitFor()
  await input.fill(words)
  await page.locator('[role=option]').first().waitFor()
  await page.locator(`[role=option][data-role="${role}"]`).click()
  await page.locator(`[data-page] [data-box="${box}"]:not([aria-label$="not filled"])`).waitFor()
}
/** Eight boxes for a birth date, and two boxes of one name whose words say nothing. */
const drawCells = () =>
  aDrawnForm((drawing) => {
    for (let index = 0; index < 8; index += 1)
      drawing.text(`c${index}`, { x: 40 + index * 20, width: 16 })
    addBoxesOfOneName(drawing, 'Sex', ['1', '2'], 600)
  })
const alert = () => page.getByRole('alert').first().innerText()

describe('an operator at the forms of payers', () => {
  it('opens them from the frame of every page', async () => {
    await page.getByRole('link', { name: 'Forms', exact: true }).click()
    await page.getByRole('heading', { name: 'Forms of payers' }).waitFor()
    await page.getByText('No form was uploaded yet').waitFor()

    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}forms-empty.png` })
  })

  it('reads in a sentence why a file cannot be used: too large, encrypted, XFA, not a form', async () => {
    await uploadLarge('huge.pdf', 40 * 1024 * 1024)
    const said = [await alert()]
    for (const [name, pdf] of [
      ['locked.pdf', await encrypted(blank)],
      ['dynamic.pdf', await asXfa(blank)],
      [`${'n'.repeat(290)}.pdf`, Buffer.from('not a form')],
    ] as const) {
      await upload(name, pdf)
      await page.getByRole('alert').getByText(name.slice(0, 40)).first().waitFor()
      said.push(await alert())
    }

    expect(said[0]).toMatch(/^huge\.pdf is larger than 20 MB/)
    expect(said[1]).toMatch(/^locked\.pdf cannot be used: the PDF is encrypted/)
    expect(said[2]).toMatch(/^dynamic\.pdf cannot be used: the PDF is an XFA form/)
    expect(said[3]).toMatch(/^n{60}…n{15}\.pdf cannot be used: it is not a PDF\.$/)
    await page.screenshot({ path: `${artifacts}forms-refused.png` })
  })

  it('uploads a form and sees its boxes on its pages', async () => {
    await upload('Prairie Health Plan.pdf', blank)
    await page.locator('[data-page="1"][data-drawn]').waitFor()

    expect(await page.locator('[data-page="1"] [data-box]').count()).toBe(27)
    expect(await page.getByText('Usually required, without a box').isVisible()).toBe(true)
    // The signature was left to people without being asked.
    expect(
      await page.locator('[data-box="signature.provider"]').getAttribute('aria-label'),
    ).toContain('Signature or attestation')
  })

  it('chooses by clicks what the boxes are for', async () => {
    await map('patient.name', 'full name', 'patient.name')
    await map('coverage.memberId', 'member', 'coverage.memberId')
    await map('facility.name', 'facility name', 'facility.name')
    await page.getByLabel('The payer returns the form if this box is empty').check()
    await map('setting', 'place of service', 'setting')
    await map('service[1].code', 'service 1 code', 'service[1].code')
    await map('criterion[1].question', 'question 1 text', 'criterion[1].question')
    await map('criterion[1].answer', 'question 1 answer', 'criterion[1].answer')

    const without = page.locator('[data-missing]')
    expect(await without.innerText()).not.toContain('full name')
    expect(await without.innerText()).toContain('birth date')
    expect(await page.locator('[data-box="facility.name"]').getAttribute('aria-label')).toContain(
      '(required)',
    )
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}form-editor.png` })
  })

  it('reaches the boxes by the keyboard too', async () => {
    await page.locator('[data-box="service[1].code"]').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.locator('[data-editing="service[1].quantity"]').waitFor()
    await expect
      .poll(() => page.evaluate('document.activeElement?.getAttribute("role")'))
      .toBe('combobox')
    await page.keyboard.type('service 1 quantity')
    await page.locator('[role=option]').first().waitFor()
    await page.keyboard.press('Enter')

    await page
      .locator('[data-box="service[1].quantity"][aria-label*="Service 1: quantity"]')
      .waitFor()
  })

  it('enters the printed rules of the payer: rules between boxes, as sentences', async () => {
    await page.getByText('Rules printed on the form (none)').click()
    await page.getByLabel('When there is').selectOption('facility.name')
    await page.getByLabel('the payer also wants').selectOption('coverage.memberId')
    await page.getByRole('button', { name: 'Add this rule' }).click()
    await page.getByLabel('first choice').selectOption('patient.name')
    await page.getByLabel('then', { exact: true }).selectOption('service[1].quantity')
    await page.getByRole('button', { name: 'Add the rule for these 2' }).click()
    await page.getByLabel('Codes that the payer does not accept').fill('J0000-J9999')

    expect(await page.locator('[data-rule]').allInnerTexts()).toEqual([
      expect.stringContaining('When there is “Facility: name”, the payer also wants “Member ID”.'),
      expect.stringContaining('“Patient: full name”, “Service 1: quantity”'),
    ])
    expect(await page.locator('[data-rules="3"]').count()).toBe(1)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}form-editor-rules.png` })
    await page.locator('[data-rule]').last().getByRole('button', { name: 'Remove' }).click()
    await page.getByText('Rules printed on the form (2)').click()
  })

  it('sees the form filled with an invented patient beside it, before anything is saved', async () => {
    await page.getByRole('button', { name: 'Test fill' }).click()
    await page.locator('[data-test-fill] [data-page="1"][data-drawn]').waitFor()

    expect(await page.locator('[data-version]').getAttribute('data-version')).toBe('1')
    await page.screenshot({ path: `${artifacts}form-editor-filled.png` })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.screenshot({ path: `${artifacts}form-editor-dark.png` })
    await page.emulateMedia({ colorScheme: 'light' })
  })

  it('loses nothing to a name that is too long, or to somebody who saved meanwhile', async () => {
    await page.getByLabel('Name', { exact: true }).fill('n'.repeat(300))
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('alert').getByText('up to 80 characters').waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('n'.repeat(300))

    const formId = page.url().split('/').at(-1) ?? ''
    const form = (await (
      await world.ask(`/api/forms/${formId}`, { key: world.keys.operator })
    ).json()) as { version: number }
    await world.ask(`/api/forms/${formId}`, {
      key: world.keys.operator,
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'if-match': `"${form.version}"` },
      body: JSON.stringify({
        name: 'theirs',
        payers: [],
        codes: [],
        boxes: [],
        keptAsPrinted: [],
      }),
    })
    await page.getByLabel('Name', { exact: true }).fill('prairie')
    await page.getByLabel('Payers').fill('Prairie Health Plan')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.locator('[data-conflict]').getByText('operator changed this form').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}form-editor-conflict.png` })
    await page.getByRole('button', { name: 'Overwrite it with mine' }).click()

    await page.locator('[data-version="3"]').waitFor()
    expect(await page.getByLabel('Payers').inputValue()).toBe('Prairie Health Plan')
    expect(
      await page.locator('[data-box="patient.name"]').first().getAttribute('aria-label'),
    ).toContain('full name')
  })

  it("puts it into use: the payer's next order is filled on it, in the boxes that were clicked", async () => {
    await page.getByRole('button', { name: 'Put into use' }).click()
    await page.locator('[data-state=active]').waitFor()

    await world.sign(anEncounter(1001, 60178))
    const ready = await world.eventOf(({ eventType }) => eventType === 'PA_FORM_READY')
    const { workItemId } = ready.data as { workItemId: string }

    const form = await (await world.ask(`/api/work-items/${workItemId}/form.pdf`)).arrayBuffer()
    expect(await textOfBox(form, 'patient.name')).toContain('Marchetti')
    expect(await textOfBox(form, 'service[1].code')).toBe('72148')
    expect(await textOfBox(form, 'criterion[2].question')).toBeUndefined()
    expect(await textOfBox(form, 'signature.provider')).toBeUndefined()
    const item = (await (await world.ask(`/api/work-items/${workItemId}`)).json()) as {
      missingFields: string[]
    }
    expect(item.missingFields).toContain('values.facility.name')
    await page.getByRole('link', { name: 'AuthScript' }).click()
    await page.locator(`[data-work-item="${workItemId}"]`).getByRole('link').first().click()
    await page.locator('[data-page="1"][data-drawn]').waitFor()
    await page.screenshot({ path: `${artifacts}review-on-uploaded-form.png` })
  })

  it('keeps the form with its order when it is retired, also when an answer is typed into it', async () => {
    await page.getByRole('link', { name: 'Forms', exact: true }).click()
    await page.getByRole('link', { name: 'prairie' }).click()
    await page.getByRole('button', { name: 'Retire' }).click()
    await page.locator('[data-state=retired]').waitFor()
    const { workItemId } = (await world.eventOf(({ eventType }) => eventType === 'PA_FORM_READY'))
      .data as { workItemId: string }
    const item = await world.ask(`/api/work-items/${workItemId}`)

    const typed = await world.ask(`/api/work-items/${workItemId}/form`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        'if-match': item.headers.get('etag') ?? '',
      },
      body: JSON.stringify({ entries: { 'values.facility.name': 'Cedar Imaging' } }),
    })

    expect(typed.status).toBe(200)
    const form = await (await world.ask(`/api/work-items/${workItemId}/form.pdf`)).arrayBuffer()
    expect(await textOfBox(form, 'facility.name')).toBe('Cedar Imaging')
    expect(await textOfBox(form, 'patient.name')).toContain('Marchetti')
  })

  it('works on a phone of 360 pixels', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.locator('[data-page="1"][data-drawn]').first().waitFor()

    expect(
      await page.evaluate(
        'document.documentElement.scrollWidth <= document.documentElement.clientWidth',
      ),
    ).toBe(true)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}form-editor-360.png`, fullPage: true })
    await page.getByRole('link', { name: 'Forms of payers' }).click()
    await page.getByText('Retired', { exact: true }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}forms-360.png`, fullPage: true })
  })

  it('deletes a draft after a question, and assigns one value to a row of small boxes', async () => {
    await page.setViewportSize({ width: 1280, height: 900 })
    await upload('cells.pdf', await drawCells())
    await page.locator('[data-page="1"] [data-box="c0"]').waitFor()
    await map('c2', 'birth date one character', 'patient.birthDate.character')
    await page.getByRole('button', { name: 'Write one value across all 8' }).click()
    expect(await page.locator('[data-box][aria-label*="one character"]').count()).toBe(8)
    await page.locator('[data-page] [data-box="Sex"]').first().click()
    expect(await page.locator('[data-option]').allInnerTexts()).toEqual(['1', '2'])
    expect(await accessibilityProblems(page)).toEqual([])
    await page.screenshot({ path: `${artifacts}form-editor-cells.png` })

    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('dialog', { name: 'Delete this draft?' }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Delete the draft' }).click()

    await page.getByRole('heading', { name: 'Forms of payers' }).waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'cells' }).count()).toBe(0)
    expect(await page.getByRole('link', { name: 'prairie' }).count()).toBe(1)
  })

  it('starts again although a form in use cannot be decoded, and says which', async () => {
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.getByRole('link', { name: 'prairie' }).click()
    await page.getByRole('button', { name: 'Put into use' }).click()
    await page.locator('[data-state=active]').waitFor()
    await world.database(
      String.raw`with damaged as (update payer_forms set pdf = '\x255044462d' returning 1) select count(*)::int n from damaged`,
    )

    await world.restart()
    await world.sign(anEncounter(1003, 60180))
    const ready = await world.eventOf(
      ({ eventType, data }) =>
        eventType === 'PA_FORM_READY' &&
        (data as { encounterId: string }).encounterId === anEncounter(1003, 60180).encounterId,
    )

    const { workItemId } = ready.data as { workItemId: string }
    const item = await (await world.ask(`/api/work-items/${workItemId}`)).text()
    expect(item).toContain('the form prairie was not used: ')
    expect(world.logged.join('')).toContain('an uploaded form cannot be used')
    expect(world.logged.join('')).toContain('prairie: ')
  })

  it('causes no errors in the browser', () => {
    // The browser itself notes every request that is refused.
    expect(desk.errors.filter((text) => !/status of 4\d\d/.test(text))).toEqual([])
  })
})
