import { Readable } from 'node:stream'
import {
  auditAction,
  type AuditEntryView,
  auditEntryView,
  auditOutcome,
  pageOf,
} from '@authscript/prior-auth'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { AuditFilter, AuditRow } from '../../store/audit-log.ts'
import { cursorOf, keysetQuery, keysetRequestOf, toPage } from '../paging.ts'
import type { App, RouteDependencies } from '../routes.ts'
import { forWire } from '../views.ts'
import { auditCsvHead, auditCsvOf } from './audit-csv.ts'

/** Rows of a file that are in memory at once. */
const filePageSize = 1000

const id = z.string().min(1).max(200).optional()
const time = z.iso.datetime({ offset: true }).pipe(z.coerce.date()).optional()

const filterQuery = z.object({
  patient: id.describe('The id of a patient in the EHR'),
  encounter: id.describe('The id of an encounter in the EHR'),
  workItem: id,
  person: id.describe('The label of a person, or their id'),
  action: auditAction.optional(),
  outcome: auditOutcome.optional(),
  from: time.describe('From this moment on'),
  to: time.describe('Before this moment'),
})

const listQuery = filterQuery.extend(
  keysetQuery(z.strictObject({ sequence: z.number().int().min(1).max(999_999_999_999_999) })).shape,
)

type FilterQuery = z.output<typeof filterQuery>

/** The audit trail, for auditors: who did what, newest first, as far as it concerns their practices. */
export function addAuditRoutes(
  app: App,
  { store, auth, audit, clock, toAuditEvent }: RouteDependencies,
): void {
  app.get(
    '/api/audit',
    {
      schema: {
        operationId: 'listAuditEntries',
        tags: ['audit'],
        summary: 'Who did what, newest first',
        querystring: listQuery,
        response: { 200: pageOf(auditEntryView) },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { practiceIds } = caller
      await audit.did(request, { detail: 'audit', practiceIds, oncePerMinute: true })
      const { cursor, limit } = request.query
      const after = cursor?.sequence
      const rows = await store.audit.list(
        caller,
        toFilter(request.query),
        keysetRequestOf({ cursor: after, limit }),
      )
      return toPage(
        rows,
        limit,
        (row) => forWire<z.infer<typeof auditEntryView>>(toAuditView(row)),
        ({ sequence }) => cursorOf({ sequence }),
      )
    },
  )

  const files = [
    {
      path: '/api/audit.csv',
      operationId: 'exportAuditCsv',
      summary: 'The same as a file for a spreadsheet',
      type: 'text/csv; charset=utf-8',
      extension: 'csv',
      head: auditCsvHead(),
      toText: auditCsvOf,
    },
    {
      path: '/api/audit.ndjson',
      operationId: 'exportAuditEvents',
      summary: 'The same as FHIR R4 AuditEvents, one a line',
      type: 'application/fhir+ndjson; charset=utf-8',
      extension: 'ndjson',
      head: '',
      toText: (rows: readonly AuditEntryView[]) =>
        rows.map((row) => `${JSON.stringify(toAuditEvent(row))}\n`).join(''),
    },
  ] as const
  for (const { path, operationId, summary, type, extension, head, toText } of files)
    app.get(
      path,
      { schema: { operationId, tags: ['audit'], summary, querystring: filterQuery } },
      async (request, reply) => {
        const { practiceIds } = auth.caller(request)
        await audit.did(request, { detail: `audit ${extension}`, practiceIds })
        const day = clock.now().toISOString().slice(0, 10)
        return reply
          .type(type)
          .header('content-disposition', `attachment; filename="audit-${day}.${extension}"`)
          .send(Readable.from(linesOf(request, request.query, { head, toText })))
      },
    )

  async function* linesOf(
    request: FastifyRequest,
    query: FilterQuery,
    { head, toText }: { readonly head: string; toText(rows: readonly AuditEntryView[]): string },
  ) {
    yield head
    let after: number | undefined
    for (;;) {
      const page = { after, limit: filePageSize }
      const rows = await store.audit.list(auth.caller(request), toFilter(query), page)
      yield toText(rows.map(toAuditView))
      after = rows.at(-1)?.sequence
      if (rows.length < filePageSize) return
    }
  }
}

function toFilter({ patient, encounter, workItem, ...query }: FilterQuery): AuditFilter {
  const { person, action, outcome, from, to } = query
  return {
    patientId: patient,
    encounterId: encounter,
    workItemId: workItem,
    person,
    action,
    outcome,
    from,
    to,
  }
}

function toAuditView(row: AuditRow): AuditEntryView {
  return {
    sequence: row.sequence,
    occurredAt: row.occurred_at.toISOString(),
    action: row.action,
    outcome: row.outcome,
    operation: row.operation,
    personId: row.person_id,
    label: row.label,
    roles: row.roles,
    address: row.address,
    requestId: row.request_id,
    practiceIds: row.practice_ids,
    patientIds: row.patient_ids,
    encounterIds: row.encounter_ids,
    workItemIds: row.work_item_ids,
    count: row.count,
    detail: row.detail,
    hash: row.hash,
  }
}
