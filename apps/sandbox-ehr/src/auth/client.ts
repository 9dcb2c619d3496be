import type { JsonWebKey } from 'node:crypto'

export interface Client {
  readonly clientId: string
  /** Absent: this client only signs. */
  readonly clientSecret?: string
  readonly practiceIds: readonly string[]
  readonly keys?: ClientKeys
  /** What it may be given at most; a token then says less than was asked. Absent: what it asks for. */
  readonly grantedScopes?: readonly string[]
}

/** A client's public keys, or where on this machine it publishes them. */
export interface ClientKeys {
  readonly jwks?: { readonly keys: readonly JsonWebKey[] }
  readonly jwksUrl?: string
}
