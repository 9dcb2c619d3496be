import { PDFCheckBox, PDFDocument, PDFTextField } from '@cantoo/pdf-lib'
import { type FormContent, formRoles } from '@authscript/prior-auth'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { fillForm } from './fill-form.ts'
import { fitText, wrap } from './fit-text.ts'
import { createFormFiller } from './form-filler.ts'
import { plainText } from './plain-text.ts'

const never = new AbortController().signal

const aContent = (
  values: FormContent['values'] = {},
  more: Partial<FormContent> = {},
): FormContent => ({ values, criteria: [], ...more })

async function textOf(content: FormContent, field: string): Promise<string | undefined> {
  const { pdf } = await fillForm(content)
  return (await PDFDocument.load(pdf)).getForm().getTextField(field).getText()
}

describe('filling the form', () => {
  it('writes every role into its own box', async () => {
    const values = Object.fromEntries(formRoles.map((role, index) => [role, `V${index}`]))
    const { pdf, pages } = await fillForm(aContent(values))
    const form = (await PDFDocument.load(pdf)).getForm()

    for (const role of formRoles) expect(form.getTextField(role).getText()).toBe(values[role])
    expect(pages).toBe(1)
  })

  it('leaves a box blank when the chart has no value (invariant 6: no default stands in for a clinical fact)', async () => {
    const { pdf } = await fillForm(aContent({ 'patient.name': 'Ann Example' }))
    const form = (await PDFDocument.load(pdf)).getForm()

    for (const role of formRoles.filter((one) => one !== 'patient.name'))
      expect(form.getTextField(role).getText() ?? '').toBe('')
    expect(form.getCheckBox('urgency.standard').isChecked()).toBe(false)
    expect(form.getCheckBox('urgency.urgent').isChecked()).toBe(false)
  })

  it('leaves signature, date and attestation to people (invariant 9)', async () => {
    const everything = Object.fromEntries(formRoles.map((role) => [role, 'x']))
    const { pdf } = await fillForm(aContent(everything, { urgency: 'urgent' }))
    const form = (await PDFDocument.load(pdf)).getForm()

    expect(form.getTextField('attestation.signature').getText() ?? '').toBe('')
    expect(form.getTextField('attestation.signature_date').getText() ?? '').toBe('')
    expect(form.getCheckBox('attestation.statement').isChecked()).toBe(false)
  })

  it('moves a text that does not fit to the addendum, and says where', async () => {
    const long = 'The patient has completed physical therapy without relief. '.repeat(120)
    const content = aContent({
      'clinical.justification': long,
      'diagnosis.primary_code': 'S83.511A',
    })
    const { pages, continuedRoles } = await fillForm(content)

    expect(continuedRoles).toEqual(['clinical.justification'])
    expect(pages).toBeGreaterThan(1)
    expect(await textOf(content, 'clinical.justification')).toContain('see addendum A-1')
    expect(await textOf(content, 'diagnosis.primary_code')).toBe('S83.511A')
  })

  it('prints names outside Latin-1, and marks what its font cannot', async () => {
    const { unrenderableRoles } = await fillForm(aContent({ 'patient.name': 'Zoë Đặng-Müller ≥' }))
    const marked = await fillForm(aContent({ 'patient.name': '李小龍' }))

    expect(unrenderableRoles).toEqual([])
    expect(marked.unrenderableRoles).toEqual(['Patient name'])
    expect(marked.pages).toBe(2)
  })

  it('gives the same bytes for the same content', async () => {
    const content = aContent({ 'patient.name': 'Ann Example' }, { urgency: 'standard' })

    expect((await fillForm(content)).sha256).toBe((await fillForm(content)).sha256)
  })

  it('has no field that is neither filled by a role nor left to people', async () => {
    const { pdf } = await fillForm(aContent())
    const names = (await PDFDocument.load(pdf))
      .getForm()
      .getFields()
      .map((field) => {
        expect(field instanceof PDFTextField || field instanceof PDFCheckBox).toBe(true)
        return field.getName()
      })

    const known = new Set<string>([
      ...formRoles,
      'attestation.signature',
      'attestation.signature_date',
      'attestation.statement',
      'urgency.standard',
      'urgency.urgent',
    ])
    expect(
      names.filter((name) => !known.has(name) && !/^criterion\.\d+\.(question|answer)$/.test(name)),
    ).toEqual([])
  })
})

describe('fitting text', () => {
  /** A font of which every character is half as wide as it is high. */
  const font = { widthOfTextAtSize: (text: string, size: number) => [...text].length * size * 0.5 }
  const box = { width: 100, height: 40, isMultiline: true, maxSize: 10, minSize: 7 }

  it.each([
    { text: 'short', size: 10, rest: false },
    { text: 'a'.repeat(25), size: 10, rest: false },
    { text: 'word '.repeat(20).trim(), size: 8, rest: false },
    { text: 'word '.repeat(60).trim(), size: 7, rest: true },
  ])('sets $text in $size points', ({ text, size, rest }) => {
    const fitted = fitText(text, box, font)

    expect(fitted.size).toBe(size)
    expect(fitted.rest !== '').toBe(rest)
  })

  it('never draws past the box and never loses a character, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (raw) => {
        const text = plainText(raw)
        const { lines, rest, size } = fitText(text, box, font)

        for (const line of lines)
          expect(font.widthOfTextAtSize(line, size)).toBeLessThanOrEqual(box.width)
        const bare = (one: string) => one.replaceAll(/\s/g, '')
        expect(bare([...lines, rest].join(''))).toBe(bare(text))
      }),
    )
  })

  it('breaks a word that is wider than a line', () => {
    expect(wrap('abcdefghij', 20, 10, font)).toEqual(['abcd', 'efgh', 'ij'])
  })

  it('strips what turns the reading order round', () => {
    expect(plainText('Mu\u202Eñoz\u0000 \t x')).toBe('Muñoz x')
  })
})

describe('the form filler', () => {
  const filler = createFormFiller({ threads: 1 })
  afterAll(() => filler.stop())

  it('fills in a thread of its own', async () => {
    const form = await filler.fill(aContent({ 'patient.name': 'Ann Example' }), never)

    expect(Buffer.from(form.pdf.subarray(0, 5)).toString()).toBe('%PDF-')
  })

  it('stops when its signal aborts', async () => {
    const caller = new AbortController()
    const filling = filler.fill(aContent(), caller.signal)
    caller.abort(new Error('gone'))

    await expect(filling).rejects.toThrow('gone')
  })
})
