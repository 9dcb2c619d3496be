import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { describe, expect, it } from 'vitest'
import { KeyFileFault, readSigningKeys } from './signing-keys.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
const pem = (key: KeyObject) => String(key.export({ type: 'pkcs8', format: 'pem' }))
const jwk = (key: KeyObject, more: object = {}) => ({ ...key.export({ format: 'jwk' }), ...more })
const set = (...keys: readonly object[]) => JSON.stringify({ keys })

describe('a key file', () => {
  it.each([
    { what: 'RSA in PEM', text: pem(rsa), algorithm: 'RS384' },
    { what: 'EC in PEM', text: `a comment\n${pem(ec)}`, algorithm: 'ES384' },
    {
      what: 'EC in SEC 1',
      text: String(ec.export({ type: 'sec1', format: 'pem' })),
      algorithm: 'ES384',
    },
    {
      what: 'RSA in PKCS#1',
      text: String(rsa.export({ type: 'pkcs1', format: 'pem' })),
      algorithm: 'RS384',
    },
    { what: 'a JWK', text: JSON.stringify(jwk(rsa)), algorithm: 'RS384' },
    { what: 'a JWKS', text: set(jwk(ec, { alg: 'ES384' })), algorithm: 'ES384' },
  ])('may be $what', async ({ text, algorithm }) => {
    const { signing, published } = readSigningKeys(text)

    expect(signing.algorithm).toBe(algorithm)
    expect(published).toHaveLength(1)
    expect(signing.keyId).toBe(await calculateJwkThumbprint({ ...published[0] } as never))
  })

  it('publishes every key, with its public members only', () => {
    const { signing, published } = readSigningKeys(
      set(jwk(rsa, { kid: 'one' }), jwk(ec, { kid: 'two' })),
    )

    expect(signing.keyId).toBe('one')
    expect(published.map(({ kid }) => kid)).toEqual(['one', 'two'])
    for (const key of published)
      expect(Object.keys(key).filter((name) => /^(d|p|q|dp|dq|qi|oth|k)$/.test(name))).toEqual([])
  })

  it('signs with the named key, and never with one that is only public', () => {
    const keys = set(
      jwk(createPublicKey(rsa), { kid: 'public' }),
      jwk(rsa, { kid: 'one' }),
      jwk(ec, { kid: 'two' }),
    )

    expect(readSigningKeys(keys).signing.keyId).toBe('one')
    expect(readSigningKeys(keys, 'two').signing.keyId).toBe('two')
    expect(() => readSigningKeys(keys, 'public')).toThrow(/no private key with the id public/)
  })

  it('reads several keys in PEM', () => {
    expect(readSigningKeys(pem(rsa) + pem(ec)).published.map(({ alg }) => alg)).toEqual([
      'RS384',
      'ES384',
    ])
  })

  const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const ed = generateKeyPairSync('ed25519').privateKey
  it.each([
    { what: 'nothing', text: '', says: /neither PEM nor JSON/ },
    { what: 'words', text: 'hush', says: /neither PEM nor JSON/ },
    { what: 'null', text: 'null', says: /not a JWK/ },
    { what: 'an empty set', text: set(), says: /no private key/ },
    { what: 'a set that is no list', text: '{"keys":{}}', says: /not a list/ },
    { what: 'a set of words', text: '{"keys":["hush"]}', says: /not a JWK/ },
    { what: 'a secret', text: '{"kty":"oct","k":"aHVzaA"}', says: /not an RSA or EC key/ },
    {
      what: 'a damaged JWK',
      text: JSON.stringify({ ...jwk(ec), d: 7 }),
      says: /not an RSA or EC key/,
    },
    {
      what: 'a public key alone',
      text: JSON.stringify(jwk(createPublicKey(ec))),
      says: /no private key/,
    },
    { what: 'a damaged PEM', text: pem(ec).replace(/\n./, '\n!'), says: /not a private key/ },
    {
      what: 'a certificate',
      text: '-----BEGIN CERTIFICATE-----\nhush\n-----END CERTIFICATE-----',
      says: /no private key/,
    },
    {
      what: 'an encrypted PEM',
      text: String(
        ec.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'hush' }),
      ),
      says: /encrypted/,
    },
    { what: 'a short RSA key', text: pem(small), says: /another type.*2048/ },
    { what: 'another curve', text: pem(p256), says: /another type.*P-384/ },
    { what: 'Ed25519', text: pem(ed), says: /another type/ },
    {
      what: 'a key for another algorithm',
      text: JSON.stringify(jwk(rsa, { alg: 'RS256' })),
      says: /is for RS256/,
    },
    {
      what: 'two keys of one id',
      text: set(jwk(rsa, { kid: 'x' }), jwk(ec, { kid: 'x' })),
      says: /two keys have the id x/,
    },
  ])('is refused when it holds $what', ({ text, says }) => {
    expect(() => readSigningKeys(text)).toThrow(KeyFileFault)
    expect(() => readSigningKeys(text)).toThrow(says)
    expect(() => readSigningKeys(text)).not.toThrow(/hush/)
  })
})
