/** What was asked of a browser, until it answers. */
export type SignInFlow =
  | {
      readonly kind: 'oidc'
      readonly state: string
      readonly nonce: string
      readonly verifier: string
      readonly redirectUri: string
      /** Where the person goes on. */
      readonly to: string
    }
  | { readonly kind: 'passkey_add'; readonly challenge: string; readonly personId: string }
  | { readonly kind: 'passkey_use'; readonly challenge: string }
  /** Of an identity provider: it was used, and counts once. */
  | { readonly kind: 'logout_token' }
