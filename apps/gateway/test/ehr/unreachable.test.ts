import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { overlayConfig } from '../../src/config.ts'
import { explainUnreachable, hostAndPortOf } from '../../src/fhir/client/connection-fault.ts'
import { FhirClient } from '../../src/fhir/client/fhir-client.ts'
import { toEhrSettings } from '../../src/fhir/ehr-settings.ts'
import { RateBudget } from '../../src/fhir/rate/rate-budget.ts'
import { anAccessToken, failureOf } from './an-access-token.ts'

/** The failure of a request to `fhirBaseUrl`, after a token was granted. */
async function failureAt(
  fhirBaseUrl: string,
  environment: NodeJS.ProcessEnv = {},
  timeoutSeconds = 5,
): Promise<string> {
  const tokens = createServer((socket) => {
    const body = JSON.stringify({ access_token: 'a', token_type: 'Bearer', expires_in: 600 })
    socket.once('data', () =>
      socket.end(
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
      ),
    )
  }).listen(0, '127.0.0.1')
  await once(tokens, 'listening')
  onTestFinished(() => void tokens.close())
  const Athena = {
    ...('Athena__FhirBaseUrl' in environment ? {} : { FhirBaseUrl: fhirBaseUrl }),
    TokenEndpoint: `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token`,
    ClientId: 'id',
    ClientSecret: 'hush',
    RequestTimeoutSeconds: timeoutSeconds,
    AllowPlainHttp: true,
  }
  const settings = toEhrSettings(overlayConfig({ Athena }, environment))
  const budget = new RateBudget({ perDay: 100, clock: systemClock, onShortage: () => undefined })
  budget.allow({
    slots: 10,
    leaseEndsAtMs: Number.POSITIVE_INFINITY,
    day: {
      date: 'test',
      endsAtMs: Number.POSITIVE_INFINITY,
      added: { poll: 0, chart: 100, write: 0 },
      isSpent: { poll: true, chart: false, write: true },
      arePollsAhead: false,
    },
  })
  const client = new FhirClient(settings, { clock: systemClock, budget, guard: (call) => call() })
  onTestFinished(() => client.close())
  const { message } = await failureOf(
    client.read('a-patient', {
      practiceId: '1',
      resourceType: 'Patient',
      lane: 'chart',
      signal: new AbortController().signal,
    }),
  )
  return message
}

describe('an EHR that does not answer', () => {
  it('is named with host, port, cause and key of the file', async () => {
    expect(await failureAt('http://127.0.0.1:9/fhir?secret=hush')).toBe(
      'reading Patient: the EHR at 127.0.0.1:9 cannot be reached: the connection was refused; no server listens there (ECONNREFUSED); check Athena.FhirBaseUrl',
    )
  })

  it('is named with the variable where a variable set the address', async () => {
    const url = 'http://ehr.invalid/fhir'

    expect(await failureAt(url, { Athena__FhirBaseUrl: url })).toMatch(
      /^reading Patient: the EHR at ehr\.invalid:80 cannot be reached: the host name .* \((ENOTFOUND|EAI_AGAIN)\); check Athena__FhirBaseUrl$/,
    )
  })

  it('is named after the time limit too', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    onTestFinished(() => void silent.close())
    const { port } = silent.address() as AddressInfo

    expect(await failureAt(`http://127.0.0.1:${port}/fhir`, {}, 0.5)).toBe(
      `reading Patient: no complete answer from the EHR at 127.0.0.1:${port} within 500 ms; check Athena.FhirBaseUrl and Athena.RequestTimeoutSeconds`,
    )
  })

  it('is named when its token endpoint does not answer', async () => {
    const { token, close } = anAccessToken({})
    onTestFinished(close)

    expect((await failureOf(token.get())).message).toBe(
      "the EHR's token endpoint at 127.0.0.1:9 cannot be reached: the connection was refused; no server listens there (ECONNREFUSED); check Ehr__TokenEndpoint and Ehr__Proxy",
    )
  })

  it.each([
    ['ECONNREFUSED', /refused/],
    ['ENOTFOUND', /host name is unknown/],
    ['UND_ERR_CONNECT_TIMEOUT', /does not answer/],
    ['CERT_HAS_EXPIRED', /expired/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /another host name/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /not trusted \(.*check Ehr\.CaFile and Ehr\.FhirBaseUrl/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', /refused our TLS certificate.*ClientCertificate/],
    ['ECONNRESET', /closed before an answer/],
    ['ODD', /ehr\.example:8443 cannot be reached \(ODD\); check/],
  ])('is explained by the cause: %s', (code, says) => {
    const cause = Object.assign(new Error('hush'), { code })
    const message = explainUnreachable(
      cause,
      'https://me:hush@ehr.example:8443/path/hush?hush#hush',
      'Ehr.FhirBaseUrl',
      (key) => `Ehr.${key}`,
    )

    expect(message).toMatch(says)
    expect(message).not.toContain('hush')
  })

  it.each([
    ['https://ehr.example/a', 'ehr.example:443'],
    ['http://[::1]/a', '[::1]:80'],
  ])('is named with the port that its address implies: %s', (url, place) => {
    expect(hostAndPortOf(url)).toBe(place)
  })
})
