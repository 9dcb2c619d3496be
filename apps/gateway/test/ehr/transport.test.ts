import { createServer, type ServerOptions } from 'node:https'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { overlayConfig } from '../../src/config.ts'
import { createTransport } from '../../src/fhir/client/ehr-transport.ts'
import { toEhrSettings } from '../../src/fhir/ehr-settings.ts'
import { AccessToken } from '../../src/fhir/token/access-token.ts'
import { systemClock } from '../../src/clock.ts'
import { failureOf } from './an-access-token.ts'
import { listen, startAnswering } from './answering-server.ts'
import { anAuthority, type Authority, type Certificate } from './certificates.ts'
import { startProxy } from './connect-proxy.ts'

const body = JSON.stringify({ access_token: 'a-token', token_type: 'Bearer', expires_in: 600 })

let folder: string
let ca: Authority
let server: Certificate
let client: Certificate
const file = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'authscript-transport-'))
  ca = await anAuthority('A hospital')
  server = await ca.issue('ehr.test', ['ehr.test', '127.0.0.1'])
  client = await ca.issue('the gateway')
  const otherClient = await (await anAuthority('Another hospital')).issue('the gateway')
  const files = {
    'ca.pem': ca.certificate,
    'client.pem': client.certificate,
    'client.key': client.key,
    'other-client.pem': otherClient.certificate,
    'other-client.key': otherClient.key,
    'words.pem': 'hush',
    'damaged.pem': client.certificate.replace(/\n.{20}/, '\n'),
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(file(name), text)
})
afterAll(() => rmSync(folder, { recursive: true }))

async function anHttpsServer(options: ServerOptions = {}): Promise<string> {
  const https = createServer(
    { cert: server.certificate, key: server.key, ca: ca.certificate, ...options },
    (_request, response) => response.end(body),
  )
  const url = await listen(https)
  onTestFinished(() => {
    https.closeAllConnections()
    https.close()
  })
  return url.replace('http:', 'https:')
}

/** The token client of a gateway with these settings and this environment. */
function aToken(url: string, section: object = {}, environment: NodeJS.ProcessEnv = {}) {
  const settings = toEhrSettings(
    overlayConfig(
      {
        Ehr: {
          FhirBaseUrl: `${url}/fhir`,
          TokenEndpoint: `${url}/token`,
          ClientId: 'a-client',
          ClientSecret: 'hush',
          RequestTimeoutSeconds: 5,
          ...section,
        },
      },
      environment,
    ),
  )
  const { dispatcher, close } = createTransport(settings.transport)
  onTestFinished(close)
  return new AccessToken({ ...settings, timeoutMs: 5000, dispatcher, clock: systemClock })
}

const withClient = () => ({
  CaFile: file('ca.pem'),
  ClientCertificateFile: file('client.pem'),
  ClientKeyFile: file('client.key'),
})
const mutual = { requestCert: true, rejectUnauthorized: true }

describe('TLS to the EHR', () => {
  it('trusts the authority of Ehr.CaFile, and without it no unknown authority', async () => {
    const url = await anHttpsServer()

    expect(await aToken(url, { CaFile: file('ca.pem') }).get()).toBe('a-token')
    const failure = await failureOf(aToken(url).get())
    expect(failure).toMatchObject({ code: 'ehr_unreachable', kind: 'transient' })
    expect(failure.message).toMatch(
      / at 127\.0\.0\.1:\d+ cannot be reached: its TLS certificate is not trusted \(SELF_SIGNED_CERT_IN_CHAIN\); check Ehr\.CaFile/,
    )
  })

  it('shows its certificate to a server that asks for one', async () => {
    const url = await anHttpsServer(mutual)

    expect(await aToken(url, withClient()).get()).toBe('a-token')
  })

  it.each([
    { what: 'without a certificate', section: () => ({ CaFile: file('ca.pem') }) },
    {
      what: 'with a certificate of another authority',
      section: () => ({
        CaFile: file('ca.pem'),
        ClientCertificateFile: file('other-client.pem'),
        ClientKeyFile: file('other-client.key'),
      }),
    },
  ])('fails at a server that asks for a certificate $what', async ({ section }) => {
    const failure = await failureOf(aToken(await anHttpsServer(mutual), section()).get())

    expect(failure).toMatchObject({ code: 'ehr_unreachable', kind: 'transient' })
    expect(failure.message).toMatch(/Ehr\.ClientCertificateFile/)
  })

  it.each([
    {
      section: { CaFile: 'nowhere.pem' },
      fault: /^Ehr\.CaFile: .*no such file or directory \(ENOENT\)/,
    },
    { section: { CaFile: 'words.pem' }, fault: /^Ehr\.CaFile: .*no certificate/ },
    { section: { CaFile: 'damaged.pem' }, fault: /^Ehr\.CaFile: .*no certificate/ },
    {
      section: { CaFile: '.' },
      fault: /^Ehr\.CaFile: .*it is a directory \(EISDIR\); expected a PEM file/,
    },
    { section: { PrivateKeyFile: 'nowhere' }, fault: /^Ehr\.PrivateKeyFile: .*ENOENT/ },
    { section: { PrivateKeyFile: 'words.pem' }, fault: /^Ehr\.PrivateKeyFile: .*neither PEM/ },
    {
      section: { PrivateKeyFile: 'client.key' },
      fault: /^Ehr\.PrivateKeyFile: .*another type; allowed: RS384/,
    },
    {
      section: { ClientCertificateFile: 'nowhere', ClientKeyFile: 'client.key' },
      fault: /^Ehr\.ClientCertificateFile: .*ENOENT/,
    },
    {
      section: { ClientCertificateFile: 'client.pem', ClientKeyFile: 'nowhere' },
      fault: /^Ehr\.ClientKeyFile: .*ENOENT/,
    },
    {
      section: { ClientCertificateFile: 'client.pem', ClientKeyFile: 'other-client.key' },
      fault: /^Ehr\.ClientKeyFile: .*no key in PEM for the certificate/,
    },
    {
      section: { ClientCertificateFile: 'words.pem', ClientKeyFile: 'client.key' },
      fault: /^Ehr\.ClientCertificateFile: .*no certificate/,
    },
  ])('refuses to start with $section', ({ section, fault }) => {
    const files = Object.entries(section).map(([key, name]) => [key, file(name)])
    const start = () =>
      aToken('https://ehr.test', {
        ...('PrivateKeyFile' in section ? { ClientAuthentication: 'private_key_jwt' } : {}),
        ...Object.fromEntries(files),
      })

    expect(start).toThrow(expect.objectContaining({ faults: [expect.stringMatching(fault)] }))
    expect(start).not.toThrow(/hush/)
  })
})

describe('a proxy', () => {
  const direct = { code: 'ehr_unreachable', kind: 'transient' }

  it.each([
    { what: 'Ehr.Proxy', section: (url: string) => ({ Proxy: url }), environment: () => ({}) },
    {
      what: 'HTTPS_PROXY',
      section: () => ({}),
      environment: (url: string) => ({ HTTPS_PROXY: url }),
    },
    {
      what: 'https_proxy, which wins over upper case',
      section: () => ({}),
      environment: (url: string) => ({ https_proxy: url, HTTPS_PROXY: 'http://127.0.0.1:9' }),
    },
    {
      what: 'Ehr.Proxy, which wins over the environment',
      section: (url: string) => ({ Proxy: url }),
      environment: () => ({ HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '*' }),
    },
  ])('of $what carries requests to an EHR that is not this machine', async (row) => {
    const target = await anHttpsServer(mutual)
    await using proxy = await startProxy(target)
    const token = aToken(
      'https://ehr.test',
      { ...withClient(), ...row.section(proxy.url) },
      row.environment(proxy.url),
    )

    expect(await token.get()).toBe('a-token')
    expect(proxy.received).toEqual([{ line: 'CONNECT ehr.test:443', credentials: undefined }])
  })

  it('carries plain HTTP in a closed network, and only by HTTP_PROXY', async () => {
    await using target = await startAnswering(() => ({ body }))
    await using proxy = await startProxy(target.url)
    const section = { AllowPlainHttp: true }

    const token = aToken('http://ehr.test', section, { HTTP_PROXY: proxy.url })
    expect(await token.get()).toBe('a-token')
    expect(proxy.received.map(({ line }) => line)).toEqual(['POST http://ehr.test/token'])
    const other = aToken('http://ehr.test', section, { HTTPS_PROXY: proxy.url })
    expect(await failureOf(other.get())).toMatchObject(direct)
  })

  it('is given its credentials, which no message shows', async () => {
    const target = await anHttpsServer()
    await using open = await startProxy(target)
    await using closed = await startProxy(target, 407)
    const withCredentials = (url: string) => url.replace('//', '//me:hush%21@')
    const section = { CaFile: file('ca.pem') }

    const { url } = open
    await aToken('https://ehr.test', { ...section, Proxy: withCredentials(url) }).get()
    const failure = await failureOf(
      aToken('https://ehr.test', { ...section, Proxy: withCredentials(closed.url) }).get(),
    )

    const credentials = `Basic ${Buffer.from('me:hush!').toString('base64')}`
    expect(open.received).toEqual([{ line: 'CONNECT ehr.test:443', credentials }])
    expect(failure).toMatchObject(direct)
    expect(failure.message).toMatch(/Ehr\.Proxy/)
    expect(failure.message).not.toMatch(/hush/)
  })

  it.each([
    { what: 'this machine', url: undefined, noProxy: '' },
    { what: 'a host that NO_PROXY names', url: 'https://ehr.test', noProxy: 'other.test,.test' },
  ])('is not used for $what', async ({ url, noProxy }) => {
    const target = await anHttpsServer()
    await using proxy = await startProxy(target)
    const token = aToken(
      url ?? target,
      { CaFile: file('ca.pem') },
      { HTTPS_PROXY: proxy.url, NO_PROXY: noProxy },
    )

    const outcome = await token.get().catch((error: unknown) => error)

    expect(proxy.received).toEqual([])
    if (url === undefined) expect(outcome).toBe('a-token')
    else expect(outcome).toMatchObject(direct)
  })

  it.each([
    { environment: { HTTPS_PROXY: 'socks5://me:hush@127.0.0.1:1' } },
    { environment: { HTTPS_PROXY: 'me:hush@' } },
  ])('that cannot be used is refused at the start: %o', ({ environment }) => {
    expect(() => aToken('https://ehr.test', {}, environment)).toThrow(
      /Proxy: found a secret; HTTPS_PROXY/,
    )
    // It is no fault where the EHR is reached without it.
    expect(() => aToken('http://127.0.0.1:9', {}, environment)).not.toThrow()
    expect(() => aToken('https://ehr.test', {}, { ...environment, NO_PROXY: '*' })).not.toThrow()
  })
})
