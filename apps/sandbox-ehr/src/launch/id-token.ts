import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomUUID,
  sign,
} from 'node:crypto'
import type { LaunchFault } from './launch-faults.ts'

export interface IdTokenClaims {
  readonly issuer: string
  readonly clientId: string
  readonly subject: string
  readonly nonce: string | undefined
  /** The URL of the user's resource; undefined without the scope. */
  readonly fhirUser: string | undefined
  readonly name: string | undefined
  readonly nowSeconds: number
}

const lifetimeSeconds = 300

/** Signs id tokens with RS256. The key is made when the first one is needed, and is another in each sandbox. */
export class IdTokens {
  readonly #keyId = randomUUID()
  #made: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | undefined

  get #keys() {
    this.#made ??= generateKeyPairSync('rsa', { modulusLength: 2048 })
    return this.#made
  }

  jwks(): { readonly keys: readonly JsonWebKey[] } {
    const key = this.#keys.publicKey.export({ format: 'jwk' })
    return { keys: [{ ...key, kid: this.#keyId, alg: 'RS256', use: 'sig' }] }
  }

  sign(claims: IdTokenClaims, fault: LaunchFault | undefined): string {
    const payload = toPayload(claims, fault)
    const header = { alg: 'RS256', kid: this.#keyId, typ: 'JWT' }
    switch (fault?.kind) {
      case 'unsigned_id_token':
        return `${partsOf({ ...header, alg: 'none' }, payload)}.`
      case 'public_key_as_secret':
        return this.#signedWithPublicKey({ ...header, alg: 'HS256' }, payload)
      case 'unknown_key': {
        const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
        return signed(header, payload, other)
      }
      case 'changed_id_token': {
        const [head = '', , signature = ''] = signed(header, payload, this.#keys.privateKey).split(
          '.',
        )
        return [head, partOf({ ...payload, sub: 'somebody-else' }), signature].join('.')
      }
      default:
        return signed(header, payload, this.#keys.privateKey)
    }
  }

  /** What a library accepts that takes the algorithm from the token. */
  #signedWithPublicKey(header: object, payload: object): string {
    const text = partsOf(header, payload)
    const secret = createPublicKey(this.#keys.privateKey).export({ type: 'spki', format: 'pem' })
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
  }
}

function toPayload(claims: IdTokenClaims, fault: LaunchFault | undefined): object {
  const { issuer, clientId, subject, nonce, fhirUser, name, nowSeconds } = claims
  const { kind, seconds = 3600 } = fault ?? {}
  const late = kind === 'expired_id_token' ? seconds + lifetimeSeconds : 0
  const issuedAt = nowSeconds - late + (kind === 'early_id_token' ? seconds : 0)
  return {
    iss: kind === 'wrong_issuer' ? 'https://another-issuer.example' : issuer,
    aud: kind === 'wrong_audience' ? 'another-app' : clientId,
    sub: subject,
    iat: issuedAt,
    exp: issuedAt + lifetimeSeconds,
    ...(nonce === undefined ? {} : { nonce: kind === 'wrong_nonce' ? randomUUID() : nonce }),
    ...(fhirUser === undefined || kind === 'no_user'
      ? {}
      : { fhirUser: kind === 'patient_user' ? asPatient(fhirUser) : fhirUser }),
    ...(name === undefined ? {} : { name }),
  }
}

const asPatient = (fhirUser: string) => fhirUser.replace('/Practitioner/', '/Patient/')

function signed(header: object, payload: object, key: KeyObject): string {
  const text = partsOf(header, payload)
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}

const partOf = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const partsOf = (header: object, payload: object) => `${partOf(header)}.${partOf(payload)}`
