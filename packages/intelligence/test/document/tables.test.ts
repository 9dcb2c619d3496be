import { describe, expect, it } from 'vitest'
import type { NoteDocument, Span } from '../../src/document/note-document.ts'
import { textOf } from '../../src/document/note-document.ts'
import { readDocument } from '../../src/document/read-document.ts'

const wordsOf = (document: NoteDocument, span: Span) =>
  textOf(document, span).replaceAll(/\s+/g, ' ').trim()

/** Each unit as "leads > text = polarity". */
function unitsOf(lines: readonly string[]): readonly string[] {
  const document = readDocument(lines.join('\n'))
  return document.units.map((unit) =>
    [
      ...unit.leads.map((lead) => `${wordsOf(document, lead)} > `),
      wordsOf(document, unit),
      unit.polarity === undefined ? '' : ` = ${unit.polarity}`,
    ].join(''),
  )
}

/** Each row's cells as "header: text". */
function cellsOf(lines: readonly string[]): readonly string[] {
  const document = readDocument(lines.join('\n'))
  return document.units.map(({ cells = [] }) =>
    cells
      .map((cell) =>
        [
          cell.header === undefined ? '' : `${wordsOf(document, cell.header)}: `,
          wordsOf(document, cell),
        ].join(''),
      )
      .join('; '),
  )
}

describe('a table of answers', () => {
  it.each([
    [
      'asks for the symptom and not for its system',
      [
        'System     Symptom          Yes   No',
        'Neuro      headache         X',
        'Neuro      weak arm               X',
        'Neuro      memory           ?     ?    (husband "maybe")',
      ],
      [
        'Neuro > headache = yes',
        'Neuro > weak arm = no',
        'Neuro > memory = unknown',
        'Neuro > memory > husband "maybe" = unknown',
      ],
    ],
    [
      'reads rows with boxes and colons that the gateway wrote under a header',
      [
        '| Symptom | Yes | No |',
        '|---|---|---|',
        '[x] Fever',
        '[ ] Chills',
        'Cough: no',
        'Rash: mild',
        'Night sweats: yes',
      ],
      [
        'Fever = unknown',
        'Chills = unmarked',
        'Cough = no',
        'Rash: mild = unknown',
        'Night sweats = yes',
      ],
    ],
    [
      'takes a name in capitals alone in its line for the group of the rows below',
      ['System     Symptom          Yes   No', 'NEURO', 'headache                    X'],
      ['NEURO > headache = yes'],
    ],
    [
      'leaves numbers of questions out',
      [
        '| # | Question | Yes | No |',
        '|---|---|---|---|',
        '| 1 | Fever | | X |',
        '| 2 | Chills | X | |',
      ],
      ['Fever = no', 'Chills = yes'],
    ],
    [
      'has one column for the answer, whatever it is called',
      [
        'Condition          Present?',
        'Diabetes           no',
        'Stroke             no   (mother had a stroke)',
        'Hypertension       not settled (144/90 at dentist)',
        'Gout               yes, since May',
      ],
      [
        'Diabetes = no',
        'Stroke = no',
        'Stroke > mother had a stroke',
        'Hypertension = unknown',
        'Hypertension > 144/90 at dentist = unknown',
        'Gout yes, since May = yes',
      ],
    ],
    [
      'has texts for answers, which the words decide',
      [
        '| Question | Answer |',
        '|---|---|',
        '| Walking | crutches, pain at night |',
        '| Therapy | none, not appropriate |',
        '| Injection / brace | no / no |',
      ],
      [
        'Walking: crutches, pain at night',
        'Therapy = no',
        'Therapy > not appropriate',
        'Injection / brace = no',
      ],
    ],
  ] as const)('%s', (_, lines, expected) => {
    expect(unitsOf(lines)).toEqual(expected)
  })
})

describe('a table of values', () => {
  it.each([
    [
      'is known by figures under words, each below its name',
      [
        'Study              Date          AHI     Nadir',
        'Polysomnogram      10/14/2024    8.4     86 %',
      ],
      ['Study: Polysomnogram; Date: 10/14/2024; AHI: 8.4; Nadir: 86 %'],
    ],
    [
      'has dates on a second line of its heading',
      [
        'Measure            Before      2 weeks    today',
        '                   03/05       03/19      06/15',
        'Leg pain 0-10      8           5          8',
        'ODI                44          36         46',
      ],
      [
        'Measure: Leg pain 0-10; 03/05: 8; 03/19: 5; 06/15: 8',
        'Measure: ODI; 03/05: 44; 03/19: 36; 06/15: 46',
      ],
    ],
    [
      'has rows of two lines',
      [
        'Date         Film                      Reading',
        '01/15/26     x-ray R hip               screw cut out',
        '05/28/26     CT R hip                  nonunion, joint gone,',
        '                                       bone on bone',
        '06/01/26     MRI                       same',
      ],
      [
        'Date: 01/15/26; Film: x-ray R hip; Reading: screw cut out',
        'Date: 05/28/26; Film: CT R hip; Reading: nonunion, joint gone, bone on bone',
        'Date: 06/01/26; Film: MRI; Reading: same',
      ],
    ],
  ] as const)('%s', (_, lines, expected) => {
    expect(cellsOf(lines)).toEqual(expected)
  })

  it('reads a result with its test', () => {
    expect(
      unitsOf([
        '| Screening | date | result |',
        '|---|---|---|',
        '| HBsAg | 05/19/2026 | negative |',
      ]),
    ).toEqual(['HBsAg 05/19/2026 negative'])
  })

  it.each([
    ['names before their answers', 'Fever | no | Chills | yes', ['Fever = no', 'Chills = yes']],
    ['answers before their names', 'no | Fever | yes | Chills', ['Fever = no', 'Chills = yes']],
    [
      'one name, its answer and a comment',
      'Fever | no | since Monday',
      ['Fever = no', 'Fever > since Monday'],
    ],
  ])('reads a row without a header: %s', (_what, line, expected) => {
    expect(unitsOf([line])).toEqual(expected)
  })

  it('applies a lone answer to its row', () => {
    expect(
      unitsOf([
        '| Drug | begun | remark |',
        '|---|---|---|',
        '| methotrexate | 04/2026 | fine |',
        '| biologic | none so far | |',
      ]),
    ).toEqual(['methotrexate | 04/2026 | fine', 'biologic = no'])
  })

  it('asserts nothing about a key beside "never"', () => {
    expect(
      unitsOf(['| History | |', '|---|---|', '| Stroke | never |', '| Heart | father MI at 58 |']),
    ).toEqual(['Stroke = no', 'Heart | father MI at 58'])
  })

  it('reads right and left separately', () => {
    expect(
      unitsOf([
        '| Test | Right | Left |',
        '|---|---|---|',
        '| Effusion | large | none |',
        '| McMurray | negative | negative |',
      ]),
    ).toEqual([
      'Right > Effusion large',
      'Left > Effusion > none = no',
      'Right > McMurray = no',
      'Left > McMurray > negative = no',
    ])
  })

  it('ends where its markup ends', () => {
    const source =
      '<table><tr><th>Item</th><th>Today</th></tr><tr><td>Weight</td><td>80 kg</td></tr></table><ul><li>MRI 11/2024: normal</li></ul>'

    expect(readDocument(source).units.map(({ kind }) => kind)).toEqual(['row', 'pair'])
  })
})

describe('a review of systems with columns for present and absent findings', () => {
  it.each([
    ['+', '-'],
    ['(+)', '(-)'],
    ['+', '–'],
    ['Positive', 'Negative'],
    ['Pos', 'Neg'],
    ['YES', 'NO'],
    ['Present', 'Absent'],
  ])('%s and %s', (there, absent) => {
    const text = [
      `ROS             ${there.padEnd(30)} ${absent}`,
      'Const           fatigue                        fever, sweats',
      'Resp                                           cough',
      'Skin            spider veins                   ulcers',
    ].join('\n')

    const { units } = readDocument(text)

    expect(units.map(({ start, end, polarity }) => [text.slice(start, end), polarity])).toEqual([
      ['fatigue', 'yes'],
      ['fever, sweats', 'no'],
      ['cough', 'no'],
      ['spider veins', 'yes'],
      ['ulcers', 'no'],
    ])
  })
})
