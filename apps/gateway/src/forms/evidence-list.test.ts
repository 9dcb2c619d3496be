import { describe, expect, it } from 'vitest'
import { beyondEvidence, evidenceOf } from './evidence-list.ts'

const criterion = (question: string, ...evidence: readonly string[]) => ({
  question,
  answer: 'met' as const,
  reason: 'stated in the note',
  evidence,
})

describe('the list of evidence', () => {
  it('prints a piece once, and names it by its number where it counts again', () => {
    const list = evidenceOf([
      criterion('One?', '"quote"', 'Low back pain (M54.50)'),
      criterion('Two?', '"another"', 'against: "quote"'),
      criterion('Three?', 'mentioned: "another"', '"quote"'),
    ])

    expect(list.map(({ heading }) => heading)).toEqual([
      '1. One?  Yes',
      '2. Two?  Yes',
      '3. Three?  Yes',
    ])
    expect(list.map(({ lines }) => lines.slice(1))).toEqual([
      ['E1: "quote"', 'E2: Low back pain (M54.50)'],
      ['E3: "another"', 'See also E1 (question 1), against.'],
      ['See also E3 (question 2), mentioned; E1 (question 1).'],
    ])
    expect(list[0]?.lines[0]).toBe('Stated in the note.')
  })
})

describe('what a narrative says beyond the evidence', () => {
  const criteria = [criterion('One?', '"quote"', '"quote, and more"'), criterion('Two?')]

  it.each([
    ['One? Yes: "quote, and more"; "quote".', ''],
    ['Two? Yes: stated in the note.', ''],
    ['One? Yes: "quote" and a remark.', 'One? Yes: "quote" and a remark.'],
    ['One? No: "quote".', 'One? No: "quote".'],
    ['Typed by a person.\nOne? Yes: "quote".', 'Typed by a person.'],
  ])('of %j is %j', (narrative, rest) => {
    expect(beyondEvidence(narrative, criteria)).toBe(rest)
  })
})
