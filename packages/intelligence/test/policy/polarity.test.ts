import { describe, expect, it } from 'vitest'
import { polarityOf } from '../../src/answers/polarity.ts'
import type { Rule } from '../../src/policy/policy.ts'

const by = { source: 's' }
const year = { value: 12, unit: 'months', ...by } as const
const own = { criterion: 'it' } as const
const other = { criterion: 'other' } as const

/** What `it` helps, by its position in the rule. */
const rows: readonly (readonly [string, Rule, Rule, yes: boolean, no: boolean])[] = [
  ['in what every request needs', own, other, true, false],
  ['under unless in what every request needs', { unless: own }, other, false, true],
  ['in a pathway', other, own, true, false],
  ['under unless in a pathway', other, { unless: own }, false, true],
  ['under unless twice', other, { unless: { unless: own } }, true, false],
  ['under unless of several', { unless: { any: [own, other] } }, other, false, true],
  [
    'for in a pathway, against in what every request needs',
    { unless: own },
    { any: [own, other] },
    true,
    true,
  ],
  ['within a window', other, { criterion: 'it', within: year }, true, false],
  ['as one of several', other, { atLeast: 1, of: [own, other], ...by }, true, false],
  [
    'counted, many wanted',
    other,
    { countOf: 'it', atLeast: { value: 2, ...by }, within: year },
    true,
    false,
  ],
  [
    'counted, few wanted',
    other,
    { countOf: 'it', atMost: { value: 4, ...by }, within: year },
    false,
    true,
  ],
  [
    'counted, many not wanted',
    { unless: { countOf: 'it', atLeast: { value: 2, ...by }, within: year } },
    other,
    false,
    true,
  ],
  [
    'counted both ways',
    other,
    { countOf: 'it', atLeast: { value: 1, ...by }, atMost: { value: 4, ...by }, within: year },
    true,
    true,
  ],
  ['nowhere', other, other, false, false],
]

describe('polarity of a criterion', () => {
  it.each(rows)('%s', (_, always, rule, isMetFavorable, isNotMetFavorable) => {
    const criteria = ['it', 'other'].map((criterionId) => ({ criterionId })) as never
    const polarity = polarityOf({
      criteria,
      always,
      pathways: [{ pathwayId: 'way', label: 'The way', rule }],
    })

    expect(polarity.get('it')).toEqual({ isMetFavorable, isNotMetFavorable })
  })
})
