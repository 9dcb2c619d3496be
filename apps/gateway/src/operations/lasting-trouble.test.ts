import { describe, expect, it } from 'vitest'
import { LastingTrouble } from './lasting-trouble.ts'

/** The verdict after each call: a number is an answer that took that many milliseconds, `x` a failure. */
function said(calls: readonly (number | 'x')[]): readonly string[] {
  const trouble = new LastingTrouble(1000)
  return calls.map((call) => {
    trouble.record(call === 'x' ? { ok: false, durationMs: 5000 } : { ok: true, durationMs: call })
    return [
      trouble.isFailing ? 'failing' : '',
      trouble.slowMs === undefined ? '' : `slow ${trouble.slowMs}`,
    ].join('')
  })
}

describe('a slow dependency', () => {
  it('is slow after three slow answers in a row, until three quick ones in a row', () => {
    expect(said([1000, 2600, 1400, 3, 4, 1200, 3, 4, 5])).toEqual([
      '',
      '',
      'slow 1400',
      'slow 1400',
      'slow 1400',
      'slow 1200',
      'slow 1200',
      'slow 1200',
      '',
    ])
  })

  it('is not slow by slow answers among quick ones', () => {
    expect(new Set(said([2600, 3, 2600, 2600, 999, 2600, 2600, 3]))).toEqual(new Set(['']))
  })

  it('is neither slow nor quick by a failure, which does not end a row either', () => {
    expect(said([2600, 2600, 'x', 2600])).toEqual(['', '', '', 'slow 2600'])
  })
})

describe('a failing dependency', () => {
  it('fails after three failures in a row once it has answered, until it answers', () => {
    expect(said([3, 'x', 'x', 3, 'x', 'x', 'x', 'x', 3])).toEqual([
      '',
      '',
      '',
      '',
      '',
      '',
      'failing',
      'failing',
      '',
    ])
  })

  it('fails at once if it never answered', () => {
    expect(said(['x', 3, 'x'])).toEqual(['failing', '', ''])
  })
})
