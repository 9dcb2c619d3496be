import type { Clock, Timer } from '../clock.ts'
import {
  type AutoscaleSettings,
  checkAutoscaleSettings,
  decideWorkers,
  freshScalingMemory,
  type Load,
  type ScalingSignal,
} from './autoscaler.ts'
import { LoadMeter } from './load-meter.ts'

const defaultIntervalMs = 1000

/** What the autoscaler measures and resizes. */
export interface ScalingTarget {
  state(): Pick<Load, 'workerCount' | 'workerWaitCount' | 'oldestQueuedAgeMs'>
  resize(workerCount: number): void
}

/** Measures the load at intervals, decides how many workers it needs, and resizes the pool unless `apply` is false. */
export class Scaling {
  readonly meter: LoadMeter
  readonly #settings: AutoscaleSettings
  readonly #clock: Clock
  readonly #target: ScalingTarget
  #memory = freshScalingMemory
  #signal: ScalingSignal
  #timer: Timer | undefined

  constructor(settings: AutoscaleSettings, clock: Clock, target: ScalingTarget) {
    checkAutoscaleSettings(settings)
    this.#settings = settings
    this.#clock = clock
    this.#target = target
    this.meter = new LoadMeter(clock.now())
    const { workerCount } = target.state()
    this.#signal = {
      wantedWorkers: workerCount,
      reason: 'steady',
      workerCount,
      arrivalsPerSecond: 0,
      serviceMs: 0,
      utilisation: 0,
    }
    this.#schedule()
  }

  get signal(): ScalingSignal {
    return this.#signal
  }

  stop(): void {
    this.#timer?.cancel()
  }

  #schedule(): void {
    this.#timer = this.#clock.setTimer(
      () => {
        this.#measure()
        this.#schedule()
      },
      this.#settings.intervalMs ?? defaultIntervalMs,
      { isBackground: true },
    )
  }

  #measure(): void {
    const load = this.meter.measure(this.#clock.now(), this.#target.state())
    const { decision, memory } = decideWorkers(load, this.#settings, this.#memory)
    this.#memory = memory
    this.#signal = {
      ...decision,
      workerCount: load.workerCount,
      arrivalsPerSecond: memory.arrivalsPerSecond,
      serviceMs: memory.busyMs / Math.max(1, memory.completions),
      utilisation: load.busyMs / load.intervalMs / load.workerCount,
    }
    const isChange = decision.wantedWorkers !== load.workerCount
    if (isChange && this.#settings.apply !== false) this.#target.resize(decision.wantedWorkers)
  }
}
