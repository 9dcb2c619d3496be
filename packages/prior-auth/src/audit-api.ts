import { z } from 'zod'
import type { Immutable } from './immutable.ts'
import { role } from './session-api.ts'

/**
 * What somebody did, as the audit trail names it.
 *
 * - `view`: opened a chart; `list`: had it in a list or in a stream of events.
 * - `change`, `approve`, `send` (to the chart or the payer), `export` (a file), `print`.
 * - `sign_in`, `sign_out`; `settings`: people, keys, forms, how the gateway runs.
 * - `retention`: the gateway removed old rows of the trail itself.
 */
export const auditAction = z.enum([
  'view',
  'list',
  'change',
  'approve',
  'send',
  'export',
  'print',
  'sign_in',
  'sign_out',
  'settings',
  'retention',
])

export const auditOutcome = z.enum(['done', 'refused'])

/** One row of the audit trail. It has ids only, no names of patients and no text of charts. */
export const auditEntryView = z.object({
  sequence: z.number().int(),
  occurredAt: z.string(),
  action: auditAction,
  outcome: auditOutcome,
  /** The operation of the API; null for what the gateway did by itself. */
  operation: z.string().nullable(),
  personId: z.string().nullable(),
  /** Null for somebody who is not known, and for the gateway. */
  label: z.string().nullable(),
  roles: z.array(role),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  practiceIds: z.array(z.string()),
  patientIds: z.array(z.string()),
  encounterIds: z.array(z.string()),
  workItemIds: z.array(z.string()),
  /** How often in this hour, for refusals; how many rows, for retention; else 1. */
  count: z.number().int(),
  /** What it was more exactly: a code or a word, never typed text. */
  detail: z.string().nullable(),
  hash: z.string(),
})

export type AuditAction = z.infer<typeof auditAction>
export type AuditOutcome = z.infer<typeof auditOutcome>
export type AuditEntryView = Immutable<z.infer<typeof auditEntryView>>
