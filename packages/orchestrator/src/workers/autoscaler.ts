import { checkCount } from '../check-count.ts'
import { checkDuration } from '../check-duration.ts'
import { checkOptions, type OptionKinds } from '../check-options.ts'

/** How the number of workers may follow the load. */
export interface AutoscaleSettings {
  /** Adds and retires workers; when false, only says how many it wants. @default true */
  readonly apply?: boolean
  /** @default 1 */
  readonly minWorkers?: number
  readonly maxWorkers: number
  /** Share of their time that workers should be busy, 0..1; the rest absorbs uneven arrivals. @default 0.7 */
  readonly targetUtilisation?: number
  /** The longest acceptable wait for a worker: a backlog is worked off, and the oldest task started, within it. @default 5_000 */
  readonly targetWaitMs?: number
  /** How often it measures and decides. @default 1_000 */
  readonly intervalMs?: number
  /** Ignores changes smaller than this share of the current number. @default 0.1, as Kubernetes' HPA */
  readonly tolerance?: number
  /** Least time between two increases. @default 0, since waiting work costs more than idle workers */
  readonly scaleUpCooldownMs?: number
  /** Retires no worker that the load needed within this time. @default 60_000 */
  readonly scaleDownCooldownMs?: number
}

const settingKinds: OptionKinds<AutoscaleSettings> = {
  apply: 'boolean',
  minWorkers: 'number',
  maxWorkers: 'number',
  targetUtilisation: 'number',
  targetWaitMs: 'number',
  intervalMs: 'number',
  tolerance: 'number',
  scaleUpCooldownMs: 'number',
  scaleDownCooldownMs: 'number',
}

/**
 * @throws {TypeError} naming a setting that does not exist or is of another kind
 * @throws {RangeError} naming the setting that is out of range
 */
export function checkAutoscaleSettings(settings: AutoscaleSettings): void {
  checkOptions(settings, settingKinds, { what: 'autoscale', prefix: 'autoscale.' })
  const { minWorkers = 1, maxWorkers, targetUtilisation = 1, tolerance = 0 } = settings
  checkCount('autoscale.minWorkers', minWorkers)
  checkCount('autoscale.maxWorkers', maxWorkers)
  if (minWorkers > maxWorkers) {
    throw new RangeError(
      `autoscale.minWorkers must be at most maxWorkers (${maxWorkers}), got ${minWorkers}`,
    )
  }
  if (!(targetUtilisation > 0 && targetUtilisation <= 1)) {
    throw new RangeError(
      `autoscale.targetUtilisation must be more than 0 and at most 1, got ${targetUtilisation}`,
    )
  }
  if (!(tolerance >= 0))
    throw new RangeError(`autoscale.tolerance must be at least 0, got ${tolerance}`)
  const {
    targetWaitMs = 1,
    intervalMs = 1,
    scaleUpCooldownMs = 0,
    scaleDownCooldownMs = 0,
  } = settings
  checkDuration('autoscale.targetWaitMs', targetWaitMs, { isPositive: true })
  checkDuration('autoscale.intervalMs', intervalMs, { isPositive: true, isFinite: true })
  checkDuration('autoscale.scaleUpCooldownMs', scaleUpCooldownMs)
  // It is also how long measurements are kept.
  checkDuration('autoscale.scaleDownCooldownMs', scaleDownCooldownMs, { isFinite: true })
}

/** The load since the last measurement. */
export interface Load {
  /** Milliseconds since the epoch. */
  readonly now: number
  /** The time since the last measurement; more than 0. */
  readonly intervalMs: number
  readonly workerCount: number
  /** Tasks that wait for a worker. */
  readonly workerWaitCount: number
  /** How long the first of them has waited. */
  readonly oldestQueuedAgeMs: number
  /** Tasks that entered the queue, retries included. */
  readonly arrivals: number
  /** Attempts that ended. */
  readonly completions: number
  /** The sum over the workers. */
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

/** How many workers the load needs, and why. */
export interface ScalingDecision {
  readonly wantedWorkers: number
  readonly reason: ScalingReason
}

/** The latest measurement and decision, for people and for external autoscalers. */
export interface ScalingSignal extends ScalingDecision {
  readonly workerCount: number
  readonly arrivalsPerSecond: number
  /** Average time that a worker is busy with one attempt; 0 before the first. */
  readonly serviceMs: number
  /** Share of their time that the workers were busy since the measurement before, 0..1. */
  readonly utilisation: number
}

/** What a decision needs to know about earlier measurements. */
export interface ScalingMemory {
  /** Smoothed. */
  readonly arrivalsPerSecond: number
  /** Busy time and number of the last few hundred attempts; older ones count less and less. */
  readonly busyMs: number
  readonly completions: number
  readonly scaledUpAt: number
  /** How many workers recent measurements needed, oldest first. No fewer than the highest of them are kept. */
  readonly recent: readonly { readonly at: number; readonly workers: number }[]
}

export const freshScalingMemory: ScalingMemory = {
  arrivalsPerSecond: 0,
  busyMs: 0,
  completions: 0,
  scaledUpAt: Number.NEGATIVE_INFINITY,
  recent: [],
}

/** Older arrivals count little: a burst shows in the backlog first, a new level of load here. */
const arrivalMemoryMs = 20_000

/** The service time is an average over this many attempts. */
const serviceMemory = 200

/**
 * Decides how many workers the load needs. It is a pure function: the same load, settings and memory give the same answer.
 *
 * By Little's law (L = λW) the number of tasks in service is the arrival rate times the duration of one. That many workers are always
 * busy; dividing by `targetUtilisation` leaves a reserve for uneven arrivals. A backlog needs enough workers to be worked off within
 * `targetWaitMs` in addition to the new arrivals. When the oldest task has waited longer than that, the measured rates were misleading, and
 * the number grows by half. Workers are added at once, and retired only after the load has needed no more for `scaleDownCooldownMs`.
 *
 * @throws {TypeError | RangeError} naming the setting that is wrong
 * @see J. D. C. Little, "A Proof for the Queuing Formula: L = λW", Operations Research 9 (1961)
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/ for the tolerance and the stabilisation window
 */
export function decideWorkers(
  load: Load,
  settings: AutoscaleSettings,
  memory: ScalingMemory,
): { readonly decision: ScalingDecision; readonly memory: ScalingMemory } {
  checkAutoscaleSettings(settings)
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
  // Before the first attempt has ended, its time so far is a lower bound.
  const serviceMs = busyMs / Math.max(1, completions)

  const inService = (arrivalsPerSecond * serviceMs) / 1000
  const steady = inService / targetUtilisation
  const catchUp = inService + (load.workerWaitCount * serviceMs) / targetWaitMs
  const isLate = load.oldestQueuedAgeMs > targetWaitMs
  const late = isLate ? Math.max(workerCount + 1, workerCount * 1.5) : 0
  const needed = Math.ceil(Math.max(steady, catchUp, late))
  const wanted = Math.min(maxWorkers, Math.max(minWorkers, needed))

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
