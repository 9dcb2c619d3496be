import { degrees, PDFDocument, type PDFField, PDFName, type PDFPage } from '@cantoo/pdf-lib'
import { type FieldMap, fieldMap } from '../../src/forms/map/field-map.ts'
import { formRules } from '../../src/forms/map/form-rules.ts'
import type { FormTemplate } from '../../src/forms/map/form-template.ts'
import { loadTemplate } from '../../src/forms/map/load-template.ts'

/**
 * A payer's form with the usual oddities: misspelt names, boxes upside down, limits, a comb, buttons, two pages. Drawn here, so CI has it.
 */
export const outsideMap = {
  form: 'outside',
  drawnBy: 'whoever',
  fields: [
    {
      name: 'Paitent Nmae',
      type: 'TextField',
      page: 1,
      x: 40,
      y: 700,
      w: 200,
      h: 13,
      role: 'patient.name*',
      note: 1,
    },
    { name: 'DOB', type: 'TextField', page: 1, role: 'patient.birthDate*' },
    { name: 'Member', type: 'TextField', page: 1, role: 'coverage.memberId* (or Medicaid number)' },
    { name: 'Again', type: 'TextField', role: 'patient.name' },
    { name: 'Gendr M', type: 'CheckBox', role: 'patient.gender=male' },
    { name: 'Gendr F', type: 'CheckBox', role: 'patient.gender=female' },
    { name: 'Sex', role: 'patient.gender' },
    { name: 'Setting', role: 'setting' },
    { name: 'Standard', type: 'CheckBox', role: 'review.standard' },
    { name: 'Urgent', type: 'CheckBox', role: 'review.urgent' },
    { name: 'Why urgent', type: 'TextField', role: 'review.urgentReason' },
    { name: 'NPI', type: 'TextField', role: 'requester.npi' },
    { name: 'Performer', type: 'TextField', role: 'servicing.name' },
    { name: 'Performer NPI', type: 'TextField', role: 'servicing.npi' },
    { name: 'Code 1', type: 'TextField', role: 'service[1].code' },
    { name: 'Start 1', type: 'TextField', role: 'service[1].start' },
    { name: 'Dx 1', type: 'TextField', role: 'service[1].diagnosisCode' },
    { name: 'Code 2', type: 'TextField', role: 'service[2].code' },
    { name: 'Start 2', type: 'TextField', role: 'service[2].start' },
    { name: 'Dx 2', type: 'TextField', role: 'service[2].diagnosisCode' },
    { name: 'ICD', type: 'TextField', role: 'icdVersion' },
    {
      name: 'Why',
      type: 'TextField',
      multiline: true,
      role: 'clinical.narrative (attached statement allowed)',
    },
    { name: 'Sideways', type: 'TextField', role: 'payer.name' },
    {
      name: 'Signature',
      type: 'TextField',
      role: 'attestation: signature (never set by software)',
    },
    { name: 'I certify', type: 'CheckBox', role: 'attestation' },
    { name: 'Signed on', type: 'TextField', role: 'signature.date' },
    { name: 'Office use', type: 'TextField', role: null },
    { name: 'Print', type: 'Button', role: null },
  ],
}

type Change = (parts: {
  readonly document: PDFDocument
  readonly field: (name: string) => PDFField
}) => void | Promise<void>

export async function anOutsideForm(change: Change = () => undefined): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const pages = [document.addPage([612, 792]), document.addPage([612, 792])] as const
  const form = document.getForm()
  const text = (name: string, page: PDFPage, [x, y, width, height]: readonly number[]) => {
    const field = form.createTextField(name)
    field.addToPage(page, { x, y, width, height, borderWidth: 0 } as never)
    return field
  }
  const upsideDown = (field: PDFField) => {
    for (const widget of field.acroField.getWidgets()) {
      const { x, y, width, height } = widget.getRectangle()
      widget.dict.set(PDFName.of('Rect'), document.context.obj([x, y + height, x + width, y]))
    }
  }
  upsideDown(text('Paitent Nmae', pages[0], [40, 700, 200, 13]))
  text('DOB', pages[0], [260, 700, 60, 13])
  text('Member', pages[0], [340, 700, 100, 13])
  const again = text('Again', pages[0], [450, 700, 120, 13])
  again.addToPage(pages[1], { x: 40, y: 740, width: 90, height: 13, borderWidth: 0 })
  for (const [index, name] of ['Gendr M', 'Gendr F', 'Standard', 'Urgent', 'I certify'].entries())
    form
      .createCheckBox(name)
      .addToPage(pages[0], { x: 40 + index * 30, y: 670, width: 10, height: 10 })
  const sex = form.createRadioGroup('Sex')
  sex.addOptionToPage('M', pages[0], { x: 300, y: 670, width: 10, height: 10 })
  sex.addOptionToPage('F', pages[0], { x: 320, y: 670, width: 10, height: 10 })
  const setting = form.createDropdown('Setting')
  setting.addOptions(['Inpatient', 'Outpatient', 'Provider Office'])
  setting.addToPage(pages[0], { x: 360, y: 665, width: 100, height: 16 })
  text('Why urgent', pages[0], [40, 640, 200, 13])
  const npi = text('NPI', pages[0], [260, 640, 120, 13])
  npi.setMaxLength(10)
  npi.enableCombing()
  text('Performer', pages[0], [400, 640, 80, 13])
  text('Performer NPI', pages[0], [490, 640, 80, 13])
  for (const row of [1, 2]) {
    const y = 620 - row * 18
    text(`Code ${row}`, pages[0], [40, y, 34, 12.7])
    upsideDown(text(`Start ${row}`, pages[0], [90, y, 48.9, 12.7]))
    text(`Dx ${row}`, pages[0], [150, y, 33.97, 12.7])
  }
  upsideDown(text('ICD', pages[0], [200, 602, 11, 12.7]))
  const why = text('Why', pages[0], [40, 480, 300, 70])
  why.enableMultiline()
  why.setMaxLength(100)
  // Rotated about its lower left corner: it reaches from 400 up to 600.
  form.createTextField('Sideways').addToPage(pages[1], {
    x: 60,
    y: 400,
    width: 200,
    height: 13,
    borderWidth: 0,
    rotate: degrees(90),
  })
  text('Signature', pages[0], [40, 440, 200, 16])
  text('Signed on', pages[0], [260, 440, 80, 16])
  text('Office use', pages[0], [360, 440, 80, 16])
  form.createButton('Print').addToPage('Print', pages[0], { x: 500, y: 740, width: 60, height: 16 })
  await change({ document, field: (name) => form.getField(name) })
  return document.save({ updateFieldAppearances: false })
}

export function aMap(change: (map: typeof outsideMap) => object = (map) => map): FieldMap {
  return fieldMap.parse(change(structuredClone(outsideMap)))
}

export const rulesOf = (rules: object = {}) => formRules.parse({ source: 'a test', ...rules })

export async function anOutsideTemplate(rules: object = {}): Promise<FormTemplate> {
  const { template, faults } = await loadTemplate(await anOutsideForm(), aMap(), rulesOf(rules))
  if (template === undefined) throw new Error(faults.join('\n'))
  return template
}
