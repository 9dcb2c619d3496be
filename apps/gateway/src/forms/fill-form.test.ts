import { PDFCheckBox, PDFDocument, PDFTextField } from '@cantoo/pdf-lib'
import { type FormContent, formChoices, formRoles } from '@authscript/prior-auth'
import { afterAll, describe, expect, it } from 'vitest'
import { aContent } from '../../test/forms/a-content.ts'
import { defaultTextLimits } from '../fhir/notes/text/note-text.ts'
import { pdfToText } from '../fhir/notes/text/pdf/pdf.ts'
import { fillForm } from './fill-form.ts'
import { createFormFiller } from './form-filler.ts'
import { generalTemplate } from './templates/general-template.ts'

const never = new AbortController().signal
const fill = async (content: FormContent) => fillForm(content, await generalTemplate())
const formOf = async (content: FormContent) =>
  (await PDFDocument.load((await fill(content)).pdf)).getForm()

const everything: Partial<FormContent> = {
  values: Object.fromEntries(formRoles.map((role, index) => [role, `V${index}`])),
  choices: { 'patient.gender': 'other', review: 'urgent', setting: 'home', action: 'mri' },
  services: [{ code: '72148', description: 'MRI', start: '2026-06-20', end: '2026-06-21' }],
  diagnoses: ['M54.50', 'M51.26', 'S83.511A', 'M47.816'].map((code) => ({ code })),
}

describe('filling the general form', () => {
  it('writes every role into its box', async () => {
    const { fields } = await generalTemplate()
    const form = await formOf(aContent(everything))

    for (const { name, role } of fields)
      if (role.kind === 'text')
        expect(form.getTextField(name).getText()).toBe(everything.values?.[role.role])
    expect(form.getTextField('service[1].code').getText()).toBe('72148')
    expect(form.getTextField('service[3].diagnosisCode').getText()).toBe('S83.511A')
  })

  it('leaves a box blank if the chart has no value (invariant 6: no default stands in for a clinical fact)', async () => {
    const form = await formOf(aContent({ values: { 'patient.name': 'Ann Example' } }))

    for (const field of form.getFields()) {
      if (field instanceof PDFTextField && field.getName() !== 'patient.name')
        expect(field.getText() ?? '').toBe('')
      if (field instanceof PDFCheckBox) expect(field.isChecked()).toBe(false)
    }
  })

  it('leaves signature, date and attestation to people (invariant 9)', async () => {
    const form = await formOf(aContent(everything))

    expect(form.getTextField('attestation.signature').getText() ?? '').toBe('')
    expect(form.getTextField('attestation.signature_date').getText() ?? '').toBe('')
    expect(form.getCheckBox('attestation.statement').isChecked()).toBe(false)
  })

  it.each(formChoices['patient.gender'])('takes the gender %s from the chart', async (gender) => {
    const form = await formOf(aContent({ choices: { 'patient.gender': gender } }))

    expect(form.getTextField('patient.gender').getText()?.toLowerCase()).toBe(gender)
  })

  it('says in the last row of questions where they continue', async () => {
    const criteria = Array.from({ length: 11 }, (_, index) => ({
      question: `Question number ${index + 1}?`,
      answer: 'met' as const,
      reason: 'the chart says so',
      evidence: Array.from({ length: 8 }, (_line, line) => `piece ${line + 1} of ${index + 1}`),
    }))
    const { pdf } = await fill(aContent({ criteria }))
    const form = (await PDFDocument.load(pdf)).getForm()
    const text = await pdfToText(pdf, defaultTextLimits)
    const pages = 'pages' in text ? text.pages : []

    const boxOf = (name: string) => form.getTextField(name).getText() ?? ''
    expect(boxOf('criterion[8].question')).toBe('Question number 8?')
    const [, page] = /^Questions 9 to 11: continued on page (\d)$/.exec(
      boxOf('criterion[9].question'),
    ) ?? ['', '0']
    expect(boxOf('criterion[9].answer')).toBe('')
    expect(pages[Number(page) - 1]).toContain('9. Question number 9?')
  })

  it('shows the last question in the last row when it is the last', async () => {
    const criteria = Array.from({ length: 9 }, (_, index) => ({
      question: `Question number ${index + 1}?`,
      answer: 'met' as const,
      reason: 'the chart says so',
      evidence: [],
    }))
    const form = await formOf(aContent({ criteria }))

    expect(form.getTextField('criterion[9].question').getText()).toBe('Question number 9?')
    expect(form.getTextField('criterion[9].answer').getText()).toBe('Yes')
  })

  it('prints each piece of evidence once, and the narrative only where it says more', async () => {
    const shared = '"Six weeks of physical therapy without relief" (06/15/2026)'
    const criteria = Array.from({ length: 30 }, (_, index) => ({
      question: `Question number ${index + 1}?`,
      answer: 'met' as const,
      reason: 'the chart says so',
      evidence: [shared, `"piece ${index + 1} of the chart"`],
    }))
    const paragraphs = criteria.map(
      ({ question, evidence }) => `${question} Yes: ${evidence.join('; ')}.`,
    )
    const fillWith = async (narrative: string) => {
      const { pdf } = await fill(
        aContent({ criteria, values: { 'clinical.narrative': narrative } }),
      )
      const text = await pdfToText(pdf, defaultTextLimits)
      const [, ...addendum] = 'pages' in text ? text.pages : []
      const box = (await PDFDocument.load(pdf)).getForm().getTextField('clinical.narrative')
      return { addendum, joined: addendum.join('\n'), box: box.getText() ?? '' }
    }
    const count = (text: string, piece: string) => text.split(piece).length - 1

    const plain = await fillWith(paragraphs.join('\n'))
    expect(count(plain.joined, 'Six weeks of physical therapy')).toBe(1)
    expect(count(plain.joined, '"piece 7 of the chart"')).toBe(1)
    expect(plain.joined).toContain('See also E1 (question 1).')
    expect(plain.joined).not.toContain('A-1')
    expect(plain.box).toContain('(continued on page 2, with the evidence for each question)')

    const typed = await fillWith([...paragraphs, 'And the patient fell again.'].join('\n'))
    expect(count(typed.joined, 'And the patient fell again.')).toBe(1)
    expect(count(typed.joined, 'Six weeks of physical therapy')).toBe(1)
    expect(typed.box).toContain('continued on page 2, A-1')
  })

  it('says on each page of the addendum where a part continues', async () => {
    const long = Array.from({ length: 150 }, (_, index) => `Line ${index + 1} of the narrative.`)
    const { pdf } = await fill(aContent({ values: { 'clinical.narrative': long.join('\n') } }))
    const text = await pdfToText(pdf, defaultTextLimits)
    const [, second = '', third = '', fourth = ''] = 'pages' in text ? text.pages : []

    expect(second).toContain('Continued on page 3')
    expect(third).toContain('A-1 Clinical narrative (continued)')
    expect(third).toContain('Continued on page 4')
    expect(fourth).not.toContain('Continued on')
    for (const line of long)
      expect([second, third, fourth].filter((page) => page.includes(line)).length).toBe(1)
  })

  it('lists what payers commonly require and the chart lacks, for a person to type', async () => {
    const empty = await fill(aContent({ values: {} }))
    const answered = await fill(
      aContent({
        values: { ...everything.values },
        choices: { review: 'standard', request: 'initial', setting: 'outpatient' },
        services: [{ code: '72148', start: '06/20/2026', quantity: '1' }],
        diagnoses: [{ code: 'M54.50' }],
      }),
    )
    const urgent = await fill(
      aContent({ choices: { review: 'urgent' }, values: { 'patient.name': 'Ann Example' } }),
    )

    expect(empty.missingFields).toEqual([
      'choices.request',
      'choices.review',
      'values.payer.name',
      'values.patient.name',
      'values.patient.birthDate',
      'values.coverage.memberId',
      'values.requester.name',
      'values.requester.npi',
      'values.requester.contactName',
      'values.requester.contactPhone',
      'services.0.code',
      'services.0.start',
      'services.0.quantity',
      'diagnoses.0.code',
      'choices.setting',
      'values.facility.name',
    ])
    expect(empty.missingLabels).toContain('Diagnosis 1 code')
    expect(answered.missingFields).toEqual([])
    expect(answered.missingLabels).toEqual([])
    expect(urgent.missingFields).toContain('values.review.urgentReason')
    expect(urgent.notices[0]).toContain('Urgent review stays blank')
  })

  it('writes the setting in words', async () => {
    const form = await formOf(aContent({ choices: { setting: 'daySurgery' } }))

    expect(form.getTextField('setting').getText()).toBe('Day surgery')
  })

  it('moves a text that does not fit to the addendum, with a reference', async () => {
    const long = 'The patient has completed physical therapy without relief. '.repeat(120)
    const content = aContent({ values: { 'clinical.narrative': long } })
    const { pages, continuedRoles } = await fill(content)

    expect(continuedRoles).toEqual(['clinical.narrative'])
    expect(pages).toBeGreaterThan(1)
    expect((await formOf(content)).getTextField('clinical.narrative').getText()).toContain(
      'continued on page 2, A-1',
    )
  })

  it('puts one code into a box, and codes without a row on the addendum with a reference', async () => {
    const diagnoses = ['M54.50', 'M51.26', 'S83.511A', 'M47.816', 'Z00.00', 'Z00.01']
    const content = aContent({ diagnoses: diagnoses.map((code) => ({ code })) })
    const form = await formOf(content)
    const { notices } = await fill(content)

    for (const field of form.getFields()) {
      if (!(field instanceof PDFTextField)) continue
      const text = field.getText() ?? ''
      expect(diagnoses.filter((code) => text.includes(code)).length).toBeLessThanOrEqual(1)
    }
    expect(form.getTextField('clinical.narrative').getText()).toBe(
      'Further diagnoses: continued on page 2, A-1.',
    )
    expect(notices).toEqual(['further diagnoses: 2 on the addendum, A-1'])
  })

  it('prints names outside of Latin-1, and leaves a name that the font lacks to a person', async () => {
    const named = (name: string) =>
      aContent({ subject: { ...aContent().subject, name }, values: { 'patient.name': name } })
    const printed = await fill(named('Zoë Đặng-Müller ≥'))
    const marked = await fill(named('李小龍'))

    expect(printed.unrenderableRoles).toEqual([])
    expect(marked.unrenderableRoles).toEqual(['Patient name'])
    expect(marked.notices[0]).toContain('Patient name was left blank')
    expect(marked.pages).toBe(1)
  })

  it('gives the same bytes for the same content', async () => {
    expect((await fill(aContent(everything))).sha256).toBe(
      (await fill(aContent(everything))).sha256,
    )
  })

  it('has no field that is missing in its map', async () => {
    const { fields, blank } = await generalTemplate()
    const left = [...blank.keys()].filter((name) => !fields.some((one) => one.name === name))

    expect(left).toEqual([
      'attestation.statement',
      'attestation.signature',
      'attestation.signature_date',
    ])
  })
})

describe('the form filler', () => {
  const filler = createFormFiller({ threads: 1 })
  afterAll(() => filler.stop())

  it('fills forms in a worker thread', async () => {
    const form = await filler.fill(aContent(), never)

    expect(Buffer.from(form.pdf.subarray(0, 5)).toString()).toBe('%PDF-')
    expect(form.template).toBe('general-request')
  })

  it('stops when its signal aborts', async () => {
    const caller = new AbortController()
    const filling = filler.fill(aContent(), caller.signal)
    caller.abort(new Error('gone'))

    await expect(filling).rejects.toThrow('gone')
  })
})
