import { describe, expect, test } from 'vitest'
import { codesUnder, isBillable, lookUpCode, sideOf } from './look-up.ts'

describe('billability by the day of service', () => {
  test.each([
    ['M54.5', '2021-09-30', 'billable'],
    ['M54.5', '2021-10-01', 'not_billable'],
    ['M54.50', '2021-09-30', 'not_valid_on_that_day'],
    ['M54.50', '2021-10-01', 'billable'],
    ['M54.52', '2026-01-01', 'unknown'],
    ['m5416', '2026-01-01', 'billable'],
    ['M48.06', '2026-01-01', 'not_billable'],
    ['M51.36', '2024-09-30', 'billable'],
    ['M51.36', '2024-10-01', 'not_billable'],
    ['M51.369', '2024-10-01', 'billable'],
    ['S33.5XXA', '2026-01-01', 'billable'],
    ['S33.5', '2026-01-01', 'not_billable'],
    ['S32.010A', '2026-01-01', 'billable'],
    ['S32.010', '2026-01-01', 'not_billable'],
  ])('%s on %s is %s', (code, day, expected) => {
    expect(isBillable('icd10cm', code, day)).toBe(expected)
  })
})

test('codes under a subcategory are its billable codes of the day', () => {
  expect(codesUnder('M54.5', '2026-01-01')).toEqual(['M54.50', 'M54.51', 'M54.59'])
  expect(codesUnder('M54.5', '2020-01-01')).toEqual(['M54.5'])
})

test('a code that names a side says which', () => {
  expect(sideOf('M54.31')).toBe('right')
  expect(sideOf('M54.5')).toBeUndefined()
})

test('a code is shown as it stood on the day', () => {
  expect(lookUpCode('icd10cm', 'M54.5', '2020-01-01')?.billable).toBe(true)
  expect(lookUpCode('icd10cm', 'M54.5')?.billable).toBe(false)
})
