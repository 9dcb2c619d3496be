import { PDFDict, PDFDocument, PDFName, PDFTextField, StandardFonts } from '@cantoo/pdf-lib'
import { describe, expect, it } from 'vitest'
import { aMap, anOutsideForm, outsideMap, rulesOf } from '../../../test/forms/an-outside-form.ts'
import type { FieldMap } from './field-map.ts'
import { loadTemplate } from './load-template.ts'

const withRole = (name: string, role: string) =>
  aMap((map) => ({
    ...map,
    fields: map.fields.map((one) => (one.name === name ? { ...one, role } : one)),
  }))
const withField = (...fields: readonly object[]) =>
  aMap((map) => ({ ...map, fields: [...map.fields, ...fields] }))
const faultsOf = async (pdf: Uint8Array, map: FieldMap = aMap(), rules: object = {}) =>
  (await loadTemplate(pdf, map, rulesOf(rules))).faults

describe('loading a form', () => {
  it('takes a PDF with its map, remarks and unknown keys and all', async () => {
    const { template, faults, warnings } = await loadTemplate(
      await anOutsideForm(),
      aMap(),
      rulesOf(),
    )

    expect(faults).toEqual([])
    expect(warnings).toEqual([])
    expect(template?.fields.find(({ name }) => name === 'Paitent Nmae')).toMatchObject({
      label: 'Patient name',
      isEssential: true,
    })
    // What people fill has no place among what is filled.
    expect(template?.fields.map(({ name }) => name)).not.toContain('Signature')
    expect(template?.fields.find(({ name }) => name === 'Sex')?.options).toEqual({
      male: 'M',
      female: 'F',
    })
  })

  it.each([
    {
      what: 'a field that the PDF lacks',
      map: withField({ name: 'Fax', role: 'payer.fax' }),
      fault: 'field "Fax": is in the map and not in the PDF',
    },
    {
      what: 'a field mapped twice',
      map: withField({ name: 'DOB', role: 'patient.phone' }),
      fault: 'field "DOB": is mapped twice',
    },
    {
      what: 'a page that is not there',
      map: aMap((map) => ({ ...map, fields: [{ ...map.fields[0], page: 3 }] })),
      fault: 'field "Paitent Nmae": page 3 of 2',
    },
    {
      what: 'a tick where there is a line',
      map: withRole('DOB', 'review.urgent'),
      fault: 'field "DOB": is a text field; role "review.urgent" needs a check box',
    },
    {
      what: 'a text where there is a box',
      map: withRole('Urgent', 'patient.name'),
      fault: 'field "Urgent": is a check box; role "patient.name" needs a text field',
    },
    {
      what: 'a button to fill',
      map: withRole('Print', 'patient.name'),
      fault: 'field "Print": is a button, which cannot be filled',
    },
    {
      what: 'a list that says nothing of the choice',
      map: withRole('Setting', 'review'),
      fault:
        'field "Setting": none of its options (Inpatient, Outpatient, Provider Office) is one of standard, urgent; say which under "options" in the map',
    },
    {
      what: 'software that would sign',
      map: withRole('Signature', 'requester.name'),
      fault:
        'field "Signature": is named for a signature, which only a person gives: its role is "attestation"',
    },
  ])('refuses $what', async ({ map, fault }) => {
    expect(await faultsOf(await anOutsideForm(), map)).toContain(fault)
  })

  it('refuses a role that nobody knows, and lists those that are known', async () => {
    const [fault] = await faultsOf(await anOutsideForm(), withRole('DOB', 'patient.shoeSize'))

    expect(fault).toMatch(/^field "DOB": role "patient.shoeSize" is unknown; known: payer\.name,/)
    expect(fault).toContain('service[1].code')
    expect(fault).toContain('patient.gender=female')
  })

  it('lists fields that the map does not know, and refuses them where the map says it is complete', async () => {
    const fewer = (more: object) =>
      aMap((map) => ({ ...map, ...more, fields: map.fields.filter(({ name }) => name !== 'DOB') }))
    const pdf = await anOutsideForm()
    const loose = await loadTemplate(pdf, fewer({}), rulesOf())

    expect(loose.template).toBeDefined()
    expect(loose.warnings).toEqual(['field "DOB" of the PDF is not in the map and stays blank'])
    expect(await faultsOf(pdf, fewer({ complete: true }))).toEqual([
      'field "DOB" of the PDF is not in the map',
    ])
  })

  it('takes one entry for each widget of a field', async () => {
    const map = aMap((one) => ({
      ...one,
      fields: [
        ...one.fields.filter(({ name }) => name !== 'Again'),
        { name: 'Again', page: 1, x: 450, y: 700, role: 'patient.name' },
        { name: 'Again', page: 2, x: 40, y: 740, role: 'patient.name' },
      ],
    }))

    expect(await faultsOf(await anOutsideForm(), map)).toEqual([])
  })

  it('warns of boxes that lie elsewhere than the map says', async () => {
    const map = aMap((one) => ({
      ...one,
      fields: one.fields.map((field) => (field.name === 'DOB' ? { ...field, x: 1, y: 1 } : field)),
    }))
    const { warnings } = await loadTemplate(await anOutsideForm(), map, rulesOf())

    expect(warnings).toEqual([
      'field "DOB" lies elsewhere than the map says: another edition of the form?',
    ])
  })

  it('refuses a mapped field that nobody would see', async () => {
    const pdf = await anOutsideForm(({ field }) => {
      field('DOB').acroField.getWidgets()[0]?.setFlags(2)
    })

    expect(await faultsOf(pdf)).toEqual([
      'field "DOB": is on no page, hidden, or has no size: nobody would see its text',
    ])
  })

  it('refuses what is no form', async () => {
    const encrypted = await PDFDocument.load(await anOutsideForm())
    encrypted.encrypt({ userPassword: 'x', ownerPassword: 'y' })
    const xfa = await anOutsideForm(({ document }) => {
      document.catalog
        .lookup(PDFName.of('AcroForm'), PDFDict)
        .set(PDFName.of('XFA'), document.context.obj([]))
    })
    const blank = await PDFDocument.create()
    blank.addPage()

    expect((await faultsOf(Buffer.from('not a PDF')))[0]).toMatch(/^cannot be read as a PDF/)
    expect((await faultsOf((await anOutsideForm()).slice(0, 900))).length).toBeGreaterThan(0)
    expect((await faultsOf(await blank.save()))[0]).toBe('the PDF has no form fields')
    expect((await faultsOf(await encrypted.save()))[0]).toMatch(/^the PDF is encrypted/)
    expect((await faultsOf(xfa))[0]).toMatch(/^the PDF is an XFA form/)
  })

  describe('a form that arrives filled', () => {
    const filled = (name: string) =>
      anOutsideForm(({ field }) => {
        const found = field(name)
        if (found instanceof PDFTextField) found.setText('Bob Other')
      })

    it('is refused, mapped or not: it may be another patient’s', async () => {
      const told = 'the blank form arrives filled; empty it, or name it under arrivesFilled'

      expect((await faultsOf(await filled('Paitent Nmae')))[0]).toContain(told)
      expect((await faultsOf(await filled('Office use')))[0]).toContain(told)
      expect((await faultsOf(await filled('Signature')))[0]).toContain(told)
      expect(
        await faultsOf(await filled('Office use'), aMap(), { arrivesFilled: ['Office use'] }),
      ).toEqual([])
    })

    it('is refused when only its drawing still shows the last patient', async () => {
      const pdf = await anOutsideForm(async ({ document, field }) => {
        const found = field('DOB')
        if (!(found instanceof PDFTextField)) return
        found.setText('1999-09-09')
        found.updateAppearances(await document.embedFont(StandardFonts.Helvetica))
        found.acroField.removeValue()
      })

      expect(await faultsOf(pdf)).toEqual([
        'field "DOB": the blank form shows text there that is not its value; empty it',
      ])
    })

    it('is refused when a box is ticked', async () => {
      const pdf = await anOutsideForm(({ document }) => {
        document.getForm().getCheckBox('Gendr F').check()
      })

      expect((await faultsOf(pdf))[0]).toMatch(/^field "Gendr F": the blank form arrives filled/)
    })
  })

  it('refuses rules that name a field or a role that is not there', async () => {
    const faults = await faultsOf(await anOutsideForm(), aMap(), { leftToPeople: ['Nobody'] })

    expect(faults).toEqual(['field "Nobody": is in the rules and not in the PDF'])
    expect(() => rulesOf({ essential: ['patient.shoeSize'] })).toThrow('not a role')
    expect(() => rulesOf({ refuse: [] })).toThrow('refuse')
    expect(outsideMap.fields.length).toBeGreaterThan(0)
  })
})
