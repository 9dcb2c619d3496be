import { createServer } from 'node:https'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { overlayConfig } from '../../src/config.ts'
import { createSmallFetch } from '../../src/fhir/client/small-fetch.ts'
import { prepareSingleSignOn } from '../../src/wiring/single-sign-on.ts'
import { anAuthority } from '../ehr/certificates.ts'
import { startProxy } from '../ehr/connect-proxy.ts'
import { aLyingProvider } from './identity-provider.ts'
import { openPeopleServer } from './people-server.ts'

const issuer = 'https://login.test'

function settingsOf(proxy: object, environment: NodeJS.ProcessEnv = {}) {
  const Ehr = { FhirBaseUrl: 'https://ehr.test/fhir', ClientId: 'a', ClientSecret: 'hush' }
  const Oidc = { Issuer: issuer, ClientId: 'authscript' }
  return prepareSingleSignOn(overlayConfig({ Ehr, Oidc, Proxy: proxy }, environment))
}

/** Nobody knows the name `login.test`: a provider with this address is reached through the proxy or not at all. */
async function behindProxy(status?: number) {
  const parts = new AsyncDisposableStack()
  onTestFinished(() => parts.disposeAsync())
  const authority = await anAuthority('A hospital')
  const { certificate: cert, key } = await authority.issue(issuer, ['login.test'])
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, authority.certificate])
  onTestFinished(() => setDefaultCACertificates(before))
  const provider = parts.use(
    await aLyingProvider(() => ({ what: 'nothing' }), {
      issuer,
      server: createServer({ cert, key }),
    }),
  )
  const proxy = parts.use(await startProxy(provider.address, status))
  const small = createSmallFetch(settingsOf({ Https: proxy.url }), {
    what: 'the identity provider',
    check: 'the section Proxy',
    keyName: () => undefined,
  })
  parts.defer(() => small.close())
  const server = parts.use(
    await openPeopleServer({
      oidc: {
        Issuer: issuer,
        ClientId: provider.clientId,
        ClientSecret: provider.clientSecret,
        Groups: { clinicians: { Roles: ['clinician'], Practices: ['p1'] } },
      },
      publicUrl: 'https://gateway.example',
      fetch: (url, request) => small.fetch(url, request),
    }),
  )
  return { proxy, server, small }
}

describe('an identity provider behind a proxy', () => {
  it('signs people in: its description, token and keys are asked through tunnels', async () => {
    const { proxy, server, small } = await behindProxy()
    const browser = server.browser()
    const start = await browser.ask('/api/session/oidc/start')
    const authorize = start.headers.get('location') ?? ''
    expect(authorize).toMatch(/^https:\/\/login\.test\/authorize\?/)
    // The browser's part.
    expect((await small.fetch(authorize)).status).toBe(302)
    const state = new URL(authorize).searchParams.get('state') ?? ''

    const came = await browser.ask(`/api/session/oidc/callback?code=c&state=${state}`)

    expect(came.headers.get('location')).toBe('/')
    expect(await browser.session()).toMatchObject({ label: 'Lia R.', method: 'oidc' })
    expect(new Set(proxy.received.map(({ line }) => line))).toEqual(
      new Set(['CONNECT login.test:443']),
    )
  })

  it('is reported as unavailable if the proxy refuses', async () => {
    const { server } = await behindProxy(403)

    const start = await server.browser().ask('/api/session/oidc/start')

    expect(start.headers.get('location')).toBe('/sign-in?refused=oidc_unavailable')
    expect(server.logged.join('')).toMatch(/the identity provider at login\.test:443 cannot be/)
  })
})

describe('the proxy on the way to the identity provider', () => {
  it('is the one of the environment', () => {
    expect(settingsOf({}, { HTTPS_PROXY: 'http://proxy.test:3128' })).toMatchObject({
      httpsProxy: 'http://proxy.test:3128',
    })
  })

  it('must be an address, unless the provider is reached directly', () => {
    expect(() => settingsOf({ Https: 'socks5://proxy.test' })).toThrow(
      /Proxy: found a secret; .* exclude the host of Oidc\.Issuer/,
    )
    expect(settingsOf({ Https: 'socks5://proxy.test', Exclude: 'login.test' })).toMatchObject({
      httpsProxy: undefined,
    })
  })
})
