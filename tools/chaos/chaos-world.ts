import { chmod, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseServer } from '../../apps/gateway/test/database/database-server.ts'
import type { TestConnection } from '../../apps/gateway/test/database/template-database.ts'
import { generateCharts, generatedVisit } from '../sandbox/generated-charts.ts'
import { startSandboxProcess } from '../sandbox/sandbox-process.ts'
import { Chance } from './seeded-random.ts'
import { EventWitness } from './event-recorder.ts'
import { GatewayProcess, type GatewayProcessOptions } from './gateway-process.ts'
import { judge, type Verdict } from './verify.ts'
import { PracticeStaff } from './practice-users.ts'

const sandboxPageSize = 50
/** Each visit a patient of its own, every second one with a form. */
const plan = { name: 'chaos', visitsPerPatient: 1, formEvery: 2 }

export interface ChaosOptions {
  readonly seed: number
  /** Visits that the EHR holds: more than the campaign registers. */
  readonly visitCount: number
  /** Where the database is: a server's URL, or unset for the gateway's own in `directory/data`. */
  readonly databaseUrl?: string
  /** Instead of a folder of the world's own: a small disk, say. */
  readonly dataDirectory?: string
  readonly config?: Readonly<Record<string, object>>
}

/** An EHR, the staff, a witness of the events, and gateways to be killed: what every campaign is played in. */
export class ChaosWorld implements AsyncDisposable {
  readonly chance: Chance
  readonly staff: PracticeStaff
  readonly witness: EventWitness
  readonly directory: string
  readonly dataDirectory: string
  readonly sandboxUrl: string
  readonly #configFile: string
  readonly #stopSandbox: () => void
  #gateways: GatewayProcess[] = []
  #nextVisit = 0

  private constructor(
    directory: string,
    sandbox: { readonly baseUrl: string; stop(): void },
    { seed, dataDirectory }: ChaosOptions,
  ) {
    this.directory = directory
    this.dataDirectory = dataDirectory ?? join(directory, 'data')
    this.chance = new Chance(seed)
    this.sandboxUrl = sandbox.baseUrl
    this.#stopSandbox = () => sandbox.stop()
    this.#configFile = join(directory, 'gateway.config.json')
    this.staff = new PracticeStaff(() => this.#addresses())
    this.witness = new EventWitness(() => this.#addresses(), this.staff.key)
  }

  static async create(options: ChaosOptions): Promise<ChaosWorld> {
    const directory = await mkdtemp(join(tmpdir(), 'authscript-chaos-'))
    await chmod(directory, 0o755)
    await writeFile(
      join(directory, 'charts.ndjson'),
      generateCharts({ ...plan, visits: options.visitCount }),
    )
    const sandbox = await startSandboxProcess(directory, sandboxPageSize)
    const world = new ChaosWorld(directory, sandbox, options)
    await writeFile(world.#configFile, JSON.stringify(world.#configOf(options)))
    world.witness.start()
    return world
  }

  /** With a PostgreSQL server of its own, as many nodes have one. */
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

  /** Where the gateway's own database is reached, for the judge. */
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
      await this.staff.register(generatedVisit(plan, this.#nextVisit++))
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

  /** What went wrong keeps the gateways' log, which would go with the folder. */
  async judge(database = this.ownDatabase, patienceMs = 240_000): Promise<Verdict> {
    const verdict = await judge(database, this.sandboxUrl, this.staff, this.witness, patienceMs)
    if (verdict.findings.length === 0) return verdict
    const kept = join(tmpdir(), `${basename(this.directory)}.log`)
    await copyFile(this.logFile, kept)
    return { ...verdict, findings: [...verdict.findings, `the log is kept: ${kept}`] }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.witness.stop()
    await Promise.all(this.#gateways.map((gateway) => gateway.end('SIGTERM')))
    this.#stopSandbox()
    if (process.env['CHAOS_KEEP'] === undefined)
      await rm(this.directory, { recursive: true, force: true })
  }

  #addresses(): readonly string[] {
    return this.#gateways.flatMap((gateway) => gateway.address ?? [])
  }

  /** Short waits everywhere: a campaign has no days. What they stand for is in the defaults. */
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
      Auth: { Credentials: [this.staff.credential] },
    }
    return Object.fromEntries(
      Object.entries(base).map(([section, values]) => [section, { ...values, ...config[section] }]),
    )
  }
}
