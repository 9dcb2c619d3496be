import { chmod, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseServer } from '../../apps/gateway/test/database/database-server.ts'
import type { TestConnection } from '../../apps/gateway/test/database/template-database.ts'
import { generateCharts, generatedEncounter } from '../sandbox/generated-charts.ts'
import { startSandboxProcess } from '../sandbox/sandbox-process.ts'
import { SeededRandom } from './seeded-random.ts'
import { EventRecorder } from './event-recorder.ts'
import { GatewayProcess, type GatewayProcessOptions } from './gateway-process.ts'
import { verify, type Verdict } from './verify.ts'
import { PracticeUsers } from './practice-users.ts'

const sandboxPageSize = 50
/** Each encounter has its own patient. Every second one needs a form. */
const plan = { name: 'chaos', encountersPerPatient: 1, formEvery: 2 }

export interface ChaosOptions {
  readonly seed: number
  /** Encounters that the EHR holds: more than the campaign registers. */
  readonly encounterCount: number
  /** Where the database is: a server's URL, or unset for the gateway's own in `directory/data`. */
  readonly databaseUrl?: string
  /** Instead of a folder in `directory`; for example a small disk. */
  readonly dataDirectory?: string
  readonly config?: Readonly<Record<string, object>>
}

/** An EHR, the users of a practice, a recorder of events, and gateways to kill: the environment of every campaign. */
export class ChaosWorld implements AsyncDisposable {
  readonly random: SeededRandom
  readonly users: PracticeUsers
  readonly recorder: EventRecorder
  readonly directory: string
  readonly dataDirectory: string
  readonly sandboxUrl: string
  readonly #configFile: string
  readonly #stopSandbox: () => void
  #gateways: GatewayProcess[] = []
  #nextEncounter = 0

  private constructor(
    directory: string,
    sandbox: { readonly baseUrl: string; stop(): void },
    { seed, dataDirectory }: ChaosOptions,
  ) {
    this.directory = directory
    this.dataDirectory = dataDirectory ?? join(directory, 'data')
    this.random = new SeededRandom(seed)
    this.sandboxUrl = sandbox.baseUrl
    this.#stopSandbox = () => sandbox.stop()
    this.#configFile = join(directory, 'gateway.config.json')
    this.users = new PracticeUsers(() => this.#addresses())
    this.recorder = new EventRecorder(() => this.#addresses(), this.users.key)
  }

  static async create(options: ChaosOptions): Promise<ChaosWorld> {
    const directory = await mkdtemp(join(tmpdir(), 'authscript-chaos-'))
    await chmod(directory, 0o755)
    await writeFile(
      join(directory, 'charts.ndjson'),
      generateCharts({ ...plan, encounterCount: options.encounterCount }),
    )
    const sandbox = await startSandboxProcess(directory, sandboxPageSize)
    const world = new ChaosWorld(directory, sandbox, options)
    await writeFile(world.#configFile, JSON.stringify(world.#configOf(options)))
    world.recorder.start()
    return world
  }

  /** On a separate PostgreSQL server, as several nodes need it. */
  static async createOnServer(
    options: Omit<ChaosOptions, 'databaseUrl'>,
  ): Promise<{ readonly world: ChaosWorld; readonly server: DatabaseServer } & AsyncDisposable> {
    await using starting = new AsyncDisposableStack()
    const directory = await mkdtemp(join(tmpdir(), 'authscript-chaos-server-'))
    starting.defer(() => rm(directory, { recursive: true, force: true }))
    await chmod(directory, 0o755)
    const server = starting.use(await DatabaseServer.create(directory))
    const world = starting.use(await ChaosWorld.create({ ...options, databaseUrl: server.url }))
    const parts = starting.move()
    return { world, server, [Symbol.asyncDispose]: () => parts.disposeAsync() }
  }

  get logFile(): string {
    return join(this.directory, 'gateway.log')
  }

  /** The connection to the gateway's embedded database, for verification. */
  get ownDatabase(): TestConnection {
    return {
      host: join(this.dataDirectory, 'postgres'),
      port: 5432,
      user: 'gateway',
      database: 'gateway',
    }
  }

  start(options: Omit<GatewayProcessOptions, 'configFile' | 'logFile'> = {}): GatewayProcess {
    const gateway = new GatewayProcess({
      configFile: this.#configFile,
      logFile: this.logFile,
      ...options,
    })
    this.#gateways = [...this.#gateways.filter((one) => !one.hasEnded), gateway]
    return gateway
  }

  async register(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1)
      await this.users.register(generatedEncounter(plan, this.#nextEncounter++))
  }

  async addFault(fault: object): Promise<void> {
    await fetch(`${this.sandboxUrl}/control/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    })
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.sandboxUrl}/control/faults`, { method: 'DELETE' })
  }

  /** Keeps the gateways' log if there are findings; otherwise it is removed with the folder. */
  async verify(database = this.ownDatabase, timeoutMs = 240_000): Promise<Verdict> {
    const verdict = await verify(database, this.sandboxUrl, this.users, this.recorder, timeoutMs)
    if (verdict.findings.length === 0) return verdict
    const kept = join(tmpdir(), `${basename(this.directory)}.log`)
    await copyFile(this.logFile, kept)
    return { ...verdict, findings: [...verdict.findings, `log: ${kept}`] }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.recorder.stop()
    await Promise.all(this.#gateways.map((gateway) => gateway.end('SIGTERM')))
    this.#stopSandbox()
    if (process.env['CHAOS_KEEP'] === undefined)
      await rm(this.directory, { recursive: true, force: true })
  }

  #addresses(): readonly string[] {
    return this.#gateways.flatMap((gateway) => gateway.address ?? [])
  }

  /** All waits are shortened, so that a campaign takes minutes. */
  #configOf({ databaseUrl, config = {} }: ChaosOptions): object {
    const base: Record<string, object> = {
      Http: { Port: 0, RequestsPerMinute: 1_000_000 },
      Log: { Level: 'info' },
      Database:
        databaseUrl === undefined ? { Directory: this.dataDirectory } : { Url: databaseUrl },
      Athena: {
        FhirBaseUrl: `${this.sandboxUrl}/fhir/r4/`,
        TokenEndpoint: `${this.sandboxUrl}/oauth2/v1/token`,
        ClientId: 'sandbox-client',
        ClientSecret: 'sandbox-secret',
        PollingIntervalSeconds: 0.3,
        ReopenPollingIntervalSeconds: 3600,
        RequestsPerSecond: 500,
        RequestsPerDay: 1_000_000_000,
        RequestTimeoutSeconds: 2,
      },
      TaskOrchestrator: {
        WorkerCount: 3,
        DrainTimeoutSeconds: 5,
        Resiliency: { RetryIntervalSeconds: 0.1, TimeoutIntervalSeconds: 60 },
      },
      Jobs: {
        LeaseSeconds: 10,
        PollIntervalSeconds: 0.5,
        RetryCount: 100,
        RetryIntervalSeconds: 0.5,
        MaxRetryIntervalSeconds: 3,
      },
      CircuitBreaker: { FailureThreshold: 20, OpenSeconds: 0.5 },
      Auth: { Credentials: [this.users.credential] },
    }
    return Object.fromEntries(
      Object.entries(base).map(([section, values]) => [section, { ...values, ...config[section] }]),
    )
  }
}
