import { americanDate, type HistoryData, type PayerStepRequest } from '@authscript/prior-auth'
import type { Scope } from '../../store/scope.ts'
import {
  type ChangeOutcome,
  done,
  refused,
  type Refused,
  type ReviewDependencies,
  type SeenItem,
  stale,
  toAuditSubject,
  unknownItem,
} from '../change-outcome.ts'

const historyKinds = {
  sent: 'sent',
  more_information_asked: 'more_information_asked',
  approved: 'authorized',
  denied: 'denied',
} as const

/**
 * Records what happened between the practice and the payer, as a person enters it. A later step replaces the state, so that a wrong entry
 * can be corrected; the history keeps every step.
 */
export async function recordPayerStep(
  scope: Scope,
  {
    workItemId,
    version,
    actor,
    step,
    isFirst = false,
  }: SeenItem & {
    readonly step: PayerStepRequest
    /** Only if nothing was entered before. @default false */
    readonly isFirst?: boolean
  },
  { store, dayOf, clock }: Pick<ReviewDependencies, 'store' | 'dayOf' | 'clock'>,
): Promise<ChangeOutcome> {
  return store.transaction('Review', async (transaction) => {
    const now = clock.now()
    const seen = await transaction.workItems.lock(scope, workItemId)
    if (seen === undefined) return unknownItem(workItemId)
    if (seen.version !== version) return stale
    if (seen.review !== 'submitted')
      return refused('not_in_chart', 'the form of this order is not in the chart yet')
    if (isFirst && seen.payer_state !== null)
      return refused('sent_already', 'this order is entered as sent already')
    if (seen.payer_state === null && step.kind !== 'sent')
      return refused('not_sent_yet', 'enter first when and how the request was sent to the payer')
    const implausible = implausibleDate(step, {
      earliest: dayOf(seen.practice_id, seen.created_at),
      today: dayOf(seen.practice_id, now),
    })
    if (implausible !== undefined) return implausible
    const item = await transaction.workItems.change(
      { workItemId, version, from: ['submitted'] },
      { payer_state: step.kind },
      now,
    )
    if (item === undefined) return stale
    await transaction.history.add(
      {
        workItemId,
        version: item.version,
        actor,
        kind: historyKinds[step.kind],
        data: dataOf(step),
      },
      now,
    )
    transaction.workItemStatusChanged(item)
    const sent = { action: 'send', detail: 'payer' } as const
    transaction.acted({ subjects: [toAuditSubject(item)], ...(step.kind === 'sent' ? sent : {}) })
    if (step.kind === 'approved' || step.kind === 'denied') {
      const ref = {
        practiceId: item.practice_id,
        patientId: item.patient_id,
        encounterId: item.encounter_id,
      }
      transaction.emit(ref, 'PayerDecided', { workItemId })
    }
    return done
  })
}

function implausibleDate(
  step: PayerStepRequest,
  { earliest, today }: { readonly earliest: string; readonly today: string },
): Refused | undefined {
  const at = (path: string, message: string): Refused => ({
    ...refused('date_implausible', message),
    issues: [{ path, message }],
  })
  if (step.on > today) return at('on', `${americanDate(step.on)} is in the future`)
  if (step.on < earliest)
    return at(
      'on',
      `${americanDate(step.on)} is before the day on which the order was received, ${americanDate(earliest)}`,
    )
  if (step.kind !== 'approved') return undefined
  const { validFrom, validTo } = step
  return validFrom !== undefined && validTo !== undefined && validTo < validFrom
    ? at('validTo', `${americanDate(validTo)} is before ${americanDate(validFrom)}`)
    : undefined
}

function dataOf({ kind: _kind, ...step }: PayerStepRequest): HistoryData {
  return Object.fromEntries(
    Object.entries(step).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
