/** What a sign-in must remember between two requests of a browser. */
export type SignInFlow =
  | {
      readonly kind: 'oidc'
      readonly state: string
      readonly nonce: string
      readonly verifier: string
      readonly redirectUri: string
      /** The path at which the person continues. */
      readonly to: string
    }
  | { readonly kind: 'passkey_add'; readonly challenge: string; readonly personId: string }
  | { readonly kind: 'passkey_use'; readonly challenge: string }
  /** A logout token of an identity provider that was used: it is accepted once. */
  | { readonly kind: 'logout_token' }
