import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

/** Algorithms of SMART Backend Services. */
export type SigningAlgorithm = 'RS384' | 'ES384'

export interface SigningKey {
  readonly keyId: string
  readonly algorithm: SigningAlgorithm
  readonly privateKey: KeyObject
}

/** Only public members, because the key is served publicly. */
export interface PublicKeyJwk {
  readonly kty: string
  readonly kid: string
  readonly alg: SigningAlgorithm
  readonly use: 'sig'
  readonly key_ops: readonly ['verify']
  readonly n?: string
  readonly e?: string
  readonly crv?: string
  readonly x?: string
  readonly y?: string
}

export interface SigningKeys {
  readonly signing: SigningKey
  /** The public keys of all keys in the file, including the signing key. */
  readonly published: readonly PublicKeyJwk[]
}

/** A key file cannot be used. The message never quotes a key. */
export class KeyFileFault extends Error {
  override readonly name = 'KeyFileFault'
}

interface ReadKey {
  readonly jwk: PublicKeyJwk
  /** Undefined for a key that is only published. */
  readonly privateKey: KeyObject | undefined
}

const minRsaBits = 2048

/**
 * Reads the keys of a file: PEM (one or several private keys), one JWK, or a JWKS. The first private key signs, or the one with
 * `signingKeyId`. All are published, so that both keys are valid during a rotation. A key without `kid` gets its thumbprint as id.
 *
 * @throws {KeyFileFault}
 * @see https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html
 */
export function readSigningKeys(text: string, signingKeyId?: string): SigningKeys {
  const keys = text.includes('-----BEGIN') ? fromPem(text) : fromJson(text)
  const ids = keys.map(({ jwk }) => jwk.kid)
  const duplicateId = ids.find((id, index) => ids.indexOf(id) !== index)
  if (duplicateId !== undefined) throw new KeyFileFault(`two keys have the id ${duplicateId}`)
  const signing = keys.find(
    ({ jwk, privateKey }) =>
      privateKey !== undefined && (signingKeyId === undefined || jwk.kid === signingKeyId),
  )
  if (signing?.privateKey === undefined) {
    throw new KeyFileFault(
      signingKeyId === undefined
        ? 'it holds no private key'
        : `it holds no private key with the id ${signingKeyId}; it holds ${ids.join(', ')}`,
    )
  }
  const { jwk, privateKey } = signing
  return {
    signing: { keyId: jwk.kid, algorithm: jwk.alg, privateKey },
    published: keys.map((key) => key.jwk),
  }
}

function fromPem(text: string): readonly ReadKey[] {
  const blocks =
    text.match(/-----BEGIN ([A-Z ]{0,20}PRIVATE KEY)-----[\s\S]+?-----END \1-----/g) ?? []
  return blocks.map((pem) =>
    toReadKey(
      parseOrThrow(
        () => createPrivateKey(pem),
        'a PEM block is not a private key, or is encrypted',
      ),
    ),
  )
}

function fromJson(text: string): readonly ReadKey[] {
  const value = parseOrThrow((): unknown => JSON.parse(text), 'it is neither PEM nor JSON')
  const keys: unknown = isRecord(value) && 'keys' in value ? value['keys'] : [value]
  if (!Array.isArray(keys)) throw new KeyFileFault('its "keys" is not a list')
  return keys.map((jwk: unknown) => {
    if (!isRecord(jwk)) throw new KeyFileFault('one of its keys is not a JWK')
    const { kid, alg } = jwk
    const input = { key: jwk, format: 'jwk' } as const
    const key = parseOrThrow(
      () => ('d' in jwk ? createPrivateKey(input) : createPublicKey(input)),
      'one of its keys is not an RSA or EC key',
    )
    const read = toReadKey(key, typeof kid === 'string' && kid !== '' ? kid : undefined)
    if (alg !== undefined && alg !== read.jwk.alg)
      throw new KeyFileFault(`a key is for ${String(alg).slice(0, 20)}; ${algorithmsAllowed}`)
    return read
  })
}

const algorithmsAllowed = `allowed: RS384 (RSA of at least ${minRsaBits} bits) and ES384 (EC P-384)`

function toReadKey(key: KeyObject, keyId?: string): ReadKey {
  const algorithm = algorithmOf(key)
  const { kty = '', n, e, crv, x, y } = createPublicKeyOf(key).export({ format: 'jwk' })
  // The members of the thumbprint, in the order that RFC 7638 requires.
  const members =
    algorithm === 'RS384'
      ? { e: e ?? '', kty, n: n ?? '' }
      : { crv: crv ?? '', kty, x: x ?? '', y: y ?? '' }
  const thumbprint = createHash('sha256').update(JSON.stringify(members)).digest('base64url')
  return {
    jwk: {
      ...members,
      kid: keyId ?? thumbprint,
      alg: algorithm,
      use: 'sig',
      key_ops: ['verify'],
    },
    privateKey: key.type === 'private' ? key : undefined,
  }
}

function createPublicKeyOf(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): SigningAlgorithm {
  if (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= minRsaBits)
    return 'RS384'
  if (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'secp384r1') return 'ES384'
  throw new KeyFileFault(`a key has another type; ${algorithmsAllowed}`)
}

/** The parsers' own messages may quote the key. */
function parseOrThrow<Value>(parse: () => Value, fault: string): Value {
  try {
    return parse()
  } catch {
    throw new KeyFileFault(fault)
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
