import { auditAction, type AuditEntryView } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { actionText, personOf } from './audit-words.ts'

const entry: AuditEntryView = {
  sequence: 1,
  occurredAt: '2026-11-30T08:00:00.000Z',
  action: 'view',
  outcome: 'done',
  operation: 'getWorkItem',
  personId: null,
  label: 'J. Ruiz',
  roles: ['staff'],
  address: '192.0.2.7',
  requestId: 'r',
  practiceIds: ['p1'],
  patientIds: ['x'],
  encounterIds: [],
  workItemIds: [],
  count: 1,
  detail: null,
  hash: 'a',
}

describe('a row of the audit trail in words', () => {
  it.each([
    [{}, 'Opened the chart'],
    [{ action: 'send', detail: 'chart' }, 'Sent to the chart'],
    [{ action: 'send', detail: 'payer' }, 'Sent to the payer'],
    [{ action: 'sign_in', outcome: 'refused' }, 'Could not sign in'],
    [{ action: 'approve', outcome: 'refused' }, 'Was refused an approval'],
    [{ action: 'list', detail: 'audit' }, 'Read this audit trail'],
    [{ action: 'settings', detail: 'person_added 7' }, 'Added a person'],
    [
      { action: 'settings', detail: 'person_renamed 7: Mia Silva → Mia Ott' },
      'Renamed a person: Mia Silva → Mia Ott',
    ],
    [{ action: 'settings', detail: null }, 'Changed settings'],
    [{ action: 'settings', detail: 'form_changed 7' }, 'Changed a form'],
    [{ action: 'export', detail: 'audit csv' }, 'Saved this audit trail'],
  ] as const)('says what was done: %o', (changes, words) => {
    expect(actionText({ ...entry, ...changes })).toBe(words)
  })

  it('has a word for each action', () => {
    for (const action of auditAction.options)
      expect(actionText({ ...entry, action })).toMatch(/^[A-Z][a-z ]+$/)
  })

  it.each([
    [{}, 'J. Ruiz'],
    [{ label: null, personId: '7' }, 'Person 7'],
    [{ label: null }, 'Somebody unknown'],
    [{ label: null, address: null }, 'The gateway'],
  ])('says who it was: %o', (changes, words) => {
    expect(personOf({ ...entry, ...changes })).toBe(words)
  })
})
