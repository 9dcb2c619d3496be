import type { LayoutPolarity } from '../../src/document/note-document.ts'

/**
 * The text of a form with what its layout says about each term. `words`: nothing; the wording of the unit
 * decides.
 */
export interface Variant {
  readonly name: string
  readonly text: string
  readonly expected: Readonly<Record<string, LayoutPolarity | 'words'>>
}

type Said = 'yes' | 'no' | 'unmarked'

const terms = ['Fever', 'Leg weakness', 'Saddle numbness', 'Weight loss'] as const
const patterns: readonly (readonly Said[])[] = [
  ['no', 'yes', 'no', 'unmarked'],
  ['yes', 'unmarked', 'yes', 'no'],
  ['unmarked', 'no', 'no', 'yes'],
]

interface Layout {
  readonly name: string
  /** The lines of the form for these terms and their answers. */
  readonly lines: (rows: readonly (readonly [term: string, said: Said])[]) => readonly string[]
  /** What the layout cannot express: a yes or no that stays open. */
  readonly reads?: (said: Said) => LayoutPolarity | 'words'
}

const tick = (is: boolean, [on, off]: readonly [string, string] = ['[x]', '[ ]']) => (is ? on : off)
const each =
  (line: (term: string, said: Said) => string) =>
  (rows: readonly (readonly [string, Said])[]): readonly string[] =>
    rows.map(([term, said]) => line(term, said))
const marks = [
  ['[x]', '[ ]'],
  ['[X]', '[]'],
  ['☑', '☐'],
  ['☒', '☐'],
  ['(x)', '( )'],
  ['_X_', '___'],
  ['[✓]', '[ ]'],
] as const

const boxes: readonly Layout[] = marks.flatMap((pair): readonly Layout[] => [
  {
    name: `label, boxes before Yes and No (${pair[0]})`,
    lines: each(
      (term, said) => `${term}: ${tick(said === 'yes', pair)} Yes ${tick(said === 'no', pair)} No`,
    ),
  },
  {
    name: `label, boxes behind Yes and No (${pair[0]})`,
    lines: each(
      (term, said) => `${term} Yes ${tick(said === 'yes', pair)} No ${tick(said === 'no', pair)}`,
    ),
  },
  {
    name: `No before Yes (${pair[0]})`,
    lines: each(
      (term, said) => `${term}  ${tick(said === 'no', pair)} No  ${tick(said === 'yes', pair)} Yes`,
    ),
  },
  {
    name: `answers before the label (${pair[0]})`,
    lines: each(
      (term, said) => `${tick(said === 'yes', pair)} Yes ${tick(said === 'no', pair)} No ${term}`,
    ),
  },
  {
    name: `two columns of questions (${pair[0]})`,
    lines: (rows) => {
      const cell = (at: number) => {
        const [term = '', said = 'unmarked'] = rows[at] ?? []
        return `${term.padEnd(18)}${tick(said === 'yes', pair)} Yes ${tick(said === 'no', pair)} No`
      }
      return [`${cell(0)}     ${cell(1)}`, `${cell(2)}     ${cell(3)}`]
    },
  },
])

const oneBox = (said: Said): LayoutPolarity => (said === 'yes' ? 'yes' : 'unmarked')
const options: readonly Layout[] = [
  {
    name: 'a box before each',
    lines: each((term, said) => `${tick(said === 'yes')} ${term}`),
    reads: oneBox,
  },
  {
    name: 'a box behind each',
    lines: each((term, said) => `${term} ${tick(said === 'yes')}`),
    reads: oneBox,
  },
  {
    name: 'an item with a box',
    lines: each((term, said) => `- ${tick(said === 'yes')} ${term}`),
    reads: oneBox,
  },
  {
    name: 'boxes before, in one line',
    lines: (rows) => [rows.map(([term, said]) => `${tick(said === 'yes')} ${term}`).join(' ')],
    reads: oneBox,
  },
  {
    name: 'boxes behind, in two columns',
    lines: (rows) => [rows.map(([term, said]) => `${term} ${tick(said === 'yes')}`).join('     ')],
    reads: oneBox,
  },
  {
    name: 'boxes under "check all that apply"',
    lines: (rows) => [
      'Check all that apply:',
      ...rows.map(([term, said]) => `${tick(said === 'yes')} ${term}`),
    ],
    reads: (said) => (said === 'yes' ? 'yes' : 'no'),
  },
  {
    name: 'boxes over "none of the above"',
    lines: (rows) => [...rows.map(([term]) => `[ ] ${term}`), '[x] None of the above'],
    reads: () => 'no',
  },
  {
    name: 'boxes of which the side is not known',
    lines: (rows) => [
      rows
        .map(([term, said]) => `${tick(said === 'yes')} ${term}`)
        .join(' ')
        .concat(' [ ]'),
    ],
    reads: () => 'unknown',
  },
]

const answer = (said: Said, [yes, no]: readonly [string, string]) =>
  said === 'yes' ? yes : said === 'no' ? no : ''
const pairs: readonly Layout[] = [
  ...(
    [
      ['Yes', 'No'],
      ['Y', 'N'],
      ['Positive', 'Negative'],
      ['present', 'not present'],
      ['reports', 'denies'],
      ['YES.', 'NONE.'],
    ] as const
  ).flatMap((words): readonly Layout[] => [
    {
      name: `a colon (${words[1]})`,
      lines: each((term, said) => `${term}: ${answer(said, words)}`),
    },
    {
      name: `spaces (${words[1]})`,
      lines: (rows) =>
        rows
          .filter(([, said]) => said !== 'unmarked')
          .map(([term, said]) => `${term.padEnd(20)}${answer(said, words)}`),
    },
  ]),
  {
    name: 'dotted leaders',
    lines: each((term, said) => `${term} ........ ${answer(said, ['Yes', 'No'])}`),
  },
  {
    name: 'a tab',
    lines: (rows) =>
      rows
        .filter(([, said]) => said !== 'unmarked')
        .map(([term, said]) => `${term}\t${answer(said, ['Yes', 'No'])}`),
  },
  {
    name: 'questions',
    lines: each((term, said) => `Any ${term}? ${answer(said, ['Yes', 'No'])}`),
  },
  {
    name: 'the answer on the next line',
    lines: (rows) =>
      rows
        .filter(([, said]) => said !== 'unmarked')
        .flatMap(([term, said]) => [`${term}:`, answer(said, ['Yes', 'No'])]),
  },
  {
    name: 'a ringed letter',
    lines: each(
      (term, said) =>
        `${term}  ${tick(said === 'yes', ['(Y)', 'Y'])} / ${tick(said === 'no', ['(N)', 'N'])}`,
    ),
  },
  {
    name: 'pairs in one line',
    lines: (rows) => [
      rows
        .filter(([, said]) => said !== 'unmarked')
        .map(([term, said]) => `${term}: ${answer(said, ['Yes', 'No'])}`)
        .join(', '),
    ],
  },
]

const orders = [
  ['label', 'yes', 'no'],
  ['label', 'no', 'yes'],
  ['yes', 'no', 'label'],
  ['no', 'yes', 'label'],
] as const
const headings = { label: 'Symptom', yes: 'Yes', no: 'No' } as const
const tables: readonly Layout[] = orders.flatMap((order): readonly Layout[] => {
  const cell = (column: (typeof order)[number], term: string, said: Said, mark: string) =>
    column === 'label' ? term : column === said ? mark : ''
  return [
    ...['X', 'x', '✓', '[x]'].map(
      (mark): Layout => ({
        name: `pipes, ${order.join(' ')}, ${mark}`,
        lines: (rows) => [
          `| ${order.map((one) => headings[one]).join(' | ')} |`,
          '|---|---|---|',
          ...rows.map(
            ([term, said]) => `| ${order.map((one) => cell(one, term, said, mark)).join(' | ')} |`,
          ),
        ],
      }),
    ),
    {
      name: `spaces, ${order.join(' ')}`,
      lines: (rows) => [
        order
          .map((one) => headings[one].padEnd(one === 'label' ? 20 : 8))
          .join('')
          .trimEnd(),
        ...rows.map(([term, said]) =>
          order
            .map((one) => cell(one, term, said, ' X').padEnd(one === 'label' ? 20 : 8))
            .join('')
            .trimEnd(),
        ),
      ],
    },
    {
      name: `tabs, ${order.join(' ')}`,
      lines: (rows) => [
        order.map((one) => headings[one]).join('\t'),
        ...rows.map(([term, said]) => order.map((one) => cell(one, term, said, 'X')).join('\t')),
      ],
    },
    {
      name: `HTML, ${order.join(' ')}`,
      lines: (rows) => [
        `<table><tr>${order.map((one) => `<th>${headings[one]}</th>`).join('')}</tr>`,
        ...rows.map(
          ([term, said]) =>
            `<tr>${order.map((one) => `<td>${cell(one, term, said, 'X')}</td>`).join('')}</tr>`,
        ),
        '</table>',
      ],
    },
  ]
})
const otherTables: readonly Layout[] = [
  {
    name: 'groups side by side',
    lines: (rows) => {
      const half = (at: number) => {
        const [term = '', said = 'unmarked'] = rows[at] ?? []
        return `${term.padEnd(16)}${tick(said === 'yes', [' X', '']).padEnd(6)}${tick(said === 'no', ['X', '']).padEnd(4)}`
      }
      const heading = `${'Symptom'.padEnd(16)}${'Yes'.padEnd(6)}${'No'.padEnd(4)}`
      return [`${heading}| ${heading}`, `${half(0)}| ${half(1)}`, `${half(2)}| ${half(3)}`]
    },
  },
  {
    name: 'an answer column',
    lines: (rows) => [
      'Symptom | Answer',
      ...rows.map(([term, said]) => `${term} | ${answer(said, ['Yes', 'No'])}`),
    ],
  },
  {
    name: 'pairs of cells without a heading',
    lines: (rows) => [
      rows
        .filter(([, said]) => said !== 'unmarked')
        .map(([term, said]) => `${term} | ${answer(said, ['Yes', 'No'])}`)
        .join(' | '),
    ],
  },
  {
    name: 'marks under no heading',
    lines: (rows) =>
      rows
        .filter(([, said]) => said !== 'unmarked')
        .map(([term, said]) => `${term} | ${answer(said, ['x | ', ' | x'])}`),
    reads: () => 'unknown',
  },
  {
    name: 'bare names in a review of systems',
    lines: (rows) => ['REVIEW OF SYSTEMS', ...rows.map(([term]) => term)],
    reads: () => 'unknown',
  },
  {
    name: 'names of findings over their answers',
    lines: (rows) => {
      const answered = rows.filter(([, said]) => said !== 'unmarked')
      return [
        answered.map(([term]) => term).join(' | '),
        answered.map(([, said]) => answer(said, ['Yes', 'No'])).join(' | '),
      ]
    },
  },
]

/** Layout × polarity × column order. A term that a layout omits is not expected. */
export function layoutVariants(): readonly Variant[] {
  return [...boxes, ...options, ...pairs, ...tables, ...otherTables].flatMap(
    ({ name, lines, reads }) =>
      patterns.map((pattern): Variant => {
        const rows = terms.map((term, index) => [term, pattern[index] ?? 'unmarked'] as const)
        const text = lines(rows).join('\n')
        const expected = rows
          .filter(([term]) => text.includes(term))
          .map(([term, said]) => [term, reads?.(said) ?? said] as const)
        return {
          name: `${name}: ${pattern.join(', ')}`,
          text,
          expected: Object.fromEntries(expected),
        }
      }),
  )
}
