import type { SignInMethod } from '@authscript/prior-auth'
import type { Log } from '../log.ts'
import type { StoreTransaction } from '../store/store.ts'

export type SecurityEventKind =
  | 'signed_in'
  | 'sign_in_refused'
  | 'proved_again'
  | 'signed_out'
  | 'sessions_ended'
  | 'logout_refused'
  | 'person_added'
  | 'person_changed'
  | 'person_renamed'
  | 'person_disabled'
  | 'person_enabled'
  | 'password_changed'
  | 'password_removed'
  | 'link_made'
  | 'devices_removed'
  | 'passkey_added'
  | 'passkey_removed'
  | 'key_made'
  | 'key_revoked'

/** Who acts, as history names them. */
export interface Actor {
  readonly label: string
  readonly personId: string | undefined
}

/** Where a request comes from. `address` and `requestId` are undefined for the command line. */
export interface Origin {
  readonly address: string | undefined
  readonly browser: string | undefined
  readonly requestId: string | undefined
}

/** A change of who may do what, or a sign-in. It never holds a password, a token or a typed login. */
export interface SecurityEvent {
  readonly kind: SecurityEventKind
  /** Undefined: nobody was signed in. */
  readonly actor: Actor | undefined
  /** The person, session, passkey or key that it is about, by id. */
  readonly subjectId?: string | undefined
  readonly practiceIds?: readonly string[]
  readonly method?: SignInMethod
  /** Why it was refused: a code of docs/errors.md. */
  readonly code?: string
  /** The names of a person whose display name was changed. For the audit trail, which names people; never for the log. */
  readonly names?: { readonly before: string; readonly after: string }
  readonly origin: Origin
}

/** Records an event in the transaction of what it reports. The audit trail has these events from here only. */
export type RecordSecurityEvent = (
  event: SecurityEvent,
  transaction: StoreTransaction,
) => Promise<void>

export const commandLine: Origin = {
  address: undefined,
  browser: undefined,
  requestId: undefined,
}

/** By ids: names do not belong into the log of the server. */
export const logSecurityEvents =
  (log: Log): RecordSecurityEvent =>
  async ({ kind, actor, subjectId, method, code, origin }) =>
    log.info(
      {
        personId: actor?.personId,
        subjectId,
        method,
        code,
        requestId: origin.requestId,
      },
      `security: ${kind}`,
    )
