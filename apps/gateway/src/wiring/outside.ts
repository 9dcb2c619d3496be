import { toFormContent } from '@authscript/intelligence'
import { CircuitBreaker } from '@authscript/orchestrator'
import type { SteadyClock } from '../clock.ts'
import type { GatewayConfig } from '../config.ts'
import { GatewayError } from '../errors.ts'
import { ChartMemo } from '../fhir/chart.ts'
import { createEhr, type Ehr } from '../fhir/ehr.ts'
import { toEhrSettings } from '../fhir/ehr-settings.ts'
import { RateShare } from '../fhir/rate/rate-share.ts'
import { createFormFiller, type FormFiller } from '../forms/form-filler.ts'
import type { Analyzer } from '../intelligence/analyzer.ts'
import { createInProcessAnalyzer } from '../intelligence/in-process.ts'
import { createHttpAnalyzer } from '../intelligence/over-http.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../operations/metrics.ts'
import type { ChartReader } from '../pipeline/steps.ts'
import type { Visit } from '../pipeline/visit.ts'
import type { Store } from '../store/store.ts'

const seconds = 1000

/** What the steps lean on: the EHR, judgement, the form worker; a circuit breaker round each that can be away. */
export interface Outside {
  readonly ehr: Ehr
  readonly charts: ChartReader
  readonly analyzer: Analyzer
  readonly forms: FormFiller
  readonly toFormContent: typeof toFormContent
}

export function connectOutside(
  starting: AsyncDisposableStack,
  {
    config,
    store,
    metrics,
    clock,
    log,
  }: {
    readonly config: GatewayConfig
    readonly store: Store
    readonly metrics: Metrics
    readonly clock: SteadyClock
    readonly log: Log
  },
): Outside {
  const breakerFor = (name: string) =>
    new CircuitBreaker({
      name,
      failureThreshold: config.CircuitBreaker.FailureThreshold,
      halfOpenAfterMs: config.CircuitBreaker.OpenSeconds * seconds,
      isFailure: (error) => error instanceof GatewayError && error.kind === 'transient',
      onStateChange(state) {
        metrics.breakerOpen.set({ dependency: name }, state === 'closed' ? 0 : 1)
        log.warn({ dependency: name, state }, 'circuit breaker changed')
      },
    })

  const share = new RateShare({
    store: store.ehrShares,
    perSecond: config.Athena.RequestsPerSecond,
    perDay: config.Athena.RequestsPerDay,
    clock,
    log,
  })
  share.start()
  starting.defer(() => share.stop())
  const ehrBreaker = breakerFor('ehr')
  const ehr = createEhr(toEhrSettings(config), {
    clock,
    budget: share.budget,
    guard: (call) => ehrBreaker.run(call),
    onRequest: ({ resourceType, durationMs, status, errorCode }) =>
      metrics.ehrRequestSeconds.observe(
        { resource_type: resourceType, outcome: String(status ?? errorCode) },
        durationMs / seconds,
      ),
  })
  starting.defer(() => ehr.close())
  const analyzer = createAnalyzer(config, breakerFor)
  starting.defer(() => analyzer.close())
  const forms = createFormFiller({ threads: config.Forms.Threads })
  starting.defer(() => forms.stop())
  return { ehr, charts: chartReader(ehr), analyzer, forms, toFormContent }
}

function createAnalyzer(config: GatewayConfig, breakerFor: (name: string) => CircuitBreaker) {
  const { BaseUrl, ApiKey, TimeoutSeconds } = config.Intelligence
  if (BaseUrl === undefined) return createInProcessAnalyzer()
  const breaker = breakerFor('intelligence')
  return createHttpAnalyzer({
    baseUrl: BaseUrl,
    apiKey: ApiKey,
    timeoutMs: TimeoutSeconds * seconds,
    guard: (call) => breaker.run(call),
  })
}

function chartReader(ehr: Ehr): ChartReader {
  const memos = new WeakMap<Visit, ChartMemo>()
  return {
    readChart(visit, lastAttempt, signal) {
      const memo = memos.get(visit) ?? new ChartMemo()
      memos.set(visit, memo)
      return ehr.readChart(visit.ref, { memo, lastAttempt }, signal)
    },
  }
}
