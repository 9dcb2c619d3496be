import { describe, expect, test } from 'vitest'
import { readFamily } from './family.ts'
import { codesUnder, isBillable, lookUpCode, sideOf } from './look-up.ts'
import { codeTables } from './tables.ts'

describe('billability by the day of service', () => {
  test.each([
    ['M54.5', '2021-09-30', 'billable'],
    ['M54.5', '2021-10-01', 'not_billable'],
    ['M54.50', '2021-09-30', 'not_valid_on_that_day'],
    ['M54.50', '2021-10-01', 'billable'],
    ['M54.52', '2026-01-01', 'unknown'],
    ['m5416', '2026-01-01', 'billable'],
    ['M48.06', '2017-09-30', 'billable'],
    ['M48.06', '2026-01-01', 'not_billable'],
    ['M48.061', '2026-01-01', 'billable'],
    ['M50.12', '2016-09-30', 'billable'],
    ['M50.12', '2016-10-01', 'not_billable'],
    ['M50.122', '2026-01-01', 'billable'],
    ['M51.36', '2024-09-30', 'billable'],
    ['M51.36', '2024-10-01', 'not_billable'],
    ['M51.369', '2024-10-01', 'billable'],
    ['I48.1', '2019-09-30', 'billable'],
    ['I48.1', '2019-10-01', 'not_billable'],
    ['I48.19', '2019-10-01', 'billable'],
    ['G35', '2025-09-30', 'billable'],
    ['G35', '2025-10-01', 'not_billable'],
    ['G35.B2', '2025-10-01', 'billable'],
    ['R51', '2020-09-30', 'billable'],
    ['R51', '2020-10-01', 'not_billable'],
    ['E66.01', '2026-01-01', 'billable'],
    ['E66.813', '2024-10-01', 'billable'],
    ['E66.813', '2024-09-30', 'not_valid_on_that_day'],
    ['I71.4', '2022-09-30', 'billable'],
    ['I71.4', '2022-10-01', 'not_billable'],
    ['M45.A6', '2021-10-01', 'billable'],
    ['J44.89', '2023-10-01', 'billable'],
    ['Z79.620', '2022-10-01', 'billable'],
    ['C61', '2026-01-01', 'billable'],
    ['C50', '2026-01-01', 'not_billable'],
    ['S33.5XXA', '2026-01-01', 'billable'],
    ['S33.5', '2026-01-01', 'not_billable'],
    ['S32.010A', '2026-01-01', 'billable'],
    ['S32.010', '2026-01-01', 'not_billable'],
    ['S83.511A', '2026-01-01', 'billable'],
    ['S83.31XD', '2026-01-01', 'billable'],
    ['S06.0XAA', '2022-10-01', 'billable'],
    ['M05.771', '2026-01-01', 'billable'],
    ['M05.9', '2015-09-30', 'not_valid_on_that_day'],
    ['G20', '2023-09-30', 'billable'],
    ['G20', '2023-10-01', 'not_billable'],
    ['G20.A1', '2023-09-30', 'not_valid_on_that_day'],
    ['G20.C', '2023-10-01', 'billable'],
    ['G37.8', '2023-09-30', 'billable'],
    ['G37.81', '2023-10-01', 'billable'],
    ['I24.8', '2023-10-01', 'not_billable'],
    ['F02.81', '2022-09-30', 'billable'],
    ['F02.81', '2022-10-01', 'not_billable'],
    ['F02.B11', '2022-10-01', 'billable'],
    ['D84.8', '2020-09-30', 'billable'],
    ['I16.0', '2016-09-30', 'not_valid_on_that_day'],
    ['B20', '2026-01-01', 'billable'],
    ['C50.911', '2026-01-01', 'billable'],
    ['M23.204', '2026-01-01', 'billable'],
    ['M80.051A', '2026-01-01', 'billable'],
    ['M80.051', '2026-01-01', 'not_billable'],
    ['M80.08XA', '2026-01-01', 'billable'],
    ['M80.0B1A', '2023-09-30', 'not_valid_on_that_day'],
    ['S72.451C', '2026-01-01', 'billable'],
    ['S72.471B', '2026-01-01', 'unknown'],
    ['S80.01XA', '2026-01-01', 'billable'],
    ['T84.53XA', '2026-01-01', 'billable'],
    ['L03.31A', '2025-10-01', 'billable'],
  ])('%s on %s is %s', (code, day, expected) => {
    expect(isBillable('icd10cm', code, day)).toBe(expected)
  })

  test.each([
    ['cpt', '72148', 'billable'],
    ['cpt', '99201', 'not_valid_on_that_day'],
    ['hcpcs', 'k0856', 'billable'],
    ['hcpcs', '72148', 'unknown'],
    ['cpt', '72147X', 'unknown'],
  ] as const)('the %s code %s is %s', (system, code, expected) => {
    expect(isBillable(system, code, '2026-01-01')).toBe(expected)
  })
})

test('codes under a subcategory are its billable codes of the day', () => {
  expect(codesUnder('M54.5', '2026-01-01')).toEqual(['M54.50', 'M54.51', 'M54.59'])
  expect(codesUnder('M54.5', '2020-01-01')).toEqual(['M54.5'])
  expect(codesUnder('M17.1', '2026-01-01')).toEqual(['M17.10', 'M17.11', 'M17.12'])
})

test.each([
  ['M17.11', 'right'],
  ['M17.12', 'left'],
  ['M17.0', 'bilateral'],
  ['M17.10', undefined],
  ['M87.052', 'left'],
  ['S83.512A', 'left'],
  ['Z96.653', 'bilateral'],
  ['M23.204', 'left'],
  ['H49.03', 'bilateral'],
  ['L03.116', 'left'],
  ['M86.151', 'right'],
  ['M87.851', 'right'],
  ['S82.115B', 'left'],
  ['S83.004D', 'right'],
  ['T84.54XS', 'left'],
  ['M93.28', undefined],
  ['I50.1', undefined],
  ['M54.52', undefined],
])('the side of %s is %s', (code, side) => {
  expect(sideOf(code)).toBe(side)
})

test('a code has its display of the day', () => {
  expect(lookUpCode('icd10cm', 'M54.5', '2020-01-01')?.billable).toBe(true)
  expect(lookUpCode('icd10cm', 'M54.5')?.billable).toBe(false)
  expect(lookUpCode('icd10cm', 'M87.052')?.display).toContain('left femur')
  expect(lookUpCode('icd10cm', 'M54.52')).toBeUndefined()
})

describe('the tables', () => {
  test('contain no code twice on one day', () => {
    const days = new Map<string, string>()
    for (const { system, code, validFrom, validTo = '9999-12-31' } of codeTables) {
      const lastDay = days.get(`${system} ${code}`)
      if (lastDay !== undefined) expect(`${code} ${validFrom}` > `${code} ${lastDay}`).toBe(true)
      days.set(`${system} ${code}`, validTo)
    }
  })

  test('have a billable code for every complete header', () => {
    const billable = codeTables.filter((entry) => entry.billable)
    for (const header of codeTables.filter((entry) => !entry.billable)) {
      const isCovered =
        header.hasUnlistedChildren === true ||
        billable.some(({ code }) => code.startsWith(header.code) && code !== header.code)
      expect(isCovered, header.code).toBe(true)
    }
  })

  test('have a display and a well-formed code in every entry', () => {
    for (const { system, code, display, validFrom, validTo = '9999-12-31' } of codeTables) {
      expect(display.trim(), code).not.toBe('')
      expect(display, code).not.toMatch(/[*<>@]/)
      expect(code).toMatch(
        system === 'icd10cm'
          ? /^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/
          : /^([A-Z]\d{4}|\d{4}[0-9A-Z])$/,
      )
      expect(validFrom <= validTo, code).toBe(true)
    }
  })
})

describe('a family row is refused', () => {
  test.each([
    ['when it has no words', 'M54.5'],
    ['when its set is not known', 'M54.5<nowhere> pain'],
    ['when its seventh character is not known', 'M54.5:Z pain'],
  ])('%s', (_, row) => {
    expect(() => readFamily('icd10cm', '2015-10-01', row)).toThrow(SyntaxError)
  })
})

test('a row may give its last day', () => {
  const [entry] = readFamily('procedure', '2000-01-01', 'J0135 adalimumab @..2024-12-31')

  expect(entry).toEqual({
    system: 'hcpcs',
    code: 'J0135',
    display: 'adalimumab',
    billable: true,
    validFrom: '2000-01-01',
    validTo: '2024-12-31',
  })
})
