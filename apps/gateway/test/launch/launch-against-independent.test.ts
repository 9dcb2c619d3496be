import { generateKeyPairSync } from 'node:crypto'
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import type { EhrIssuer } from '../../src/launch/ehr-issuer.ts'
import type { ClientAuthentication } from '../../src/openid/open-id-server.ts'
import { ABrowser } from './a-browser.ts'
import { aLaunchDesk, type LaunchDesk } from './a-launch-desk.ts'
import { anIndependentEhr, type IndependentEhr } from './an-independent-ehr.ts'

const secret = 'a secret/with:odd+chars%-_.~'

interface Options {
  readonly client?: object
  readonly authentication?: ClientAuthentication
  readonly issuer?: Partial<EhrIssuer>
}

async function launching({ client = {}, authentication, issuer = {} }: Options = {}) {
  let ehr: IndependentEhr | undefined
  const desk = await aLaunchDesk({
    async issuers({ redirectUri }) {
      ehr = await anIndependentEhr(redirectUri, { client })
      return [
        {
          fhirBaseUrl: ehr.fhirBaseUrl,
          clientId: 'authscript',
          authentication: authentication ?? { method: 'client_secret_basic', secret },
          practiceIds: ['195900'],
          frameHosts: [],
          hasFrameMessages: false,
          scopes: ['openid', 'fhirUser', 'profile'],
          idTokenIssuer: undefined,
          newPeople: undefined,
          ...issuer,
        },
      ]
    },
  })
  if (ehr === undefined) throw new Error('not started')
  const browser = new ABrowser()
  const query = new URLSearchParams({ iss: ehr.fhirBaseUrl, launch: 'opaque handle' })
  return {
    ehr,
    desk,
    browser,
    launch: () => browser.follow(`${desk.address}/launch?${query}`, (url) => isLanding(url, desk)),
  }
}

function isLanding(url: string, { address }: LaunchDesk): boolean {
  const { origin, pathname } = new URL(url)
  return origin === address && !pathname.startsWith('/launch')
}

const pathOf = (urls: readonly string[]) => {
  const { pathname, search } = new URL(urls.at(-1) ?? '')
  return `${pathname}${search}`
}

describe('an EHR by another library', () => {
  it('signs in its user, and opens what its token answer names', async () => {
    const { ehr, desk, browser, launch } = await launching()

    const { urls } = await launch()

    expect(pathOf(urls)).toBe('/chart?practiceId=195900&patientId=pat-1&encounterId=enc-1')
    expect(desk.people).toMatchObject([
      {
        issuer: new URL(ehr.fhirBaseUrl).origin,
        subject: 'user-7',
        fhirUser: 'Practitioner/prac-7',
        name: 'Amara Okafor',
      },
    ])
    expect(ehr.accepted).toMatchObject([{ launch: 'opaque handle', aud: ehr.fhirBaseUrl }])
    expect((await browser.get(`${desk.address}/api/session`)).status).toBe(200)
  })

  it('takes the secret in the body', async () => {
    const { launch } = await launching({
      client: { token_endpoint_auth_method: 'client_secret_post' },
      authentication: { method: 'client_secret_post', secret },
    })

    expect(pathOf((await launch()).urls)).toMatch(/^\/chart/)
  })

  it.each(['RS384', 'ES384'] as const)('takes an assertion signed with %s', async (algorithm) => {
    const { privateKey, publicKey } =
      algorithm === 'RS384'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'P-384' })
    const { launch } = await launching({
      client: {
        client_secret: undefined,
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: algorithm,
        jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'our-key' }] },
      },
      authentication: { method: 'private_key_jwt', keyId: 'our-key', algorithm, privateKey },
    })

    expect(pathOf((await launch()).urls)).toMatch(/^\/chart/)
  })

  it('refuses us with a wrong secret', async () => {
    const { desk, launch } = await launching({
      authentication: { method: 'client_secret_basic', secret: 'wrong' },
    })

    expect((await launch()).response?.status).toBe(403)
    expect(desk.logged.join('')).toContain('launch_code_refused')
  })

  it.each([
    { patient: { reference: 'Patient/pat-1' } },
    { patient: 'pat/../other' },
    { encounter: 'x'.repeat(200) },
  ])('opens nothing for a context that is no id: %o', async (context) => {
    const { ehr, desk, launch } = await launching()
    ehr.context = context

    expect((await launch()).response?.status).toBe(403)
    expect(desk.logged.join('')).toContain('launch_ehr_unusable')
    expect(desk.sessions.size).toBe(0)
  })

  it('takes a context that is a reference', async () => {
    const { ehr, launch } = await launching()
    ehr.context = { patient: 'Patient/pat-1', encounter: 'Encounter/enc-1' }

    expect(pathOf((await launch()).urls)).toContain('patientId=pat-1&encounterId=enc-1')
  })
})

describe('an answer that came from another authorization server', () => {
  it.each(['https://another-server.example', undefined])(
    'is refused by its iss: %s',
    async (iss) => {
      const { ehr, desk, browser } = await launching()
      const query = new URLSearchParams({ iss: ehr.fhirBaseUrl, launch: 'opaque handle' })
      const { urls } = await browser.follow(`${desk.address}/launch?${query}`, (url) =>
        url.startsWith(desk.redirectUri),
      )
      const callback = new URL(urls.at(-1) ?? '')
      expect(callback.searchParams.get('iss')).toBe(new URL(ehr.fhirBaseUrl).origin)
      if (iss === undefined) callback.searchParams.delete('iss')
      else callback.searchParams.set('iss', iss)

      expect((await browser.get(callback.href)).status).toBe(403)
      expect(desk.sessions.size).toBe(0)
    },
  )
})

describe('an id token that somebody else has made', () => {
  const forged: readonly [string, (real: JWTPayload) => Promise<string>][] = [
    [
      'with a key of their own, under the name of the key of the EHR',
      async (real) => {
        const { privateKey } = await generateKeyPair('RS256')
        return new SignJWT(real)
          .setProtectedHeader({ alg: 'RS256', kid: 'ehr-key' })
          .sign(privateKey)
      },
    ],
    [
      'with a key that the token brings itself',
      async (real) => {
        const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
        return new SignJWT(real)
          .setProtectedHeader({ alg: 'RS256', jwk: await exportJWK(publicKey) })
          .sign(privateKey)
      },
    ],
    [
      'with our secret, which an EHR also knows',
      async (real) =>
        new SignJWT(real)
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode(secret.padEnd(32, ' '))),
    ],
    [
      'without a signature',
      async (real) =>
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(real)).toString('base64url')}.`,
    ],
    [
      'with the algorithm written otherwise',
      async (real) =>
        `${Buffer.from('{"alg":"nOnE"}').toString('base64url')}.${Buffer.from(JSON.stringify(real)).toString('base64url')}.`,
    ],
    ['and that is no token', async () => 'not-a-token'],
  ]

  it.each(forged)('%s, is refused, although every claim is right', async (_, forge) => {
    const { ehr, desk, launch } = await launching()
    ehr.change = async (body) => {
      body['id_token'] = await forge(decodeJwt(String(body['id_token'])))
    }

    expect((await launch()).response?.status).toBe(403)
    expect(desk.logged.join('')).toContain('launch_id_token_invalid')
    expect(desk.logged.join('')).not.toContain('claim')
    expect(desk.people).toEqual([])
    expect(desk.sessions.size).toBe(0)
  })

  it('is refused only for its fault: the same token with the real key is accepted', async () => {
    const { ehr, desk, launch } = await launching()
    const seen: JWTPayload[] = []
    ehr.change = async (body) => {
      seen.push(decodeJwt(String(body['id_token'])))
    }

    expect(pathOf((await launch()).urls)).toMatch(/^\/chart/)
    expect(seen).toMatchObject([{ nonce: expect.any(String) }])
    expect(desk.sessions.size).toBe(1)
  })
})
