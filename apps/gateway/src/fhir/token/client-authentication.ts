import { randomUUID, type webcrypto } from 'node:crypto'
import * as oauth from 'oauth4webapi'
import type { Clock } from '../../clock.ts'
import type { SigningAlgorithm, SigningKey, SigningKeys } from './signing-keys.ts'

/** How the gateway authenticates at the token endpoint. */
export type ClientCredentials =
  | {
      readonly method: 'client_secret_post' | 'client_secret_basic'
      readonly secret: string
    }
  | {
      readonly method: 'private_key_jwt'
      readonly keys: SigningKeys
      /** The URL of our public keys, sent as the header `jku`; undefined: the EHR knows them from the registration. */
      readonly jwksUrl: string | undefined
    }

/** A request to the token endpoint. */
export interface TokenRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** An assertion is valid from shortly before now, for EHRs whose clock is slow. The total is less than SMART's limit of five minutes. */
const validBeforeSeconds = 30
const validForSeconds = 240

/** Creates a client_credentials request, authenticated with `credentials`. */
export async function toTokenRequest(
  tokenEndpoint: string,
  clientId: string,
  scopes: readonly string[],
  credentials: ClientCredentials,
  clock: Clock,
): Promise<TokenRequest> {
  const server: oauth.AuthorizationServer = {
    issuer: new URL(tokenEndpoint).origin,
    token_endpoint: tokenEndpoint,
  }
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope: scopes.join(' ') })
  const headers = new Headers({
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
  })
  const authenticate = authenticationOf(credentials, tokenEndpoint, clock)
  await authenticate(server, { client_id: clientId }, body, headers)
  return { headers: Object.fromEntries(headers), body: body.toString() }
}

/** The configuration keys to check, for messages to operators. */
export function keysToCheck(
  { method }: ClientCredentials,
  keyName: (key: string) => string,
): string {
  const scopes = keyName('Scopes')
  return method === 'private_key_jwt'
    ? `${keyName('ClientId')}, ${keyName('PrivateKeyFile')} (whether the EHR knows our public keys), ${keyName('TokenEndpoint')} and ${scopes}`
    : `${keyName('ClientId')}, ${keyName('ClientSecret')}, ${keyName('ClientAuthentication')} and ${scopes}`
}

/** The algorithm of our assertions; undefined if a secret is sent. */
export function algorithmOf(credentials: ClientCredentials): SigningAlgorithm | undefined {
  return credentials.method === 'private_key_jwt' ? credentials.keys.signing.algorithm : undefined
}

function authenticationOf(
  credentials: ClientCredentials,
  tokenEndpoint: string,
  clock: Clock,
): oauth.ClientAuth {
  switch (credentials.method) {
    case 'client_secret_post':
      return oauth.ClientSecretPost(credentials.secret)
    case 'client_secret_basic':
      return basicAuthentication(credentials.secret)
    case 'private_key_jwt':
      return oauth.PrivateKeyJwt(
        {
          key: toCryptoKey(credentials.keys.signing),
          kid: credentials.keys.signing.keyId,
        },
        {
          [oauth.modifyAssertion](header, payload) {
            const now = Math.floor(clock.now().getTime() / 1000)
            header['typ'] = 'JWT'
            if (credentials.jwksUrl !== undefined) header['jku'] = credentials.jwksUrl
            payload['aud'] = tokenEndpoint
            payload['jti'] = randomUUID()
            payload['iat'] = now - validBeforeSeconds
            payload['nbf'] = now - validBeforeSeconds
            payload['exp'] = now + validForSeconds
          },
        },
      )
  }
}

/**
 * RFC 6749 requires both parts to be form-encoded, and some servers do not decode them. `oauth.ClientSecretBasic` also encodes `-`, `.`
 * and `_`, which form encoding does not change; without that, common secrets are the same for both kinds of servers.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
function basicAuthentication(secret: string): oauth.ClientAuth {
  const encoded = (text: string) => new URLSearchParams({ '': text }).toString().slice(1)
  return (_server, { client_id: clientId }, _body, headers) => {
    const pair = `${encoded(clientId)}:${encoded(secret)}`
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`)
  }
}

function toCryptoKey({ privateKey, algorithm }: SigningKey): webcrypto.CryptoKey {
  const parameters =
    algorithm === 'RS384'
      ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' }
      : { name: 'ECDSA', namedCurve: 'P-384' }
  return privateKey.toCryptoKey(parameters, false, ['sign'])
}
