import type { AuditAction } from '@authscript/prior-auth'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '../../log.ts'
import type { AuditedRequest } from '../../store/audit-scope.ts'
import type { AuditSubject, AuditDetails } from '../../store/audit-entry.ts'
import type { Store } from '../../store/store.ts'
import type { Auth, Caller } from '../auth.ts'
import { ruleFor } from '../authorization/operations.ts'

/** The part of a list's row that the audit trail needs. */
interface ListedRow {
  readonly practice_id: string
  readonly patient_id: string
  readonly encounter_id: string
  readonly work_item_id?: string | null
}

/** Actions that show something. */
const readActions: readonly AuditAction[] = ['view', 'list', 'export', 'print']

/** Statuses of refusals: the caller is unknown, may not do this, or may not see it. */
const refusals = [401, 403, 404]

/**
 * The audit trail's side of the requests. The table of operations says what each is audited as; who acts is known to every transaction
 * of the request (`AuditScope`), and a change is recorded in its own transaction. What is read is recorded here: no answer of an operation
 * that shows something is sent before its row is committed, so a route that forgets to record fails.
 */
export class RequestAudit {
  readonly #store: Store
  readonly #auth: Auth
  readonly #log: Log
  readonly #audited = new WeakMap<FastifyRequest, AuditedRequest>()

  constructor({ store, auth, log }: { store: Store; auth: Auth; log: Log }) {
    this.#store = store
    this.#auth = auth
    this.#log = log
  }

  /** Before a list is sent: records those of its patients whom this person has not yet seen in a list in this minute. */
  async listed(request: FastifyRequest, rows: readonly ListedRow[]): Promise<void> {
    await this.#record(request, { subjects: rows.map(toSubject), oncePerMinute: true })
  }

  /** Before a chart is sent that belongs to no work item: records the view. */
  async viewed(request: FastifyRequest, rows: readonly ListedRow[]): Promise<void> {
    await this.#record(request, {
      action: 'view',
      subjects: rows.map(toSubject),
      oncePerMinute: true,
    })
  }

  /** Before a file with these patients is sent: records the export. */
  async exported(request: FastifyRequest, rows: readonly ListedRow[]): Promise<void> {
    const { practiceIds } = this.#auth.caller(request)
    await this.#store.record(this.#auditedFor(request), {
      subjects: rows.map(toSubject),
      practiceIds,
    })
  }

  /** Records that a page with these orders is printed: one row for each chart, person and minute. */
  async printed(request: FastifyRequest, rows: readonly ListedRow[]): Promise<void> {
    await this.#record(request, { subjects: rows.map(toSubject), oncePerMinute: true })
  }

  /** Records what no transaction records. */
  async did(request: FastifyRequest, details: AuditDetails): Promise<void> {
    await this.#store.record(this.#auditedFor(request), details)
  }

  /** The answer shows nothing, and nothing was changed. */
  nothing(request: FastifyRequest): void {
    this.#auditedFor(request).isRecorded = true
  }

  async #record(request: FastifyRequest, details: AuditDetails): Promise<void> {
    const audited = this.#auditedFor(request)
    if (details.subjects?.length === 0) audited.isRecorded = true
    else await this.#store.record(audited, details)
  }

  /** The request as the audit trail sees it; undefined where it has no row of it. */
  auditedRequestOf(request: FastifyRequest): AuditedRequest | undefined {
    return isAudited(request) ? this.#auditedFor(request) : undefined
  }

  #auditedFor(request: FastifyRequest): AuditedRequest {
    const audited = this.#audited.get(request) ?? this.#newAuditedRequest(request)
    this.#audited.set(request, audited)
    return audited
  }

  #newAuditedRequest(request: FastifyRequest): AuditedRequest {
    const rule = ruleFor(request)
    const caller = this.#auth.callerOf(request)
    return {
      actor: {
        personId: caller?.personId ?? null,
        label: caller?.label ?? null,
        roles: [...(caller?.roles ?? [])],
        address: request.ip,
        requestId: request.id,
      },
      action: rule === undefined || rule.audited === 'no' ? 'view' : rule.audited,
      operation: request.routeOptions.schema?.operationId ?? '',
      isRecorded: false,
    }
  }

  /** The last moment before the answer is sent. */
  async settle(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (reply.statusCode >= 400) return this.#refused(request, reply.statusCode)
    if (!isAudited(request)) return
    const audited = this.#auditedFor(request)
    if (audited.isRecorded) return
    const subject = await this.#workItemOf(request)
    // It repeats the answer of an earlier request with the same Idempotency-Key, which has its row.
    if (subject === undefined && reply.hasHeader('idempotency-replayed')) return
    // A request that found nothing to change.
    if (subject === undefined && !readActions.includes(audited.action)) return
    if (subject === undefined)
      throw new TypeError(
        `operation ${audited.operation} answers, and its route recorded nothing; it calls audit.viewed or audit.listed, or its transaction emits an event or calls acted`,
      )
    const isPrinted = (request.query as { readonly for?: string }).for === 'print'
    // A change that had been made before answers with the chart.
    const details: AuditDetails =
      audited.action === 'export'
        ? { action: isPrinted ? 'print' : 'export' }
        : { action: 'view', oncePerMinute: true }
    await this.#store.record(audited, { ...details, subjects: [subject] })
  }

  async #workItemOf(request: FastifyRequest): Promise<AuditSubject | undefined> {
    const { workItemId } = request.params as { readonly workItemId?: string }
    const caller: Caller | undefined = this.#auth.callerOf(request)
    if (workItemId === undefined || caller === undefined) return undefined
    const row = await this.#store.workItems.subject(caller, workItemId)
    return row && toSubject(row)
  }

  /** Records a refusal, without the content of the request, which may be anything. If this fails, the answer is sent all the same. */
  async #refused(request: FastifyRequest, status: number): Promise<void> {
    if (!refusals.includes(status)) return
    const audited = this.#auditedFor(request)
    const isKnown = audited.actor.label !== null
    const hasKey =
      request.headers['x-api-key'] !== undefined || request.headers.authorization !== undefined
    const isSignIn = audited.action === 'sign_in' || (status === 401 && hasKey)
    // A request of an ended session is not counted as a refusal, nor is a page that does not exist, unless it is a chart's.
    if (audited.isRecorded || (!isKnown && !isSignIn)) return
    if (status === 404 && ruleFor(request)?.chart !== true) return
    try {
      await this.#store.record(audited, {
        ...(isSignIn && !isKnown ? { action: 'sign_in' } : {}),
        outcome: 'refused',
        detail: codes[status],
        practiceIds: this.#auth.callerOf(request)?.practiceIds ?? [],
      })
    } catch (error) {
      this.#log.warn({ error, requestId: request.id }, 'a refusal could not be audited')
    }
  }
}

/** The files of the dashboard have no row in the table. */
function isAudited(request: FastifyRequest): boolean {
  const rule = ruleFor(request)
  return rule !== undefined && rule.audited !== 'no'
}

const codes: Readonly<Record<number, string>> = {
  401: 'unauthenticated',
  403: 'not_allowed',
  404: 'not_found',
}

function toSubject(row: ListedRow): AuditSubject {
  return {
    practiceId: row.practice_id,
    patientId: row.patient_id,
    encounterId: row.encounter_id,
    workItemId: row.work_item_id ?? undefined,
  }
}
