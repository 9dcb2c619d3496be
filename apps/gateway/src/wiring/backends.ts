import { checkedPolicies, orderDetailsOf, type Policy } from '@authscript/intelligence'
import { Bulkhead, CircuitBreaker } from '@authscript/orchestrator'
import type { Clock, SteadyClock } from '../clock.ts'
import { folderFault } from '../config/named-file.ts'
import { ConfigError, type GatewayConfig, keyName } from '../config.ts'
import { explainFailure, GatewayError } from '../errors.ts'
import { EhrReport } from '../fhir/abilities/ehr-report.ts'
import { ChartMemo } from '../fhir/chart/chart-reading.ts'
import { createEhr, type Ehr } from '../fhir/ehr.ts'
import type { EhrMetric } from '../fhir/client/fhir-client.ts'
import {
  type EhrCalls,
  EhrCallMonitor,
  type EhrFault,
  isEhrFault,
  isSilent,
} from '../fhir/ehr-calls.ts'
import { EhrProbe } from '../fhir/ehr-probe.ts'
import { type EhrSettings, toEhrSettings } from '../fhir/ehr-settings.ts'
import type { PublicKeyJwk } from '../fhir/token/signing-keys.ts'
import { RateShare } from '../fhir/rate/rate-share.ts'
import type { PollBudget } from '../intake/encounter-poller.ts'
import { createFormFiller, type FormFiller, type FormThreads } from '../forms/form-filler.ts'
import type { LoadedForms, RefusedForm } from '../forms/map/form-template.ts'
import { createFormEditor, type FormEditor } from '../forms/stored/form-editor.ts'
import { StoredForms } from '../forms/stored/stored-forms.ts'
import { withStoredForms } from '../forms/stored/with-stored-forms.ts'
import type { Analyzer } from '../intelligence/analyzer.ts'
import { createRulesAnalyzer } from '../intelligence/by-rules.ts'
import { createJudge, type Judge } from '../intelligence/judge/judge.ts'
import { joinUrl } from '../intelligence/post-json.ts'
import { reachService } from '../intelligence/reach-service.ts'
import { createChatCompletions } from '../intelligence/model/chat-completions.ts'
import { createModelAnalyzer } from '../intelligence/model/model-analyzer.ts'
import { createOriginalAnalyzer } from '../intelligence/original-contract.ts'
import { createHttpAnalyzer } from '../intelligence/over-http.ts'
import type { Log } from '../log.ts'
import type { OpenParts } from '../open-parts.ts'
import type { CallTallies } from '../operations/call-tally.ts'
import { DependencyLog } from '../operations/dependency-log.ts'
import type { DependencyName, DependencyTest } from '../operations/dependency-tests.ts'
import type { Metrics } from '../operations/metrics.ts'
import { RequestRate } from '../operations/request-rate.ts'
import type { ChartReader } from '../pipeline/steps.ts'
import type { EncounterPass } from '../pipeline/process-encounter.ts'
import type { Notifications } from '../store/notifications.ts'
import { payerFormChannel } from '../store/payer-forms.ts'
import type { Store } from '../store/store.ts'
import { draftContent } from './draft-content.ts'

const seconds = 1000
/** Fewer than for other backends: orders are analyzed without the model, too. */
const modelFailureThreshold = 3
/** As many as a node may have workers: each worker asks about one order at a time. */
const maxWaitingForModel = 1024

/** What the steps call: EHR, analyzer and form filler, with a circuit breaker around each that can be unavailable. */
export interface Backends {
  readonly ehr: Ehr
  readonly ehrReport: EhrReport
  /** Whether this node calls the EHR, and why not. */
  ehrCalls(): EhrCalls
  /** Why the gateway cannot work with the EHR, without asking it. */
  ehrFault(): EhrFault | undefined
  /** For operators: where, why, and which keys to check. */
  ehrFaultDetail(): string | undefined
  /** When the fault began. */
  ehrFaultSince(): Date | undefined
  readonly ehrRequests: { readonly all: RequestRate; readonly tooMany: RequestRate }
  /** What operators see and test of each dependency but the database. */
  readonly dependencies: ReadonlyMap<DependencyName, DependencyTest>
  /** The keys with which the EHR verifies our assertions. */
  readonly publicKeys: readonly PublicKeyJwk[]
  readonly charts: ChartReader
  readonly analyzer: Analyzer
  readonly forms: FormFiller
  /** Configured forms that cannot be used. */
  readonly refusedForms: readonly RefusedForm[]
  readonly formEditor: FormEditor
  readonly pollBudget: PollBudget
  readonly draftContent: typeof draftContent
  readonly orderDetailsOf: typeof orderDetailsOf
}

/** What is read from the files that the configuration names. */
export interface PreparedBackends {
  readonly settings: EhrSettings
  readonly forms: LoadedForms
  readonly policies: readonly Policy[]
}

/**
 * Reads every file that the configuration names. Called before the database is opened: a gateway that cannot start must not migrate it.
 *
 * A form that cannot be used is refused and logged; the others are used.
 *
 * @throws {ConfigError} {InvalidPolicyError} a file cannot be used
 */
export async function prepareBackends({
  config,
  clock,
  log,
}: {
  readonly config: GatewayConfig
  readonly clock: Clock
  readonly log: Log
}): Promise<PreparedBackends> {
  const settings = toEhrSettings(config)
  const policies = loadPolicies({ config, settings, clock, log })
  const { SwitchedOnPolicies } = config.Intelligence
  refuseUnknownPolicies(
    keyName(config, 'Intelligence.SwitchedOnPolicies'),
    SwitchedOnPolicies,
    policies,
  )
  return { settings, policies, forms: await loadForms(config, log) }
}

/** The parts that work in threads. A new thread takes a second or two to load, so several gateways in one process may share them. */
export interface ThreadedParts {
  /** With the policies of the configuration. */
  readonly judge: Judge
  /** With the templates of the configuration. */
  readonly forms: FormThreads
}

export async function connectBackends(
  parts: OpenParts,
  {
    config,
    prepared,
    threaded,
    store,
    notifications,
    metrics,
    tallies,
    clock,
    log,
  }: {
    readonly config: GatewayConfig
    readonly prepared: PreparedBackends
    /** Used instead of parts of its own; whoever passes them stops them. */
    readonly threaded?: ThreadedParts | undefined
    readonly store: Store
    readonly notifications: Pick<Notifications, 'subscribe'>
    readonly metrics: Metrics
    /** Counts each request to the EHR. */
    readonly tallies?: CallTallies
    readonly clock: SteadyClock
    readonly log: Log
  },
): Promise<Backends> {
  const { settings } = prepared
  const breakerFor = (
    name: string,
    failureThreshold: number = config.CircuitBreaker.FailureThreshold,
  ) =>
    new CircuitBreaker({
      name,
      failureThreshold,
      halfOpenAfterMs: config.CircuitBreaker.OpenSeconds * seconds,
      isFailure: (error) => error instanceof GatewayError && error.kind === 'transient',
      onStateChange(state) {
        metrics.breakerOpen.set({ dependency: name }, state === 'closed' ? 0 : 1)
        log.warn({ dependency: name, state }, 'circuit breaker changed')
      },
    })

  const share = new RateShare({
    store: store.ehrShares,
    perSecond: config.Ehr.RequestsPerSecond,
    perDay: config.Ehr.RequestsPerDay,
    pollingShare: config.Ehr.PollingShare,
    clock,
    log,
  })
  share.start()
  parts.add('EHR rate share', () => share.stop())
  const ehrBreaker = breakerFor('ehr')
  const dependencies = new Map<DependencyName, DependencyTest>()
  const ehrLog = new DependencyLog({ name: 'ehr', clock, breaker: ehrBreaker })
  const tokenLog = new DependencyLog({ name: 'token', clock })
  const ehrRequests = { all: new RequestRate(clock), tooMany: new RequestRate(clock) }
  const calls = new EhrCallMonitor({ budget: share.budget, breaker: ehrBreaker, clock })
  const ehr = createEhr(settings, {
    clock,
    budget: share.budget,
    guard: (call) => ehrBreaker.run(call),
    onRequest(metric) {
      const { resourceType, durationMs, status, errorCode } = metric
      calls.record(metric)
      recordEhrCall(ehrLog, metric)
      tallies?.record(durationMs)
      ehrRequests.all.add()
      if (errorCode === 'ehr_rate_limited') ehrRequests.tooMany.add()
      metrics.ehrRequestSeconds.observe(
        { resource_type: resourceType, outcome: String(status ?? errorCode) },
        durationMs / seconds,
      )
    },
    onToken(error) {
      tokenLog.record(error === undefined ? { ok: true } : { ok: false, ...explainFailure(error) })
    },
    onMissingScopes: (scopes) =>
      log.warn(
        { dependency: 'ehr', reason: scopes.join(' ') },
        'the EHR did not grant all requested scopes',
      ),
  })
  parts.add('EHR client', () => ehr.close())
  const { profile } = settings
  const ehrReport = new EhrReport({
    profile,
    writer: settings.documents.writer,
    readStatement: (signal) => ehr.readStatement(signal),
    missingScopes: () => ehr.access.missingScopes ?? [],
    clock,
    log,
  })
  dependencies.set('ehr', {
    log: ehrLog,
    ask: (signal) => ehrReport.read(signal, (asked) => ehr.test(asked)),
  })
  dependencies.set('token', { log: tokenLog, ask: () => ehr.access.renew() })
  ehrReport.start()
  parts.add('EHR report', () => ehrReport.stop())
  const probe = new EhrProbe({
    ask: (signal) => ehrReport.read(signal),
    monitor: calls,
    requestsPerDay: config.Ehr.RequestsPerDay,
    clock,
  })
  probe.start()
  parts.add('EHR probe', () => probe.stop())
  const analyzer = createAnalyzer(parts, {
    config,
    policies: prepared.policies,
    threaded,
    breakerFor,
    dependencies,
    metrics,
    clock,
    log,
  })
  parts.add('analyzer', () => analyzer.close())
  const threads =
    threaded?.forms ?? createFormFiller({ threads: config.Forms.Threads, ...prepared.forms })
  if (threaded === undefined) parts.add('form filler', () => threads.stop())
  const stored = new StoredForms({ rows: store.payerForms, examiner: threads, clock, log })
  stored.start()
  parts.add('uploaded forms', () => stored.stop())
  parts.add(
    'notifications of uploaded forms',
    notifications.subscribe(payerFormChannel, () => void stored.reload()),
  )
  const { credentials } = settings
  const publicKeys = credentials.method === 'private_key_jwt' ? credentials.keys.published : []
  return {
    ehr,
    ehrReport,
    pollBudget: share,
    publicKeys,
    ehrCalls: () => calls.calls,
    ehrFault: () => calls.fault,
    ehrFaultDetail: () => calls.faultDetail,
    ehrFaultSince: () => calls.faultSince,
    ehrRequests,
    dependencies,
    charts: chartReader(ehr),
    analyzer,
    forms: withStoredForms(threads, stored),
    formEditor: createFormEditor({ store, examiner: threads, stored, clock }),
    refusedForms: prepared.forms.refused,
    draftContent,
    orderDetailsOf,
  }
}

async function loadForms(config: GatewayConfig, log: Log): Promise<LoadedForms> {
  if (config.Forms.Templates.length === 0) return { offered: [], refused: [] }
  // Only this needs the PDF library in the main thread: 350 modules, a tenth of the startup time.
  const { loadOfferedTemplates } = await import('../forms/map/load-offered.ts')
  const sources = config.Forms.Templates.map(({ Map, Pdf, Rules, Payers, Codes }) => ({
    mapFile: Map,
    pdfFile: Pdf,
    rulesFile: Rules,
    payers: Payers,
    codes: Codes,
  }))
  const { whyUnfillable } = await import('../forms/try-form.ts')
  const loaded = await loadOfferedTemplates(sources, {
    warn: (template, warning) =>
      log.warn({ reason: `${template}: ${warning}` }, 'a form differs from its map'),
    keyName: (key) => keyName(config, key),
    whyUnfillable,
  })
  for (const { faults } of loaded.refused)
    for (const reason of faults)
      log.error({ code: 'form_template_invalid', reason }, 'a form is not used')
  return loaded
}

interface AnalyzerOptions {
  readonly config: GatewayConfig
  readonly policies: readonly Policy[]
  readonly threaded: ThreadedParts | undefined
  readonly metrics: Metrics
  readonly clock: SteadyClock
  readonly log: Log
  breakerFor(name: string, failureThreshold?: number): CircuitBreaker
  readonly dependencies: Map<DependencyName, DependencyTest>
}

/** Analyzes by rules in threads of this process, with or without a language model, or by a service with one of two contracts. */
function createAnalyzer(parts: OpenParts, options: AnalyzerOptions): Analyzer {
  const { BaseUrl, ApiKey, TimeoutSeconds, Contract, Model, SwitchedOnPolicies } =
    options.config.Intelligence
  const { policies } = options
  const judgementOptions = { switchedOn: SwitchedOnPolicies, policies }
  // Starts its first thread with the first order.
  const judge = options.threaded?.judge ?? createJudge(judgementOptions)
  if (options.threaded === undefined) parts.add('judge', () => judge.stop())
  if (BaseUrl === undefined) {
    return Model === undefined
      ? createRulesAnalyzer(judge)
      : createAnalyzerWithModel(Model, judge, policies, options)
  }
  const breaker = options.breakerFor('intelligence')
  const callLog = new DependencyLog({ name: 'intelligence', clock: options.clock, breaker })
  options.dependencies.set('intelligence', {
    log: callLog,
    ask: (signal) =>
      recordOutcome(callLog, () => reachService(joinUrl(BaseUrl, 'health/live'), ApiKey, signal)),
  })
  const service = {
    baseUrl: BaseUrl,
    apiKey: ApiKey,
    timeoutMs: TimeoutSeconds * seconds,
    guard: <Result>(call: () => Promise<Result>) => breaker.run(() => recordOutcome(callLog, call)),
  }
  return Contract === 'original'
    ? createOriginalAnalyzer(service, judge)
    : createHttpAnalyzer(service, judgementOptions)
}

/** Our policies and the practice's own, checked against this gateway's look-back. */
function loadPolicies({
  config,
  settings: { lookback },
  clock,
  log,
}: {
  readonly config: GatewayConfig
  readonly settings: EhrSettings
  readonly clock: Clock
  readonly log: Log
}): readonly Policy[] {
  refuseUnreadableFolder(config)
  const { policies, warnings } = checkedPolicies({
    practiceDirectory: config.Intelligence.PolicyDirectory,
    serviceDay: clock.now().toISOString().slice(0, 10),
    lookBack: {
      Observation: lookback.observationMonths,
      Procedure: lookback.procedureMonths,
      DiagnosticReport: lookback.procedureMonths,
      DocumentReference: lookback.documentMonths,
      MedicationRequest: lookback.medicationMonths,
    },
  })
  for (const reason of warnings)
    log.warn({ reason }, 'a policy has questions that cannot be answered with this configuration')
  return policies
}

function refuseUnreadableFolder(config: GatewayConfig): void {
  const { PolicyDirectory: folder } = config.Intelligence
  if (folder === undefined) return
  const fault = folderFault(
    keyName(config, 'Intelligence.PolicyDirectory'),
    folder,
    'a folder with policies',
  )
  if (fault !== undefined) throw new ConfigError([fault])
}

/** A mistyped id would leave the policy disabled without notice. */
function refuseUnknownPolicies(
  key: string,
  switchedOn: readonly string[],
  policies: readonly Policy[],
): void {
  const known = policies.map((policy) => policy.policyId)
  const unknown = switchedOn.filter((id) => !known.includes(id))
  if (unknown.length > 0) {
    throw new ConfigError(
      unknown.map((id) => `${key}: found "${id}"; expected one of ${known.join(', ')}`),
    )
  }
}

function createAnalyzerWithModel(
  model: NonNullable<GatewayConfig['Intelligence']['Model']>,
  { judge }: Judge,
  policies: readonly Policy[],
  { metrics, clock, log, breakerFor, dependencies }: AnalyzerOptions,
): Analyzer {
  const slots = new Bulkhead({ limit: model.MaxConcurrent, queue: maxWaitingForModel })
  const breaker = breakerFor('language_model', modelFailureThreshold)
  const callLog = new DependencyLog({ name: 'language_model', clock, breaker })
  dependencies.set('language_model', {
    log: callLog,
    ask: (signal) =>
      recordOutcome(callLog, () =>
        reachService(joinUrl(model.BaseUrl, 'models'), model.ApiKey, signal),
      ),
  })
  return createModelAnalyzer({
    model: createChatCompletions({
      baseUrl: model.BaseUrl,
      name: model.Name,
      apiKey: model.ApiKey,
      maxConcurrent: model.MaxConcurrent,
      clock,
    }),
    judge,
    policies,
    practices: new Set(model.Practices),
    maxNoteCharacters: model.MaxNoteCharacters,
    timeoutMs: model.TimeoutSeconds * seconds,
    clock,
    guard: (call, signal) =>
      slots.run(() => breaker.run(() => recordOutcome(callLog, call)), signal),
    onOutcome(outcome) {
      metrics.languageModel.inc({ outcome })
      if (outcome !== 'answered')
        log.warn(
          { dependency: 'language_model', reason: outcome },
          'analyzed by rules only: the language model gave no usable answer',
        )
    },
  })
}

/** An answer that refuses one request still shows that the EHR answers. */
function recordEhrCall(
  callLog: DependencyLog,
  { durationMs, errorCode, reason = '' }: Pick<EhrMetric, 'durationMs' | 'errorCode' | 'reason'>,
): void {
  if (errorCode !== undefined && isSilent(errorCode)) return
  callLog.record(
    errorCode !== undefined && isEhrFault(errorCode)
      ? { ok: false, code: errorCode, reason, durationMs }
      : { ok: true, durationMs },
  )
}

/** Makes a call to a service and records how it ended. */
async function recordOutcome<Result>(
  callLog: DependencyLog,
  call: () => Promise<Result>,
): Promise<Result> {
  const startedMs = performance.now()
  try {
    const result = await call()
    callLog.record({ ok: true, durationMs: performance.now() - startedMs })
    return result
  } catch (error) {
    if (error instanceof GatewayError)
      callLog.record({
        ok: false,
        ...explainFailure(error),
        durationMs: performance.now() - startedMs,
      })
    throw error
  }
}

function chartReader(ehr: Ehr): ChartReader {
  const memos = new WeakMap<EncounterPass, ChartMemo>()
  return {
    readChart(pass, lastAttempt, signal) {
      const memo = memos.get(pass) ?? new ChartMemo()
      memos.set(pass, memo)
      return ehr.readChart(pass.ref, { memo, lastAttempt }, signal)
    },
  }
}
