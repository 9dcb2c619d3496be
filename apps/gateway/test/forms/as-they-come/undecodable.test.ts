import { PDFName } from '@cantoo/pdf-lib'
import { describe, expect, it } from 'vitest'
import { aDrawnForm, loadDrawn } from '../a-drawn-form.ts'
import { firstWidget } from './chart-values.ts'

describe('a form that cannot be decoded', () => {
  const withDrawing = (bytes: Uint8Array) =>
    aDrawnForm(({ text, document }) => {
      const stream = document.context.register(
        document.context.stream(bytes, { Type: 'XObject', Subtype: 'Form', Filter: 'FlateDecode' }),
      )
      firstWidget(text('Name')).setNormalAppearance(stream)
    })

  it('is filled if only an empty drawing cannot', async () => {
    const { template, faults } = await loadDrawn(await withDrawing(new Uint8Array()), {
      Name: 'patient.name',
    })

    expect(faults).toEqual([])
    expect(template).toBeDefined()
  })

  it('is refused by the name of the field', async () => {
    const pdf = await withDrawing(new Uint8Array([9, 9, 9, 9]))

    expect((await loadDrawn(pdf, { Name: 'patient.name' })).faults).toEqual([
      'field "Name": its drawing cannot be decoded',
    ])
  })

  it.each([
    ['no rectangle', 'Rect', undefined],
    ['a rectangle of one number', 'Rect', [1]],
    ['a parent that is itself', 'MK', 'nothing'],
  ])('is refused, and throws nothing: a field with %s', async (_what, key, value) => {
    const pdf = await aDrawnForm(({ text, document }) => {
      const { dict } = firstWidget(text('Name'))
      if (value === undefined) dict.delete(PDFName.of(key))
      else dict.set(PDFName.of(key), document.context.obj(value as never))
    })

    const { template, faults } = await loadDrawn(pdf, { Name: 'patient.name' })
    expect(template === undefined).toBe(faults.length > 0)
  })

  it('is refused, and throws nothing: a field that is its own parent', async () => {
    const pdf = await aDrawnForm(({ text }) => {
      const { acroField } = text('Name')
      acroField.dict.set(PDFName.of('Parent'), acroField.ref)
    })

    const { template, faults } = await loadDrawn(pdf, { Name: 'patient.name' })
    expect(template === undefined).toBe(faults.length > 0)
  })

  it('is refused, and throws nothing: a file that ends anywhere', async () => {
    const pdf = await aDrawnForm(({ text }) => void text('Name'))
    for (let end = 0; end < pdf.length; end += 97) {
      const { template, faults } = await loadDrawn(pdf.slice(0, end), { Name: 'patient.name' })
      expect(template === undefined).toBe(faults.length > 0)
    }
  })
})
