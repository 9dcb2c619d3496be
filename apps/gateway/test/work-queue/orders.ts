import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Schema } from '../../src/store/schema.ts'

/** An order as the queue sees it; what is left out is null. */
export interface Order {
  readonly id: string
  readonly practiceId?: string
  readonly encounterId?: string
  readonly review?: string
  readonly payerState?: string
  readonly handedOver?: boolean
  readonly patientName?: string
  readonly sortName?: string
  readonly description?: string
  readonly payerName?: string
  readonly providerName?: string
  readonly providerSortName?: string
  readonly plannedOn?: string
  /** The last day of an urgent order. */
  readonly expeditedDueOn?: string
  /** Who is asked for information. */
  readonly askedOf?: string
  readonly owner?: string
  readonly searchText?: string
  readonly writeBack?: 'queued' | 'failed' | 'ambiguous' | 'written' | 'withdrawn'
}

const day = '2026-06-15T18:00:00Z'

/** Writes orders as rows, one encounter each. */
export async function addOrders(db: Kysely<Schema>, orders: readonly Order[]): Promise<void> {
  for (const order of orders) {
    const { id, practiceId = 'p1', encounterId = `e-${id}`, writeBack } = order
    await sql`
      insert into encounters (practice_id, patient_id, encounter_id, processing, detected_at)
      values (${practiceId}, 'patient', ${encounterId}, 'processed', ${day}) on conflict do nothing`.execute(
      db,
    )
    await sql`
      insert into work_items (work_item_id, practice_id, encounter_id, patient_id, service_request_id, transaction_id, review,
                              recommendation, analysis, completeness, created_at, updated_at, payer_state, handed_over_at,
                              patient_name, patient_sort_name, order_description, payer_name, provider_name, planned_on, owner,
                              search_text, provider_sort_name, expedited_due_on, urgency, asked_of, asked_what, asked_by,
                              asked_at, version)
      values (${id}, ${practiceId}, ${encounterId}, 'patient', ${id}, 't', ${order.review ?? 'ready_for_review'},
              'approve', '{}', '[]', ${day}, ${day}, ${order.payerState ?? null}, ${order.handedOver === true ? day : null},
              ${order.patientName ?? null}, ${order.sortName ?? null}, ${order.description ?? null}, ${order.payerName ?? null},
              ${order.providerName ?? null}, ${order.plannedOn ?? null}, ${order.owner ?? null}, ${order.searchText ?? ''},
              ${order.providerSortName ?? null}, ${order.expeditedDueOn ?? null},
              ${order.expeditedDueOn === undefined ? null : 'urgent'}, ${order.askedOf ?? null},
              ${order.askedOf === undefined ? null : 'the report of the MRI'}, ${order.askedOf === undefined ? null : 'J. Ruiz'},
              ${order.askedOf === undefined ? null : day}, 2)`.execute(db)
    if (writeBack !== undefined)
      await sql`
        insert into write_backs (work_item_id, version, practice_id, encounter_id, patient_id, identifier, form_sha256, state,
                                 approved_by, approved_at, sending_since, sent_count, document_id)
        values (${id}, 1, ${practiceId}, ${encounterId}, 'patient', ${`${id}.v1`}, 'sha', ${writeBack}, 'someone', ${day},
                ${writeBack === 'ambiguous' ? day : null},
                ${writeBack === 'ambiguous' ? 1 : 0}, ${writeBack === 'written' ? 'document' : null})`.execute(
        db,
      )
  }
}
