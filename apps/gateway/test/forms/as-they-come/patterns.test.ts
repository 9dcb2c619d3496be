import { PDFName, PDFString } from '@cantoo/pdf-lib'
import { describe, expect, it } from 'vitest'
import { fillDrawn } from '../a-drawn-form.ts'
import { values } from './chart-values.ts'

describe('a value in the pattern of its box', () => {
  const boxed = async (
    role: keyof typeof values | 'patient.gender',
    limit: number,
    { isComb = true, value = '', pattern = '' } = {},
  ) => {
    const { texts, filled } = await fillDrawn(
      ({ text }) => {
        const field = text('Box')
        field.setMaxLength(limit)
        if (isComb) field.enableCombing()
      },
      [{ name: 'Box', role: `${role}*`, ...(pattern === '' ? {} : { pattern }) }],
      {
        values: value === '' ? values : { ...values, [role]: value },
        choices: { 'patient.gender': 'female' },
      },
    )
    return { text: texts['Box'], filled }
  }

  it.each([
    ['patient.birthDate', 8, '03021970'],
    ['patient.birthDate', 10, '03/02/1970'],
    ['patient.birthDate', 6, '030270'],
    ['patient.phone', 10, '5125550100'],
    ['patient.phone', 12, '512-555-0100'],
    ['patient.phone', 14, '(512) 555-0100'],
    ['patient.zip4', 5, '78701'],
    ['patient.zip4', 9, '787011234'],
    ['patient.zip4', 10, '78701-1234'],
    ['facility.taxId', 9, '123456789'],
    ['requester.npi', 10, '1234567893'],
    ['patient.gender', 1, 'F'],
  ] as const)('%s in a comb of %i is %s', async (role, limit, expected) => {
    const { text, filled } = await boxed(role, limit)

    expect(text).toBe(expected)
    expect(filled.missingLabels).toEqual([])
    expect(filled.pages).toBe(1)
  })

  it.each([
    ['patient.birthDate', 10, '03/02/1970'],
    ['patient.birthDate', 8, '03021970'],
    ['patient.phone', 10, '5125550100'],
    ['facility.taxId', 9, '123456789'],
  ] as const)('%s in a box of %i characters is %s', async (role, limit, expected) => {
    expect((await boxed(role, limit, { isComb: false })).text).toBe(expected)
  })

  it('a state by its code', async () => {
    const { texts } = await fillDrawn(
      ({ text }) => text('State').setMaxLength(2),
      { State: 'patient.state' },
      { values: { 'patient.state': 'Texas' } },
    )

    expect(texts['State']).toBe('TX')
  })

  it('a date as the map says', async () => {
    const value = '1970-03-02'

    expect((await boxed('patient.birthDate', 8, { pattern: 'YYYYMMDD' })).text).toBe('19700302')
    expect((await boxed('patient.birthDate', 10, { value, isComb: false })).text).toBe('03/02/1970')
  })

  it.each([
    ['its tooltip', 'Date of birth (YYYY-MM-DD)', '1970-03-02'],
    ['its format', 'AFDate_FormatEx("m/d/yyyy");', '3/2/1970'],
  ])('a date as %s says', async (_where, hint, expected) => {
    const { texts } = await fillDrawn(
      ({ text, document }) => {
        const { dict } = text('DOB').acroField
        if (!hint.startsWith('AF')) dict.set(PDFName.of('TU'), PDFString.of(hint))
        else
          dict.set(
            PDFName.of('AA'),
            document.context.obj({ F: { S: 'JavaScript', JS: PDFString.of(hint) } }),
          )
      },
      { DOB: 'patient.birthDate' },
      { values },
    )

    expect(texts['DOB']).toBe(expected)
  })

  it.each([
    ['patient.birthDate', 8, '1970'],
    ['patient.birthDate', 8, '03/1970'],
    ['patient.phone', 10, '512-555-0100 x 44'],
    ['patient.phone', 10, '555-0100'],
    ['requester.npi', 10, '12345678935'],
  ] as const)(
    '%s in a comb of %i is blank and missing when the chart has %s',
    async (role, limit, value) => {
      const { text, filled } = await boxed(role, limit, { value })

      expect(text).toBe('')
      expect(filled.missingLabels.length).toBe(1)
      expect(filled.notices.join()).toContain('does not fit its box')
      expect(filled.pages).toBe(2)
    },
  )

  it('rows beyond those of the form are reported to the reviewer if the form has no box that says so', async () => {
    const { filled } = await fillDrawn(
      ({ text }) => void text('Dx'),
      { Dx: 'diagnosis[1].code' },
      { diagnoses: [{ code: 'M54.16' }, { code: 'M51.26' }] },
    )

    expect(filled.notices).toEqual([
      'further diagnoses: 1 on the addendum, A-1; the form has no box to say so: write it on the form',
    ])
  })

  it('a text that fits none of its boxes is on the addendum once', async () => {
    const { texts, filled } = await fillDrawn(
      ({ text }) => {
        text('Name', { width: 60 })
        text('Again', { width: 60, y: 600 })
      },
      { Name: 'patient.name', Again: 'patient.name' },
      { values: { 'patient.name': 'Ann Testcase of the Very Long Name' } },
    )

    expect(texts).toEqual({ Name: 'see page 2, A-1', Again: 'see page 2, A-1' })
    expect(filled.pages).toBe(2)
  })

  it.each([
    [5, '', ['Coverage member id']],
    [8, 'see A-1', []],
  ] as const)(
    'an id that does not fit %i characters is never A-1',
    async (limit, expected, missing) => {
      const { texts, filled } = await fillDrawn(
        ({ text }) => text('Id').setMaxLength(limit),
        { Id: 'coverage.memberId*' },
        { values: { 'coverage.memberId': 'PHP60191442' } },
      )

      expect(texts['Id']).toBe(expected)
      expect(filled.missingLabels).toEqual(missing)
      expect(filled.notices.length).toBe(1)
    },
  )

  it('an essential text that does not fit is reported to the reviewer', async () => {
    const { texts, filled } = await fillDrawn(
      ({ text }) => void text('Name', { width: 60 }),
      { Name: 'patient.name*' },
      { values: { 'patient.name': 'Ann Testcase of the Very Long Name' } },
    )

    expect(texts['Name']).toBe('see page 2, A-1')
    expect(filled.notices.join()).toContain('the form refers to page 2, A-1')
  })
})
