import type { PDFTextField } from '@cantoo/pdf-lib'
import { describe, expect, it } from 'vitest'
import { fillDrawn } from '../a-drawn-form.ts'
import { values } from './chart-values.ts'

describe('a value in several boxes', () => {
  const row = (limits: readonly number[]) => (drawing: { text: (...args: never[]) => unknown }) => {
    const text = drawing.text as (name: string, place: object) => PDFTextField
    for (const [index, limit] of limits.entries()) {
      const field = text(`B${index}`, { x: 40 + index * 60, width: 50 })
      if (limit > 0) field.setMaxLength(limit)
    }
  }
  const all = (count: number, role: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`B${index}`, role]))

  it.each([
    ['patient.birthDate', [2, 2, 4], ['03', '02', '1970']],
    ['patient.birthDate', [2, 2, 2], ['03', '02', '70']],
    ['patient.birthDate', [1, 1, 1, 1, 1, 1, 1, 1], [...'03021970']],
    ['patient.phone', [3, 3, 4], ['512', '555', '0100']],
    ['patient.phone', [3, 7], ['512', '5550100']],
    ['patient.zip4', [5, 4], ['78701', '1234']],
    ['facility.taxId', [2, 7], ['12', '3456789']],
    ['requester.npi', Array.from({ length: 10 }, () => 1), [...'1234567893']],
    ['coverage.memberId', [1, 1, 1, 1, 1, 1], ['M', '1', '2', '3', '', '']],
  ] as const)('%s in boxes of %j', async (role, limits, expected) => {
    const { texts, filled } = await fillDrawn(row(limits), all(limits.length, `${role}*`), {
      values,
    })

    expect(Object.values(texts)).toEqual(expected)
    expect(filled.missingLabels).toEqual([])
    expect(filled.notices).toEqual([])
  })

  it('a ZIP code of five digits leaves the box for the others blank', async () => {
    const { texts, filled } = await fillDrawn(row([5, 4]), all(2, 'patient.zip4*'), {
      values: { ...values, 'patient.zip4': '78701' },
    })

    expect(Object.values(texts)).toEqual(['78701', ''])
    expect(filled.missingLabels).toEqual([])
  })

  it.each([
    [['DOB_Month', 'DOB_Day', 'DOB_Year'], 'patient.birthDate', ['03', '02', '1970']],
    [['BirthDay DD', 'BirthDay MM', 'BirthDay YYYY'], 'patient.birthDate', ['02', '03', '1970']],
    [['Area Code', 'Prefix', 'Line'], 'patient.phone', ['512', '555', '0100']],
  ] as const)('by their names: %j', async (names, role, expected) => {
    const { texts } = await fillDrawn(
      ({ text }) => {
        for (const [index, name] of names.entries()) text(name, { x: 40 + index * 90, width: 80 })
      },
      Object.fromEntries(names.map((name) => [name, role])),
      { values },
    )

    expect(names.map((name) => texts[name])).toEqual(expected)
  })

  it('by roles of the map, in any place', async () => {
    const { texts } = await fillDrawn(
      ({ text }) => {
        for (const [index, name] of ['Y', 'M', 'D', 'A', 'Z'].entries())
          text(name, { y: 700 - index * 30 })
      },
      {
        Y: 'patient.birthDate.year*',
        M: 'patient.birthDate (month)',
        D: 'patient.birthDate: day',
        A: 'patient.phone.area',
        Z: 'patient.zip5',
      },
      { values },
    )

    expect(texts).toEqual({ Y: '1970', M: '03', D: '02', A: '512', Z: '78701' })
  })

  it('beside a box for the whole', async () => {
    const { texts } = await fillDrawn(
      ({ text }) => {
        text('Whole', { x: 300 }).setMaxLength(8)
        for (const [index, limit] of [2, 2, 4].entries())
          text(`B${index}`, { x: 40 + 40 * index, width: 30 }).setMaxLength(limit)
      },
      { Whole: 'patient.birthDate', ...all(3, 'patient.birthDate') },
      { values },
    )

    expect(texts).toEqual({ Whole: '03021970', B0: '03', B1: '02', B2: '1970' })
  })

  it('one below the other', async () => {
    const { texts } = await fillDrawn(
      ({ text }) => {
        for (const [index, limit] of [2, 2, 4].entries())
          text(`B${index}`, { y: 700 - 30 * index }).setMaxLength(limit)
      },
      all(3, 'patient.birthDate*'),
      { values },
    )

    expect(Object.values(texts)).toEqual(['03', '02', '1970'])
  })

  it('in lists', async () => {
    const { texts } = await fillDrawn(
      ({ form, page }) => {
        const options = { M: ['January', 'February', 'March'], D: ['1', '2', '3'], Y: ['1970'] }
        for (const [index, [name, list]] of Object.entries(options).entries()) {
          const field = form.createDropdown(name)
          field.addOptions(list)
          field.addToPage(page, { x: 40 + 80 * index, y: 700, width: 60, height: 16 })
        }
      },
      {
        M: 'patient.birthDate.month',
        D: 'patient.birthDate.day',
        Y: 'patient.birthDate.year',
      },
      { values },
    )

    expect(texts).toEqual({ M: 'March', D: '2', Y: '1970' })
  })

  it('is whole in each box that can hold it', async () => {
    const { texts } = await fillDrawn(row([0, 0]), all(2, 'patient.birthDate'), { values })

    expect(Object.values(texts)).toEqual(['03/02/1970', '03/02/1970'])
  })

  it('stays blank and is on the addendum once when the chart has half of it', async () => {
    const { texts, filled } = await fillDrawn(row([2, 2, 4]), all(3, 'patient.birthDate*'), {
      values: { 'patient.birthDate': '1970' },
    })

    expect(Object.values(texts)).toEqual(['', '', ''])
    expect(filled.missingLabels).toEqual(['Patient birth date'])
    expect(filled.notices.length).toBe(1)
  })
})
