import { Agent } from 'undici'
import { type Clock, systemClock } from '../../src/clock.ts'
import { GatewayError } from '../../src/errors.ts'
import { AccessToken, type AccessTokenOptions } from '../../src/fhir/token/access-token.ts'

/** Requests tokens from one server; `close` closes its connections. */
export function anAccessToken(options: Partial<AccessTokenOptions>): {
  readonly token: AccessToken
  close(): Promise<void>
} {
  const agent = new Agent()
  const token = new AccessToken({
    fhirBaseUrl: 'http://127.0.0.1:9/',
    tokenEndpoint: 'http://127.0.0.1:9/token',
    allowPlainHttp: false,
    clientId: 'a-client',
    credentials: { method: 'client_secret_post', secret: 'hush-hush' },
    scopes: ['system/Patient.rs'],
    timeoutMs: 10_000,
    keyName: (key) => `Ehr__${key}`,
    dispatcher: agent,
    clock: systemClock,
    ...options,
  })
  return { token, close: () => agent.destroy() }
}

/** The GatewayError with which a call fails. */
export async function failureOf(call: Promise<unknown>): Promise<GatewayError> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (outcome instanceof GatewayError) return outcome
  throw new Error('expected a GatewayError', { cause: outcome })
}

/** A clock that stands still until it is advanced. */
export function aManualClock(startMs = 0): Clock & { advance(ms: number): void } {
  let nowMs = startMs
  return {
    ...systemClock,
    now: () => new Date(nowMs),
    advance(ms) {
      nowMs += ms
    },
  }
}
