import { describe, expect, it } from 'vitest'
import { compareEventRows, compareNames, firstCells, namesOfChapter } from './document-tables.ts'

const file = 'docs/events.md'
const events = [
  { name: 'EncounterDetected', fields: ['encounterId', 'run'], hasLegacyMessage: false },
  { name: 'WORK_ITEM_CREATED', fields: [], hasLegacyMessage: true },
]
const document = `
| Event | When | Data | Legacy |
| --- | --- | --- | --- |
| \`EncounterDetected\` | it was signed | encounterId, run | |
| \`WORK_ITEM_CREATED\` | a form is there | | WORK_ITEM |
`
const names = new Set(events.map(({ name }) => name))
const problemsOf = (text: string) => [
  ...compareNames(file, firstCells(text), names),
  ...compareEventRows(file, text, events),
]

describe('the table of events', () => {
  it('is accepted when each event has its row', () => {
    expect(problemsOf(document)).toEqual([])
  })

  it.each([
    {
      what: 'an event without a row',
      from: /^\| `EncounterDetected.*\n/m,
      to: '',
      problems: [
        'docs/events.md does not document EncounterDetected',
        'docs/events.md has no row of four cells for EncounterDetected; add "| `EncounterDetected` | WHEN IT HAPPENS | encounterId, run |  |"',
      ],
    },
    {
      what: 'a row without an event',
      from: '| `WORK_ITEM_CREATED`',
      to: '| `Gone` | never | | |\n| `WORK_ITEM_CREATED`',
      problems: ['docs/events.md documents Gone, which does not exist in the code'],
    },
    {
      what: 'a field that is missing',
      from: 'encounterId, run',
      to: 'encounterId',
      problems: ['docs/events.md, row EncounterDetected: the data must be "encounterId, run"'],
    },
    {
      what: 'fields in another order',
      from: 'encounterId, run',
      to: 'run, encounterId',
      problems: ['docs/events.md, row EncounterDetected: the data must be "encounterId, run"'],
    },
    {
      what: 'a legacy message that is missing',
      from: '| WORK_ITEM |',
      to: '| |',
      problems: [expect.stringMatching(/row WORK_ITEM_CREATED: the last column must name/)],
    },
    {
      what: 'a legacy message that does not exist',
      from: 'run | |',
      to: 'run | ENCOUNTER |',
      problems: [expect.stringMatching(/row EncounterDetected: the last column .* be empty/)],
    },
    {
      what: 'a row with too few cells',
      from: '| encounterId, run | |',
      to: '| encounterId, run |',
      problems: [
        'docs/events.md has no row of four cells for EncounterDetected; add "| `EncounterDetected` | WHEN IT HAPPENS | encounterId, run |  |"',
      ],
    },
  ])('is refused with $what', ({ from, to, problems }) => {
    const changed = document.replace(from, to)

    expect(changed).not.toBe(document)
    expect(problemsOf(changed)).toEqual(problems)
  })
})

it('finds the names in a chapter, also several in one cell and those with labels', () => {
  const text = `
## Alarms

| \`gateway_elsewhere\` | another chapter |

## Metrics

| Metric | |
| --- | --- |
| \`gateway_jobs_open\`, \`gateway_tasks_total{outcome}\` | as \`gateway_other\` says |

## Logs

| \`gateway_elsewhere\` | another chapter |
`
  expect([...namesOfChapter(text, 'Metrics')]).toEqual(['gateway_jobs_open', 'gateway_tasks_total'])
})
