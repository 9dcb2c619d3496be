/** How the number of workers may follow the load. */
export interface AutoscaleSettings {
  /** Hire and dismiss workers; otherwise only say what would be wanted. @default true */
  readonly apply?: boolean
  /** @default 1 */
  readonly minWorkers?: number
  readonly maxWorkers: number
  /** Share of their time that workers should be busy, 0..1: the rest absorbs what comes unevenly. @default 0.7 */
  readonly targetUtilisation?: number
  /** The wait for a worker that is still good: a backlog is worked off, and the oldest task started, within it. @default 5_000 */
  readonly targetWaitMs?: number
  /** How often it looks. @default 1_000 */
  readonly intervalMs?: number
  /** Changes smaller than this share of the present number are not worth it. @default 0.1, as Kubernetes' HPA */
  readonly tolerance?: number
  /** Least time between two hirings. @default 0: waiting work is the dearer fault */
  readonly scaleUpCooldownMs?: number
  /** Nobody is dismissed whom the load called for within this time. @default 60_000 */
  readonly scaleDownCooldownMs?: number
}

/** The load, measured since the last look. */
export interface Load {
  /** Milliseconds since the epoch. */
  readonly now: number
  /** The time since the last look; more than 0. */
  readonly intervalMs: number
  readonly workerCount: number
  /** Tasks that wait for a worker. */
  readonly queuedCount: number
  /** How long the first of them has waited. */
  readonly oldestQueuedAgeMs: number
  /** Tasks that came into the queue, retries included. */
  readonly arrivals: number
  /** Attempts that ended. */
  readonly completions: number
  /** Added up over the workers. */
  readonly busyMs: number
}

export type ScalingReason =
  | 'out_of_bounds'
  | 'steady'
  | 'arrivals'
  | 'backlog'
  | 'age'
  | 'quiet'
  | 'cooling_down'

/** What the load calls for. */
export interface ScalingDecision {
  readonly wantedWorkers: number
  readonly reason: ScalingReason
}

/** The figures of the latest look, for people and for scalers outside. */
export interface ScalingSignal extends ScalingDecision {
  readonly workerCount: number
  readonly arrivalsPerSecond: number
  /** Average time that a worker is busy with one attempt; 0 before the first. */
  readonly serviceMs: number
  /** Share of their time that the workers were busy since the look before, 0..1. */
  readonly utilisation: number
}

/** What a decision needs to know of the looks before it. */
export interface ScalingMemory {
  /** Smoothed. */
  readonly arrivalsPerSecond: number
  /** Busy time and attempts of the last few hundred attempts, the older ones fading. */
  readonly busyMs: number
  readonly completions: number
  readonly scaledUpAt: number
  /** What was called for lately, oldest first: the most of it is the floor for dismissals. */
  readonly recent: readonly { readonly at: number; readonly workers: number }[]
}

export const freshScalingMemory: ScalingMemory = {
  arrivalsPerSecond: 0,
  busyMs: 0,
  completions: 0,
  scaledUpAt: Number.NEGATIVE_INFINITY,
  recent: [],
}

/** Arrivals longer ago than this weigh little: a burst shows in the backlog first, a new level here. */
const arrivalMemoryMs = 20_000

/** Attempts that the service time is averaged over. */
const serviceMemory = 200

/**
 * How many workers the load calls for. Pure: the same load, settings and memory give the same answer.
 *
 * By Little's law (L = λW) the tasks in service are the arrival rate times the time of one: so many workers are always busy, and
 * 1 / `targetUtilisation` times as many leave room for chance. A backlog calls for as many as work it off within `targetWaitMs` beside
 * what arrives. When the oldest task has already waited longer, the rates have misled us: half as many again as there are. More are
 * hired at once; fewer only after the load has called for no more for `scaleDownCooldownMs`.
 *
 * @see J. D. C. Little, "A Proof for the Queuing Formula: L = λW", Operations Research 9 (1961)
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/ for the tolerance and the stabilisation window
 */
export function decideWorkers(
  load: Load,
  settings: AutoscaleSettings,
  memory: ScalingMemory,
): { readonly decision: ScalingDecision; readonly memory: ScalingMemory } {
  const {
    minWorkers = 1,
    maxWorkers,
    targetUtilisation = 0.7,
    targetWaitMs = 5000,
    tolerance = 0.1,
    scaleUpCooldownMs = 0,
    scaleDownCooldownMs = 60_000,
  } = settings
  const { now, workerCount } = load

  const weight = 1 - Math.exp(-load.intervalMs / arrivalMemoryMs)
  const measured = (load.arrivals * 1000) / load.intervalMs
  const arrivalsPerSecond =
    memory.arrivalsPerSecond + weight * (measured - memory.arrivalsPerSecond)

  const fading = Math.min(1, serviceMemory / (memory.completions + load.completions))
  const busyMs = (memory.busyMs + load.busyMs) * fading
  const completions = (memory.completions + load.completions) * fading
  // Before the first attempt has ended, what it has taken so far is the least it will take.
  const serviceMs = busyMs / Math.max(1, completions)

  const inService = (arrivalsPerSecond * serviceMs) / 1000
  const steady = inService / targetUtilisation
  const catchUp = inService + (load.queuedCount * serviceMs) / targetWaitMs
  const isLate = load.oldestQueuedAgeMs > targetWaitMs
  const late = isLate ? Math.max(workerCount + 1, workerCount * 1.5) : 0
  const calledFor = Math.ceil(Math.max(steady, catchUp, late))
  const wanted = Math.min(maxWorkers, Math.max(minWorkers, calledFor))

  const since = now - scaleDownCooldownMs
  const recent = [...memory.recent.filter(({ at }) => at > since), { at: now, workers: wanted }]
  const floor = Math.max(...recent.map(({ workers }) => workers))

  let decision: ScalingDecision
  let { scaledUpAt } = memory
  const change = Math.abs(wanted - workerCount)
  if (workerCount > maxWorkers || workerCount < minWorkers) {
    decision = { wantedWorkers: wanted, reason: 'out_of_bounds' }
  } else if (wanted > workerCount) {
    if (now - scaledUpAt < scaleUpCooldownMs) {
      decision = { wantedWorkers: workerCount, reason: 'cooling_down' }
    } else if (change <= workerCount * tolerance && !isLate) {
      decision = { wantedWorkers: workerCount, reason: 'steady' }
    } else {
      scaledUpAt = now
      decision = { wantedWorkers: wanted, reason: reasonFor(steady, catchUp, isLate) }
    }
  } else if (floor < workerCount && workerCount - floor > workerCount * tolerance) {
    decision = { wantedWorkers: floor, reason: 'quiet' }
  } else {
    decision = {
      wantedWorkers: workerCount,
      reason: wanted < workerCount ? 'cooling_down' : 'steady',
    }
  }
  return { decision, memory: { arrivalsPerSecond, busyMs, completions, scaledUpAt, recent } }
}

function reasonFor(steady: number, catchUp: number, isLate: boolean): ScalingReason {
  if (isLate) return 'age'
  return catchUp > steady ? 'backlog' : 'arrivals'
}
