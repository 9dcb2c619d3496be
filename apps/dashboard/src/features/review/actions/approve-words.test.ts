import { expect, it } from 'vitest'
import { approveWords } from './approve-words.ts'

it.each([
  { verdict: 'met', unsettledCount: 0, isPrimary: true, rest: 'and file to chart' },
  { verdict: 'met', unsettledCount: 2, isPrimary: true, rest: 'with a reason' },
  { verdict: 'not_met', unsettledCount: 1, isPrimary: false, rest: 'with a reason' },
  // Only people's own answers stand against it, each with its reason already.
  { verdict: 'not_met', unsettledCount: 0, isPrimary: false, rest: 'and file to chart' },
  { verdict: 'unclear', unsettledCount: 3, isPrimary: false, rest: 'with a reason' },
] as const)(
  'approving is offered by the state: $verdict, $unsettledCount to explain',
  ({ verdict, unsettledCount, ...expected }) => {
    expect(approveWords({ verdict, unsettledCount })).toEqual(expected)
  },
)
