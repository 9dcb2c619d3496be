import {
  onServer,
  type TestConnection,
} from '../../apps/gateway/test/database/template-database.ts'
import type { EventWitness } from './event-recorder.ts'
import { until } from './wait-until.ts'
import type { PracticeStaff } from './practice-users.ts'

export interface Verdict {
  readonly registered: number
  readonly approved: number
  /** Acknowledged visits that are not processed, acknowledged approvals whose document is not in the chart. */
  readonly lost: number
  readonly failed: number
  /** Visits that ended more than once, work items or forms told of twice. */
  readonly duplicateWorkItems: number
  readonly duplicateDocuments: number
  /** Documents that nobody approved. */
  readonly unapprovedDocuments: number
  readonly missedEvents: number
  readonly repeatedEvents: number
  readonly findings: readonly string[]
}

interface Documents {
  readonly id?: string
  readonly identifier?: readonly { readonly value?: string }[]
}

/** Waits until everything owed is done, then counts, in the database and in the EHR's own record; never by what the gateway counts. */
export async function judge(
  database: TestConnection,
  sandboxUrl: string,
  staff: PracticeStaff,
  witness: EventWitness,
  patienceMs: number,
): Promise<Verdict> {
  const findings: string[] = []
  const documents = async () =>
    (await (await fetch(`${sandboxUrl}/control/documents`)).json()) as readonly Documents[]
  const ask = <Row>(sql: string) =>
    onServer(database, async (client) => (await client.query(sql)).rows as Row[])
  await until(
    'everything owed',
    async () => {
      // A person approves whatever is still open: what was not acknowledged is asked for again.
      await staff.approveAll()
      await staff.decideAll(async (approval) =>
        documentNumberOf((await documents()).find((one) => approvalOf(one) === approval)),
      )
      const rows = await ask<{ open: number }>(
        `select ((select count(*) from encounters where processing not in ('processed', 'failed'))
               + (select count(*) from write_backs where state in ('queued', 'writing'))
               + (select count(*) from work_items w where exists (select from forms f where f.work_item_id = w.work_item_id)
                    and review <> 'submitted')
               + ${staff.registered.length} - (select count(*) from encounters))::int as open`,
      ).catch(() => [])
      return rows[0]?.open === 0 ? true : undefined
    },
    patienceMs,
  ).catch((error: Error) => findings.push(error.message))

  const encounters = await ask<{ encounter_id: string; processing: string; error_code: string }>(
    'select encounter_id, processing, error_code from encounters',
  )
  const processed = new Set(
    encounters.filter((row) => row.processing === 'processed').map((row) => row.encounter_id),
  )
  const lostVisits = staff.registered.filter((visit) => !processed.has(visit.encounterId))
  for (const { encounterId } of lostVisits) {
    const row = encounters.find((one) => one.encounter_id === encounterId)
    findings.push(`${encounterId}: ${row?.processing ?? 'not there'} ${row?.error_code ?? ''}`)
  }

  const repeated = await ask<{ what: string; times: number }>(
    `select event_type || ' ' || correlation_id || ' ' || coalesce(data->>'workItemId', '') || ' ' || coalesce(data->>'newStatus', '') as what,
            count(*)::int as times
       from events where event_type in ('EncounterDetected', 'EncounterProcessed', 'PA_FORM_READY', 'WORK_ITEM_STATUS_CHANGED')
      group by 1 having count(*) > 1`,
  )
  const [items] = await ask<{ items: number; orders: number }>(
    `select count(*)::int as items, count(distinct (practice_id, encounter_id, service_request_id))::int as orders from work_items`,
  )
  for (const { what, times } of repeated) findings.push(`told ${times} times: ${what}`)

  const written = (await documents()).map(approvalOf)
  const identifiers = new Set(written)
  const approvals = await ask<{
    identifier: string
    work_item_id: string
    state: string
    error_code: string | null
  }>('select identifier, work_item_id, state, error_code from write_backs')
  const approvedIdentifiers = new Set(approvals.map((row) => row.identifier))
  const lostDocuments = approvals.filter((row) => !identifiers.has(row.identifier))
  const recorded = new Set(approvals.map((row) => row.work_item_id))
  const lostApprovals = [...staff.approved].filter((workItemId) => !recorded.has(workItemId))
  for (const { identifier, state, error_code } of lostDocuments)
    findings.push(`not in the chart: ${identifier}, ${state} ${error_code ?? ''}`)

  const stored = await ask<{ sequence: string }>('select sequence from events order by sequence')
  const last = Number(stored.at(-1)?.sequence ?? 0)
  await until(
    'the witness to catch up',
    () => ((witness.seen.at(-1) ?? 0) >= last ? true : undefined),
    30_000,
  ).catch((error: Error) => findings.push(error.message))
  const seen = new Set(witness.seen)
  const missedEvents = stored.filter((row) => !seen.has(Number(row.sequence))).length
  return {
    registered: staff.registered.length,
    approved: approvals.length,
    lost: lostVisits.length + lostDocuments.length + lostApprovals.length,
    failed: encounters.filter((row) => row.processing === 'failed').length,
    duplicateWorkItems: repeated.length + (items === undefined ? 0 : items.items - items.orders),
    duplicateDocuments: written.length - identifiers.size,
    unapprovedDocuments: [...identifiers].filter((one) => !approvedIdentifiers.has(one)).length,
    missedEvents,
    repeatedEvents: witness.seen.length - seen.size,
    findings,
  }
}

/** People know documents of athenahealth by their number, with which its FHIR id ends. */
function documentNumberOf(document: Documents | undefined): string | undefined {
  return /\d+$/.exec(document?.id ?? '')?.[0]
}

/** Which approval a document is of: its identifier, or what athenahealth keeps of it in a note or file name. */
function approvalOf(document: Documents): string {
  const texts = (document.identifier ?? []).map(({ value }) => value ?? '')
  return texts.map((text) => /wi-[0-9a-f-]+\.v\d+/.exec(text)?.[0]).find(Boolean) ?? 'none'
}
