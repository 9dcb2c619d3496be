import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Figures for Prometheus: counts and durations by kind, never by patient or practice (invariant 7). */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  return {
    ehrRequestSeconds: new Histogram({
      name: 'gateway_ehr_request_seconds',
      help: 'Duration of requests to the EHR, by resource type and outcome (a status or an error code)',
      labelNames: ['resource_type', 'outcome'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    signToFormSeconds: new Histogram({
      name: 'gateway_sign_to_form_seconds',
      help: 'From the moment a signature was seen to the forms of the encounter, first runs only',
      buckets: [1, 2, 5, 10, 20, 30, 60, 120, 300, 900, 3600],
      registers,
    }),
    tasks: new Counter({
      name: 'gateway_tasks_total',
      help: 'Settled tasks, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    retries: new Counter({
      name: 'gateway_task_retries_total',
      help: 'Attempts that failed and are tried again',
      registers,
    }),
    breakerOpen: new Gauge({
      name: 'gateway_circuit_open',
      help: '1 while the circuit breaker of a dependency is not closed',
      labelNames: ['dependency'],
      registers,
    }),
    languageModel: new Counter({
      name: 'gateway_language_model_total',
      help: 'Orders for which a language model was asked, by how that ended',
      labelNames: ['outcome'],
      registers,
    }),
    /** Adds a gauge that is read when the metrics are requested. If it cannot be read it is left out, and the others are still shown. */
    observe(name: string, help: string, read: () => number | Promise<number>): void {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          try {
            this.set(await read())
          } catch {
            this.remove()
          }
        },
      })
    },
    /** Like `observe`, for a gauge with one line for each state. */
    observeStates(
      name: string,
      help: string,
      read: () => Promise<Readonly<Record<string, number>>>,
    ): void {
      new Gauge({
        name,
        help,
        labelNames: ['state'],
        registers,
        async collect() {
          this.reset()
          try {
            for (const [state, value] of Object.entries(await read())) this.set({ state }, value)
          } catch {
            // The database cannot be reached: nothing is known.
          }
        },
      })
    },
    /** Like `observe`, for a gauge whose label gives the reason: one line at a time. */
    observeReason(
      name: string,
      help: string,
      read: () => { readonly value: number; readonly reason: string },
    ): void {
      new Gauge({
        name,
        help,
        labelNames: ['reason'],
        registers,
        collect() {
          const { value, reason } = read()
          this.reset()
          this.set({ reason }, value)
        },
      })
    },
    render: () => registry.metrics(),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
