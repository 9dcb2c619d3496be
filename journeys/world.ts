import type { EncounterRef, GatewayEvent, Role } from '@authscript/prior-auth'
import { onServer, type TestConnection } from '../apps/gateway/test/database/template-database.ts'
import { createTestDatabase } from '../apps/gateway/test/database/test-database.ts'
import { overlayConfig } from '../apps/gateway/src/config.ts'
import { type Gateway, startGateway } from '../apps/gateway/src/gateway.ts'
import { randomToken, sha256 } from '../apps/gateway/src/token.ts'
import { createLog } from '../apps/gateway/src/log.ts'
import { DatabaseUnavailableError } from '../apps/gateway/src/store/database.ts'
import { sharedThreads } from './shared-threads.ts'
import {
  createSandbox,
  type Sandbox,
  type SandboxParts,
  type SandboxSettings,
} from '../apps/sandbox-ehr/src/server.ts'

/**
 * The test environment of a journey: a sandbox EHR, a gateway with its own database, and API keys. All parts are real. Nothing is shared
 * but the threads that analyze orders and fill forms, unless the configuration changes what these know.
 */
export interface World extends AsyncDisposable {
  readonly sandbox: Sandbox
  readonly gateway: Gateway
  /** Every line that the gateway logged. */
  readonly logged: readonly string[]
  /** Sends a request as a clinician of the first practice, unless another key is given. */
  ask(path: string, init?: RequestInit & { readonly key?: string }): Promise<Response>
  readonly keys: Readonly<Record<'clinician' | 'otherPractice' | 'operator' | 'service', string>>
  /** Registers encounters and signs them in the EHR. */
  sign(...refs: readonly EncounterRef[]): Promise<void>
  /** Resolves with the first matching event since the start. */
  eventOf(matches: (event: GatewayEvent) => boolean): Promise<GatewayEvent>
  events(): Promise<readonly GatewayEvent[]>
  /** Runs a query that returns one number `n`, on a connection of its own. */
  database(statement: string): Promise<number>
  /** Closes every connection that the gateway has to its database, as a failover does. */
  cutDatabase(): Promise<void>
  /** Stops the gateway and starts another on the same database, with other variables if asked for. */
  restart(options?: { readonly environment?: Readonly<Record<string, string>> }): Promise<void>
  /** Starts another node, on the same database unless another is given. It is stopped with the world. */
  addNode(connection?: TestConnection): Promise<Gateway>
  readonly connection: TestConnection
}

type Sections = Readonly<Record<string, object>>

export interface WorldOptions {
  readonly sandbox?: Partial<SandboxSettings>
  /** The time of the sandbox. */
  readonly sandboxClock?: SandboxParts['clock']
  /** Overrides the defaults of the tests, by section. */
  readonly config?: Sections | ((sandbox: Sandbox) => Sections)
  readonly dashboardDirectory?: string
  /** Variables over the configuration, as an operator sets them. */
  readonly environment?: Readonly<Record<string, string>>
}

const pollMs = 25

/** Reads the events after a sequence through the gateway's own connections; none while a journey cuts these. */
async function readEvents(gateway: Gateway, after: number): Promise<readonly GatewayEvent[]> {
  try {
    return await gateway.store.events.after(after, 100_000)
  } catch (error) {
    if (error instanceof DatabaseUnavailableError) return []
    throw error
  }
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  await using starting = new AsyncDisposableStack()
  const sandbox: Sandbox = starting.use(
    createSandbox(options.sandbox, {
      announce: (encounter) => gateway.register(encounter),
      ...(options.sandboxClock === undefined ? {} : { clock: options.sandboxClock }),
    }),
  )
  await sandbox.start()
  const database = await createTestDatabase()
  starting.defer(() => database[Symbol.asyncDispose]())
  const keys = {
    clinician: randomToken(),
    otherPractice: randomToken(),
    operator: randomToken(),
    service: randomToken(),
  }
  const logged: string[] = []
  const { config = {} } = options
  const sections: Sections = typeof config === 'function' ? config(sandbox) : config
  const base = mergeSections(defaultsFor(sandbox, keys), sections)
  let environment = options.environment ?? {}
  const hasDefaultAnalysis =
    sections['Intelligence'] === undefined && sections['Forms'] === undefined
  const start = (connection = database.connection) =>
    startGateway({
      config: overlayConfig(base, environment),
      connection,
      ...(hasDefaultAnalysis ? { threaded: sharedThreads() } : {}),
      log: createLog({
        level: 'info',
        pretty: false,
        stream: { write: (line) => logged.push(line) },
      }),
      ...(options.dashboardDirectory === undefined
        ? {}
        : { dashboardDirectory: options.dashboardDirectory }),
    })
  let gateway = await start()
  starting.defer(async () => void (await gateway.stop()))
  const parts = starting.move()

  return {
    sandbox,
    keys,
    logged,
    get gateway() {
      return gateway
    },
    ask: (path, { key = keys.clinician, ...init } = {}) =>
      fetch(`${gateway.address}${path}`, {
        ...init,
        headers: { 'x-api-key': key, ...init.headers },
      }),
    async sign(...refs) {
      for (const ref of refs) {
        await gateway.register(ref)
        sandbox.control.signEncounter(ref.encounterId)
      }
    },
    events: () => gateway.store.events.after(0, 100_000),
    async eventOf(matches) {
      for (let after = 0; ; ) {
        const events = await readEvents(gateway, after)
        const found = events.find(matches)
        if (found !== undefined) return found
        after = events.at(-1)?.sequence ?? after
        await new Promise((resolve) => {
          setTimeout(resolve, pollMs)
        })
      }
    },
    async database(statement) {
      const { rows } = await onServer(database.connection, (client) =>
        client.query<{ n: number }>(statement),
      )
      return rows[0]?.n ?? Number.NaN
    },
    async cutDatabase() {
      await onServer(database.connection, (client) =>
        client.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        ),
      )
    },
    async restart({ environment: next = environment } = {}) {
      environment = next
      await gateway.stop()
      gateway = await start()
    },
    connection: database.connection,
    async addNode(connection) {
      const node = await start(connection)
      parts.defer(async () => void (await node.stop()))
      return node
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}

function defaultsFor(sandbox: Sandbox, keys: World['keys']): Readonly<Record<string, object>> {
  const credential = (label: keyof World['keys'], roles: readonly Role[], practice: string) => ({
    Label: label,
    KeySha256: sha256(keys[label]),
    Roles: roles,
    Practices: [practice],
  })
  return {
    Http: { Port: 0, RequestsPerMinute: 100_000 },
    Athena: {
      FhirBaseUrl: sandbox.fhirBaseUrl,
      TokenEndpoint: sandbox.tokenUrl,
      ClientId: 'sandbox-client',
      ClientSecret: 'sandbox-secret',
      PollingIntervalSeconds: 0.1,
      ReopenPollingIntervalSeconds: 0.1,
      RequestsPerSecond: 2000,
      RequestsPerDay: 10_000_000,
    },
    // Retries wait in real time here, so the interval is short; an attempt may contain the first order of a thread.
    TaskOrchestrator: { Resiliency: { RetryIntervalSeconds: 0.05, TimeoutIntervalSeconds: 120 } },
    // A failure becomes a dead letter at once. Tests of durable retries set their own values.
    Jobs: { PollIntervalSeconds: 0.2, RetryCount: 0 },
    Auth: {
      Credentials: [
        credential('clinician', ['clinician', 'staff'], '195900'),
        credential('otherPractice', ['clinician', 'staff'], '1959222'),
        credential('operator', ['operator'], '195900'),
        credential('service', ['service'], '195900'),
      ],
    },
  }
}

function mergeSections(
  base: Readonly<Record<string, object>>,
  over: Readonly<Record<string, object>>,
): object {
  const sections = new Set([...Object.keys(base), ...Object.keys(over)])
  return Object.fromEntries([...sections].map((name) => [name, { ...base[name], ...over[name] }]))
}

/** An encounter of the scenarios, by its number. */
export const anEncounter = (
  number: number,
  patient: number,
  practiceId = '195900',
): EncounterRef => ({
  practiceId,
  patientId: `a-${practiceId}.E-${patient}`,
  encounterId: `a-${practiceId}.encounter-${number}`,
})
