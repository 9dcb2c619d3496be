import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib'
import { describe, expect, it } from 'vitest'
import { fillDrawn } from '../a-drawn-form.ts'
import { firstWidget, values } from './chart-values.ts'

describe('type sizes', () => {
  const sizesOf = (document: PDFDocument) =>
    document
      .getForm()
      .getFields()
      .map((field) => Number(/([\d.]+) Tf/.exec(field.acroField.getDefaultAppearance() ?? '')?.[1]))

  it('are one for a column, and two at most for the other boxes', async () => {
    const codes = ['M54.50', 'S83.511A', 'W22.01XA']
    const { document } = await fillDrawn(
      ({ text }) => {
        for (const row of [0, 1, 2]) text(`Dx ${row}`, { x: 40, y: 600 - 20 * row, width: 34 })
      },
      Object.fromEntries(codes.map((_, row) => [`Dx ${row}`, `service[${row + 1}].diagnosisCode`])),
      { diagnoses: codes.map((code) => ({ code })) },
    )
    const others = await fillDrawn(
      ({ text }) => {
        for (const [row, width] of [200, 200, 200, 200, 200, 200, 200, 200, 52, 48].entries())
          text(`B${row}`, { x: 40, y: 600 - 20 * row, width })
      },
      Object.fromEntries(Array.from({ length: 10 }, (_, row) => [`B${row}`, 'patient.name'])),
      { values },
    )

    expect(sizesOf(document)).toEqual([7, 7, 6.5])
    expect(sizesOf(others.document).slice(0, 8)).toEqual(Array(8).fill(9))
    expect(new Set(sizesOf(others.document)).size).toBe(2)
  })
})

it.each([
  ['1 g', undefined, '0 g'],
  ['1 1 1 rg', undefined, '0 g'],
  ['0.9 0.9 0.2 rg', undefined, '0 g'],
  ['0 0 0 0 k', undefined, '0 g'],
  ['0 0 0.5 rg', undefined, '0 0 0.5 rg'],
  ['1 g', [0, 0, 0.3], '1 g'],
] as const)('text of the color %s on %j is drawn in %s', async (color, ground, drawn) => {
  const { document } = await fillDrawn(
    ({ text }) => {
      const field = text('Name')
      field.acroField.setDefaultAppearance(`/Helv 9 Tf ${color}`)
      const characteristics = firstWidget(field).getOrCreateAppearanceCharacteristics()
      if (ground === undefined) characteristics.dict.delete(PDFName.of('BG'))
      else characteristics.setBackgroundColor([...ground])
    },
    { Name: 'patient.name' },
    { values },
  )

  const appearance = document.getForm().getTextField('Name').acroField.getDefaultAppearance()
  expect(appearance?.replace(/^.* Tf /, '')).toBe(drawn)
})

it('keeps what screen readers say of a box', async () => {
  const { document } = await fillDrawn(
    ({ text }) =>
      text('Name').acroField.dict.set(PDFName.of('TU'), PDFString.of('Name of the patient')),
    { Name: 'patient.name' },
    { values },
  )

  const tooltip = document.getForm().getTextField('Name').acroField.dict.lookup(PDFName.of('TU'))
  expect(tooltip instanceof PDFString && tooltip.decodeText()).toBe('Name of the patient')
  expect(
    document.catalog.lookup(PDFName.of('Pages'), PDFDict).lookup(PDFName.of('Kids')),
  ).toBeInstanceOf(PDFArray)
})
