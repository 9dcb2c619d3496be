import {
  decodePDFRawStream,
  PDFDict,
  PDFDocument,
  type PDFFont,
  type PDFHexString,
  PDFRawStream,
  type PDFTextField,
  PDFName,
  type PDFNumber,
  PDFString,
} from '@cantoo/pdf-lib'
import type { FormContent } from '@authscript/prior-auth'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aContent } from '../../test/forms/a-content.ts'
import { anOutsideForm, anOutsideTemplate } from '../../test/forms/an-outside-form.ts'
import { fillForm } from './fill-form.ts'
import { wrap } from './paper/fit-text.ts'
import { embedFont } from './paper/font.ts'
import { ReadBackFault, checkReadBack } from './read-back.ts'

const template = await anOutsideTemplate()
const ann: FormContent['values'] = {
  'patient.name': 'Ann Example',
  'patient.birthDate': '1970-01-02',
  'coverage.memberId': 'M-1',
}
const opened = async (content: FormContent, one = template) =>
  PDFDocument.load((await fillForm(content, one)).pdf)
const textsOf = (document: PDFDocument) =>
  Object.fromEntries(
    document
      .getForm()
      .getFields()
      .flatMap((field) =>
        'getText' in field ? [[field.getName(), (field as PDFTextField).getText() ?? '']] : [],
      ),
  )

/** The position (from the bottom left of the page) and size of a widget's lines. */
function drawn(field: PDFTextField) {
  return field.acroField.getWidgets().map((widget) => {
    const stream = widget.getAppearances()?.normal
    if (!(stream instanceof PDFRawStream)) throw new Error('nothing drawn')
    const content = Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1')
    const box = widget.getRectangle()
    const bounds = stream.dict.lookup(PDFName.of('BBox')) as unknown as { asArray(): PDFNumber[] }
    return {
      box,
      bounds: bounds.asArray().map((one) => one.asNumber()),
      size: Number(/\/\S+ ([\d.]+) Tf/.exec(content)?.[1]),
      lines: [...content.matchAll(/1 0 0 1 ([-\d.]+) ([-\d.]+) Tm/g)].map(([, x, y]) => ({
        x: Number(x),
        y: Number(y),
      })),
    }
  })
}

/** The lines of a box, wrapped as the form wraps them. */
function wrapped(field: PDFTextField, size: number, font: PDFFont): readonly string[] {
  const { width } = field.acroField.getWidgets()[0]?.getRectangle() ?? { width: 0 }
  const text = field.getText() ?? ''
  return field.isMultiline() ? wrap(text, width - 6, size, font) : [text]
}

describe("a payer's form", () => {
  it('is filled by its map, even with misspelled field names', async () => {
    const texts = textsOf(
      await opened(
        aContent({
          values: { ...ann, 'requester.npi': '1234567893' },
          services: [{ code: '72148', start: '2026-06-20' }],
          diagnoses: [{ code: 'S83.511A' }],
        }),
      ),
    )

    expect(texts).toMatchObject({
      'Paitent Nmae': 'Ann Example',
      Again: 'Ann Example',
      DOB: '01/02/1970',
      Member: 'M-1',
      NPI: '1234567893',
      'Code 1': '72148',
      'Start 1': '06/20/2026',
      'Dx 1': 'S83.511A',
      'Code 2': '',
      Signature: '',
      'Signed on': '',
    })
  })

  it.each([
    { gender: 'female', ticked: ['Gendr F'], radio: 'F' },
    { gender: 'male', ticked: ['Gendr M'], radio: 'M' },
    { gender: 'other', ticked: [], radio: undefined },
    { gender: undefined, ticked: [], radio: undefined },
  ] as const)('ticks $ticked for the gender $gender', async ({ gender, ticked, radio }) => {
    const choices = gender === undefined ? {} : { 'patient.gender': gender }
    const form = (await opened(aContent({ choices }))).getForm()
    const boxes = ['Gendr M', 'Gendr F', 'Standard', 'Urgent', 'I certify']

    expect(boxes.filter((name) => form.getCheckBox(name).isChecked())).toEqual(ticked)
    expect(form.getRadioGroup('Sex').getSelected()).toBe(radio)
  })

  it('selects the list option for a value, and reports a value without an option', async () => {
    const form = (await opened(aContent({ choices: { setting: 'office' } }))).getForm()
    const { notices } = await fillForm(aContent({ choices: { setting: 'home' } }), template)

    expect(form.getDropdown('Setting').getSelected()).toEqual(['Provider Office'])
    expect(notices).toEqual([
      "Setting was left blank: the form's list does not have the chart's value",
    ])
  })

  it('ticks urgent only with a reason', async () => {
    const urgent = aContent({ choices: { review: 'urgent' } })
    const reasoned = { ...urgent, values: { ...urgent.values, 'review.urgentReason': 'weakness' } }
    const without = await fillForm(urgent, template)
    const ticked = async (content: FormContent) =>
      (await opened(content)).getForm().getCheckBox('Urgent').isChecked()

    expect(await ticked(urgent)).toBe(false)
    expect(without.missingLabels).toContain('Reason for urgent review')
    expect(without.notices[0]).toMatch(
      /^Urgent review stays blank until Reason for urgent review is filled/,
    )
    expect(await ticked(reasoned)).toBe(true)
  })

  it('lists required boxes that stay blank', async () => {
    const { missingLabels } = await fillForm(aContent(), template)

    expect(missingLabels).toEqual(['Patient birth date', 'Coverage member id'])
  })

  it('has neither buttons nor scripts that would change it later', async () => {
    const pdf = await anOutsideForm(({ document: blank, field }) => {
      const action = blank.context.obj({ S: 'JavaScript', JS: PDFString.of('0') })
      field('Paitent Nmae').acroField.dict.set(PDFName.of('AA'), action)
      blank.catalog.set(PDFName.of('OpenAction'), action)
      const { node } = blank.getPage(0)
      node.set(PDFName.of('AA'), blank.context.obj({ O: action }))
      for (const to of [action, blank.context.obj({ S: 'URI', URI: PDFString.of('https://x') })])
        node.addAnnot(
          blank.context.register(
            blank.context.obj({ Subtype: 'Link', Rect: [0, 0, 9, 9], A: to, AA: action }),
          ),
        )
    })
    const document = await opened(aContent(), { ...template, pdf })

    expect(document.getForm().getFieldMaybe('Print')).toBeUndefined()
    const [field] = document.getForm().getFields()
    expect(field?.acroField.dict.has(PDFName.of('AA'))).toBe(false)
    expect(document.catalog.has(PDFName.of('OpenAction'))).toBe(false)
    const { node } = document.getPage(0)
    expect(node.has(PDFName.of('AA'))).toBe(false)
    const links = (node.Annots()?.asArray() ?? [])
      .map((one) => document.context.lookup(one, PDFDict))
      .filter((one) => String(one.lookup(PDFName.of('Subtype'))) === '/Link')
    expect(links.map((one) => one.has(PDFName.of('A')))).toEqual([false, true])
    expect(links.some((one) => one.has(PDFName.of('AA')))).toBe(false)
  })

  it('respects the field’s limit, and prints the whole text on the addendum', async () => {
    const narrative = 'Six weeks of physical therapy without relief. '.repeat(9).trim()
    const content = aContent({ values: { ...ann, 'clinical.narrative': narrative } })
    const { Why = '' } = textsOf(await opened(content))
    const { continuedRoles, pages } = await fillForm(content, template)

    expect(Why.length).toBeLessThanOrEqual(100)
    expect(Why).toBe(
      'Six weeks of physical therapy without relief. Six weeks of physical therapy\n(see page 3, A-1)',
    )
    expect(continuedRoles).toEqual(['clinical.narrative'])
    expect(pages).toBe(3)
  })

  it('never puts two codes into a box, for any number of codes', async () => {
    const code = fc.tuple(fc.integer({ min: 10, max: 99 }), fc.integer({ min: 0, max: 9 }))
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          code.map(([a, b]) => `M${a}.${b}`),
          { maxLength: 8 },
        ),
        async (codes) => {
          const content = aContent({ diagnoses: codes.map((one) => ({ code: one })) })
          const texts = textsOf(await opened(content))

          expect([texts['Dx 1'], texts['Dx 2']]).toEqual([codes[0] ?? '', codes[1] ?? ''])
          for (const text of Object.values(texts))
            expect(codes.filter((one) => text.includes(one)).length).toBeLessThanOrEqual(1)
          expect(texts['Why']).toBe(
            codes.length > 2 ? 'Further diagnoses: continued on page 3, A-1.' : '',
          )
        },
      ),
      { numRuns: 12 },
    )
  })

  it('draws inside every box in a readable size, also in boxes with swapped corners', async () => {
    const font = await embedFont(await PDFDocument.load(await anOutsideForm()))
    const words = fc.string({
      unit: fc.constantFrom('W', 'i', 'é', '8', ' ', 'g'),
      minLength: 1,
      maxLength: 90,
    })
    await fc.assert(
      fc.asyncProperty(words, words, async (name, why) => {
        const content = aContent({
          values: {
            ...ann,
            'patient.name': `A${name}`,
            'clinical.narrative': `b${why}`,
            icdVersion: '10',
          },
          services: [
            { code: '72148', start: '2026-06-20' },
            { code: 'A9552', start: '2026-12-28' },
          ],
          diagnoses: [{ code: 'S83.511A' }, { code: 'M54.50' }],
        })
        const shown = { ...content, subject: { ...content.subject, name: `A${name}` } }
        const form = (await opened(shown)).getForm()
        for (const box of [
          'Paitent Nmae',
          'Again',
          'DOB',
          'Start 1',
          'Start 2',
          'Dx 1',
          'ICD',
          'Why',
        ]) {
          const field = form.getTextField(box)
          for (const { box: place, bounds, size, lines } of drawn(field)) {
            const texts = [...wrapped(field, size, font)]
            expect(place.height).toBeGreaterThan(0)
            expect(bounds).toEqual(
              [0, 0, place.width, place.height].map((one) => expect.closeTo(one, 3)),
            )
            expect(size).toBeGreaterThanOrEqual(box === 'Dx 1' ? 6.5 : 7)
            expect(lines.length).toBe(texts.length)
            for (const [index, { x, y }] of lines.entries()) {
              const width = font.widthOfTextAtSize(texts[index] ?? '', size)
              expect(x).toBeGreaterThanOrEqual(0)
              expect(x + width).toBeLessThanOrEqual(place.width + 0.01)
              expect(y - 0.236 * size).toBeGreaterThanOrEqual(-0.5)
              expect(y + 0.76 * size).toBeLessThanOrEqual(place.height)
            }
          }
        }
      }),
      { numRuns: 12 },
    )
  })

  it.each([
    { code: 'M54.50', size: 9 },
    { code: 'S83.511A', size: 7 },
    { code: 'W22.01XA', size: 6.5 },
  ])('writes the code $code in its box of 34 points whole, in $size', async ({ code, size }) => {
    const field = (await opened(aContent({ diagnoses: [{ code }] }))).getForm().getTextField('Dx 1')

    expect(field.getText()).toBe(code)
    expect(drawn(field)[0]?.size).toBe(size)
  })

  it('puts each character of a comb field into its cell', async () => {
    const content = aContent({ values: { ...ann, 'requester.npi': '1234567893' } })
    const [widget] = drawn((await opened(content)).getForm().getTextField('NPI'))

    expect(widget?.lines.length).toBe(10)
    for (const [cell, { x }] of (widget?.lines ?? []).entries())
      expect(Math.floor(x / 12)).toBe(cell)
  })

  it('gives the same bytes for the same content', async () => {
    const content = aContent({
      values: ann,
      choices: { 'patient.gender': 'female', setting: 'office' },
    })

    expect((await fillForm(content, template)).sha256).toBe(
      (await fillForm(content, template)).sha256,
    )
  })

  it.each([
    { rules: {}, name: 'Dr. Ada', npi: '1234567893' },
    { rules: { sameAsRequester: { servicing: 'Same' } }, name: 'Same', npi: '' },
  ])('writes $name for a provider who is the requesting one', async ({ rules, name, npi }) => {
    const content = aContent({
      values: { ...ann, 'servicing.name': 'Dr. Ada', 'servicing.npi': '1234567893' },
      requesterIs: { servicing: true, pcp: false },
    })
    const texts = textsOf(await opened(content, await anOutsideTemplate(rules)))

    expect([texts['Performer'], texts['Performer NPI']]).toEqual([name, npi])
  })

  it('reports a text that the form does not allow on the addendum, and too many services', async () => {
    const rules = {
      mayBeAttached: ['clinical.narrative'],
      mostServices: { rows: 1, because: 'one a form' },
    }
    const content = aContent({
      values: { ...ann, 'review.urgentReason': 'because '.repeat(30) },
      services: [{ code: '72148' }, { code: '72141' }],
    })
    const { notices } = await fillForm(content, await anOutsideTemplate(rules))

    expect(notices).toEqual([
      '2 services for 1 rows: one a form',
      'further services: 1 on the addendum, A-1',
      'Reason for urgent review continues on the addendum, which this form allows only for: Clinical narrative',
    ])
  })

  it('leaves fields to people if its rules say so, even if the map gives them a role', async () => {
    const texts = textsOf(
      await opened(aContent({ values: ann }), await anOutsideTemplate({ leftToPeople: ['DOB'] })),
    )

    expect(texts['DOB']).toBe('')
  })
})

describe('the wrong-patient guard', () => {
  const content = aContent({ values: ann })
  const expectedFor = (one: FormContent) => ({
    subject: one.subject,
    written: new Map<string, string>(),
    continued: new Map<string, string>(),
    shown: (text: string) => text,
  })

  it('rejects values of another patient', async () => {
    const mixed = { ...content, subject: { ...content.subject, name: 'Bob Other' } }

    await expect(fillForm(mixed, template)).rejects.toThrow(ReadBackFault)
    await expect(fillForm(mixed, template)).rejects.toThrow(
      'field "Paitent Nmae" of the finished form does not match the chart\'s name',
    )
  })

  it('rejects a value that the chart does not have', async () => {
    const { memberId: _none, ...subject } = content.subject

    await expect(fillForm({ ...content, subject }, template)).rejects.toThrow('memberId')
  })

  it.each(['Office use', 'Signature', 'DOB'])(
    'rejects a form that has another patient’s data in %s after it was checked',
    async (name) => {
      const pdf = await anOutsideForm(({ document }) => {
        document.getForm().getTextField(name).setText('Bob Other')
      })

      await expect(fillForm(aContent(), { ...template, pdf })).rejects.toThrow(
        `field "${name}" of the finished form does not have the expected value`,
      )
    },
  )

  it('rejects an unexpected tick', async () => {
    const pdf = await anOutsideForm(({ document }) => {
      document.getForm().getCheckBox('I certify').check()
    })

    await expect(fillForm(aContent(), { ...template, pdf })).rejects.toThrow('I certify')
  })

  it('rejects a finished PDF that is bound to another order', async () => {
    const empty = aContent({ values: {} })
    const { pdf } = await fillForm(empty, template)
    const other = { ...empty, subject: { ...empty.subject, serviceRequestId: 'order-2' } }

    await expect(checkReadBack(pdf, template, expectedFor(empty))).resolves.toBeUndefined()
    await expect(checkReadBack(pdf, template, expectedFor(other))).rejects.toThrow(
      'bound to another patient or order',
    )
  })

  it('reveals nothing about the patient in its messages or the metadata', async () => {
    const { pdf } = await fillForm(content, template)
    const document = await PDFDocument.load(pdf, { updateMetadata: false })
    const message = await fillForm(
      { ...content, subject: { ...content.subject, name: 'Bob Other' } },
      template,
    ).catch((error: unknown) => String(error))
    const info = document.context
      .lookup(document.context.trailerInfo.Info, PDFDict)
      .values()
      .map((value) => ('decodeText' in value ? (value as PDFHexString).decodeText() : ''))
      .join(' ')

    for (const secret of ['Ann', 'Bob', '01-02', 'M-1', 'patient-1', 'order-1']) {
      expect(message).not.toContain(secret)
      expect(info).not.toContain(secret)
    }
  })
})
