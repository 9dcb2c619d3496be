import type { QueueRow } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { compareRows, noticeableOf } from './queue-changes.ts'

const aRow = (workItemId: string, more: Partial<QueueRow> = {}): QueueRow => ({
  workItemId,
  practiceId: '195900',
  encounterId: 'e',
  patientId: 'p',
  patientName: 'Lindqvist, Karin',
  birthDate: '1957-08-30',
  recordNumber: null,
  memberId: null,
  payerName: 'Prairie Health Plan',
  planName: null,
  providerName: 'Okafor, A.',
  plannedOn: '2026-12-08',
  dueOn: '2026-12-08',
  urgency: 'standard',
  orderDescription: 'Right total knee arthroplasty',
  procedureCode: '27447',
  questionCount: 10,
  openQuestionCount: 2,
  mentionsMe: false,
  owner: null,
  review: 'missing_data',
  payerState: null,
  stage: 'needs_information',
  informationRequest: null,
  failure: null,
  policyTitle: null,
  version: 1,
  createdAt: '2026-11-29T00:00:00.000Z',
  updatedAt: '2026-11-29T00:00:00.000Z',
  ...more,
})
const idsOf = (rows: readonly QueueRow[]) => rows.map(({ workItemId }) => workItemId)

describe('changes of the queue', () => {
  it('update a row where it is, whatever place it would have now', () => {
    const shown = [aRow('a'), aRow('b'), aRow('c')]
    const latest = [aRow('c'), aRow('a', { owner: 'J. Ruiz' }), aRow('b')]

    const changes = compareRows(shown, latest, true)

    expect(idsOf(changes.rows)).toEqual(['a', 'b', 'c'])
    expect(changes.rows[0]?.owner).toBe('J. Ruiz')
    expect(changes.arrivedIds.size + changes.goneIds.size).toBe(0)
  })

  it('name what arrived, and do not show it', () => {
    const changes = compareRows([aRow('a')], [aRow('new'), aRow('a')], true)

    expect(idsOf(changes.rows)).toEqual(['a'])
    expect([...changes.arrivedIds]).toEqual(['new'])
  })

  it('name what left the view, and keep it in its place', () => {
    const changes = compareRows([aRow('a'), aRow('left'), aRow('c')], [aRow('a'), aRow('c')], true)

    expect(idsOf(changes.rows)).toEqual(['a', 'left', 'c'])
    expect([...changes.goneIds]).toEqual(['left'])
  })

  it('do not call gone what new rows pushed out of the part that was read again', () => {
    const changes = compareRows([aRow('a'), aRow('b')], [aRow('new'), aRow('a')], false)

    expect(changes.goneIds.size).toBe(0)
  })

  it('are marked only when a person would notice them', () => {
    expect(noticeableOf(aRow('a', { version: 2 }))).toBe(noticeableOf(aRow('a')))
    expect(noticeableOf(aRow('a', { dueOn: '2026-12-02' }))).not.toBe(noticeableOf(aRow('a')))
    expect(noticeableOf(aRow('a', { stage: 'ready_to_sign' }))).not.toBe(noticeableOf(aRow('a')))
  })
})
