import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answer, ReviewView } from '@authscript/prior-auth'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { accessibilityProblems } from './accessibility.ts'
import { drawPayerForm, textOfBox } from '../apps/gateway/test/forms/a-payer-form.ts'
import { artifactsFolder, type BrowserDesk, startBrowserDesk, workItemOf } from './browser-desk.ts'
import type { CuttableProxy } from './cuttable-proxy.ts'
import { anEncounter, type World } from './world.ts'

// Threads of our own for the payer's form, and a look by axe-core at every state.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const artifacts = artifactsFolder()

/** What the payer's form calls a box. */
const boxName = (role: string) =>
  role === 'facility.name' ? 'Text Field 30' : role.replace('criterion', 'Item')

let desk: BrowserDesk
let world: World
/** For what the page or the gateway does in the background, on a slow machine. */
const slowly = { timeout: 30_000 }
let network: CuttableProxy
let folder: string
/** A clinician, and a coordinator at another computer. */
let okafor: Page
let ruiz: Page
/** An order with open questions, and one that meets the criteria. */
let lumbar: string
let knee: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'payer-form-'))
  // As payers name their boxes: not after what is in them.
  const form = await drawPayerForm(boxName)
  await writeFile(join(folder, 'form.pdf'), form.pdf)
  await writeFile(join(folder, 'map.json'), JSON.stringify(form.map))
  desk = await startBrowserDesk({
    config: {
      Forms: {
        Templates: [
          {
            Pdf: join(folder, 'form.pdf'),
            Map: join(folder, 'map.json'),
            Payers: ['Prairie Health Plan'],
          },
        ],
      },
    },
  })
  ;({ world, network } = desk)
  await world.sign(anEncounter(1003, 60180), anEncounter(1021, 60191))
  lumbar = await workItemOf(world, 'a-195900.encounter-1003')
  knee = await workItemOf(world, 'a-195900.encounter-1021')
  okafor = await desk.signIn({ label: 'A. Okafor', roles: ['clinician', 'staff'] })
  ruiz = await desk.signIn({ label: 'J. Ruiz', roles: ['staff'] })
})

afterAll(async () => {
  await desk?.[Symbol.asyncDispose]()
  if (folder !== undefined) await rm(folder, { recursive: true })
})

async function orderOf(workItemId: string): Promise<ReviewView> {
  return (await (await world.ask(`/api/work-items/${workItemId}`)).json()) as ReviewView
}

async function answersOf(workItemId: string): Promise<readonly Answer[]> {
  const { analysis } = await orderOf(workItemId)
  return analysis.outcome === 'assessed' ? analysis.answers : []
}

/** What the stored form says in a box. */
async function boxOf(workItemId: string, name: string): Promise<string | undefined> {
  const response = await world.ask(`/api/work-items/${workItemId}/form.pdf`)
  return textOfBox(await response.arrayBuffer(), name)
}

async function open(page: Page, workItemId: string): Promise<void> {
  await page.goto(`${network.address}/work-items/${workItemId}`)
  await page.locator('[data-page="1"][data-drawn]').waitFor()
}

/** The page shows the form of the newest version. */
async function waitForNewForm(page: Page, workItemId: string): Promise<void> {
  const { version } = await orderOf(workItemId)
  await page.locator(`[data-form-url$="v=${version}"]`).waitFor()
}

async function expectAccessible(page: Page, name: string): Promise<void> {
  expect(await accessibilityProblems(page, `${artifacts}clinician-${name}`), name).toEqual([])
}

const isSaved = (row: Locator) => row.getByText(/^Changed by/).waitFor()

const rowOf = (page: Page, criterionId: string) => page.locator(`[data-criterion="${criterionId}"]`)

describe('a clinician at one order', () => {
  it('sees on one screen the patient, the open questions first, their passages and the form', async () => {
    await open(okafor, lumbar)

    const header = okafor.locator('[data-review] header').first()
    expect(await header.innerText()).toMatch(/Lindqvist.* · M · 07\/21\/1990 · Prairie Health Plan/)
    expect(await header.innerText()).toContain('Needs information')
    expect(await okafor.title()).toMatch(/^Lindqvist – MRI lumbar spine 72148/)
    const groups = await okafor
      .locator('[data-group]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-group')))
    expect(groups[0]).toBe('open')
    expect(groups).toEqual(groups.toSorted((one, other) => rank(one) - rank(other)))
    expect(await okafor.evaluate('document.documentElement.scrollHeight <= innerHeight')).toBe(true)
    expect(await okafor.locator('[data-review]').innerText()).not.toMatch(
      /submitted|encounter-1003/i,
    )
    await expectAccessible(okafor, 'order')
  })

  it('moves through the questions by keys, and the passage and the box of each are shown', async () => {
    const therapy = (await answersOf(lumbar)).findIndex(({ evidence }) =>
      evidence.some(({ quote }) => quote?.text.includes('physical therapy') === true),
    )
    const { criterionId = '' } = (await answersOf(lumbar))[therapy] ?? {}
    for (let key = 0; key < 10; key += 1) {
      if ((await okafor.locator(`[data-question="${criterionId}"][tabindex="0"]`).count()) > 0)
        break
      await okafor.keyboard.press('j')
    }

    const passage = okafor.locator('mark[data-kind=selected]').first()
    expect(await passage.innerText()).toContain('physical therapy')
    await expect.poll(() => isSeen(okafor, 'mark[data-kind=selected]'), slowly).toBe(true)
    await okafor.locator(`[data-box="Item[${therapy + 1}].question"][data-ringed]`).waitFor()
    expect(await okafor.evaluate('document.activeElement?.getAttribute("data-question")')).toBe(
      criterionId,
    )
  })

  it('answers a question with a reason, and the form says so', async () => {
    const answers = await answersOf(lumbar)
    const at = answers.findIndex(({ answer }) => answer === 'unclear')
    const { criterionId = '' } = answers[at] ?? {}
    const row = rowOf(okafor, criterionId)

    await row.getByRole('button', { name: 'Yes', exact: true }).click()
    await expectAccessible(okafor, 'answering')
    await okafor.keyboard.type('Seen at the exam')
    await row.getByRole('button', { name: 'Answer Yes' }).click()
    await isSaved(row)
    await waitForNewForm(okafor, lumbar)

    expect(await row.innerText()).toMatch(/Changed by A\. Okafor/)
    expect(await row.innerText()).toContain('The chart’s answer: Unknown')
    expect(await boxOf(lumbar, `Item[${at + 1}].answer`)).toBe('Yes')
    expect((await orderOf(lumbar)).answerChanges).toMatchObject([
      { criterionId, answer: 'met', changedBy: 'A. Okafor', applies: true },
    ])

    await row.getByRole('button', { name: 'Use the chart’s answer' }).click()
    await waitForNewForm(okafor, lumbar)
    await expect.poll(async () => (await orderOf(lumbar)).answerChanges, slowly).toEqual([])
    expect(await boxOf(lumbar, `Item[${at + 1}].answer`)).toBe('Unknown')
  })

  it('selects a sentence of the note and uses it as evidence', async () => {
    const [{ criterionId } = { criterionId: '' }] = (await answersOf(lumbar)).filter(
      ({ answer }) => answer === 'unclear',
    )
    await okafor.locator(`[data-question="${criterionId}"]`).click()
    await okafor.getByRole('tab', { name: /note/i }).first().click()
    const selected = (await okafor.evaluate(`(() => {
      const text = document.querySelector('[data-document]')
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
      const node = walker.nextNode()
      const range = document.createRange()
      range.setStart(node, 0)
      range.setEnd(node, Math.min(40, node.data.length))
      getSelection().removeAllRanges()
      getSelection().addRange(range)
      return range.toString().trim()
    })()`)) as string

    await okafor.getByRole('button', { name: /^Use as evidence for/ }).click()
    const row = rowOf(okafor, criterionId)
    await row.getByLabel('Why Yes?').fill('It says so here')
    await row.getByRole('button', { name: 'Answer Yes' }).click()
    await isSaved(row)

    const answer = (await answersOf(lumbar)).find((one) => one.criterionId === criterionId)
    expect(answer?.evidence[0]).toMatchObject({ quote: { text: selected, start: 0 } })
  })

  it('types the boxes that the payer requires and the chart lacks', async () => {
    const entries = okafor.locator('[data-form-entries]')
    expect(await entries.innerText()).toMatch(/3 to complete: .*Facility name/)

    await entries.getByLabel('Facility name').fill('Cedar Hill Imaging')
    await entries.getByLabel('Setting').selectOption({ label: 'Outpatient' })
    await okafor.getByRole('button', { name: 'Approve with a reason' }).click()
    const dialog = okafor.getByRole('dialog', { name: 'Approve and file to chart' })
    await dialog.getByText('Typed and not saved yet: boxes of the form').waitFor()
    await dialog.getByLabel('Why you approve it anyway').fill('Whatever')
    expect(
      await dialog.getByRole('button', { name: 'Approve and file to chart' }).isDisabled(),
    ).toBe(true)
    await okafor.keyboard.press('Escape')
    await okafor
      .locator('[data-box="Text Field 30"][data-ringed], [data-box="setting"][data-ringed]')
      .waitFor()
    await entries.getByRole('button', { name: 'Fill the form' }).click()
    await okafor.getByText('1 to complete: Service quantity').waitFor()
    await waitForNewForm(okafor, lumbar)

    expect(await boxOf(lumbar, 'Text Field 30')).toBe('Cedar Hill Imaging')
    expect(await boxOf(lumbar, 'setting')).toBe('Outpatient')
    await okafor.getByText('All boxes of the form').click()
    await okafor
      .locator('[data-box-line="values.facility.name"]')
      .getByText('typed by A. Okafor')
      .waitFor()
    await expectAccessible(okafor, 'boxes')
  })

  it('is offered, on the next order of the procedure, what was typed for this provider, and decides whether to use it', async () => {
    await world.sign(anEncounter(1001, 60178))
    const next = await workItemOf(world, 'a-195900.encounter-1001')
    await open(okafor, next)
    const entries = okafor.locator('[data-form-entries]')
    const copy = entries.getByRole('button', {
      name: /^Copy from earlier orders of .*: (Setting, Facility name|Facility name, Setting)$/,
    })
    await copy.click()

    expect(await entries.getByLabel('Facility name').inputValue()).toBe('Cedar Hill Imaging')
    expect(await boxOf(next, 'Text Field 30')).toBeUndefined()
    await entries.getByRole('button', { name: 'Undo what I typed' }).click()
    await copy.waitFor()
    // Where the spine is imaged says nothing about where a knee is replaced.
    await open(okafor, knee)
    await entries.getByLabel('Facility name').waitFor()
    expect(await entries.getByRole('button', { name: /^Copy from/ }).count()).toBe(0)
    await open(okafor, lumbar)
  })

  it('sees who changed what meanwhile, and loses nothing that was typed', async () => {
    const [first, second] = (await answersOf(lumbar)).filter(({ answer }) => answer === 'unclear')
    const [mine, theirs] = [first?.criterionId ?? '', second?.criterionId ?? '']
    await rowOf(okafor, mine).getByRole('button', { name: 'No', exact: true }).click()
    await rowOf(okafor, mine).getByLabel('Why No?').fill('Examined today')
    await open(ruiz, lumbar)
    await rowOf(ruiz, theirs).getByRole('button', { name: 'Yes', exact: true }).click()
    await rowOf(ruiz, theirs).getByLabel('Why Yes?').fill('The film is in the folder')
    await rowOf(ruiz, theirs).getByRole('button', { name: 'Answer Yes' }).click()
    await isSaved(rowOf(ruiz, theirs))

    await rowOf(okafor, mine).getByRole('button', { name: 'Answer No' }).click()
    const conflict = okafor.locator('[data-conflict]')
    await conflict.waitFor()

    expect(await conflict.innerText()).toContain('J. Ruiz changed this order')
    expect(await conflict.innerText()).toContain('from Unknown to Yes: The film is in the folder')
    expect(await rowOf(okafor, mine).getByLabel('Why No?').inputValue()).toBe('Examined today')
    await expectAccessible(okafor, 'conflict')

    await conflict.getByRole('button', { name: 'Look at theirs' }).click()
    await conflict.waitFor({ state: 'detached' })
    await rowOf(okafor, theirs).getByText('changed by J. Ruiz').waitFor()
    expect(await rowOf(okafor, mine).getByLabel('Why No?').inputValue()).toBe('Examined today')
    await rowOf(okafor, mine).getByRole('button', { name: 'Answer No' }).click()
    await isSaved(rowOf(okafor, mine))
    expect((await orderOf(lumbar)).answerChanges.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['Examined today', 'The film is in the folder']),
    )
  })

  it('keeps what is typed when the gateway cannot be reached, and turns the actions off', async () => {
    const [{ criterionId } = { criterionId: '' }] = (await answersOf(lumbar)).filter(
      ({ answer }) => answer === 'unclear',
    )
    const row = rowOf(okafor, criterionId)
    await row.getByRole('button', { name: 'Yes', exact: true }).click()
    await row.getByLabel('Why Yes?').fill('Typed before the line broke')
    network.cut()

    await okafor.getByText('Nothing can be saved until the gateway answers again').waitFor()
    const approve = okafor.getByRole('button', { name: 'Approve with a reason' })
    expect(await approve.isDisabled()).toBe(true)
    expect(await row.getByLabel('Why Yes?').inputValue()).toBe('Typed before the line broke')
    network.heal()
    await expect.poll(() => approve.isEnabled(), slowly).toBe(true)
    expect(await row.getByLabel('Why Yes?').inputValue()).toBe('Typed before the line broke')
    await row.getByRole('button', { name: 'Cancel' }).click()
  })

  it('approves what is shown, with a reason because questions are open, and sees it in the chart', async () => {
    await okafor.keyboard.press('Control+Enter')
    const dialog = okafor.getByRole('dialog', { name: 'Approve and file to chart' })
    await dialog.waitFor()
    const confirm = dialog.getByRole('button', { name: 'Approve and file to chart' })

    expect(await dialog.innerText()).toMatch(/questions are not settled/)
    expect(await dialog.innerText()).toContain('Service quantity')
    expect(await confirm.isDisabled()).toBe(true)
    expect(await dialog.locator('[data-changes-by-people]').innerText()).toContain(
      'Facility name: Cedar Hill Imaging (A. Okafor)',
    )
    await expectAccessible(okafor, 'approving')
    await dialog.getByLabel('Why you approve it anyway').fill('Discussed with the payer')
    await okafor.keyboard.press('Control+Enter')
    await okafor.locator('[data-stage=to_send]').waitFor()

    const steps = okafor.getByRole('region', { name: 'After the approval' })
    expect(await steps.innerText()).toMatch(/Approved by A\. Okafor \d\d:\d\d/)
    expect(await steps.innerText()).toContain('In chart')
    await steps.getByText('The form carries no signature').waitFor()
    expect(world.sandbox.control.documents()).toHaveLength(1)
    await expectAccessible(okafor, 'in-chart')
  })

  it('records that it was sent, and the payer’s decision', async () => {
    const steps = okafor.getByRole('region', { name: 'After the approval' })
    await steps.getByRole('button', { name: 'Record that it was sent' }).click()
    const sent = okafor.getByRole('dialog', { name: 'Sent to payer' })
    expect(await sent.getByLabel('How').inputValue()).toBe('')
    await sent.getByLabel('How').selectOption({ label: 'Fax' })
    await sent.getByLabel(/^Reference/).fill('FX-11')
    await expectAccessible(okafor, 'sending')
    await sent.getByRole('button', { name: 'Record' }).click()
    await okafor.locator('[data-stage=waiting_for_payer]').waitFor()
    await steps.getByText(/by fax, on .*, reference FX-11/).waitFor()

    await steps.getByRole('button', { name: 'Record the payer’s answer' }).click()
    const answer = okafor.getByRole('dialog', { name: 'What the payer answered' })
    await answer.getByRole('button', { name: 'Record' }).click()
    await answer.getByText('Choose what the payer answered.').waitFor()
    await answer.getByLabel('Approved by payer').check()
    await answer.getByLabel('Authorization number').fill('A-4711')
    await answer.getByLabel(/^Units/).fill('1')
    await answer.getByRole('button', { name: 'Record' }).click()
    await okafor.locator('[data-stage=authorized]').waitFor()
    await steps.getByText(/The payer approved the request on .*, number A-4711, units 1/).waitFor()
    await expectAccessible(okafor, 'decided')
  })

  it('reads in the history what everyone did, in words', async () => {
    await okafor.getByRole('button', { name: 'Notes and history' }).click()
    const drawer = okafor.getByRole('dialog', { name: 'Notes and history' })
    await drawer.locator('[data-history=authorized]').waitFor()
    await drawer.getByLabel('Write a note').fill('The patient knows')
    // The same button twice is one request.
    let sentCount = 0
    okafor.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/notes')) sentCount += 1
    })
    await drawer.getByRole('button', { name: 'Add note' }).dblclick()
    await drawer.getByText('A. Okafor: The patient knows').waitFor()
    expect(sentCount).toBe(1)

    const text = await drawer.innerText()
    expect(text).toMatch(/A\. Okafor completed the form: .*Facility name “Cedar Hill Imaging”/)
    expect(text).toContain('A. Okafor approved the form: Discussed with the payer')
    expect(text).not.toMatch(/criterionId|not_met|unclear/)
    await expectAccessible(okafor, 'history')
    await okafor.keyboard.press('Escape')
  })

  it('is asked before the chart of an approved order is read again, and what that changes', async () => {
    await okafor.getByRole('button', { name: 'More', exact: true }).click()
    await okafor.getByRole('menuitem', { name: 'Reprocess: read the chart again' }).click()
    const dialog = okafor.getByRole('dialog', { name: 'Read the chart again?' })
    await dialog.getByText('It stays there as it was approved, and so does the approval.').waitFor()
    await expectAccessible(okafor, 'reprocessing')
    await dialog.getByRole('button', { name: 'Read the chart again' }).click()
    await okafor.getByText('The chart is being read again.').waitFor()

    await okafor.getByRole('button', { name: 'Notes and history' }).click()
    await okafor
      .getByText('A. Okafor had the chart read again; the approval and the approved form stayed')
      .waitFor()
    await okafor.keyboard.press('Escape')
    expect((await orderOf(lumbar)).review).toBe('submitted')
  })

  it('is asked for information, answers, and loses nothing that is typed on the way out', async () => {
    await open(ruiz, knee)
    await ruiz.getByRole('button', { name: 'Ask for information' }).click()
    const asking = ruiz.getByRole('dialog', { name: 'Ask for information' })
    await asking.getByLabel(/^Whom/).fill('A. Okafor')
    await asking.getByText('finds this order under “Mine”').waitFor()
    await asking.getByLabel('What is needed').fill('Which side is it?')
    await expectAccessible(ruiz, 'asking')
    await asking.getByRole('button', { name: 'Ask', exact: true }).click()
    await ruiz.locator('[data-stage=information_asked]').waitFor()

    await okafor.goto(`${network.address}/?view=information_asked`)
    const row = okafor.locator(`[data-work-item="${knee}"]`)
    await row.getByText('mentions you').waitFor()
    expect(await row.innerText()).toContain('A. Okafor')
    await row.getByRole('link').click()
    await okafor.getByRole('button', { name: 'Enter the answer' }).click()
    const answer = okafor.getByLabel('What A. Okafor answered')
    await answer.fill('The right one')
    await okafor.getByRole('link', { name: 'Encounters' }).click()
    const leaving = okafor.getByRole('dialog', { name: 'Leave without saving?' })
    await leaving.getByText('Typed and not saved yet: an answer to the request').waitFor()
    await expectAccessible(okafor, 'leaving')
    await leaving.getByRole('button', { name: 'Stay' }).click()
    await okafor.goBack()
    await leaving.getByRole('button', { name: 'Stay' }).click()
    expect(await answer.inputValue()).toBe('The right one')
    // The browser asks in its own words when the tab is closed or read again.
    const asked = okafor.waitForEvent('dialog')
    const reloading = okafor.evaluate('location.reload()')
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    await reloading
    expect(await answer.inputValue()).toBe('The right one')

    await okafor.getByRole('button', { name: 'Save the answer' }).click()
    await okafor.locator('[data-stage=ready_to_sign]').waitFor()
    await okafor.getByRole('button', { name: /Notes and history/ }).click()
    await okafor.getByText('A. Okafor entered the answer of A. Okafor: The right one').waitFor()
    await okafor.keyboard.press('Escape')
    // Nothing is typed any more: nobody is asked.
    await okafor.getByRole('link', { name: 'Encounters' }).click()
    await okafor.getByRole('heading', { name: 'Encounters' }).waitFor()
  })

  it('closes an order, which has one name everywhere, and opens it again', async () => {
    await open(okafor, knee)
    await expectAccessible(okafor, 'meets')
    await open(ruiz, knee)
    const theirs = ruiz.locator('[data-form-entries]')
    await theirs.getByLabel('Facility name').fill('Cedar Hill Surgery')
    await okafor.getByRole('button', { name: 'Close order' }).click()
    const dialog = okafor.getByRole('dialog', { name: 'Close order' })
    await dialog.getByText('nothing is sent to the payer').waitFor()
    await dialog.getByLabel('Reason for closing').fill('The patient moved away')
    await dialog.getByRole('button', { name: 'Close order' }).click()
    await okafor.locator('[data-stage=closed]').waitFor()
    expect((await orderOf(knee)).closedReason).toBe('The patient moved away')
    await okafor.getByText('This order is closed: The patient moved away').waitFor()
    await expectAccessible(okafor, 'closed')
    // What somebody else was typing stays before their eyes, with the reason why it cannot be saved.
    await ruiz.getByText('This order is closed: The patient moved away').waitFor()
    await theirs.getByText('what you typed is kept here').waitFor()
    expect(await theirs.getByLabel('Facility name').inputValue()).toBe('Cedar Hill Surgery')
    expect(await theirs.getByRole('button', { name: 'Fill the form' }).isDisabled()).toBe(true)
    await expectAccessible(ruiz, 'closed-while-typing')
    await theirs.getByRole('button', { name: 'Undo what I typed' }).click()

    await okafor.getByRole('button', { name: 'Re-open' }).click()
    await okafor.locator('[data-stage=ready_to_sign]').waitFor()
  })
})

describe('a verdict that rests on a changed answer', () => {
  it('is shown next to the verdict of the rules, and ends when the change is removed', async () => {
    await open(okafor, knee)
    const { analysis } = await orderOf(knee)
    const { answers, pathways, verdict } = analysis.outcome === 'assessed' ? analysis : fail()
    const met = pathways.find(({ result }) => result === 'met')
    const { criterionId = '' } =
      answers.find((one) => one.answer === 'met' && met?.criterionIds.includes(one.criterionId)) ??
      {}
    expect(verdict).toBe('met')
    const row = rowOf(okafor, criterionId)
    await okafor.locator(`[data-question="${criterionId}"]`).click()
    await row.getByRole('button', { name: 'No', exact: true }).click()
    await row.getByLabel('Why No?').fill('Not at the exam')
    await row.getByRole('button', { name: 'Answer No' }).click()

    const differs = okafor.locator('[data-differs]')
    await differs.waitFor()
    expect(await differs.innerText()).toContain('by the chart alone, the criteria are met')
    expect(await okafor.locator('[data-stage=ready_to_sign]').count()).toBe(0)
    await expectAccessible(okafor, 'otherwise')
    await okafor.keyboard.press('Control+Enter')
    const dialog = okafor.getByRole('dialog', { name: 'Approve and file to chart' })
    await dialog.getByText(/answered No, which needs a reason:/).waitFor()
    await expectAccessible(okafor, 'answered-no')
    await okafor.keyboard.press('Escape')

    await row.getByRole('button', { name: 'Use the chart’s answer' }).click()
    await differs.waitFor({ state: 'detached' })
    await okafor.locator('[data-stage=ready_to_sign]').waitFor()
  })
})

describe('a coordinator at the same order', () => {
  it('hands it to a clinician, and is not offered to approve', async () => {
    await open(ruiz, knee)
    expect(await ruiz.getByRole('button', { name: /^Approve/ }).count()).toBe(0)
    await ruiz.getByRole('button', { name: 'Hand to a clinician' }).click()
    const dialog = ruiz.getByRole('dialog', { name: 'Hand to a clinician' })
    // Only those who may sign are offered, and nobody else is taken.
    expect(await dialog.getByRole('button', { name: 'J. Ruiz' }).count()).toBe(0)
    await dialog.getByLabel('Clinician').fill('J. Ruiz')
    await dialog.getByRole('button', { name: 'Hand over' }).click()
    await dialog.getByText('Nobody with this name may approve orders').waitFor()
    await expectAccessible(ruiz, 'handing-over')
    await ruiz.keyboard.press('Escape')

    // What is typed and not saved would not be seen by the clinician.
    const entries = ruiz.locator('[data-form-entries]')
    await entries.getByLabel('Facility name').fill('Cedar Hill Surgery')
    await ruiz.getByRole('button', { name: 'Hand to a clinician' }).click()
    await dialog.getByText('The clinician would not see it').waitFor()
    await dialog.getByRole('button', { name: 'A. Okafor' }).click()
    expect(await dialog.getByRole('button', { name: 'Hand over' }).isDisabled()).toBe(true)
    await ruiz.keyboard.press('Escape')
    await entries.getByRole('button', { name: 'Undo what I typed' }).click()

    await ruiz.getByRole('button', { name: 'Hand to a clinician' }).click()
    await dialog.getByRole('button', { name: 'A. Okafor' }).click()
    await dialog.getByRole('button', { name: 'Hand over' }).click()

    await ruiz.getByText('Handed to A. Okafor').first().waitFor()
    await ruiz.getByText('with A. Okafor').waitFor()
    expect((await orderOf(knee)).owner).toBe('A. Okafor')
  })

  it('mentions the clinician in a note, by the keyboard', async () => {
    await open(ruiz, lumbar)
    await ruiz.getByRole('button', { name: 'Notes and history' }).click()
    const drawer = ruiz.getByRole('dialog', { name: 'Notes and history' })
    const text = drawer.getByLabel('Write a note')
    await text.click()
    await ruiz.keyboard.type('Please call the payer, @oka')
    await drawer.getByRole('option', { name: 'A. Okafor' }).waitFor()
    await expectAccessible(ruiz, 'mentioning')
    await ruiz.keyboard.press('Escape')
    expect(await drawer.getByRole('option').count()).toBe(0)
    await ruiz.keyboard.press('Backspace')
    await ruiz.keyboard.press('Enter')
    expect(await text.inputValue()).toBe('Please call the payer, @A. Okafor ')
    await drawer.getByText('Finds this order among their own: A. Okafor.').waitFor()
    await drawer.getByRole('button', { name: 'Add note' }).click()
    await drawer.getByText('J. Ruiz: Please call the payer, @A. Okafor').waitFor()
    await ruiz.keyboard.press('Escape')

    const { gateway } = world
    await okafor.goto(`${gateway.address}/?view=mine`)
    const mark = okafor.locator('[data-mentions-me]')
    await mark.waitFor()
    await expectAccessible(okafor, 'mentioned')
    await open(okafor, lumbar)
    await okafor.getByRole('button', { name: /Notes and history.*mentions you/ }).click()
    await okafor.getByRole('dialog').getByText('J. Ruiz: Please call').waitFor()
    await okafor.keyboard.press('Escape')
    await okafor.getByText('mentions you').waitFor({ state: 'detached' })
    await okafor.goto(`${gateway.address}/?view=mine`)
    await okafor.locator('[data-work-item]').first().waitFor()
    expect(await mark.count()).toBe(0)
  })

  it('reads it on a phone, part by part, with the actions always in reach', async () => {
    await ruiz.setViewportSize({ width: 360, height: 740 })
    for (const part of ['Questions', 'Note', 'Form']) {
      await ruiz.getByRole('tab', { name: part, exact: true }).first().click()
      expect(await ruiz.evaluate('document.documentElement.scrollWidth <= innerWidth'), part).toBe(
        true,
      )
      expect(await isSeen(ruiz, '[data-review] footer'), part).toBe(true)
      await expectAccessible(ruiz, `phone-${part.toLowerCase()}`)
    }
    await ruiz.setViewportSize({ width: 900, height: 900 })
    await expectAccessible(ruiz, 'tablet')
  })

  it('causes no errors in the browser', () => {
    // The browser itself notes every request that is refused, or that the cut line ends: before it is sent, before and in its answer.
    const noted =
      /status of (?:401|404|409|412)|net::ERR_(?:SOCKET_NOT_CONNECTED|EMPTY_RESPONSE|CONNECTION_RESET|INCOMPLETE_CHUNKED_ENCODING)/
    expect(desk.errors.filter((text) => !noted.test(text))).toEqual([])
  })
})

function fail(): never {
  throw new Error('the order was not assessed')
}

function rank(group: string | null): number {
  return ['open', 'against', 'answered'].indexOf(group ?? '')
}

/** Whether the first such element is inside of the window. */
async function isSeen(page: Page, selector: string): Promise<boolean> {
  return (await page.evaluate(`(() => {
    const box = document.querySelector(${JSON.stringify(selector)})?.getBoundingClientRect()
    return box !== undefined && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight + 1
  })()`)) as boolean
}
