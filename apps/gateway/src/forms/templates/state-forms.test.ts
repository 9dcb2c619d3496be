import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PDFDocument } from '@cantoo/pdf-lib'
import type { FormContent } from '@authscript/prior-auth'
import { beforeAll, describe, expect, it } from 'vitest'
import { aContent } from '../../../test/forms/a-content.ts'
import { fillForm } from '../fill-form.ts'
import { chooseTemplate } from '../map/choose-template.ts'
import type { OfferedTemplate } from '../map/form-template.ts'
import { loadOfferedTemplates } from '../map/load-offered.ts'
import { generalTemplate } from './general-template.ts'

// The two forms are the states' to give away, not ours: where the folder is not beside the repository, there is nothing to test.
const folder = fileURLToPath(new URL('../../../../../../shared/data/forms/', import.meta.url))
const isThere = existsSync(folder)
const texas = 'tx-standard-pa-form'
const radiology = 'tmhp-radiology-pa-form'

describe.skipIf(!isThere)(`the two state forms of ${folder}`, () => {
  let offered: readonly OfferedTemplate[] = []
  const warnings: string[] = []
  beforeAll(async () => {
    const sourceOf = (map: string, pdf: string, payer: string) => ({
      mapFile: `${folder}${map}.json`,
      pdfFile: `${folder}${pdf}.pdf`,
      payers: [payer],
      codes: [],
    })
    const loaded = await loadOfferedTemplates(
      [
        sourceOf('fieldmap-nofr001', texas, 'Aetna'),
        sourceOf('fieldmap-tmhp', radiology, 'Texas Medicaid'),
      ],
      { warn: (template, warning) => void warnings.push(`${template}: ${warning}`) },
    )
    offered = loaded.offered
  })

  const opened = async (content: FormContent, name: string) => {
    const template = offered.find((one) => one.template.name === name)?.template
    if (template === undefined) throw new Error(name)
    const filled = await fillForm(content, template)
    return { filled, form: (await PDFDocument.load(filled.pdf)).getForm() }
  }
  const values = {
    'payer.name': 'Aetna',
    'patient.name': 'Zoë Đặng',
    'patient.birthDate': '1970-01-02',
    'coverage.memberId': 'M123456789',
    'requester.name': 'Dr. Ada Example',
    'servicing.name': 'Dr. Ada Example',
    'servicing.npi': '1234567893',
    icdVersion: '10',
  }
  const anOrder = (more: Partial<FormContent> = {}) =>
    aContent({
      values,
      services: [{ code: '72148', description: 'MRI lumbar spine', start: '2026-06-20' }],
      diagnoses: [{ code: 'S83.511A' }, { code: 'M54.50', description: 'Low back pain' }],
      ...more,
    })

  it('load with their maps and the rules that we ship, without a warning', () => {
    expect(
      offered.map(({ template }) => [template.name, template.rules.source !== 'none']),
    ).toEqual([
      [texas, true],
      [radiology, true],
    ])
    expect(warnings).toEqual([])
  })

  it('NOFR001: each code in a row of its own, in the boxes of negative height too', async () => {
    const { form } = await opened(
      anOrder({ services: [{ code: '72148', start: '2026-06-20' }, { description: 'second' }] }),
      texas,
    )
    const text = (name: string) => form.getTextField(name).getText()

    expect(text('Planned Service or Procedure Diagnosis Code Row 1')).toBe('S83.511A')
    expect(text('Planned Service or Procedure Diagnosis Code Row 2')).toBe('M54.50')
    expect(text('Planned Service or Procedure Start Date Row 1')).toBe('06/20/2026')
    expect(text('Planned Service or Procedure Row 2')).toBe('second')
    expect(text('Diagnosis Description ICD Version Number')).toBe('10')
    for (const name of [
      'Planned Service or Procedure Row 2',
      'Diagnosis Description ICD Version Number',
    ]) {
      const [widget] = form.getTextField(name).acroField.getWidgets()
      expect(widget?.getRectangle().height).toBeCloseTo(12.74, 1)
    }
  })

  it('NOFR001: no gender, urgency, request type or setting that the chart does not say', async () => {
    const { form } = await opened(anOrder(), texas)
    const boxes = form.getFields().filter((field) => 'isChecked' in field)

    expect(boxes.length).toBe(30)
    for (const box of boxes) expect(form.getCheckBox(box.getName()).isChecked()).toBe(false)
  })

  it('NOFR001: not for prescription drugs; the general form is taken, and the reviewer message', async () => {
    const general = await generalTemplate()
    const of = (code: string) => chooseTemplate(anOrder({ services: [{ code }] }), offered, general)

    expect(of('72148').template.name).toBe(texas)
    expect(of('J0129').template.name).toBe('general-request')
    expect(of('Q5103').template.name).toBe('general-request')
    expect(of('J0129').notices[0]).toContain('NOFR001 is not for prescription drugs')
  })

  it('NOFR001: "Same" for a requesting provider who renders the service', async () => {
    const { form } = await opened(anOrder({ requesterIs: { servicing: true, pcp: true } }), texas)

    expect(form.getTextField('Service Provider or Facility Name').getText()).toBe('Same')
    expect(form.getTextField('Service Provider or Facility NPI Number').getText()).toBeUndefined()
    expect(form.getTextField('Primary Care Provider Name see instructions').getText()).toBe('Same')
  })

  it('NOFR001: urgent only with a reason, a signature never, section VI on an attached statement', async () => {
    const urgent = anOrder({ choices: { review: 'urgent' } })
    const without = await opened(urgent, texas)
    const long = 'Six weeks of physical therapy. '.repeat(90)
    const reasoned = await opened(
      {
        ...urgent,
        values: {
          ...values,
          'review.urgentReason': 'urgent: weakness',
          'clinical.narrative': long,
        },
      },
      texas,
    )

    expect(without.form.getCheckBox('Review Type - Urgent').isChecked()).toBe(false)
    expect(without.filled.missingLabels).toEqual(['Reason for urgent review'])
    expect(reasoned.form.getCheckBox('Review Type - Urgent').isChecked()).toBe(true)
    expect(
      reasoned.form.getTextField("Requesting Provider's Signature and Date if required").getText(),
    ).toBeUndefined()
    expect(reasoned.filled.continuedRoles).toEqual(['clinical.narrative'])
    expect(reasoned.filled.notices).toEqual([])
    expect(reasoned.form.getFieldMaybe('Clear Form')).toBeUndefined()
  })

  it('NOFR001: five services are four rows, the addendum, and a word to the reviewer', async () => {
    const services = ['72148', '72141', '72156', '72157', '72158'].map((code) => ({ code }))
    const { filled, form } = await opened(anOrder({ services }), texas)

    expect(form.getTextField('Planned Service or Procedure Code Row 4').getText()).toBe('72157')
    expect(filled.notices.join('\n')).toContain('the form has four rows')
    expect(filled.notices.join('\n')).toContain('further services: 1 on the addendum')
  })

  it('TMHP: the certification and the signature block are left to people', async () => {
    const { form } = await opened(anOrder({ choices: { action: 'mri' } }), radiology)

    expect(form.getCheckBox('Prior Authorization Certification').isChecked()).toBe(false)
    for (const name of ['Text Field 30', 'Text Field 31'])
      expect(form.getTextField(name).getText()).toBeUndefined()
    expect(form.getCheckBox('Basic Checkbox 8').isChecked()).toBe(true)
    expect(form.getCheckBox('CT').isChecked()).toBe(false)
  })

  it('TMHP: essential fields that stay empty are listed, and one code is in the box for codes', async () => {
    const { filled, form } = await opened(anOrder(), radiology)

    expect(filled.missingLabels).toEqual([
      'Facility name',
      'Facility street',
      'Facility city',
      'Facility state',
      'Facility zip4',
      'Facility npi',
      'Facility taxonomy',
      'Facility benefit code',
      'Requester npi',
      'Service to',
    ])
    expect(form.getTextField('Text Field 42').getText()).toBe('S83.511A')
    expect(form.getTextField('Text Field 29').getText()).toBe(
      'Further diagnoses: continued on page 3, A-1.',
    )
  })

  it('TMHP: for radiology alone', async () => {
    const general = await generalTemplate()
    const of = (code: string) =>
      chooseTemplate(
        anOrder({
          values: { ...values, 'payer.name': 'TEXAS MEDICAID STAR' },
          services: [{ code }],
        }),
        offered,
        general,
      )

    expect(of('72148').template.name).toBe(radiology)
    expect(of('29881').notices[0]).toContain('F00078 is for radiology services')
  })
})
