import type { AuditAction, EncounterRef, EventType } from '@authscript/prior-auth'
import type { Kysely } from 'kysely'
import type { Clock } from '../clock.ts'
import { answerChangeRows } from './answer-changes.ts'
import { type AuditedRequest, AuditScope, type Actor } from './audit-scope.ts'
import { attachmentRows } from './attachments.ts'
import {
  type AuditEntry,
  type AuditSubject,
  type AuditDetails,
  nobody,
  toEntry,
} from './audit-entry.ts'
import { auditRows } from './audit-log.ts'
import { AuditMarks } from './audit-marks.ts'
import { chartRows } from './charts.ts'
import { deadLetterRows } from './dead-letters.ts'
import { ehrShareRows } from './ehr-shares.ts'
import { encounterRows, type QueuedJob } from './encounters.ts'
import { encounterStepRows } from './encounter-steps.ts'
import {
  createEvent,
  type EventFacts,
  eventRows,
  type NewEvent,
  toSubjectFacts,
  type WorkItemSubject,
} from './events.ts'
import { ehrIdentityRows } from './ehr-identities.ts'
import { failureRows } from './failures.ts'
import { faxContactRows } from './fax-contacts.ts'
import { formEntryRows } from './form-entries.ts'
import { historyRows } from './history.ts'
import { idempotencyKeyRows } from './idempotency-keys.ts'
import type { KindOfRows } from './job-rows.ts'
import { knownChartRows } from './known-charts.ts'
import { launchStateRows } from './launch-states.ts'
import { lastBackupRows } from './last-backup.ts'
import { mentionRows } from './mentions.ts'
import { nodeRows } from './nodes.ts'
import { payerFormRows } from './payer-forms.ts'
import { processingPauseRows } from './processing-pause.ts'
import { peopleRows } from './people.ts'
import { personNameRows } from './person-names.ts'
import { peopleInputRows } from './people-input.ts'
import { savedViewRows } from './saved-views.ts'
import { redriveRows } from './redrives.ts'
import { registrationRows } from './registrations.ts'
import type { Schema } from './schema.ts'
import { sessionRows } from './sessions.ts'
import { signInFlowRows } from './sign-in-flows.ts'
import { keyRows } from './keys.ts'
import { passkeyRows } from './passkeys.ts'
import { signInAttemptRows } from './sign-in-attempts.ts'
import { signatureRows } from './signatures.ts'
import { knownDeviceRows } from './known-devices.ts'
import { labelRows } from './labels.ts'
import { nodeMinuteRows } from './node-minutes.ts'
import { signInLinkRows } from './sign-in-links.ts'
import { webhookDeliveryRows } from './webhook-deliveries.ts'
import { webhookRows } from './webhooks.ts'
import { workFigureRows } from './work-figures.ts'
import { workItemRows } from './work-items.ts'
import { workQueueRows } from './work-queue.ts'
import { writeBackRows } from './write-backs.ts'

/** The contract of this module: the statements, by table. */
export type Tables = Readonly<ReturnType<typeof tables>>

/** The tables inside one transaction, with what is written in addition to their rows. */
export interface StoreTransaction extends Tables {
  /** Emits an event of this encounter if and only if the transaction commits. */
  emit<Type extends EventType>(ref: EncounterRef, type: Type, facts: EventFacts<Type>): void
  /** Emits WORK_ITEM_STATUS_CHANGED with the state that the row has now. */
  workItemStatusChanged(item: WorkItemSubject): void
  /**
   * Records in the audit trail what the person of this request did, if and only if the transaction commits. Without a call, the subjects of
   * the emitted events are recorded. Jobs belong to no request, so nothing is recorded for them.
   */
  acted(details: AuditDetails): void
  /** The same for somebody other than the person of the request: a job does what they asked for earlier, or they are just signing in. */
  actedFor(who: Partial<Actor>, details: AuditDetails & { readonly action: AuditAction }): void
  /** For the durable queue, which enqueues and settles a job in the transaction of its row. */
  readonly db: Kysely<Schema>
}

export interface Store extends Tables {
  /**
   * Runs `work` in one transaction. Events and then the audit trail are written as its last statements, because their sequences are taken
   * under locks that are held until commit: readers see sequences in order, and nobody waits for a lock during somebody else's I/O.
   *
   * @param source the `source` of the events that `work` emits
   */
  transaction<Result>(
    source: string,
    work: (transaction: StoreTransaction) => Promise<Result>,
  ): Promise<Result>
  /** The audited request that the running code belongs to. */
  readonly auditScope: AuditScope
  /** Records in the audit trail what is done without a transaction: somebody reads something. */
  record(audited: AuditedRequest, details: AuditDetails): Promise<void>
  /** Emits one event in a transaction of its own. */
  emit<Type extends EventType>(
    source: string,
    ref: EncounterRef,
    type: Type,
    facts: EventFacts<Type>,
  ): Promise<void>
  /** Adds an encounter, its job and the event EncounterDetected in one statement; false when the encounter is known already. */
  admit(source: string, ref: EncounterRef, job: QueuedJob): Promise<boolean>
}

export interface StoreOptions {
  readonly clock: Pick<Clock, 'now'>
  /** Their failed rows are the dead letters. May be empty only if dead letters are not read. */
  readonly jobKinds: readonly KindOfRows[]
}

export function createStore(db: Kysely<Schema>, { clock, jobKinds }: StoreOptions): Store {
  const at = (source: string) => ({ source, now: clock.now() })

  const auditScope = new AuditScope()
  const marks = new AuditMarks(clock)

  async function transact<Result>(
    source: string,
    audited: AuditedRequest | undefined,
    work: (transaction: StoreTransaction) => Promise<Result>,
  ): Promise<Result> {
    const events: NewEvent[] = []
    const subjects: AuditSubject[] = []
    const entries: AuditEntry[] = []
    const { result, keys } = await db.transaction().execute(async (trx) => {
      const rows = tables(trx, jobKinds)
      const emit: StoreTransaction['emit'] = (ref, type, facts) => {
        events.push(createEvent(at(source), ref, type, facts))
        const { practiceId, patientId, encounterId } = ref
        // Events of one work item name it.
        const { workItemId } = facts as { readonly workItemId?: string }
        subjects.push({ practiceId, patientId, encounterId, workItemId })
      }
      const value = await work({
        ...rows,
        db: trx,
        emit,
        workItemStatusChanged(item) {
          const ref = {
            practiceId: item.practice_id,
            patientId: item.patient_id,
            encounterId: item.encounter_id,
          }
          const facts = { ...toSubjectFacts(item), newStatus: item.review }
          emit(ref, 'WORK_ITEM_STATUS_CHANGED', facts)
        },
        acted: (details) => void (audited && entries.push(toEntry(audited, details))),
        actedFor: (who, details) =>
          void entries.push({
            actor: { ...(audited?.actor ?? nobody), ...who },
            operation: audited?.operation ?? null,
            details,
          }),
      })
      if (audited !== undefined && entries.length === 0 && subjects.length > 0)
        entries.push(toEntry(audited, { subjects }))
      const sifted = await marks.sift(entries, rows.audit)
      await rows.events.append(events)
      await rows.audit.append(sifted.rows)
      return { result: value, keys: sifted.keys }
    })
    marks.keep(keys)
    if (audited !== undefined && entries.length > 0) audited.isRecorded = true
    return result
  }

  const transaction: Store['transaction'] = (source, work) =>
    transact(source, auditScope.current, work)

  return {
    ...tables(db, jobKinds),
    transaction,
    auditScope,
    async record(audited, details) {
      if (marks.hasAll(toEntry(audited, details))) audited.isRecorded = true
      else await transact('Audit', audited, async (one) => one.acted(details))
    },
    emit: (source, ref, type, facts) =>
      transaction(source, async (one) => one.emit(ref, type, facts)),
    admit: (source, ref, job) =>
      encounterRows(db).admit(ref, job, createEvent(at(source), ref, 'EncounterDetected', {})),
  }
}

function tables(db: Kysely<Schema>, jobKinds: readonly KindOfRows[]) {
  return {
    registrations: registrationRows(db),
    encounters: encounterRows(db),
    workItems: workItemRows(db),
    workQueue: workQueueRows(db),
    savedViews: savedViewRows(db),
    charts: chartRows(db),
    attachments: attachmentRows(db),
    faxContacts: faxContactRows(db),
    signatures: signatureRows(db),
    mentions: mentionRows(db),
    answerChanges: answerChangeRows(db),
    formEntries: formEntryRows(db),
    payerForms: payerFormRows(db),
    peopleInput: peopleInputRows(db),
    history: historyRows(db),
    events: eventRows(db),
    sessions: sessionRows(db),
    signInLinks: signInLinkRows(db),
    ehrIdentities: ehrIdentityRows(db),
    knownCharts: knownChartRows(db),
    launchStates: launchStateRows(db),
    people: peopleRows(db),
    labels: labelRows(db),
    knownDevices: knownDeviceRows(db),
    personNames: personNameRows(db),
    keys: keyRows(db),
    passkeys: passkeyRows(db),
    signInFlows: signInFlowRows(db),
    signInAttempts: signInAttemptRows(db),
    audit: auditRows(db),
    failures: failureRows(db),
    deadLetters: deadLetterRows(db, jobKinds),
    writeBacks: writeBackRows(db),
    ehrShares: ehrShareRows(db),
    webhooks: webhookRows(db),
    webhookDeliveries: webhookDeliveryRows(db),
    redrives: redriveRows(db),
    idempotencyKeys: idempotencyKeyRows(db),
    lastBackup: lastBackupRows(db),
    processingPause: processingPauseRows(db),
    nodes: nodeRows(db),
    nodeMinutes: nodeMinuteRows(db),
    workFigures: workFigureRows(db),
    encounterSteps: encounterStepRows(db),
  }
}
