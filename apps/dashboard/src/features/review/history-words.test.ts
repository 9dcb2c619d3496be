import { type HistoryEntry, historyEntry } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { historySentence } from './history-words.ts'

const sentence = (change: Partial<HistoryEntry>) =>
  historySentence(
    {
      version: 2,
      at: '2026-11-28T14:02:00.000Z',
      actor: 'J. Ruiz',
      kind: 'note',
      data: {},
      ...change,
    },
    (criterionId) => (criterionId === 'pain' ? 'Is there pain?' : undefined),
  )

describe('a line of the history', () => {
  it.each<readonly [Partial<HistoryEntry>, string]>([
    [
      {
        kind: 'answer_changed',
        data: { criterionId: 'pain', from: 'not_met', to: 'met', reason: 'examined' },
      },
      'J. Ruiz changed “Is there pain?” from No to Yes: examined',
    ],
    [
      { kind: 'answer_restored', data: { criterionId: 'gone', question: 'Is there fever?' } },
      'J. Ruiz went back to the chart’s answer to “Is there fever?”',
    ],
    [
      {
        kind: 'form_changed',
        data: { 'choices.setting': 'daySurgery', 'values.facility.name': null },
      },
      'J. Ruiz completed the form: Setting “Day surgery”, Facility name emptied',
    ],
    [
      { kind: 'assigned', data: { owner: 'A. Okafor' } },
      'J. Ruiz assigned this order to A. Okafor',
    ],
    [{ kind: 'assigned', data: { owner: null } }, 'J. Ruiz removed the owner'],
    [{ kind: 'closed', data: { reason: 'moved away' } }, 'J. Ruiz closed this order: moved away'],
    [{ kind: 'in_chart', actor: null }, 'The form is in the chart'],
    [
      { kind: 'sent', data: { on: '2026-11-28', method: 'fax', reference: 'FX-1' } },
      'J. Ruiz sent the request to the payer, by fax, on 11/28/2026, reference FX-1',
    ],
    [
      {
        kind: 'authorized',
        data: {
          on: '2026-11-28',
          authorizationNumber: 'A-1',
          validFrom: '2026-12-01',
          validTo: '2027-03-01',
          units: '1',
        },
      },
      'The payer approved the request on 11/28/2026, number A-1, valid from 12/01/2026 to 03/01/2027, units 1',
    ],
    [
      { kind: 'denied', data: { on: '2026-11-28', reason: 'no films' } },
      'The payer denied the request on 11/28/2026: no films',
    ],
  ])('%j reads as a sentence', (entry, words) => {
    expect(sentence(entry)).toBe(words)
  })

  it('has words for every kind, and no name of a key', () => {
    for (const kind of historyEntry.shape.kind.options)
      expect(sentence({ kind, actor: null, data: {} }), kind).not.toMatch(/undefined|null|_/)
  })
})
