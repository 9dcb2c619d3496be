import { expect, test } from 'vitest'
import type { Assertion } from '../../src/modifiers/assertion.ts'
import type { CueCategory, Example } from '../../src/modifiers/cue.ts'
import { cueRows } from '../../src/modifiers/table/cue-rows.ts'
import { assertionOfMarked } from './a-unit.ts'

/** The assertion that a cue of the category produces. */
const matchesCategory: Readonly<Record<CueCategory, (assertion: Assertion) => boolean>> = {
  affirmed: ({ status }) => status === 'affirmed',
  denied: ({ status }) => status === 'denied',
  possible: ({ status }) => status === 'possible',
  hypothetical: ({ status }) => status === 'hypothetical',
  unsettled: ({ status }) => status === 'unsettled',
  inquired: ({ status, phase }) => status === 'unsettled' && phase === 'not_stated',
  paper: ({ status }) => status === 'unsettled',
  withdrawn: ({ status }) => status === 'unsettled',
  other: ({ subject }) => subject === 'other',
  past: ({ when }) => when === 'past',
  resolved: ({ when }) => when === 'resolved',
  done: ({ phase }) => phase === 'done',
  planned: ({ phase }) => phase === 'planned',
  not_done: ({ phase }) => phase === 'not_done',
  goal: ({ phase }) => phase === 'planned',
  new: ({ course }) => course === 'new',
  worse: ({ course }) => course === 'worse',
  stable: ({ course }) => course === 'stable',
  better: ({ course }) => course === 'better',
  mild: ({ severity }) => severity === 'mild',
  moderate: ({ severity }) => severity === 'moderate',
  severe: ({ severity }) => severity === 'severe',
  pseudo: ({ status, subject, when }) =>
    status === 'affirmed' && subject === 'patient' && when === 'now',
}

function assertionOf(example: string | Example): Assertion {
  return typeof example === 'string'
    ? assertionOfMarked(example)
    : assertionOfMarked(example.text, example)
}

test.each(cueRows.map((row) => [row.id, row] as const))(
  'row %s applies in its example',
  (_, row) => {
    const assertion = assertionOf(row.holds)

    expect(matchesCategory[row.category](assertion), JSON.stringify(assertion)).toBe(true)
  },
)

test.each(cueRows.map((row) => [row.id, row] as const))(
  'row %s does not hold in its counter-example',
  (_, row) => {
    const assertion = assertionOf(row.fails)

    expect(matchesCategory[row.category](assertion), JSON.stringify(assertion)).toBe(false)
  },
)
