import type { KeyObject } from 'node:crypto'

/** `fetch` for small answers, without redirects, with a time limit. It goes through the proxy that is configured. */
export type SmallFetch = (
  url: string,
  request?: {
    readonly method?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string | undefined
  },
) => Promise<Response>

/** A server at which people sign in. */
export interface OpenIdServer {
  /** The `iss` of its id tokens. */
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly jwksUri: string
  /** Whether the answer to an authorization request names its issuer (RFC 9207). */
  readonly namesIssuer: boolean
}

/** How the server identifies us. */
export interface OpenIdClient {
  readonly clientId: string
  readonly authentication: ClientAuthentication
  /** How far its clock may be off. */
  readonly toleranceSeconds: number
}

export type ClientAuthentication =
  /** PKCE only. */
  | { readonly method: 'none' }
  | { readonly method: 'client_secret_basic' | 'client_secret_post'; readonly secret: string }
  | {
      readonly method: 'private_key_jwt'
      readonly keyId: string
      readonly algorithm: 'RS384' | 'ES384'
      readonly privateKey: KeyObject
    }
