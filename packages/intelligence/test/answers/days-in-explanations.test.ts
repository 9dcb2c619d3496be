import { orderId, toBundle } from '@authscript/labelled-cases'
import { americanDate } from '@authscript/prior-auth'
import { expect, it } from 'vitest'
import { analyze } from '../../src/index.ts'
import { dayBefore, encounterDay } from './a-chart.ts'

/** What the form says of one question of the CPAP policy about a chart with this note. */
function explanationOf(criterionId: string, note: string): string | undefined {
  const order = { code: 'E0601', text: 'CPAP', reasons: ['G47.33'] }
  const analysis = analyze(toBundle({ order, note }), orderId, { switchedOn: ['cpap'] })
  return analysis.outcome === 'assessed'
    ? analysis.answers.find((one) => one.criterionId === criterionId)?.reason
    : undefined
}

it.each([
  ['Polysomnography 05/14/2026 showed an AHI of 31 events per hour.', '(05/14/2026)'],
  ['Polysomnography in May 2026 showed an AHI of 31 events per hour.', '(05/2026)'],
  [
    'Polysomnography last week showed an AHI of 31 events per hour.',
    `(${americanDate(dayBefore(13))} to ${americanDate(dayBefore(1))})`,
  ],
])('gives a study no more precise day than the note: %s', (note, said) => {
  expect(explanationOf('sleep_study', note)).toContain(said)
})

it('gives the day of the note where it says what the note states, not the day of the finding', () => {
  const said = explanationOf('osa_symptoms', 'Excessive daytime sleepiness since yesterday.')
  expect(said).toContain(`the note (${americanDate(encounterDay)})`)
})
