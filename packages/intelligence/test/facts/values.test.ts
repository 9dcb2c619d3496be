import { describe, expect, test } from 'vitest'
import { addDays } from '../../src/facts/values/calendar.ts'
import { dateAt } from '../../src/facts/values/dates.ts'
import { durationAt, unboundedDays } from '../../src/facts/values/durations.ts'
import { numberOrRangeAt } from '../../src/facts/values/numbers.ts'
import { sidesIn } from '../../src/facts/values/sides.ts'
import type { TimeExpression } from '../../src/facts/values/time-expression.ts'
import { timesIn } from '../../src/facts/values/times.ts'
import { tokensOf } from '../../src/facts/values/tokens.ts'
import { unitAt } from '../../src/facts/values/written-units.ts'
import { lexicon, noteDay } from './a-lexicon.ts'

describe('a number', () => {
  test.each([
    ['6', 6],
    ['12', 12],
    ['2.5', 2.5],
    ['.5', 0.5],
    ['1,200', 1200],
    ['10,000.5', 10000.5],
    ['six', 6],
    ['Twelve', 12],
    ['nineteen', 19],
    ['twenty', 20],
    ['twenty-one', 21],
    ['forty five', 45],
    ['ninety', 90],
    ['a hundred', 100],
    ['two hundred', 200],
    ['a dozen', 12],
    ['half a dozen', 6],
    ['a half dozen', 6],
    ['two dozen', 24],
    ['a couple of', 2],
    ['couple', 2],
    ['half a', 0.5],
    ['½', 0.5],
    ['2½', 2.5],
    ['¾', 0.75],
    ['2 1/2', 2.5],
    ['two and a half', 2.5],
    ['6-8', [6, 8]],
    ['6 – 8', [6, 8]],
    ['6 to 8', [6, 8]],
    ['six to eight', [6, 8]],
    ['six or eight', [6, 8]],
    ['between 6 and 8', [6, 8]],
    ['8-6', 8],
    ['6-8-2026', 6],
    ['1234567890123', undefined],
    ['weeks', undefined],
    ['a week', undefined],
    ['-', undefined],
  ] as const)('%s is read', (text, expected) => {
    const read = numberOrRangeAt(tokensOf(text), 0)

    const found = read?.high === undefined ? read?.value : [read.value, read.high]
    expect(found).toEqual(expected)
  })
})

describe('a length of time', () => {
  test.each([
    ['8 weeks', 56, 56],
    ['8 wks', 56, 56],
    ['8wk', 56, 56],
    ['8w', 56, 56],
    ['8-week', 56, 56],
    ['eight weeks', 56, 56],
    ['6-8 weeks', 42, 56],
    ['6 to 8 wks', 42, 56],
    ['3 months', 91, 91],
    ['3 mos', 91, 91],
    ['a month', 30, 30],
    ['one year', 365, 365],
    ['2 yrs', 731, 731],
    ['10 days', 10, 10],
    ['6 full weeks', 42, 42],
    ['6 consecutive weeks', 42, 42],
    ['6+ weeks', 42, unboundedDays],
    ['6 weeks or more', 42, unboundedDays],
    ['6 or more weeks', undefined, undefined],
    ['at least 6 weeks', 42, unboundedDays],
    ['more than 6 weeks', 42, unboundedDays],
    ['over 6 weeks', 42, unboundedDays],
    ['>6 weeks', 42, unboundedDays],
    ['less than 6 weeks', 0, 41],
    ['under 6 weeks', 0, 41],
    ['<6 weeks', 0, 41],
    ['not even 2 weeks', 0, 13],
    ['up to 6 weeks', 0, 42],
    ['no more than 2 weeks', 0, 14],
    ['nearly 6 weeks', 33, 41],
    ['about 6 weeks', 42, 42],
    ['~6 weeks', 42, 42],
    ['a total of 6 weeks', 42, 42],
    ['a few weeks', 14, 35],
    ['several weeks', 21, unboundedDays],
    ['a couple of months', 61, 61],
    ['two and a half months', 76, 76],
    ['a year and a half', 548, 548],
    ['6 months and 2 weeks', 197, 197],
    ['1 year 3 months', 456, 456],
    ['6 mg', undefined, undefined],
    ['weeks', undefined, undefined],
  ] as const)('%s is read', (text, days, maxDays) => {
    const read = durationAt(tokensOf(text), 0)

    expect([read?.days, read?.maxDays]).toEqual([days, maxDays])
  })
})

describe('a date in a note of 2026-06-15', () => {
  test.each([
    ['2026-03-02', '2026-03-02', '2026-03-02'],
    ['2026/03/02', '2026-03-02', '2026-03-02'],
    ['2025-11', '2025-11-01', '2025-11-30'],
    ['3/2/2026', '2026-03-02', '2026-03-02'],
    ['03/02/26', '2026-03-02', '2026-03-02'],
    ['3-2-2026', '2026-03-02', '2026-03-02'],
    ['3.2.2026', '2026-03-02', '2026-03-02'],
    ['3/2/98', '1998-03-02', '1998-03-02'],
    ['13/2/2026', undefined, undefined],
    ['2/30/2026', undefined, undefined],
    ['3/2025', '2025-03-01', '2025-03-31'],
    ['06/2026', '2026-06-01', '2026-06-15'],
    ['in 5/30', '2026-05-30', '2026-05-30'],
    ['on 7/4', '2025-07-04', '2025-07-04'],
    ['in 3/45', undefined, undefined],
    ['5/5', undefined, undefined],
    ['120/80', undefined, undefined],
    ['March 2025', '2025-03-01', '2025-03-31'],
    ['Mar. 2025', '2025-03-01', '2025-03-31'],
    ['March of 2025', '2025-03-01', '2025-03-31'],
    ["March '25", '2025-03-01', '2025-03-31'],
    ['March 3, 2026', '2026-03-03', '2026-03-03'],
    ['March 3rd 2026', '2026-03-03', '2026-03-03'],
    ['Sept 9 2025', '2025-09-09', '2025-09-09'],
    ['3 March 2026', '2026-03-03', '2026-03-03'],
    ['3rd of March', '2026-03-03', '2026-03-03'],
    ['March 3', '2026-03-03', '2026-03-03'],
    ['December 3', '2025-12-03', '2025-12-03'],
    ['in March', '2026-03-01', '2026-03-31'],
    ['in August', '2025-08-01', '2025-08-31'],
    ['last March', '2026-03-01', '2026-03-31'],
    ['last June', '2025-06-01', '2025-06-30'],
    ['this June', '2026-06-01', '2026-06-15'],
    ['in early March', '2026-03-01', '2026-03-17'],
    ['in late March', '2026-03-17', '2026-03-31'],
    ['may', undefined, undefined],
    ['in May', '2026-05-01', '2026-05-31'],
    ['march', undefined, undefined],
    ['in spring', '2026-03-01', '2026-06-15'],
    ['last fall', '2025-09-01', '2025-12-21'],
    ['in the fall', undefined, undefined],
    ['fall of 2024', '2024-09-01', '2024-12-21'],
    ['last summer', '2025-06-01', '2025-09-22'],
    ['this winter', '2025-12-01', '2026-03-20'],
    ['summer 2025', '2025-06-01', '2025-09-22'],
    ['in 2019', '2019-01-01', '2019-12-31'],
    ['since 2026', '2026-01-01', '2026-06-15'],
    ['(2019)', '2019-01-01', '2019-12-31'],
    ['2019', undefined, undefined],
    ['in early 2025', '2025-01-01', '2025-07-03'],
    ['yesterday', '2026-06-14', '2026-06-14'],
    ['today', '2026-06-15', '2026-06-15'],
    ['last night', '2026-06-14', '2026-06-14'],
    ['last week', '2026-06-02', '2026-06-14'],
    ['last month', '2026-05-01', '2026-05-31'],
    ['last year', '2025-01-01', '2025-12-31'],
    ['this year', '2026-01-01', '2026-06-15'],
    ['on Monday', '2026-06-15', '2026-06-15'],
    ['on Friday', '2026-06-12', '2026-06-12'],
  ] as const)('%s is read', (text, first, last) => {
    const tokens = tokensOf(text)
    const read = tokens
      .map((_, index) => dateAt(tokens, index, noteDay))
      .find((one) => one !== undefined)

    expect([read?.days.first, read?.days.last]).toEqual([first, last])
  })

  test('is unknown if it depends on an unknown day', () => {
    const readings = ['yesterday', 'in March', 'last fall', 'on 3/2'].map((text) => {
      const tokens = tokensOf(text)
      return tokens
        .map((_, index) => dateAt(tokens, index, undefined))
        .find((one) => one !== undefined)
    })

    expect(readings).toEqual([undefined, undefined, undefined, undefined])
  })
})

function shown(time: TimeExpression): string {
  switch (time.kind) {
    case 'duration':
      return `${time.days}d ${time.tie}${time.isToNote ? ' to now' : ''}`
    case 'period':
      return `${time.from.first}..${time.to?.last ?? 'now'} ${time.days}d`
    case 'day':
      return `${time.days.first}..${time.days.last} ${time.role}`
    case 'sessions':
      return `${time.count}${time.outOf === undefined ? '' : `/${time.outOf}`} visits`
    case 'ignored':
      return 'ignored'
  }
}

describe('a time expression in a note of 2026-06-15', () => {
  test.each([
    ['PT for 8 weeks', ['56d for']],
    ['PT x 8 weeks', ['56d for']],
    ['PT x8wks', ['56d for']],
    ['PT ×3 weeks', ['21d for']],
    ['PT (8 weeks)', ['56d for']],
    ['8 weeks of PT', ['56d of']],
    ['8-week course of PT', ['56d of']],
    ['3 year history of pain', ['1096d of']],
    ['8 weeks PT', ['56d none']],
    ['over the past 3 months', ['91d for to now']],
    ['for the last 6 weeks', ['42d for to now']],
    ['for the past month', ['30d for to now']],
    ['in the last 6 months', ['2025-12-14..2026-06-15 on']],
    ['within the past year', ['2025-06-15..2026-06-15 on']],
    ['2 of 6 weeks', ['14d none']],
    ['two of the prescribed six weeks', ['14d none']],
    ['2 out of 6 weeks', ['14d none']],
    ['2 weeks of the 6 weeks', ['14d none']],
    ['half of her six weeks', ['21d none']],
    ['half of a 6-week course of PT', ['21d of']],
    ['halfway through 8 weeks', ['28d none']],
    ['week 2 of 6', ['7d none']],
    ['4 of 12 visits', ['4/12 visits']],
    ['4/12 visits', ['4/12 visits']],
    ['4 of 12 physical therapy visits', ['4/12 visits']],
    ['4 visits of 12', ['4/12 visits']],
    ['half of the 12 sessions', ['6/12 visits']],
    ['12 visits', ['12 visits']],
    ['12 PT sessions over 6 weeks', ['12 visits', '42d for']],
    ['went three times', ['3 visits']],
    ['went twice', ['2 visits']],
    ['twice a week', ['ignored']],
    ['two a month', ['ignored']],
    ['3x/wk x 6 wks', ['ignored', '42d for']],
    ['2-3 times per week for 6 weeks', ['ignored', '42d for']],
    ['3 days a week', ['ignored']],
    ['once daily', ['ignored']],
    ['every 6 weeks', ['ignored']],
    ['q6h', ['ignored']],
    ['in 6 weeks', ['ignored']],
    ['next 6 weeks', ['ignored']],
    ['62-year-old', ['ignored']],
    ['62 y/o', ['ignored']],
    ['age 62', ['ignored']],
    ['3 weeks ago', ['2026-05-22..2026-05-28 on']],
    ['10 days ago', ['2026-06-05..2026-06-05 on']],
    ['a year ago', ['2024-12-15..2025-12-14 on']],
    ['years ago', ['1900-01-01..2024-06-14 on']],
    ['started 3 weeks ago', ['2026-05-22..2026-05-28 start']],
    ['completed in March', ['2026-03-01..2026-03-31 end']],
    ['from 2/1 to 3/15', ['2026-02-01..2026-03-15 42d']],
    ['from 11/1 to 1/15', ['2025-11-01..2026-01-15 75d']],
    ['2/1/26 - 3/15/26', ['2026-02-01..2026-03-15 42d']],
    ['Sept 2025 through Feb 2026', ['2025-09-01..2026-02-28 124d']],
    ['Jan - Mar 2026', ['2026-01-01..2026-03-31 29d']],
    ['between January and April', ['2026-01-01..2026-04-30 60d']],
    ['from January to present', ['2026-01-01..now 135d']],
    ['since March', ['2026-03-01..now 76d']],
    ['since 3/1/2026', ['2026-03-01..now 106d']],
    ['since 2024', ['2024-01-01..now 531d']],
    ['since last fall', ['2025-09-01..now 176d']],
    ['since 3 weeks ago', ['2026-05-22..now 18d']],
    ['strength from 3/5 to 4/5', ['ignored']],
    ['L5-S1', []],
    ['T12 fracture', []],
    ['pain 8/10', []],
    ['naproxen 500 mg', []],
  ] as const)('%s is read', (text, expected) => {
    expect(timesIn(tokensOf(text), noteDay).map(shown)).toEqual(expected)
  })

  test.each([
    '3 weeks ago',
    'yesterday',
    'last week',
    'since 10 days ago',
    'a year ago',
    'over the past 3 months',
    'in the last 6 months',
  ])('shifts with the day of the note: %s', (text) => {
    const tokens = tokensOf(text)
    const daysOf = (day: string) =>
      timesIn(tokens, day).flatMap((one) =>
        one.kind === 'day' ? [one.days] : one.kind === 'period' ? [one.from] : [],
      )

    for (const shift of [1, 17, 100, 365])
      expect(daysOf(addDays(noteDay, shift))).toEqual(
        daysOf(noteDay).map(({ first, last }) => ({
          first: addDays(first, shift),
          last: addDays(last, shift),
        })),
      )
  })
})

describe('a side', () => {
  test.each([
    ['left knee', ['left']],
    ['Right hip', ['right']],
    ['lt knee', ['left']],
    ['RT shoulder', ['right']],
    ['L knee', ['left']],
    ['R. knee', ['right']],
    ['knee (L)', ['left']],
    ['RLE weakness', ['right']],
    ['weakness of the LUE', ['left']],
    ['bilateral knees', ['both']],
    ['both knees', ['both']],
    ['b/l knee pain', ['both']],
    ['left and right knees', ['both']],
    ['R/L knee', ['both']],
    ['L > R knee', ['both']],
    ['left knee pain, right hip pain', ['left', 'right']],
    ['left-sided', ['left']],
    ['L-sided pain', ['left']],
    ['L4-5 disc', []],
    ['L5 radiculopathy', []],
    ['right now', []],
    ['he left work', []],
    ['right-handed', []],
    ['left ventricle', []],
    ['2 L oxygen', []],
    ['both were tried', []],
    ['R foot drop', ['right']],
  ] as const)('%s is read', (text, expected) => {
    const isPart = (id: string) =>
      lexicon.get(id)?.kind === 'site' || lexicon.get(id)?.sites !== undefined
    const starts = new Set(
      lexicon.findIn(text).flatMap((one) => (isPart(one.conceptId) ? [one.start] : [])),
    )

    expect(sidesIn(tokensOf(text), (place) => starts.has(place)).map((one) => one.side)).toEqual(
      expected,
    )
  })
})

describe('a unit', () => {
  test.each([
    ['%', '%'],
    ['percent', '%'],
    ['per cent', '%'],
    ['kg/m2', 'kg/m2'],
    ['kg/m^2', 'kg/m2'],
    ['kg/m²', 'kg/m2'],
    ['mmHg', 'mm[Hg]'],
    ['mm Hg', 'mm[Hg]'],
    ['mm of Hg', 'mm[Hg]'],
    ['events/hr', '/h'],
    ['events per hour', '/h'],
    ['/hr', '/h'],
    ['per hour', '/h'],
    ['bpm', '/min'],
    ['degrees', 'deg'],
    ['mg/dL', 'mg/dL'],
    ['g/dL', 'g/dL'],
    ['L/min', 'L/min'],
    ['cm', 'cm'],
    ['cm2', 'cm2'],
    ['mm', 'mm'],
    ['feet', '[ft_i]'],
    ['blocks', '{blocks}'],
    ['pack-years', '{pack-years}'],
    ['points', '1'],
    ['mg', 'mg'],
    ['mcg', 'ug'],
    ['apples', undefined],
  ] as const)('%s is read', (text, expected) => {
    expect(unitAt(tokensOf(text), 0)?.ucum).toBe(expected)
  })
})

describe('hostile text', () => {
  test.each([
    ['a million digits', '1'.repeat(1_000_000)],
    ['digits in groups', '1,111'.repeat(200_000)],
    ['numbers', '6 '.repeat(500_000)],
    ['dates that never end', '3/'.repeat(500_000)],
    ['beginnings of lengths', 'half of her '.repeat(90_000)],
    ['since', 'since since '.repeat(90_000)],
  ])('is read in linear time: %s', (_, text) => {
    const small = timed(text.slice(0, text.length / 8))
    const large = timed(text)

    expect(large.count).toBeGreaterThanOrEqual(small.count)
  })

  function timed(text: string): { readonly count: number } {
    return { count: timesIn(tokensOf(text), noteDay).length }
  }
})
