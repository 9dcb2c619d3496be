import { createSign, generateKeyPairSync } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { GatewayError } from '../errors.ts'
import { readLogoutToken } from './logout-token.ts'
import { ProviderKeys } from './provider-keys.ts'

const issuer = 'https://login.example'
const event = 'http://schemas.openid.net/event/backchannel-logout'
const now = new Date('2026-11-30T10:00:00Z')
const seconds = now.getTime() / 1000

type Pair = Awaited<ReturnType<typeof generateKeyPair>>
let own: Pair
let other: Pair
let published: object[]

beforeAll(async () => {
  ;[own, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  published = [{ ...(await exportJWK(own.publicKey)), kid: 'a', alg: 'RS256', use: 'sig' }]
})

/** A claim that is undefined is left out. */
type Said = Readonly<Record<string, unknown>>

const honest: Said = {
  iss: issuer,
  aud: 'authscript',
  iat: seconds,
  exp: seconds + 120,
  jti: 'token-1',
  events: { [event]: {} },
  sub: 'the-subject',
  sid: 'session-1',
}
const sign = (
  claims: Said,
  { key = own, header = {} }: { readonly key?: Pair; readonly header?: object } = {},
) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'a', typ: 'logout+jwt', ...header })
    .sign(key.privateKey)

const keysOf = (answer: () => Response) =>
  new ProviderKeys('https://login.example/keys', {
    fetch: async () => answer(),
    clock: { now: () => now },
  })
const read = (token: string, keys = keysOf(() => Response.json({ keys: published }))) =>
  readLogoutToken(token, { issuer, clientId: 'authscript', toleranceSeconds: 30, keys, now })

describe('a logout token', () => {
  it('names the session and the person', async () => {
    expect(await read(await sign(honest))).toEqual({
      outcome: 'read',
      issuer,
      tokenId: 'token-1',
      subject: 'the-subject',
      sid: 'session-1',
    })
  })

  it.each<[string, Said]>([
    ['only a person', { ...honest, sid: undefined }],
    ['only a session', { ...honest, sub: undefined }],
    ['several audiences', { ...honest, aud: ['another', 'authscript'] }],
    ['a clock that differs a little', { ...honest, iat: seconds + 20 }],
    ['an expiry that is over by a little', { ...honest, exp: seconds - 20 }],
  ])('may have %s', async (_what, claims) => {
    expect(await read(await sign(claims))).toMatchObject({ outcome: 'read' })
  })

  it.each<[string, Said]>([
    ['another issuer', { ...honest, iss: 'https://login.example/' }],
    ['another audience', { ...honest, aud: 'another' }],
    ['no audience', { ...honest, aud: undefined }],
    ['a nonce, as an id token has', { ...honest, nonce: 'x' }],
    ['an empty nonce', { ...honest, nonce: '' }],
    ['no event', { ...honest, events: undefined }],
    ['another event', { ...honest, events: { 'https://x.example/event': {} } }],
    ['an event that is no object', { ...honest, events: { [event]: true } }],
    ['neither a person nor a session', { ...honest, sub: undefined, sid: undefined }],
    ['no id', { ...honest, jti: undefined }],
    ['no time of issue', { ...honest, iat: undefined }],
    ['no expiry', { ...honest, exp: undefined }],
    ['a time in the future', { ...honest, iat: seconds + 60 }],
    ['an expiry that is over', { ...honest, exp: seconds - 60 }],
    ['an old time of issue', { ...honest, iat: seconds - 3600, exp: seconds + 3600 }],
  ])('is refused with %s', async (_what, claims) => {
    expect(await read(await sign(claims))).toMatchObject({ outcome: 'failed', fault: 'untrusted' })
  })

  it('is refused with another signature', async () => {
    const [head, , signature] = (await sign(honest)).split('.')
    const [, body] = (await sign({ ...honest, sub: 'somebody else' })).split('.')
    const secret = Buffer.from(JSON.stringify(published[0]))
    const hmac = new SignJWT({ ...honest })
      .setProtectedHeader({ alg: 'HS256', kid: 'a' })
      .sign(secret)
    for (const token of [
      await sign(honest, { key: other }),
      await sign(honest, { header: { kid: 'unknown' } }),
      await sign(honest, { header: { typ: 'at+jwt' } }),
      `${head}.${body}.${signature}`,
      `${head}.${body}.`,
      new UnsecuredJWT({ ...honest }).encode(),
      await hmac,
      `${await sign(honest)}.x`,
      'x',
      '',
    ])
      expect(await read(token)).toMatchObject({ outcome: 'failed', fault: 'untrusted' })
  })

  it('is refused by a key that is too short', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const [head, body] = (await sign(honest)).split('.')
    const bytes = createSign('RSA-SHA256').update(`${head}.${body}`).sign(privateKey, 'base64url')
    const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'a' }]

    expect(
      await read(
        `${head}.${body}.${bytes}`,
        keysOf(() => Response.json({ keys })),
      ),
    ).toMatchObject({ fault: 'untrusted' })
  })

  it('is refused by a key for something else', async () => {
    const [key] = published
    for (const keys of [[{ ...key, use: 'enc' }], [{ ...key, alg: 'RS512' }], [{ kty: 'RSA' }], []])
      expect(
        await read(
          await sign(honest),
          keysOf(() => Response.json({ keys })),
        ),
      ).toMatchObject({ fault: 'untrusted' })
  })

  it('cannot be checked while the provider cannot be reached', async () => {
    class Away extends GatewayError {
      override readonly name = 'Away'
      readonly code = 'away'
      readonly kind = 'transient'
    }
    const keys = keysOf(() => {
      throw new Away('no answer')
    })

    expect(await read(await sign(honest), keys)).toMatchObject({ fault: 'unavailable' })
  })
})

describe('the keys of a provider', () => {
  /** A provider that counts how often it is asked, and a clock that the test sets. */
  function provider(answer: () => Response | Promise<Response>) {
    const state = { now, asked: 0 }
    const keys = new ProviderKeys('https://login.example/keys', {
      async fetch() {
        state.asked += 1
        return answer()
      },
      clock: { now: () => state.now },
    })
    const later = (ms: number) => {
      state.now = new Date(state.now.getTime() + ms)
    }
    return { state, keys, later }
  }
  const publishedAs = async (pair: Pair, kid: string | undefined) => ({
    ...(await exportJWK(pair.publicKey)),
    ...(kid === undefined ? {} : { kid }),
  })

  it('are asked for again for an unknown key, once a minute', async () => {
    const { state, keys, later } = provider(() => Response.json({ keys: published }))
    const unknown = await sign(honest, { key: other, header: { kid: 'b' } })

    expect(await read(await sign(honest), keys)).toMatchObject({ outcome: 'read' })
    for (let count = 0; count < 5; count += 1)
      expect(await read(unknown, keys)).toMatchObject({ fault: 'untrusted' })
    expect(state.asked).toBe(1)
    later(61_000)
    for (let count = 0; count < 5; count += 1)
      expect(await read(unknown, keys)).toMatchObject({ fault: 'untrusted' })
    expect(state.asked).toBe(2)
  })

  it('may be replaced: a token by the new one is read a minute later, one by the old one no more', async () => {
    let current = published
    const { keys, later } = provider(() => Response.json({ keys: current }))
    const byNew = await sign(honest, { key: other, header: { kid: 'b' } })
    await read(await sign(honest), keys)
    current = [await publishedAs(other, 'b')]

    expect(await read(byNew, keys)).toMatchObject({ fault: 'untrusted' })
    later(61_000)
    expect(await read(byNew, keys)).toMatchObject({ outcome: 'read' })
    expect(await read(await sign(honest), keys)).toMatchObject({ fault: 'untrusted' })
  })

  it('are asked for once by many tokens at the same time', async () => {
    const { state, keys } = provider(() => Response.json({ keys: published }))
    const token = await sign(honest)

    const answers = await Promise.all(Array.from({ length: 20 }, () => read(token, keys)))

    expect(answers.every(({ outcome }) => outcome === 'read')).toBe(true)
    expect(state.asked).toBe(1)
  })

  it.each<[string, () => Response]>([
    ['an error', () => new Response('no', { status: 500 })],
    ['a page', () => new Response('<html></html>')],
    ['something else', () => Response.json({ keys: 'none' })],
  ])(
    'that answers with %s is asked again after ten seconds, not by each token',
    async (_what, answer) => {
      const { state, keys, later } = provider(answer)
      const token = await sign(honest)

      for (let count = 0; count < 5; count += 1)
        expect(await read(token, keys)).toMatchObject({ fault: 'unavailable' })
      expect(state.asked).toBe(1)
      later(11_000)
      expect(await read(token, keys)).toMatchObject({ fault: 'unavailable' })
      expect(state.asked).toBe(2)
    },
  )

  it.each([undefined, 'a'])('may share a name: a token by the second one is read', async (kid) => {
    const keys = [await publishedAs(other, kid), await publishedAs(own, kid)]
    const { keys: known } = provider(() => Response.json({ keys }))

    expect(await read(await sign(honest, { header: { kid } }), known)).toMatchObject({
      outcome: 'read',
    })
  })
})
