import type { JsonWebKey } from 'node:crypto'

export interface Client {
  readonly clientId: string
  /** Absent: this client only uses signed assertions. */
  readonly clientSecret?: string
  readonly practiceIds: readonly string[]
  readonly keys?: ClientKeys
  /** The most it can be granted; a token may then have fewer scopes than requested. Absent: whatever it requests. */
  readonly grantedScopes?: readonly string[]
  /** What makes it an app that users open. */
  readonly app?: App
}

/** A client's public keys, or the local URL where it publishes them. */
export interface ClientKeys {
  readonly jwks?: { readonly keys: readonly JsonWebKey[] }
  readonly jwksUrl?: string
}

/** Where the EHR opens an app, and where it sends the browser back to. */
export interface App {
  readonly launchUrl: string
  /** Compared as whole texts. */
  readonly redirectUris: readonly string[]
}
