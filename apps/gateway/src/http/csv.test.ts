import { describe, expect, it } from 'vitest'
import { csvLinesOf } from './csv.ts'

const lineOf = (value: string | null) =>
  csvLinesOf<string | null>([['Cell', (row) => row]], [value])

describe('a cell of a CSV file', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\n=1',
    '  =1',
    '\u00a0=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
  ])('is never a formula: %j', (value) => {
    expect(lineOf(value).replace(/^"/, '')).toMatch(/^'/)
  })

  it.each([
    ['Okonkwo, Samuel', '"Okonkwo, Samuel"\r\n'],
    ['the "knee"', '"the ""knee"""\r\n'],
    ['two\nlines', '"two\nlines"\r\n'],
    ['a-1', 'a-1\r\n'],
    [null, '\r\n'],
  ])('is quoted where it has to be: %j', (value, line) => {
    expect(lineOf(value)).toBe(line)
  })
})
