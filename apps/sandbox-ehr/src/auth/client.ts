import type { JsonWebKey } from 'node:crypto'

export interface Client {
  readonly clientId: string
  /** Absent: this client only uses signed assertions. */
  readonly clientSecret?: string
  readonly practiceIds: readonly string[]
  readonly keys?: ClientKeys
  /** The most it can be granted; a token may then have fewer scopes than requested. Absent: whatever it requests. */
  readonly grantedScopes?: readonly string[]
}

/** A client's public keys, or the local URL where it publishes them. */
export interface ClientKeys {
  readonly jwks?: { readonly keys: readonly JsonWebKey[] }
  readonly jwksUrl?: string
}
