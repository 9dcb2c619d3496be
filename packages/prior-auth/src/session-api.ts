import { z } from 'zod'
import type { Immutable } from './immutable.ts'

/** What every page reads: who is signed in, why a request was refused, a page of a list. */

/**
 * - `clinician` approves; `staff` edits; both see charts.
 * - `auditor` reads the audit trail; `administrator` manages people, API keys and settings. Neither sees charts.
 * - `operator` runs the gateway and sees no chart data; `service` is a program that registers and reads.
 */
export const role = z.enum([
  'clinician',
  'staff',
  'auditor',
  'administrator',
  'operator',
  'service',
])

export const sessionView = z.object({
  label: z.string(),
  roles: z.array(role),
  practiceIds: z.array(z.string()),
  expiresAt: z.string(),
})

/** `token` is from a one-time sign-in link, `apiKey` from the configuration; exactly one of them. */
export const sessionRequest = z.union([
  z.strictObject({ token: z.string().min(1).max(200) }),
  z.strictObject({ apiKey: z.string().min(1).max(200) }),
])

/** RFC 9457. `code` is one of docs/errors.md. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  /** What was found and what is allowed, by path into the request. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})

/** A page of a list; pass `nextCursor` as `?cursor=` to get the next one. Null at the end. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

export type Role = z.infer<typeof role>
export type SessionView = Immutable<z.infer<typeof sessionView>>
export type SessionRequest = Immutable<z.infer<typeof sessionRequest>>
export type Problem = Immutable<z.infer<typeof problem>>
