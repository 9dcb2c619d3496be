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

/** How a session was opened. */
export const signInMethod = z.enum(['key', 'link', 'password', 'passkey', 'oidc', 'launch'])

export const sessionView = z.object({
  /** Of a person: their display name, which nobody else has or had. */
  label: z.string(),
  /** Null: a shared key or a link of nobody was used. */
  personId: z.string().nullable(),
  /** Null: a key came with the request. */
  method: signInMethod.nullable(),
  roles: z.array(role),
  practiceIds: z.array(z.string()),
  /** The person has no password or passkey of their own, and chooses one before anything else, which is refused until then. */
  mustChangePassword: z.boolean(),
  /** When it ends whatever anybody does. */
  expiresAt: z.string(),
  /** The EHR whose chart opened the session, if its page and ours send each other messages. */
  ehrFrame: z
    .object({
      /** Origins of its pages; `https://*.ehr.example` stands for every host under it. */
      hosts: z.array(z.string()),
      practiceId: z.string(),
      /** Null: no patient was on the screen. */
      patientId: z.string().nullable(),
    })
    .nullable(),
  /** When it ends unless somebody uses it before; null: it does not end by that. */
  idleEndsAt: z.string().nullable(),
  /** So long before `idleEndsAt` a page warns its person. */
  warnSeconds: z.number(),
  /** The gateway's time at this answer: by it the other times are read, because a browser's clock may be wrong. */
  now: z.string(),
})

/** A person's login and password; or `token` from a one-time sign-in link; or `apiKey`, a key. */
export const sessionRequest = z.union([
  z.strictObject({ login: z.string().min(1).max(200), password: z.string().min(1).max(1000) }),
  z.strictObject({ token: z.string().min(1).max(200) }),
  z.strictObject({ apiKey: z.string().min(1).max(200) }),
])

/** How people can sign in here, for the sign-in page. A key and a one-time link always work. */
export const signInWays = z.object({
  /** Named people were added. */
  password: z.boolean(),
  /** The name of the identity provider; null: there is none. */
  oidc: z.string().nullable(),
})

/** RFC 9457. `code` is one of docs/errors.md; `type` leads to it there, as the gateway serves it. */
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
export type SignInMethod = z.infer<typeof signInMethod>
export type SignInWays = Immutable<z.infer<typeof signInWays>>
export type SessionView = Immutable<z.infer<typeof sessionView>>
export type SessionRequest = Immutable<z.infer<typeof sessionRequest>>
export type Problem = Immutable<z.infer<typeof problem>>
