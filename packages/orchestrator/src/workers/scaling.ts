import type { Clock, Timer } from '../clock.ts'
import { checkCount } from '../options.ts'
import {
  type AutoscaleSettings,
  decideWorkers,
  freshScalingMemory,
  type Load,
  type ScalingSignal,
} from './autoscaler.ts'
import { LoadMeter } from './load-meter.ts'

const defaultIntervalMs = 1000

export interface Scaled {
  state(): Pick<Load, 'workerCount' | 'queuedCount' | 'oldestQueuedAgeMs'>
  resize(workerCount: number): void
}

/** Looks at the load now and then, says how many workers it calls for, and applies it unless told not to. */
export class Scaling {
  readonly meter: LoadMeter
  readonly #settings: AutoscaleSettings
  readonly #clock: Clock
  readonly #scaled: Scaled
  #memory = freshScalingMemory
  #signal: ScalingSignal
  #timer: Timer | undefined

  constructor(settings: AutoscaleSettings, clock: Clock, scaled: Scaled) {
    const { minWorkers = 1, maxWorkers } = settings
    checkCount('autoscale.minWorkers', minWorkers)
    checkCount('autoscale.maxWorkers', maxWorkers)
    if (minWorkers > maxWorkers) {
      throw new RangeError(
        `autoscale.minWorkers must be at most maxWorkers (${maxWorkers}), got ${minWorkers}`,
      )
    }
    this.#settings = settings
    this.#clock = clock
    this.#scaled = scaled
    this.meter = new LoadMeter(clock.now())
    const { workerCount } = scaled.state()
    this.#signal = {
      wantedWorkers: workerCount,
      reason: 'steady',
      workerCount,
      arrivalsPerSecond: 0,
      serviceMs: 0,
      utilisation: 0,
    }
    this.#lookLater()
  }

  get signal(): ScalingSignal {
    return this.#signal
  }

  stop(): void {
    this.#timer?.cancel()
  }

  #lookLater(): void {
    this.#timer = this.#clock.setTimer(
      () => {
        this.#look()
        this.#lookLater()
      },
      this.#settings.intervalMs ?? defaultIntervalMs,
      { isBackground: true },
    )
  }

  #look(): void {
    const load = this.meter.look(this.#clock.now(), this.#scaled.state())
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
    if (isChange && this.#settings.apply !== false) this.#scaled.resize(decision.wantedWorkers)
  }
}
