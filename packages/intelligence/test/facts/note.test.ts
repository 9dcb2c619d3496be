import { describe, expect, test } from 'vitest'
import type { Fact, Measurement, Therapy } from '../../src/facts/fact.ts'
import { factsOfNote } from '../../src/facts/facts-of-note.ts'
import { lexicon, noteDay, stages } from './a-lexicon.ts'

const source = { resourceType: 'DocumentReference', resourceId: 'note-1' }

function read(text: string, day = noteDay): readonly Fact[] {
  return factsOfNote(
    stages.readDocument(text),
    { source, day, isOfEncounter: true },
    lexicon,
    day,
    stages,
  )
}

function therapyOf(text: string, conceptId = 'physical-therapy'): Therapy | undefined {
  return read(text).find(
    (one): one is Therapy => one.kind === 'therapy' && one.conceptId === conceptId,
  )
}

describe('a length of time belongs to', () => {
  test.each([
    // Only the therapy.
    ['PT for 8 weeks', 56],
    ['8 weeks of PT', 56],
    ['8 weeks PT', 56],
    ['PT x 8 weeks', 56],
    ['PT (8 weeks)', 56],
    ['Did PT 3x/week for 6 weeks', 42],
    // As ordered, and as done.
    ['PT 3x/week for 6 weeks', undefined],
    ['Completed 6-8 weeks of physical therapy.', 42],
    ['Over the past 3 months she did PT.', 91],
    ['PT from 2/1 to 3/15.', 42],
    ['PT since March', 76],
    ['Started PT 1/5/2026, completed 3/2/2026.', 56],
    ['8 weeks of PT and naproxen', 56],
    ['PT, NSAIDs and HEP for 8 weeks', 56],
    ['PT for 6 weeks and naproxen for 8 weeks', 42],
    ['8 weeks of conservative care including PT and NSAIDs', 56],
    // Less than required.
    ['Completed 2 of 6 weeks of physical therapy.', 14],
    ['Completed half of a 6-week course of physical therapy before stopping.', 21],
    ['Attended 4 of 12 physical therapy visits over 6 weeks, then stopped.', 14],
    ['Did half of her six weeks of PT.', 21],
    ['PT for less than 4 weeks', 0],
    // Required, prescribed, planned.
    [
      'Insurance will not cover the MRI until 6 weeks of physical therapy are completed.',
      undefined,
    ],
    ['Insurer requires 6 weeks of PT.', undefined],
    ['6 weeks of PT are required.', undefined],
    ['Ordered 8 weeks of PT.', undefined],
    ['PT was prescribed for 8 weeks.', undefined],
    ['Recommend 6 weeks of PT.', undefined],
    ['Will do PT for 6 weeks.', undefined],
    ['Has not completed 6 weeks of PT.', undefined],
    ['Unable to complete 6 weeks of PT.', undefined],
    ['Follow up in 6 weeks after PT.', undefined],
    ['PT, ordered for 8 weeks, completed 6 weeks.', 42],
    ['Completed the prescribed 6 weeks of PT.', 42],
    ['Completed PT as ordered for 6 weeks.', 42],
    // Something else.
    ['Pain for 8 weeks, tried PT.', undefined],
    ['Low back pain for 2 years despite PT.', undefined],
    ['Symptoms x 8 weeks. PT failed.', undefined],
    ['PT twice a week', undefined],
    ['62-year-old did PT', undefined],
    ['3 year history of back pain, PT for 6 weeks', 42],
    ['PT for 6 weeks, pain for 3 years', 42],
    ['70% relief for 3 months from PT', undefined],
    ['MRI 3 weeks ago, PT for 6 weeks', 42],
    // The next sentence.
    ['Went to PT. She attended 2 weeks.', 14],
    ['PT was ordered but she completed 2 weeks.', 14],
  ] as const)('%s', (text, days) => {
    expect(therapyOf(text)?.lastedDays).toBe(days)
  })

  test('is shared by every member of a list', () => {
    const all = read('PT, NSAIDs and HEP for 8 weeks')

    expect(all.map((one) => one.kind === 'therapy' && [one.conceptId, one.lastedDays])).toEqual([
      ['physical-therapy', 56],
      ['nsaid', 56],
      ['home-exercise', 56],
    ])
  })

  test('gives a finding its onset', () => {
    const [pain] = read('Low back pain x 3 weeks.')

    expect(pain).toMatchObject({
      kind: 'finding',
      lastingDays: 21,
      onset: { first: '2026-05-22', last: '2026-05-28' },
    })
  })
})

describe('the course of a therapy', () => {
  test.each([
    ['Started PT in March.', { start: { first: '2026-03-01', last: '2026-03-31' } }],
    ['Completed PT 3/2/2026.', { end: { first: '2026-03-02', last: '2026-03-02' } }],
    [
      'ESI 4/1/2026.',
      {
        start: { first: '2026-04-01', last: '2026-04-01' },
        end: { first: '2026-04-01', last: '2026-04-01' },
      },
      'epidural-injection',
    ],
    ['Two epidural injections.', { sessions: 2 }, 'epidural-injection'],
    ['PT 12 visits.', { sessions: 12 }],
    ['Attended 4 of 12 PT visits.', { sessions: 4 }],
    ['Naproxen 500 mg bid for 6 weeks.', { dose: '500 mg', lastedDays: 42 }, 'naproxen'],
    ['PT failed.', { outcome: 'failed' }],
    ['Failed PT.', { outcome: 'failed' }],
    ['Failed PT and naproxen.', { outcome: 'failed' }, 'naproxen'],
    ['PT without relief.', { outcome: 'failed' }],
    ['PT did not help.', { outcome: 'failed' }],
    ['No improvement with PT.', { outcome: 'failed' }],
    ['Pain persists despite PT.', { outcome: 'failed' }],
    ['PT helped.', { outcome: 'helped' }],
    ['PT failed, naproxen helped.', { outcome: 'failed' }],
    ['PT failed, naproxen helped.', { outcome: 'helped' }, 'naproxen'],
    ['Could not tolerate naproxen.', { outcome: 'not_tolerated' }, 'naproxen'],
    ['Naproxen stopped due to nausea.', { outcome: 'not_tolerated' }, 'naproxen'],
    ['Tried PT. It did not help.', { outcome: 'failed' }],
    ['Tried PT. No relief.', { outcome: 'failed' }],
    [
      'ESI gave 70% relief for 3 months.',
      { reliefPercent: 70, reliefDays: 91 },
      'epidural-injection',
    ],
    ['50-60% improvement after ESI.', { reliefPercent: 50 }, 'epidural-injection'],
    ['ESI. Pain reduced by 80%.', { reliefPercent: 80 }, 'epidural-injection'],
  ] as const)('%s', (text, expected, conceptId?: string) => {
    expect(therapyOf(text, conceptId)).toMatchObject(expected)
  })

  test.each([
    'Failed to attend PT.',
    'PT with some relief.',
    'PT to help with pain.',
    'If no improvement, PT.',
    'PT helped initially.',
  ])('says nothing about the outcome: %s', (text) => {
    expect(therapyOf(text)?.outcome).toBeUndefined()
  })

  test('quotes both sentences if the second states the outcome', () => {
    const text = 'Tried PT. It did not help.'

    const { from } = therapyOf(text) ?? {}
    expect(from?.kind === 'note' && text.slice(from.quote.start, from.quote.end)).toBe(text)
  })

  test.each([
    ['# Therapy | Start | End\nPT | 1/5/2026 | 3/2/2026', 56],
    ['# Therapy | Duration\nPT | 8 weeks', 56],
    ['# Therapy | Weeks\nPT | 8', 56],
    ['# Therapy | Weeks ordered\nPT | 8', undefined],
    ['PT | 8 weeks | no relief', 56],
  ] as const)('is read from a row: %s', (text, days) => {
    expect(therapyOf(text)?.lastedDays).toBe(days)
  })
})

describe('the place of a fact', () => {
  test.each([
    ['Right knee osteoarthritis.', 'osteoarthritis', ['knee'], 'right'],
    ['Weakness of the left leg.', 'weakness', ['leg'], 'left'],
    [
      'PT for the neck, MRI of the lumbar spine.',
      'physical-therapy',
      ['cervical-spine'],
      undefined,
    ],
    ['PT for the neck, MRI of the lumbar spine.', 'mri', ['lumbar-spine'], undefined],
    ['MRI of the cervical and lumbar spine.', 'mri', ['cervical-spine', 'lumbar-spine'], undefined],
    ['Right knee replaced, left knee pain.', 'knee-pain', ['knee'], 'left'],
    ['Left knee:\nPT for 6 weeks.', 'physical-therapy', ['knee'], 'left'],
    ['Low back pain treated with PT.', 'physical-therapy', ['lumbar-spine'], undefined],
    ['L foot drop.', 'foot-drop', ['foot'], 'left'],
    ['Weakness and numbness of the right leg.', 'weakness', ['leg'], 'right'],
  ] as const)('%s', (text, conceptId, sites, side) => {
    const fact = read(text).find((one) => one.conceptId === conceptId)

    expect([fact?.sites, fact?.side]).toEqual([sites, side])
  })

  test.each([
    'Right knee osteoarthritis, left hip weakness.',
    'L foot drop.',
    'Weakness of the right leg for 3 weeks.',
    'PT for the left knee; right knee replaced.',
  ])('changes its side with the text: %s', (text) => {
    const swapped = text.replaceAll(
      /\b(left|right|L|R)\b/gi,
      (side) => ({ left: 'right', right: 'left', l: 'R', r: 'L' })[side.toLowerCase()] ?? side,
    )
    const other = { left: 'right', right: 'left', both: 'both' } as const

    expect(read(swapped).map((one) => one.side)).toEqual(
      read(text).map((one) => (one.side === undefined ? undefined : other[one.side])),
    )
  })
})

function measured(text: string): readonly string[] {
  return read(text)
    .filter((one): one is Measurement => one.kind === 'measurement')
    .map((one) =>
      [
        one.conceptId,
        `${one.comparator ?? ''}${one.value}${one.high === undefined ? '' : `-${one.high}`}${one.outOf === undefined ? '' : `/${one.outOf}`}`,
        one.unit,
        ...one.conditions,
        one.day?.first,
        one.isEarlier === true ? 'earlier' : undefined,
      ]
        .filter((part) => part !== undefined)
        .join(' '),
    )
}

describe('a measurement', () => {
  test.each([
    ['EF 35%', ['ejection-fraction 35 %']],
    ['EF of 35%', ['ejection-fraction 35 %']],
    ['LVEF was 35-40%', ['ejection-fraction 35-40 %']],
    ['EF 55% to 60%', ['ejection-fraction 55-60 %']],
    ['EF: 35', ['ejection-fraction 35']],
    ['EF <35%', ['ejection-fraction <35 %']],
    ['EF less than 35%', ['ejection-fraction <35 %']],
    ['EF is estimated at approximately 30%', ['ejection-fraction 30 %']],
    ['35% EF', ['ejection-fraction 35 %']],
    ['EF 2026', []],
    ['EF 35% on 3/2/2026', ['ejection-fraction 35 % 2026-03-02']],
    ['EF on 3/2/2026 was 35%', ['ejection-fraction 35 % 2026-03-02']],
    ['BMI 32.1 kg/m2', ['body-mass-index 32.1 kg/m2']],
    ['BMI 32.1', ['body-mass-index 32.1']],
    ['a BMI of 41', ['body-mass-index 41']],
    ['BMI discussed with 3 providers', []],
    ['SpO2 88% on room air', ['oxygen-saturation 88 % room-air']],
    ['Resting SpO2 88%', ['oxygen-saturation 88 % at-rest']],
    [
      'SpO2 94% at rest, 86% with ambulation',
      ['oxygen-saturation 94 % at-rest', 'oxygen-saturation 86 % exertion'],
    ],
    ['SpO2 86% on room air at rest', ['oxygen-saturation 86 % room-air at-rest']],
    ['HR 72, SpO2 88%, BMI 34.2', ['oxygen-saturation 88 %', 'body-mass-index 34.2']],
    ['AHI 32.5 events/hr', ['apnea-hypopnea-index 32.5 /h']],
    ['AHI 32/h', ['apnea-hypopnea-index 32 /h']],
    ['AHI was 32', ['apnea-hypopnea-index 32']],
    ['AHI < 5 on CPAP', []],
    ['AHI 3.2 on CPAP', ['apnea-hypopnea-index 3.2 cpap']],
    ['An AHI of 30 or more means severe sleep apnea', []],
    ['Normal AHI is less than 5', []],
    ['Hct 54%', ['hematocrit 54 %']],
    ['Pain 8/10', ['pain-score 8/10']],
    ['8/10 pain', ['pain-score 8/10']],
    ['pain 7-8/10', ['pain-score 7-8/10']],
    ['pain rated 8 out of 10', ['pain-score 8/10']],
    ['pain for 8 weeks', []],
    ['pain after 20 minutes of walking', []],
    ['ODI 42%', ['odi 42 %']],
    ['ODI 42/100', ['odi 42/100']],
    ['Epworth 14/24', ['epworth 14/24']],
    ['Goal LEFS 60', []],
    ['LEFS goal 60', []],
    ['LEFS 42 (goal 60)', ['lefs 42']],
    ['LEFS improved from 42 to 58', ['lefs 42 earlier', 'lefs 58']],
    ['LEFS 42 → 58', ['lefs 42 earlier', 'lefs 58']],
    ['LEFS 58, previously 42', ['lefs 58', 'lefs 42 earlier']],
    ['LEFS 42 to 58', ['lefs 42-58']],
    ['# Test | Result | Reference\nHct | 54% | 40-50', ['hematocrit 54 %']],
    [
      '# Score | 03/02/2026 | 06/01/2026\nLEFS | 42 | 58',
      ['lefs 42 2026-03-02', 'lefs 58 2026-06-01'],
    ],
    ['# Score | Prior | Current\nODI | 52 | 44', ['odi 52 earlier', 'odi 44']],
  ] as const)('%s', (text, expected) => {
    expect(measured(text)).toEqual(expected)
  })
})

describe('a study', () => {
  test.each([
    ['MRI lumbar spine 03/02/2026 showed radiculopathy.', '2026-03-02', true],
    ['MRI 3 weeks ago.', '2026-05-22', false],
    ['MRI ordered.', undefined, false],
    ['On 3/2/2026 MRI; on 4/1/2026 ESI.', '2026-03-02', false],
  ] as const)('%s', (text, first, hasResult) => {
    const study = read(text).find((one) => one.kind === 'study')

    expect(study?.kind === 'study' && [study.day?.first, study.hasResult]).toEqual([
      first,
      hasResult,
    ])
  })
})

describe('what the patient can do', () => {
  test.each([
    ['Unable to climb stairs.', 'limited'],
    ['Difficulty climbing stairs.', 'limited'],
    ['No difficulty climbing stairs.', 'unlimited'],
    ['Walks only with a cane.', 'limited'],
    ['Able to walk.', 'unlimited'],
    ['Independent with walking.', 'unlimited'],
    ['Not independent with walking.', 'limited'],
    ['Discussed walking.', 'not_stated'],
  ] as const)('%s', (text, limit) => {
    const fact = read(text).find((one) => one.kind === 'function')

    expect(fact?.kind === 'function' && fact.limit).toBe(limit)
  })
})

describe('every fact', () => {
  const text =
    'Low back pain x 3 weeks. Tried PT for 6 weeks. No relief. EF 35% on 3/2/2026. MRI 3 weeks ago.\n# Therapy | Weeks\nNaproxen 500 mg | 8'

  test('has its spans within its quote', () => {
    for (const { from } of read(text))
      for (const span of from.kind === 'note' ? from.spans : []) {
        expect(from.kind === 'note' && from.quote.start <= span.start).toBe(true)
        expect(from.kind === 'note' && span.end <= from.quote.end).toBe(true)
      }
  })

  test.each([
    'Tried PT for 6 weeks. ',
    'SpO2 88% on room air, ',
    'left knee pain for 3 weeks and ',
    'EF 35% ',
    'no relief ',
  ])('of a line of one megabyte is read in linear time: %s', (piece) => {
    const line = piece.repeat(Math.ceil(100_000 / piece.length))

    expect(read(line).length).toBeGreaterThanOrEqual(0)
  })
})
