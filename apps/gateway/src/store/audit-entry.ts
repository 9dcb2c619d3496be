import type { AuditAction, AuditOutcome } from '@authscript/prior-auth'
import { networkOf } from '../network-of.ts'
import type { AuditedRequest, Actor } from './audit-scope.ts'

/** The practice, patient, encounter and order that a row of the audit trail is about. */
export interface AuditSubject {
  readonly practiceId: string
  readonly patientId?: string | undefined
  readonly encounterId?: string | undefined
  readonly workItemId?: string | undefined
}

/** What is recorded of an action, without who did it. */
export interface AuditDetails {
  readonly subjects?: readonly AuditSubject[]
  /** The practices that an entry without subjects concerns. @default none, so that every auditor sees it */
  readonly practiceIds?: readonly string[]
  /** @default the action in the table of operations */
  readonly action?: AuditAction
  /** `refused` is counted: a row for the first in an hour, the tenth, the hundredth and so on. @default 'done' */
  readonly outcome?: AuditOutcome
  /** A code, an id, or the names of people as orders show them; never other typed text. */
  readonly detail?: string | undefined
  readonly count?: number
  /** Recorded once for each person and chart in a minute. */
  readonly oncePerMinute?: boolean
}

/** What is recorded of an action, with who did it. */
export interface AuditEntry {
  readonly actor: Actor
  /** Null for actions outside of a request. */
  readonly operation: string | null
  readonly details: AuditDetails & { readonly action: AuditAction }
}

/** A row before the database has appended it to the chain. */
export interface NewAuditRow {
  readonly action: AuditAction
  readonly outcome: AuditOutcome
  readonly operation: string | null
  readonly person_id: string | null
  readonly label: string | null
  readonly roles: readonly string[]
  readonly address: string | null
  readonly request_id: string | null
  readonly practice_ids: readonly string[]
  readonly patient_ids: readonly string[]
  readonly encounter_ids: readonly string[]
  readonly work_item_ids: readonly string[]
  readonly count: number
  readonly detail: string | null
}

/** The gateway itself, and the unknown fields of an unknown person. */
export const nobody: Actor = {
  personId: null,
  label: null,
  roles: [],
  address: null,
  requestId: null,
}

export function toEntry(
  { actor, operation, action }: AuditedRequest,
  details: AuditDetails,
): AuditEntry {
  return { actor, operation, details: { action, ...details } }
}

/** One row for each practice, so that an auditor sees those of their own. */
export function toAuditRows({ actor, operation, details }: AuditEntry): readonly NewAuditRow[] {
  const rowOf = (practiceIds: readonly string[], subjects: readonly AuditSubject[]) => ({
    action: details.action,
    outcome: details.outcome ?? 'done',
    operation,
    person_id: actor.personId,
    label: actor.label,
    roles: actor.roles,
    address: actor.address,
    request_id: actor.requestId,
    practice_ids: practiceIds,
    patient_ids: distinct(subjects.map(({ patientId }) => patientId)),
    encounter_ids: distinct(subjects.map(({ encounterId }) => encounterId)),
    work_item_ids: distinct(subjects.map(({ workItemId }) => workItemId)),
    count: details.count ?? 1,
    detail: details.detail ?? null,
  })
  const { subjects = [] } = details
  if (subjects.length === 0) return [rowOf(details.practiceIds ?? [], [])]
  return [...Map.groupBy(subjects, ({ practiceId }) => practiceId)].map(([practiceId, own]) =>
    rowOf([practiceId], own),
  )
}

/** Identifies the person or address for which rows are counted. */
export function actorKey({ personId, label, address }: Actor): string {
  if (personId !== null) return `person ${personId}`
  return label === null ? `address ${networkOf(address ?? '')}` : `label ${label}`
}

/** A chart is what was read for one encounter. */
export function chartKey(
  { actor, details }: AuditEntry,
  subject: AuditSubject | undefined,
): string {
  const place = subject?.practiceId ?? (details.practiceIds ?? []).join(' ')
  return [
    details.action,
    actorKey(actor),
    place,
    subject?.encounterId ?? subject?.patientId ?? '',
  ].join('\n')
}

function distinct(ids: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(ids.filter((id) => id !== undefined))].toSorted((one, other) =>
    one < other ? -1 : 1,
  )
}
