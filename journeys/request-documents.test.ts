import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReviewView } from '@authscript/prior-auth'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'
import { aPdf, aPng, pageCountOf } from '../apps/gateway/test/forms/files.ts'
import { artifactsFolder, type BrowserDesk, startBrowserDesk, workItemOf } from './browser-desk.ts'
import { anEncounter, type World } from './world.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const artifacts = artifactsFolder()
const slowly = { timeout: 30_000 }

let world: World
let desk: BrowserDesk
let folder: string
let okafor: Page
let workItemId: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attachments-'))
  desk = await startBrowserDesk()
  ;({ world } = desk)
  const encounter = anEncounter(1003, 60180)
  await world.sign(encounter)
  workItemId = await workItemOf(world, encounter.encounterId)
  okafor = await desk.signIn({ label: 'A. Okafor', roles: ['clinician', 'staff'] })
})

afterAll(async () => {
  await desk?.[Symbol.asyncDispose]()
  if (folder !== undefined) await rm(folder, { recursive: true })
})

async function open(page: Page): Promise<void> {
  await page.goto(`${world.gateway.address}/work-items/${workItemId}`)
  await page.locator('[data-page="1"][data-drawn]').waitFor()
}

const order = async (): Promise<ReviewView> =>
  (await (await world.ask(`/api/work-items/${workItemId}`)).json()) as ReviewView

async function expectAccessible(page: Page, name: string): Promise<void> {
  expect(await accessibilityProblems(page, `${artifacts}documents-${name}`), name).toEqual([])
}

async function aFile(name: string, bytes: Uint8Array): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, bytes)
  return file
}

/** Drops a file as a person does with the mouse. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.evaluate(`(() => {
    const bytes = Uint8Array.from(atob(${JSON.stringify(Buffer.from(bytes).toString('base64'))}), (one) => one.charCodeAt(0))
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([bytes], ${JSON.stringify(name)}))
    const target = document.querySelector('[data-pane=source]')
    for (const type of ['dragover', 'drop'])
      target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  })()`)
}

const section = () => okafor.locator('[data-attachments]')

describe('files that travel with a request', () => {
  it('are attached by the keyboard', async () => {
    await open(okafor)
    const report = await aFile('MRI report.pdf', await aPdf('Finding one', 'Finding two'))
    const button = section().getByRole('button', { name: 'Attach a file' })
    // Until the page is connected its buttons are off, and the focus goes to the heading.
    await okafor.locator('[data-connection=live]').waitFor()
    await expect.poll(() => button.isEnabled(), slowly).toBe(true)
    const chooser = okafor.waitForEvent('filechooser')
    await button.press('Enter')
    await (await chooser).setFiles(report)

    await section().getByText('MRI report.pdf').waitFor()
    expect(await section().innerText()).toMatch(/Attachments \(1\)[^]*2 pages, .* KB, A\. Okafor/)
    expect((await order()).attachments).toMatchObject([{ name: 'MRI report.pdf', pages: 2 }])
    await expectAccessible(okafor, 'attached')
  })

  it('are attached by dropping them anywhere, and what was typed elsewhere stays', async () => {
    const { analysis } = await order()
    const [first] = analysis.outcome === 'assessed' ? analysis.answers : []
    const row = okafor.locator(`[data-criterion="${first?.criterionId}"]`)
    await okafor.locator(`[data-question="${first?.criterionId}"]`).click()
    const other = first?.answer === 'not_met' ? 'Unknown' : 'No'
    await row.getByRole('button', { name: other, exact: true }).click()
    await row.getByLabel(`Why ${other}?`).fill('Half a sentence')

    await drop(okafor, 'צילום ברך.png', aPng(400, 300))

    await section().getByText('צילום ברך.png').waitFor()
    expect(await row.getByLabel(`Why ${other}?`).inputValue()).toBe('Half a sentence')
    await row.getByRole('button', { name: 'Cancel' }).click()
  })

  it('are refused one by one with a plain sentence, and the others are attached', async () => {
    const files = [
      await aFile('large.pdf', Buffer.alloc(40 * 1024 * 1024, 0x20)),
      await aFile('letter.pdf', Buffer.from('This is a text, not a PDF')),
      await aFile(`${'n'.repeat(240)}.pdf`, await aPdf('A long name')),
    ]
    await section().locator('input[type=file]').setInputFiles(files)

    await section().getByText('large.pdf was not attached: it is larger than 10 MB.').waitFor()
    await section()
      .getByText('letter.pdf was not attached: only PDF, PNG and JPEG can be attached')
      .waitFor()
    await expect.poll(async () => (await order()).attachments.length, slowly).toBe(3)
    expect((await order()).attachments.at(-1)?.name).toMatch(/^n{195}….pdf$/)
    await expectAccessible(okafor, 'refused')
    await okafor.setViewportSize({ width: 360, height: 740 })
    await okafor.getByRole('tab', { name: 'Form', exact: true }).first().click()
    expect(await okafor.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await expectAccessible(okafor, 'phone')
    await okafor.setViewportSize({ width: 1440, height: 900 })
  })

  it('can be removed before the approval', async () => {
    await section()
      .getByRole('button', { name: /^Remove n+/ })
      .click()

    await expect.poll(async () => (await order()).attachments.length, slowly).toBe(2)
    await section().getByText('Attachments (2)').waitFor()
  })
})

describe('a clinician’s signature', () => {
  it('is stored, seen and replaced on a page of its own', async () => {
    await okafor.getByRole('link', { name: 'A. Okafor' }).click()
    await okafor.getByRole('heading', { name: 'Your signature' }).waitFor()
    await expectAccessible(okafor, 'no-signature')
    await okafor
      .locator('input[type=file]')
      .setInputFiles(await aFile('signature.pdf', await aPdf('no picture')))
    await okafor.getByText('A signature is a PNG or JPEG picture').waitFor()

    const chooser = okafor.waitForEvent('filechooser')
    await okafor.getByRole('button', { name: 'Add your signature' }).click()
    await (await chooser).setFiles(await aFile('signature.png', aPng(300, 90)))

    const image = okafor.locator('[data-signature]')
    await image.waitFor()
    await expect
      .poll(
        () => okafor.evaluate('document.querySelector("[data-signature]").naturalWidth'),
        slowly,
      )
      .toBe(300)
    await expectAccessible(okafor, 'signature')
  })

  it('is offered when approving, never ticked in advance, and placed by the tick', async () => {
    await open(okafor)
    await okafor.keyboard.press('Control+Enter')
    const dialog = okafor.getByRole('dialog', { name: 'Approve and file to chart' })
    await dialog.waitFor()
    const tick = dialog.getByLabel('Place my signature on the form')
    await tick.waitFor()

    expect(await tick.isChecked()).toBe(false)
    expect(await dialog.innerText()).toContain('MRI report.pdf, צילום ברך.png')
    await expectAccessible(okafor, 'approving')
    await tick.check()
    await dialog.getByLabel('Why you approve it anyway').fill('Examined')
    await okafor.keyboard.press('Control+Enter')
    await okafor.locator('[data-stage=to_send]').waitFor()

    const { documentPages, form, version } = await order()
    expect(documentPages).toBe((form?.pages ?? 0) + 3)
    const [filed] = world.sandbox.control.documents()
    const bytes = await (
      await world.ask(`/api/work-items/${workItemId}/document.pdf`)
    ).arrayBuffer()
    expect(JSON.stringify(filed)).toContain(Buffer.from(bytes).toString('base64').slice(0, 4000))
    expect(await pageCountOf(bytes)).toBe(documentPages)
    await okafor.locator(`[data-form-url$="document.pdf?v=${version}"]`).waitFor()
    await okafor.locator(`[data-page="${documentPages}"]`).waitFor()
    await expectAccessible(okafor, 'signed')
  })
})

describe('a fax', () => {
  it('gets a first page, whose number is typed once for the payer', async () => {
    await okafor.getByRole('button', { name: 'More' }).click()
    await okafor.getByRole('menuitem', { name: 'Print with a fax page' }).click()
    const dialog = okafor.getByRole('dialog', { name: 'Print with a fax page' })
    await dialog.getByLabel('Fax number of the payer').fill('ask Maria')
    await dialog.getByLabel('From: practice').fill('Spine Clinic')
    await dialog.getByRole('button', { name: 'Download' }).click()
    await dialog.getByText('“Fax number of the payer” must be a fax number.').waitFor()
    expect(await dialog.getByLabel('Fax number of the payer').inputValue()).toBe('ask Maria')
    await expectAccessible(okafor, 'fax')
    await dialog.getByLabel('Fax number of the payer').fill('(555) 010-4477')
    const download = okafor.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Download' }).click()

    const fax = readFileSync(await (await download).path())
    expect(await pageCountOf(fax)).toBe((await order()).documentPages + 1)
    await okafor.getByRole('button', { name: 'More' }).click()
    await okafor.getByRole('menuitem', { name: 'Print with a fax page' }).click()
    await dialog.getByText('What was typed for this payer last time').waitFor()
    expect(await dialog.getByLabel('Fax number of the payer').inputValue()).toBe('(555) 010-4477')
    await dialog.getByRole('button', { name: 'Print', exact: true }).click()
    await expect
      .poll(() => okafor.evaluate('document.getElementById("printed-form")?.src ?? ""'), slowly)
      .toContain('/fax.pdf')
  })

  it('causes no errors in the browser', () => {
    const noted = /status of (?:400|401|404|409|412)/
    expect(desk.errors.filter((text) => !noted.test(text))).toEqual([])
  })
})
