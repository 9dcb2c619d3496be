import {
  onServer,
  type TestConnection,
} from '../../apps/gateway/test/database/template-database.ts'
import type { EventRecorder } from './event-recorder.ts'
import { waitUntil } from './wait-until.ts'
import type { PracticeUsers } from './practice-users.ts'

export interface Verdict {
  readonly registered: number
  readonly approved: number
  /** Acknowledged encounters that are not processed, and acknowledged approvals whose document is not in the chart. */
  readonly lost: number
  readonly failed: number
  /** Encounters that ended more than once, and work items or forms that were announced twice. */
  readonly duplicateWorkItems: number
  readonly duplicateDocuments: number
  /** Documents that nobody approved. */
  readonly unapprovedDocuments: number
  readonly missedEvents: number
  readonly repeatedEvents: number
  readonly findings: readonly string[]
}

interface ChartDocument {
  readonly id?: string
  readonly identifier?: readonly { readonly value?: string }[]
}

/** Waits until everything that was acknowledged is done, then counts in the database and in the EHR. Uses no count of the gateway. */
export async function verify(
  database: TestConnection,
  sandboxUrl: string,
  users: PracticeUsers,
  recorder: EventRecorder,
  timeoutMs: number,
): Promise<Verdict> {
  const findings: string[] = []
  const documents = async () =>
    (await (await fetch(`${sandboxUrl}/control/documents`)).json()) as readonly ChartDocument[]
  const ask = <Row>(sql: string) =>
    onServer(database, async (client) => (await client.query(sql)).rows as Row[])
  await waitUntil(
    'everything that was acknowledged',
    async () => {
      // Approves what is still open: an approval that was not acknowledged is repeated.
      await users.approveAll()
      await users.decideAll(async (approval) =>
        documentNumberOf((await documents()).find((one) => approvalOf(one) === approval)),
      )
      const rows = await ask<{ open: number }>(
        `select ((select count(*) from encounters where processing not in ('processed', 'failed'))
               + (select count(*) from write_backs where state in ('queued', 'writing'))
               + (select count(*) from work_items w where exists (select from forms f where f.work_item_id = w.work_item_id)
                    and review <> 'submitted')
               + ${users.registered.length} - (select count(*) from encounters))::int as open`,
      ).catch(() => [])
      return rows[0]?.open === 0 ? true : undefined
    },
    timeoutMs,
  ).catch((error: Error) => findings.push(error.message))

  const encounters = await ask<{ encounter_id: string; processing: string; error_code: string }>(
    'select encounter_id, processing, error_code from encounters',
  )
  const processed = new Set(
    encounters.filter((row) => row.processing === 'processed').map((row) => row.encounter_id),
  )
  const lostEncounters = users.registered.filter(
    (encounter) => !processed.has(encounter.encounterId),
  )
  for (const { encounterId } of lostEncounters) {
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
  for (const { what, times } of repeated) findings.push(`${times} events: ${what}`)

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
  const lostApprovals = [...users.approved].filter((workItemId) => !recorded.has(workItemId))
  for (const { identifier, state, error_code } of lostDocuments)
    findings.push(`not in the chart: ${identifier}, ${state} ${error_code ?? ''}`)

  const stored = await ask<{ sequence: string }>('select sequence from events order by sequence')
  const last = Number(stored.at(-1)?.sequence ?? 0)
  await waitUntil(
    'the recorder to catch up',
    () => ((recorder.seen.at(-1) ?? 0) >= last ? true : undefined),
    30_000,
  ).catch((error: Error) => findings.push(error.message))
  const seen = new Set(recorder.seen)
  const missedEvents = stored.filter((row) => !seen.has(Number(row.sequence))).length
  return {
    registered: users.registered.length,
    approved: approvals.length,
    lost: lostEncounters.length + lostDocuments.length + lostApprovals.length,
    failed: encounters.filter((row) => row.processing === 'failed').length,
    duplicateWorkItems: repeated.length + (items === undefined ? 0 : items.items - items.orders),
    duplicateDocuments: written.length - identifiers.size,
    unapprovedDocuments: [...identifiers].filter((one) => !approvedIdentifiers.has(one)).length,
    missedEvents,
    repeatedEvents: recorder.seen.length - seen.size,
    findings,
  }
}

/** The document number that users of athenahealth see: the end of the FHIR id. */
function documentNumberOf(document: ChartDocument | undefined): string | undefined {
  return /\d+$/.exec(document?.id ?? '')?.[0]
}

/** The approval that a document belongs to: from its identifier, or from what athenahealth keeps of it in a note or file name. */
function approvalOf(document: ChartDocument): string {
  const texts = (document.identifier ?? []).map(({ value }) => value ?? '')
  return texts.map((text) => /wi-[0-9a-f-]+\.v\d+/.exec(text)?.[0]).find(Boolean) ?? 'none'
}
