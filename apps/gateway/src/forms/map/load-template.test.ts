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
  it('accepts a PDF with a map that has remarks and unknown keys', async () => {
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
    // Fields that people fill are not among the fields to fill.
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
      what: 'a page that does not exist',
      map: aMap((map) => ({ ...map, fields: [{ ...map.fields[0], page: 3 }] })),
      fault: 'field "Paitent Nmae": page 3 of 2',
    },
    {
      what: 'a tick for a text field',
      map: withRole('DOB', 'review.urgent'),
      fault: 'field "DOB": is a text field; role "review.urgent" needs a check box',
    },
    {
      what: 'a text for a check box',
      map: withRole('Urgent', 'patient.name'),
      fault: 'field "Urgent": is a check box; role "patient.name" needs a text field',
    },
    {
      what: 'a button to fill',
      map: withRole('Print', 'patient.name'),
      fault: 'field "Print": is a button, which cannot be filled',
    },
    {
      what: 'a list without options for the choice',
      map: withRole('Setting', 'review'),
      fault:
        'field "Setting": none of its options (Inpatient, Outpatient, Provider Office) is one of standard, urgent; say which under "options" in the map',
    },
    {
      what: 'a role for a signature field',
      map: withRole('Signature', 'requester.name'),
      fault:
        'field "Signature": is named like a signature, which only a person may fill: its role must be "attestation"',
    },
  ])('refuses $what', async ({ map, fault }) => {
    expect(await faultsOf(await anOutsideForm(), map)).toContain(fault)
  })

  it('rejects an unknown role, and lists the known ones', async () => {
    const [fault] = await faultsOf(await anOutsideForm(), withRole('DOB', 'patient.shoeSize'))

    expect(fault).toMatch(/^field "DOB": role "patient.shoeSize" is unknown; known: payer\.name,/)
    expect(fault).toContain('service[1].code')
    expect(fault).toContain('patient.gender=female')
  })

  it('warns of fields that are missing in the map, and rejects them if the map is complete', async () => {
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

  it('accepts one entry for each widget of a field', async () => {
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

  it('warns of boxes that are not where the map says', async () => {
    const map = aMap((one) => ({
      ...one,
      fields: one.fields.map((field) => (field.name === 'DOB' ? { ...field, x: 1, y: 1 } : field)),
    }))
    const { warnings } = await loadTemplate(await anOutsideForm(), map, rulesOf())

    expect(warnings).toEqual([
      'field "DOB" is not where the map says: is this another edition of the form?',
    ])
  })

  it('rejects a mapped field that is not visible', async () => {
    const pdf = await anOutsideForm(({ field }) => {
      field('DOB').acroField.getWidgets()[0]?.setFlags(2)
    })

    expect(await faultsOf(pdf)).toEqual([
      'field "DOB": is on no page, is hidden, or has no size: its text would not be visible',
    ])
  })

  it('rejects a PDF that is not a form', async () => {
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
    expect((await faultsOf(await blank.save()))[0]).toMatch(
      /^the PDF has no form fields: it is made to be printed. Ask/,
    )
    expect((await faultsOf(await encrypted.save()))[0]).toMatch(/^the PDF is encrypted/)
    expect((await faultsOf(xfa))[0]).toMatch(
      /^the PDF is an XFA form.* Ask the payer for .*AcroForm.* print it to a PDF/,
    )
  })

  describe('a blank form with filled fields', () => {
    const filled = (name: string) =>
      anOutsideForm(({ field }) => {
        const found = field(name)
        if (found instanceof PDFTextField) found.setText('Bob Other')
      })

    it('is rejected, whether the field is mapped or not: it may be about another patient', async () => {
      const message =
        'the blank form is already filled there; empty it, or list it under arrivesFilled'

      expect((await faultsOf(await filled('Paitent Nmae')))[0]).toContain(message)
      expect((await faultsOf(await filled('Office use')))[0]).toContain(message)
      expect((await faultsOf(await filled('Signature')))[0]).toContain(message)
      expect(
        await faultsOf(await filled('Office use'), aMap(), { arrivesFilled: ['Office use'] }),
      ).toEqual([])
    })

    it('is rejected if only its drawing still shows the last patient', async () => {
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

    it('is rejected if a box is ticked', async () => {
      const pdf = await anOutsideForm(({ document }) => {
        document.getForm().getCheckBox('Gendr F').check()
      })

      expect((await faultsOf(pdf))[0]).toMatch(
        /^field "Gendr F": the blank form is already filled there/,
      )
    })
  })

  it('rejects rules with an unknown field or role', async () => {
    const faults = await faultsOf(await anOutsideForm(), aMap(), { leftToPeople: ['Nobody'] })

    expect(faults).toEqual(['field "Nobody": is in the rules and not in the PDF'])
    expect(() => rulesOf({ essential: ['patient.shoeSize'] })).toThrow('not a known role')
    expect(() => rulesOf({ refuse: [] })).toThrow('refuse')
    expect(outsideMap.fields.length).toBeGreaterThan(0)
  })
})
