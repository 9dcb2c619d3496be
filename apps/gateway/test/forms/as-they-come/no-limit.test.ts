import { PDFName, PDFNumber } from '@cantoo/pdf-lib'
import { describe, expect, it } from 'vitest'
import { fillDrawn } from '../a-drawn-form.ts'
import { values } from './chart-values.ts'

describe('a limit of 0 characters', () => {
  it.each(['own', 'parent', 'map'])('is none: %s', async (where) => {
    const { texts, filled } = await fillDrawn(
      ({ text }) => {
        const { acroField } = text('Group.Name')
        if (where === 'own') acroField.setMaxLength(0)
        if (where === 'parent')
          acroField.getParent()?.dict.set(PDFName.of('MaxLen'), PDFNumber.of(0))
      },
      [{ name: 'Group.Name', role: 'patient.name*', ...(where === 'map' ? { maxLength: 0 } : {}) }],
      { values },
    )

    expect(texts['Group.Name']).toBe('Ann Testcase')
    expect(filled.notices).toEqual([])
  })

  it('makes no comb', async () => {
    const { texts } = await fillDrawn(
      ({ text }) => {
        const field = text('Name')
        field.setMaxLength(3)
        field.enableCombing()
        field.acroField.setMaxLength(0)
      },
      { Name: 'patient.name' },
      { values },
    )

    expect(texts['Name']).toBe('Ann Testcase')
  })
})
