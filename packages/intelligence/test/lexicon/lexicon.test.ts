import { expect, test } from 'vitest'
import { aDocument } from '../modifiers/a-unit.ts'
import { aLexicon } from './a-lexicon.ts'

function found(text: string): readonly string[] {
  return aLexicon
    .findIn(text)
    .filter(({ conceptId }) => aLexicon.get(conceptId)?.kind !== 'site')
    .map(
      ({ conceptId, start, end, denied }) =>
        `${conceptId}${denied ? ' denied' : ''}: ${text.slice(start, end)}`,
    )
}

const wordings: readonly (readonly [string, readonly string[]])[] = [
  // Inflection, hyphens, spelling.
  ['Falls at home', ['fall: Falls']],
  ['She fell twice', ['fall: fell']],
  ['xray, x-ray and X RAYS', ['radiograph: xray', 'radiograph: x-ray', 'radiograph: X RAYS']],
  ['non-steroidal anti-inflammatory', ['nsaid: non-steroidal anti-inflammatory']],
  ['oedema of both feet', ['edema: oedema']],
  ['saddle anaesthesia', ['saddle-anesthesia: saddle anaesthesia']],
  ['herniated disk', ['disc-herniation: herniated disk']],
  // Order and gaps.
  ['weakness of the left leg', ['leg-weakness: weakness of the left leg']],
  [
    'weakness and numbness in both legs',
    ['leg-weakness: weakness and numbness in both legs', 'numbness: numbness'],
  ],
  ['leg weakness', ['leg-weakness: leg weakness']],
  ['weakness not of the leg', ['weakness: weakness']],
  ['weakness, but the leg is fine', ['weakness: weakness']],
  ['went back to pain clinic', ['pain: pain']],
  // The longest match wins.
  ['low back pain', ['low-back-pain: low back pain']],
  ['epidural steroid injection', ['epidural-steroid-injection: epidural steroid injection']],
  // Guards.
  ['PT says he is fine after two weeks', []],
  ['PT x8', ['physical-therapy: PT']],
  ['six weeks of PT', ['physical-therapy: PT']],
  ['PT was late', []],
  ['RA of both hands', ['rheumatoid-arthritis: RA']],
  ['SpO2 88 on RA, which is room air', []],
  ['ra of both hands', []],
  ['MS with plaques', ['multiple-sclerosis: MS']],
  ['MS contin', []],
  ['blurred vision from MS', ['vision-loss: blurred vision']],
  ['HAs daily', ['headache: HAs']],
  ['Has daily pain', ['pain: pain']],
  // Observables with a value.
  ['gait steady', ['gait-abnormality denied: gait steady']],
  ['Gait: antalgic', ['gait-abnormality: Gait: antalgic']],
  [
    'unsteady gait, speech fluent',
    ['gait-abnormality: unsteady gait', 'speech-abnormality denied: speech fluent'],
  ],
  [
    'speech and vision are normal',
    [
      'speech-abnormality denied: speech and vision are normal',
      'vision-loss denied: vision are normal',
    ],
  ],
  ['trouble with his bladder', ['bladder-dysfunction: trouble with his bladder']],
  ['bladder not affected', ['bladder-dysfunction denied: bladder not affected']],
  ['bladder scan', ['bladder-function: bladder']],
]

test.each(wordings)('finds the concepts in "%s"', (text, expected) => {
  expect(found(text)).toEqual(expected)
})

const levels = [
  ['L4-5', 'lumbar-spine'],
  ['L4/L5', 'lumbar-spine'],
  ['L5-S1', 'lumbar-spine'],
  ['C5-6', 'cervical-spine'],
  ['T12', 'thoracic-spine'],
] as const

test.each(levels)('treats the level %s as part of %s', (level, site) => {
  expect(aLexicon.findIn(`narrowing at ${level}`).map(({ conceptId }) => conceptId)).toEqual([site])
})

test('distinguishes the T2 signal of an MRI from the vertebra', () => {
  expect(aLexicon.findIn('T2 hyperintense focus')).toEqual([])
})

test('finds wider concepts over several steps', () => {
  expect(aLexicon.isA('lumbar-spine', 'spine')).toBe(true)
  expect(aLexicon.isA('spine', 'lumbar-spine')).toBe(false)
  expect(aLexicon.isA('naproxen', 'nsaid')).toBe(true)
})

test('finds the concept of the question if the unit is its answer', () => {
  const document = aDocument(['No.'], { lead: 'Any fever?' })

  const mentions = aLexicon.find(document, document.units[0]!)

  expect(mentions).toEqual([{ conceptId: 'fever', start: 4, end: 9 }])
})

test('lets a guard inspect the line above a unit', () => {
  const document = aDocument(['PT helped'], { lead: 'Home exercise and therapies:' })

  const mentions = aLexicon.find(document, document.units[0]!)

  expect(mentions.map(({ conceptId }) => conceptId)).toEqual(['physical-therapy'])
})
