import { describe, expect, it } from 'vitest'
import { figureWords } from './figure-words.ts'
import { pathOf } from './spark-path.ts'
import { durationWords } from './times.ts'

it.each([
  { value: null, unit: 'count', words: '–' },
  { value: 0, unit: 'count', words: '0' },
  { value: 9431, unit: 'count', words: '9,431' },
  { value: 9_967_941, unit: 'count', words: '10M' },
  { value: 3.74, unit: 'per_second', words: '3.7' },
  { value: 2.46, unit: 'seconds', words: '2.5 s' },
  { value: 900, unit: 'seconds', words: '15 min' },
] as const)('a figure fits into its tile: $words', ({ value, unit, words }) => {
  expect(figureWords({ value, unit })).toBe(words)
})

it.each([
  [-5, '0 ms'],
  [61.4, '61 ms'],
  [2460, '2.5 s'],
  [59_000, '59 s'],
  [3_599_000, '59 min'],
  [90_000_000, '1 d'],
])('%i ms are %s', (ms, words) => {
  expect(durationWords(ms)).toBe(words)
})

describe('the line of an hour', () => {
  it('has a gap where nothing was measured, and a dot for a lone minute', () => {
    expect(pathOf([0, 2, null, 1, null], 2)).toBe('M0 26.5L30 1.5M90 14h0')
  })

  it('is empty when nothing was measured', () => {
    expect(pathOf([null, null], 1)).toBe('')
  })
})
