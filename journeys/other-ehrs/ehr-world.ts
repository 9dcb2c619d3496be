import type { Role } from '@authscript/prior-auth'
import { overlayConfig } from '../../apps/gateway/src/config.ts'
import { type Gateway, startGateway } from '../../apps/gateway/src/gateway.ts'
import { randomToken, sha256 } from '../../apps/gateway/src/token.ts'
import { createLog } from '../../apps/gateway/src/log.ts'
import type { TestConnection } from '../../apps/gateway/test/database/template-database.ts'
import { type BehaviourName, ehrBehaviours } from '../independent-ehr/behaviours/behaviours.ts'
import { IndependentEhr } from '../independent-ehr/independent-ehr.ts'
import { client } from '../independent-ehr/token-endpoint.ts'
import { sharedThreads } from '../shared-threads.ts'
import { practiceChart, practiceId } from './a-chart.ts'

/** A gateway with one profile and an independent EHR with the behaviour of the same name. */
export interface EhrWorld extends AsyncDisposable {
  readonly ehr: IndependentEhr
  readonly gateway: Gateway
  /** Every line that the gateway logged. */
  readonly logged: readonly string[]
  ask(path: string, init?: RequestInit): Promise<Response>
}

/** @param connection to a database that nothing else uses */
export async function startEhrWorld(
  name: BehaviourName,
  connection: TestConnection,
): Promise<EhrWorld> {
  await using starting = new AsyncDisposableStack()
  const ehr = starting.use(new IndependentEhr(ehrBehaviours[name]))
  await ehr.start()
  await ehr.load(practiceChart)
  const key = randomToken()
  const logged: string[] = []
  const gateway = await startGateway({
    config: overlayConfig(sectionsFor(name, ehr, sha256(key)), {}),
    connection,
    threaded: sharedThreads(),
    log: createLog({
      level: 'info',
      pretty: false,
      stream: { write: (line) => logged.push(line) },
    }),
  })
  starting.defer(async () => void (await gateway.stop()))
  const parts = starting.move()
  return {
    ehr,
    gateway,
    logged,
    ask: (path, init = {}) =>
      fetch(`${gateway.address}${path}`, {
        ...init,
        headers: { 'x-api-key': key, ...init.headers },
      }),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}

/** Many charts fail at the same time on one server: the breaker must not open for all because of one, and waits are short. */
function sectionsFor(
  name: BehaviourName,
  ehr: IndependentEhr,
  keySha256: string,
): Readonly<Record<string, object>> {
  const roles: readonly Role[] = ['clinician', 'staff', 'service', 'operator']
  return {
    Http: { Port: 0, RequestsPerMinute: 1_000_000 },
    Ehr: {
      Profile: name,
      FhirBaseUrl: ehr.fhirBaseUrl,
      TokenEndpoint: ehr.tokenUrl,
      ClientId: client.clientId,
      ClientSecret: client.clientSecret,
      PollingIntervalSeconds: 0.25,
      ReopenPollingIntervalSeconds: 3600,
      RequestsPerSecond: 5000,
      RequestsPerDay: 100_000_000,
      RequestTimeoutSeconds: 6,
      MaxConnections: 64,
      MaxConcurrentPolls: 16,
    },
    TaskOrchestrator: {
      WorkerCount: 8,
      MaxBacklog: 1024,
      Resiliency: { RetryCount: 2, RetryIntervalSeconds: 0.05 },
    },
    Jobs: {
      PollIntervalSeconds: 0.2,
      RetryCount: 3,
      RetryIntervalSeconds: 0.2,
      MaxRetryIntervalSeconds: 1,
    },
    CircuitBreaker: { FailureThreshold: 10_000 },
    Auth: {
      Credentials: [
        { Label: 'tester', KeySha256: keySha256, Roles: roles, Practices: [practiceId] },
      ],
    },
  }
}
