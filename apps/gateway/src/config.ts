import { readFileSync } from 'node:fs'
import { role } from '@authscript/prior-auth'
import { z } from 'zod'
import { GatewayError } from './errors.ts'
import { ehrSection } from './fhir/ehr-config.ts'
import {
  decimal,
  flag,
  httpUrl,
  integer,
  list,
  megabyte,
  optional,
  timeZone,
  toList,
  toNames,
  toRecord,
} from './config/fields.ts'

/** The configuration is wrong. Every fault is listed with its key, what was found and what is allowed; nothing was started. */
export class ConfigError extends GatewayError {
  override readonly name = 'ConfigError'
  readonly code = 'config_invalid'
  readonly kind = 'permanent'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`configuration is wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

const credential = z.strictObject({
  Label: z.string().min(1).max(100),
  /** SHA-256 of the key in hex: the key itself is never stored. `npm run credential` makes both. */
  KeySha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits'),
  Roles: z.preprocess(toList, z.array(role).min(1)),
  Practices: list().refine((practices) => practices.length > 0, 'must name a practice'),
})

/** A label says who approved a form: two credentials may not share one. */
function refuseSharedLabels(
  credentials: readonly z.infer<typeof credential>[],
  context: z.RefinementCtx,
): void {
  const known = new Set<string>()
  for (const [index, { Label }] of credentials.entries()) {
    const label = Label.trim().toLowerCase()
    if (known.has(label))
      context.addIssue({
        code: 'custom',
        message: 'is the label of another credential too; each needs its own',
        path: [index, 'Label'],
        input: Label,
      })
    known.add(label)
  }
}

/** Any endpoint that speaks OpenAI's chat completions. */
const languageModel = z.strictObject({
  /** Up to and without `/chat/completions`. */
  BaseUrl: httpUrl,
  Name: z.string().min(1),
  ApiKey: z.string().min(1).optional(),
  /** For all that one order asks of it; then the order is judged by rules alone. */
  TimeoutSeconds: decimal(0.01, 600).default(20),
  /** Of all notes of one request, the visit's own first. */
  MaxNoteCharacters: integer(100, 1_000_000).default(24_000),
  MaxConcurrent: integer(1, 256).default(4),
  /** Practices that agreed to have parts of their notes sent there. Of no other practice anything leaves. */
  Practices: list().default([]),
})

/** An outside form: the blank PDF, what its boxes are for, and whose orders it is for. */
const formTemplate = z.strictObject({
  Map: z.string().min(1),
  Pdf: z.string().min(1),
  /** Unset: the rules that come with the gateway for a form of the map's name, where there are any. */
  Rules: z.string().min(1).optional(),
  /** Words of the payer's name, as in "Texas Medicaid", whatever follows or goes before. */
  Payers: z.preprocess(toNames, z.array(z.string().regex(/[\p{L}\p{N}]/u)).min(1)),
  /** Codes and ranges that the form is for; unset: all that its rules allow. */
  Codes: z
    .preprocess(
      toList,
      z.array(
        z
          .string()
          .regex(
            /^([A-Z]?)\d{4,5}([A-Z]?)(?:-\1\d{4,5}\2)?$/,
            'must be a CPT or HCPCS code or a range, like 70000-76499 or J0000-J9999',
          ),
      ),
    )
    .default([]),
})

const schema = z.strictObject({
  Http: z
    .strictObject({
      Port: integer(0, 65_535).default(8080),
      Host: z.string().min(1).default('127.0.0.1'),
      /** Requests of one address a minute, all routes together; event streams count once. */
      RequestsPerMinute: integer(1, 1_000_000).default(1200),
      MaxBodyBytes: integer(1024, 64 * megabyte).default(megabyte),
      /** Where browsers reach the gateway, when a proxy stands before it: sign-in links and cookies follow it. */
      PublicUrl: httpUrl.optional(),
    })
    .prefault({}),
  Database: z
    .strictObject({
      /** Unset: the gateway's own PostgreSQL in `Directory`. */
      Url: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
      Directory: z.string().min(1).default('./data'),
      PoolSize: integer(2, 100).default(10),
    })
    .prefault({}),
  TaskOrchestrator: z
    .strictObject({
      WorkerCount: integer(1, 1024).default(2),
      MaxBacklog: integer(1, 1_000_000).default(128),
      SubscriberChannelCapacity: integer(1, 1_000_000).default(1000),
      DrainTimeoutSeconds: decimal(0, 3600).default(30),
      /** Tasks of one practice that may run at once; unset: as many as there are workers. */
      PracticeConcurrency: integer(1, 1024).optional(),
      /** How many workers the load calls for: shown always, and hired and dismissed with `Apply`. */
      Autoscale: z
        .strictObject({
          Apply: flag().default(false),
          MinWorkers: integer(1, 1024).default(1),
          MaxWorkers: integer(1, 1024).default(16),
          /** Share of their time that workers should be busy. */
          TargetUtilisation: decimal(0.05, 1).default(0.7),
          /** The wait for a worker that is still good. */
          TargetWaitSeconds: decimal(0.1, 3600).default(5),
          /** Nobody is dismissed whom the load called for within this time. */
          ScaleDownCooldownSeconds: decimal(0, 86_400).default(60),
        })
        .refine(({ MinWorkers, MaxWorkers }) => MinWorkers <= MaxWorkers, {
          message: 'MinWorkers may be at most MaxWorkers',
          path: ['MinWorkers'],
        })
        .prefault({}),
      Resiliency: z
        .strictObject({
          RetryCount: integer(0, 20).default(3),
          RetryIntervalSeconds: decimal(0, 3600).default(2),
          UseExponentialBackoff: flag().default(true),
          TimeoutIntervalSeconds: decimal(0.01, 3600).default(60),
        })
        .prefault({}),
    })
    .prefault({}),
  Ehr: ehrSection,
  /** The environment's HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in upper or lower case, unless set here. Used for the EHR. */
  Proxy: z
    .strictObject({
      Http: optional(),
      Https: optional(),
      Exclude: z.string().default(''),
    })
    .prefault({}),
  Practice: z
    .strictObject({
      /** Whose calendar dates requests; by default this machine's. */
      TimeZone: timeZone().default(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
      /** Of practices elsewhere, by their id. */
      TimeZones: z.preprocess(toRecord, z.record(z.string(), timeZone())).default({}),
    })
    .prefault({}),
  ClinicalQuery: z
    .strictObject({
      ObservationLookbackMonths: integer(1, 1200).default(12),
      ProcedureLookbackMonths: integer(1, 1200).default(24),
      DocumentLookbackMonths: integer(1, 1200).default(12),
      MedicationLookbackMonths: integer(1, 1200).default(24),
    })
    .prefault({}),
  Intelligence: z
    .strictObject({
      /** Unset: judged in this process. */
      BaseUrl: httpUrl.optional(),
      ApiKey: z.string().min(1).optional(),
      TimeoutSeconds: decimal(0.01, 600).default(30),
      /** What `BaseUrl` speaks: our own `POST /analyze`, or the original's. */
      Contract: z.enum(['authscript', 'original']).default('authscript'),
      /** Ids of policies that are off by default because a source of theirs could not be verified. */
      SwitchedOnPolicies: list().default([]),
      /** A folder with the practice's own policies, one YAML or JSON file each; they take the place of ours with the same id. */
      PolicyDirectory: z.string().min(1).optional(),
      /** Unset: no language model is asked. */
      Model: languageModel.optional(),
    })
    .superRefine(({ BaseUrl, Contract, Model, PolicyDirectory }, context) => {
      if (BaseUrl !== undefined && PolicyDirectory !== undefined)
        context.addIssue({
          code: 'custom',
          message:
            'policies are read where charts are judged; set it for that service, or unset Intelligence.BaseUrl',
          path: ['PolicyDirectory'],
          input: PolicyDirectory,
        })
      if (BaseUrl !== undefined && Model !== undefined)
        context.addIssue({
          code: 'custom',
          message: 'a model is asked only where judged in this process; unset Intelligence.BaseUrl',
          path: ['Model'],
          input: Model,
        })
      if (BaseUrl === undefined && Contract !== 'authscript')
        context.addIssue({
          code: 'custom',
          message: 'this is what a service speaks; set Intelligence.BaseUrl',
          path: ['Contract'],
          input: Contract,
        })
    })
    .prefault({}),
  CircuitBreaker: z
    .strictObject({
      /** Transient failures in a row that open a dependency's breaker. */
      FailureThreshold: integer(1, 10_000).default(10),
      OpenSeconds: decimal(0.01, 3600).default(15),
    })
    .prefault({}),
  Forms: z
    .strictObject({
      Threads: integer(1, 64).default(1),
      /** Payers' own forms; the first whose payer and codes fit is taken, without one the general form. */
      Templates: z.array(formTemplate).default([]),
    })
    .prefault({}),
  Events: z
    .strictObject({
      HeartbeatSeconds: decimal(0.05, 600).default(15),
      /** Open at once on a node; one more is answered 503. */
      MaxStreams: integer(1, 100_000).default(2000),
      /** Unsent bytes that are kept for a reader. One that takes none of them for two heartbeats is ended; it reconnects and replays. */
      MaxClientBufferBytes: integer(1024, 64 * megabyte).default(256 * 1024),
      /** Older events, and those beyond the newest so many, are deleted: a reader that comes back after them is told of the gap. */
      RetentionDays: integer(1, 3650).default(30),
      RetentionCount: integer(1000, 1_000_000_000).default(1_000_000),
    })
    .prefault({}),
  Jobs: z
    .strictObject({
      /** Without a heartbeat for this long a lease returns to the queue. */
      LeaseSeconds: integer(10, 3600).default(20),
      /** The slow look for work that a lost notification would otherwise leave lying. */
      PollIntervalSeconds: decimal(0.05, 600).default(2),
      /** Leases of one practice at once, on all nodes together; unset: as many as there are workers. */
      PracticeConcurrency: integer(1, 1024).optional(),
      /** Later tries of what may pass with time, each after all of a task's own; then it is a dead letter. */
      RetryCount: integer(0, 100).default(8),
      /** The first wait; each further one is four times as long, up to the limit. */
      RetryIntervalSeconds: decimal(0.01, 86_400).default(60),
      MaxRetryIntervalSeconds: decimal(0.01, 604_800).default(6 * 3600),
    })
    .prefault({}),
  Auth: z
    .strictObject({
      SessionHours: decimal(0.01, 24 * 30).default(12),
      Credentials: z.array(credential).default([]).superRefine(refuseSharedLabels),
    })
    .prefault({}),
  Log: z
    .strictObject({
      Level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
      Pretty: flag().default(false),
    })
    .prefault({}),
})

/** A model that does not answer must leave the attempt time to go on without it, or it would cost the visit. */
const checked = schema.superRefine(
  ({ Intelligence: { Model }, TaskOrchestrator: { Resiliency } }, context) => {
    if (Model === undefined || Model.TimeoutSeconds <= Resiliency.TimeoutIntervalSeconds / 2) return
    context.addIssue({
      code: 'custom',
      message: 'may be at most half of TaskOrchestrator.Resiliency.TimeoutIntervalSeconds',
      path: ['Intelligence', 'Model', 'TimeoutSeconds'],
      input: Model.TimeoutSeconds,
    })
  },
)

export type GatewayConfig = z.infer<typeof schema>
export type DatabaseConfig = GatewayConfig['Database']

/** The seed's name of the section `Ehr`. It keeps working, and means athenahealth unless it says otherwise. */
const seedSection = 'Athena'

/** What the environment calls the keys of the section `Proxy`. */
const proxyVariables = [
  ['HTTP_PROXY', 'Http'],
  ['HTTPS_PROXY', 'Https'],
  ['NO_PROXY', 'Exclude'],
] as const

/** Sections of other programs that share the environment; anything else with a double underscore must be ours. */
const foreignSections: ReadonlySet<string> = new Set(['Sandbox'])

const secretKeys = /Secret|Key(?!File)|^Database\.Url$|Proxy\b/i

type Tree = { [key: string]: unknown }

/**
 * Reads `file` (`gateway.config.json`) and the environment over it. Every key is overridable with double underscores between its
 * segments (`TaskOrchestrator__WorkerCount=4`, `Auth__Credentials__0__Label=…`).
 *
 * @throws {ConfigError} with every fault at once
 */
export function readConfig(
  file: string,
  environment: NodeJS.ProcessEnv = process.env,
): GatewayConfig {
  return overlayConfig(readTree(file), environment)
}

/** Like `readConfig`, with a configuration made in code in place of the file. */
export function overlayConfig(
  base: object,
  environment: NodeJS.ProcessEnv = process.env,
): GatewayConfig {
  const { tree, faults } = withEnvironment(base, environment)
  return parseConfig(tree, faults)
}

/**
 * Reads where the database is, for commands that need nothing else: the other sections may be unfinished.
 *
 * @throws {ConfigError} with every fault of that section at once
 */
export function readDatabaseConfig(
  file: string,
  environment: NodeJS.ProcessEnv = process.env,
): DatabaseConfig {
  const { tree, faults } = withEnvironment(readTree(file), environment)
  return parse(z.object({ Database: schema.shape.Database }), tree, faults).Database
}

/** Checks a configuration made in code: what tests and the one-command start use. */
export function parseConfig(input: unknown, earlierFaults: readonly string[] = []): GatewayConfig {
  return parse(checked, input, earlierFaults)
}

function parse<Output>(
  expected: z.ZodType<Output>,
  input: unknown,
  earlierFaults: readonly string[],
): Output {
  const { tree, faults: doubled, nameOf } = withEhrSection(input)
  const parsed = expected.safeParse(tree, { reportInput: true })
  if (parsed.success && earlierFaults.length + doubled.length === 0) return parsed.data
  const faults = [
    ...doubled,
    ...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => describe(issue, nameOf))),
  ]
  throw new ConfigError([...earlierFaults, ...faults])
}

/** Moves the seed's section `Athena` to `Ehr`; `nameOf` gives the name that the operator wrote, for faults. */
function withEhrSection(input: unknown): {
  readonly tree: unknown
  readonly faults: readonly string[]
  nameOf(path: readonly string[]): string
} {
  const written = (path: readonly string[]) => path.join('.')
  if (!isTree(input) || !(seedSection in input)) return { tree: input, faults: [], nameOf: written }
  const { [seedSection]: seed, Ehr: ehr, ...rest } = input
  if (!isTree(seed))
    return {
      tree: { ...rest, Ehr: seed },
      faults: [],
      nameOf: ([section, ...keys]) =>
        written([section === 'Ehr' ? seedSection : (section ?? ''), ...keys]),
    }
  const own = isTree(ehr) ? ehr : {}
  const faults = Object.keys(seed)
    .filter((key) => key in own)
    .map((key) => `Ehr.${key}: also set as ${seedSection}.${key}; set one of them`)
  return {
    tree: { ...rest, Ehr: { Profile: 'athenahealth', ...seed, ...own } },
    faults,
    nameOf: ([section, key, ...keys]) =>
      written(
        section === 'Ehr' && !(key !== undefined && key in own)
          ? [seedSection, ...(key === undefined ? [] : [key]), ...keys]
          : [section ?? '', ...(key === undefined ? [] : [key]), ...keys],
      ),
  }
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function withEnvironment(
  base: object,
  environment: NodeJS.ProcessEnv,
): { readonly tree: Tree; readonly faults: readonly string[] } {
  const faults: string[] = []
  const tree = structuredClone(base) as Tree
  for (const [variable, key] of proxyVariables) {
    // As in curl, lower case wins.
    const value = environment[variable.toLowerCase()] || environment[variable]
    if (value === undefined || value === '') continue
    const section = tree['Proxy']
    if (section === undefined) tree['Proxy'] = { [key]: value }
    else if (isTree(section)) section[key] ??= value
  }
  for (const [name, value] of Object.entries(environment)) {
    if (!/^[A-Z][A-Za-z]*__/.test(name) || value === undefined) continue
    const segments = name.split('__')
    const [section = ''] = segments
    if (foreignSections.has(section)) continue
    if (!(section in schema.shape) && section !== seedSection) {
      const allowed = Object.keys(schema.shape).join(', ')
      faults.push(`${name}: unknown section in an environment variable; allowed: ${allowed}`)
      continue
    }
    overlay(tree, segments, value)
  }
  return { tree, faults }
}

function readTree(file: string): Tree {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new ConfigError([
      `${file}: cannot be read (${String((cause as NodeJS.ErrnoException).code)}); write it from the example in README.md, or name another with --config`,
    ])
  }
  let tree: unknown
  try {
    tree = JSON.parse(text)
  } catch (cause) {
    throw new ConfigError([
      `${file}: not JSON: ${cause instanceof Error ? cause.message : 'unreadable'}`,
    ])
  }
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) {
    throw new ConfigError([
      `${file}: found ${Array.isArray(tree) ? 'a list' : String(tree)}, expected an object of sections`,
    ])
  }
  return tree as Tree
}

function overlay(tree: Tree, segments: readonly string[], value: string): void {
  let node: Tree = tree
  for (const [index, segment] of segments.entries()) {
    if (index === segments.length - 1) {
      node[segment] = value
      return
    }
    const child = node[segment]
    const next = segments[index + 1] ?? ''
    const container =
      typeof child === 'object' && child !== null ? child : /^\d+$/.test(next) ? [] : {}
    node[segment] = container
    node = container as Tree
  }
}

function describe(
  issue: z.core.$ZodIssue,
  nameOf: (path: readonly string[]) => string,
): readonly string[] {
  const path = nameOf(issue.path.map(String))
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${path === '' ? key : `${path}.${key}`}: unknown key`)
  }
  const found = issue.input !== undefined && secretKeys.test(path) ? 'a secret' : shown(issue.input)
  return [`${path}: found ${found}; ${issue.message}`]
}

function shown(input: unknown): string {
  // A section may hold secrets.
  if (typeof input === 'object' && input !== null)
    return Array.isArray(input) ? 'a list' : 'a section'
  return input === undefined
    ? 'nothing'
    : (JSON.stringify(input) ?? 'something unprintable').slice(0, 120)
}
