import { z } from 'zod'
import type { Immutable } from './immutable.ts'

/** What operators see of the gateway: figures, codes and ids; nothing from a chart. Times are ISO 8601. */

/** What is known of something that the gateway depends on, from its own calls. */
export const dependencyView = z.object({
  name: z.enum(['ehr', 'token', 'database', 'intelligence', 'language_model']),
  /** `not_asked`: nothing was asked of it yet. */
  state: z.enum(['working', 'failing', 'not_asked']),
  /** Since when it fails, by the first failure after the last success; null while it does not. */
  failingSince: z.string().nullable(),
  lastSuccessAt: z.string().nullable(),
  /** How long the last call took. */
  lastMs: z.number().nullable(),
  /** Of the last failure; a code of docs/errors.md. */
  code: z.string().nullable(),
  reason: z.string().nullable(),
  /** Calls, and failed ones among them, of the last 15 minutes. */
  callCount: z.number().int(),
  failureCount: z.number().int(),
  /** Null where there is no circuit breaker. */
  breaker: z.enum(['closed', 'open', 'half_open']).nullable(),
  /** When an open breaker lets a call through again. */
  breakerOpenUntil: z.string().nullable(),
})

/** One thing that an operator should know, with its cause and the way to fix it. */
export const finding = z.object({
  /** `trouble`: work does not continue. `attention`: it continues, and somebody should look. */
  level: z.enum(['working', 'attention', 'trouble']),
  /** A code of docs/errors.md. */
  code: z.string().nullable(),
  /** Begins a sentence, without a full stop: "The EHR refuses our secret". */
  text: z.string(),
  since: z.string().nullable(),
  /** Ends that sentence: "check Athena__ClientSecret". */
  remedy: z.string().nullable(),
  /** The error's message, where it says more. */
  detail: z.string().nullable(),
  /** Where the code is explained, on this gateway. */
  href: z.string().nullable(),
})

/** One process of the gateway, as it last reported. */
export const nodeView = z.object({
  nodeId: z.string(),
  host: z.string(),
  processId: z.number().int(),
  version: z.string(),
  startedAt: z.string(),
  seenAt: z.string(),
  /** `draining`: takes no new work and finishes what runs. `gone`: it has not reported for a while. */
  state: z.enum(['working', 'paused', 'draining', 'drained', 'gone']),
  leaseCount: z.number().int(),
  workerCount: z.number().int(),
  busyWorkers: z.number().int(),
  wantedWorkers: z.number().int(),
  streamCount: z.number().int(),
  heapBytes: z.number(),
  heapLimitBytes: z.number(),
  /** The longest that the event loop was late since the report before. */
  loopLagMs: z.number(),
  ehr: z.object({
    requestsPerSecond: z.number(),
    limitPerSecond: z.number(),
    requestsPerDay: z.number(),
    /** Answers "too many requests" of the last minute. */
    tooManyRequests: z.number().int(),
  }),
  dependencies: z.array(dependencyView),
  findings: z.array(finding),
  /** What an operator asked of it and it has not done yet; null: nothing. */
  asked: z
    .object({
      act: z.enum(['drain', 'take_up', 'workers']),
      /** How many; null unless workers were asked for. */
      workers: z.number().int().nullable(),
      at: z.string(),
    })
    .nullable(),
})

/** One line of a tile, with a value for each of the last 60 minutes, oldest first; null where nothing was measured. */
const tileFigure = z.object({
  name: z.string(),
  label: z.string(),
  value: z.number().nullable(),
  unit: z.enum(['count', 'seconds', 'per_second']),
  history: z.array(z.number().nullable()),
})

export const tileView = z.object({
  name: z.enum(['sign_to_form', 'encounters', 'workers', 'ehr', 'write_backs', 'streams']),
  title: z.string(),
  figures: z.array(tileFigure),
  /** How to ask Prometheus for the same. */
  promQl: z.array(z.string()),
})

/** Dead letters with one code, within the caller's practices. */
export const deadLetterGroup = z.object({
  code: z.string(),
  count: z.number().int(),
  firstAt: z.string(),
  lastAt: z.string(),
  practiceIds: z.array(z.string()),
  /** From docs/errors.md; null where the code is not documented. */
  when: z.string().nullable(),
  remedy: z.string().nullable(),
  href: z.string().nullable(),
})

/** A redrive of all dead letters of a code. It continues whatever page is open. */
export const redriveView = z.object({
  redriveId: z.string(),
  code: z.string(),
  practiceIds: z.array(z.string()),
  /** `stopping`: the one under way is finished first. */
  state: z.enum(['running', 'stopping', 'stopped', 'done']),
  redrivenCount: z.number().int(),
  /** How many there were when it was asked for. */
  ofCount: z.number().int(),
  /** Who asked for it. */
  by: z.string().nullable(),
  askedAt: z.string(),
  endedAt: z.string().nullable(),
})

export const operationsView = z.object({
  measuredAt: z.string(),
  verdict: finding,
  /** Everything else that was found, worst first. */
  findings: z.array(finding),
  tiles: z.array(tileView),
  /** Of the node that answers. */
  dependencies: z.array(dependencyView),
  deadLetters: z.object({ count: z.number().int(), groups: z.array(deadLetterGroup) }),
  /** Redrives of all of a code that are open or ended in the last ten minutes, newest first. */
  redrives: z.array(redriveView),
  /** Approved forms that may be in the chart and wait for a person's decision. */
  undecidedCount: z.number().int(),
  /** The node that answers. */
  nodeId: z.string(),
  /** False: the caller lacks a practice, so the controls are refused. */
  mayControl: z.boolean(),
  nodes: z.array(nodeView),
  /** All nodes begin no new work, nodes that start later too; null while they do. */
  pause: z.object({ by: z.string(), since: z.string() }).nullable(),
  /** By `authscript backup`. `lastAt` is null: there was none. `maxAgeHours` is null: its age is nobody's concern here. */
  backup: z.object({ lastAt: z.string().nullable(), maxAgeHours: z.number().nullable() }),
  /** The operator's own dashboards; null: none are configured. */
  dashboardsUrl: z.string().nullable(),
})

export const watchedView = z.object({
  practiceId: z.string(),
  encounterId: z.string(),
  watch: z.enum(['open', 'signed', 'ended']),
  /** Null: never polled. */
  lastPolledAt: z.string().nullable(),
  /** As the EHR gives it; null before the first answer. */
  encounterStatus: z.string().nullable(),
  code: z.string().nullable(),
  nextPollAt: z.string().nullable(),
})

/** A bar of an encounter's timeline. */
export const timelineEntry = z.object({
  kind: z.enum(['detected', 'wait', 'read', 'judge', 'fill', 'record', 'write_back', 'failure']),
  run: z.number().int(),
  /** Within its task; null where there is none. */
  attempt: z.number().int().nullable(),
  startedAt: z.string(),
  /** Null: still under way, or a moment. */
  endedAt: z.string().nullable(),
  /** Of what failed. */
  code: z.string().nullable(),
  nodeId: z.string().nullable(),
  workerId: z.string().nullable(),
  /** Requests to the EHR, and how long they took together. */
  ehrRequestCount: z.number().int(),
  ehrMs: z.number().int(),
})

export const encounterTimeline = z.object({
  practiceId: z.string(),
  encounterId: z.string(),
  processing: z.enum(['queued', 'running', 'processed', 'failed']),
  run: z.number().int(),
  entries: z.array(timelineEntry),
})

export const configurationView = z.object({
  keys: z.array(
    z.object({
      /** `Ehr.FhirBaseUrl`. */
      key: z.string(),
      /** As JSON; `•••` for a secret. */
      value: z.string(),
      origin: z.enum(['file', 'environment', 'default']),
      /** As the operator wrote it: `Athena__FhirBaseUrl`. */
      writtenAs: z.string(),
    }),
  ),
})

/** At most this many characters of a note on a dismissed dead letter. */
export const maxDismissalNote = 500

export const dismissRequest = z.strictObject({
  note: z.string().trim().min(1).max(maxDismissalNote),
})
/** At most this many dead letters are redriven by one request, which then takes a second or two. */
const maxRedriven = 200

export const redriveAllRequest = z.strictObject({
  code: z.string().regex(/^[a-z_]{1,60}$/),
})

export const redriveCodeRequest = z.strictObject({
  code: z.string().regex(/^[a-z_]{1,60}$/),
  limit: z.number().int().min(1).max(maxRedriven).default(maxRedriven),
})
/** `leftCount`: as many more have the code. `nextCursor`: continue there; one that failed again is not met any more. Null: all were tried. */
export const redriveCodeResult = z.object({
  redrivenCount: z.number().int(),
  leftCount: z.number().int(),
  nextCursor: z.string().nullable(),
})

export type DependencyView = Immutable<z.infer<typeof dependencyView>>
export type Finding = Immutable<z.infer<typeof finding>>
export type NodeView = Immutable<z.infer<typeof nodeView>>
export type TileView = Immutable<z.infer<typeof tileView>>
export type DeadLetterGroup = Immutable<z.infer<typeof deadLetterGroup>>
export type RedriveView = Immutable<z.infer<typeof redriveView>>
export type OperationsView = Immutable<z.infer<typeof operationsView>>
export type WatchedView = Immutable<z.infer<typeof watchedView>>
export type TimelineEntry = Immutable<z.infer<typeof timelineEntry>>
export type EncounterTimeline = Immutable<z.infer<typeof encounterTimeline>>
