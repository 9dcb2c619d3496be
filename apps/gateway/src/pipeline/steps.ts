import {
  type Analysis,
  type ClinicalBundle,
  correlationIdOf,
  type EncounterRef,
  type EventDataOf,
  type EventType,
  type FormContent,
  isComplete,
  orderIdOf,
  type PatientEntry,
  reviewStateOf,
} from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { FilledForm } from '../forms/form-filler.ts'
import type { Analyzer } from '../intelligence/analyzer.ts'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import type { NewEvent } from '../store/events.ts'
import type { Store } from '../store/store.ts'
import { EncounterNotSignedError, LeaseLostError } from './pipeline-errors.ts'
import type { Steps, Visit } from './encounter-pass.ts'

/** The chart as this room needs it; `lastAttempt` lets a kind of resource that cannot be read be recorded as failed. */
export interface ChartReader {
  readChart(visit: Visit, lastAttempt: boolean, signal: AbortSignal): Promise<ClinicalBundle>
}

export interface StepDependencies {
  readonly store: Store
  readonly queue: DurableQueue
  readonly charts: ChartReader
  readonly analyzer: Analyzer
  readonly forms: { fill(content: FormContent, signal: AbortSignal): Promise<FilledForm> }
  toFormContent(bundle: ClinicalBundle, analysis: Analysis, requestDate: string): FormContent
  /** Today on the practice's calendar, `YYYY-MM-DD`. */
  requestDayOf(practiceId: string): string
  readonly clock: Clock
}

const source = 'EncounterProcessor'

/** The steps of `processEncounter`, each with the event that tells of it. */
export function createSteps(dependencies: StepDependencies): Steps {
  const { store, queue, charts, analyzer, forms, toFormContent, requestDayOf, clock } = dependencies

  const eventOf = <Type extends EventType>(
    ref: EncounterRef,
    eventType: Type,
    data: EventDataOf<Type>,
  ) =>
    // The pair of type and data is checked by the signature; TypeScript cannot carry it into the union by itself.
    ({
      eventType,
      practiceId: ref.practiceId,
      correlationId: correlationIdOf(ref.encounterId),
      timestamp: clock.now().toISOString(),
      source,
      data,
    }) as unknown as NewEvent

  const announce = (event: NewEvent) =>
    store.transaction(async (transaction) => transaction.emit(event))

  return {
    async begin(visit, attempt) {
      const { ref, run } = visit
      // One that woke from a long pause leaves the visit to its successor, before it tells anybody that it began.
      if ((await queue.touch([visit.lease])).length > 0) throw new LeaseLostError(ref.encounterId)
      return store.transaction(async (transaction) => {
        const started =
          (await transaction.encounters.transition(
            ref,
            'running',
            { started_at: clock.now(), next_attempt_at: null },
            run,
          )) ?? (await transaction.encounters.find(ref))
        if (started?.processing !== 'running' || started.run !== run) {
          await queue.settle(visit.lease, transaction.db)
          return false
        }
        await transaction.encounters.countAttempt(ref, run, started.attempt_count + 1)
        transaction.emit(
          eventOf(ref, 'EncounterProcessingStarted', {
            encounterId: ref.encounterId,
            patientId: ref.patientId,
            workerId: attempt.workerId,
            attempt: started.attempt_count + 1,
          }),
        )
        return true
      })
    },

    hydrate: (visit, attempt) =>
      visit.once('hydrate', async () => {
        const bundle = await charts.readChart(
          visit,
          attempt.attempt >= attempt.maxAttempts,
          attempt.signal,
        )
        if (bundle.encounter.status !== 'finished') {
          throw new EncounterNotSignedError(visit.ref.encounterId, bundle.encounter.status)
        }
        await announce(
          eventOf(visit.ref, 'ClinicalDataHydrated', {
            encounterId: visit.ref.encounterId,
            conditionCount: bundle.conditions.length,
            observationCount: bundle.observations.length,
            orderCount: bundle.orders.length,
            incomplete: bundle.completeness
              .map((entry) => entry.resourceType)
              .filter((resourceType) => !isComplete(bundle.completeness, resourceType)),
          }),
        )
        return bundle
      }),

    analyze: (visit, bundle, orderId, attempt) =>
      visit.once(`analyze ${orderId}`, async () => {
        const analysis = await analyzer.analyze(bundle, orderId, attempt.signal)
        await announce(
          eventOf(visit.ref, 'IntelligenceAnalysisComplete', {
            encounterId: visit.ref.encounterId,
            recommendation: analysis.recommendation,
            confidence: analysis.outcome === 'assessed' ? analysis.confidence : null,
            serviceRequestId: analysis.order.serviceRequestId,
            ...(analysis.outcome === 'assessed' ? { policyId: analysis.policy.policyId } : {}),
          }),
        )
        return analysis
      }),

    fillForm: (visit, bundle, analysis, attempt) =>
      visit.once(`form ${orderIdOf(analysis.order)}`, async () => {
        if (analysis.outcome !== 'assessed') return undefined
        const requestDate = requestDayOf(visit.ref.practiceId)
        const form = await forms.fill(toFormContent(bundle, analysis, requestDate), attempt.signal)
        await announce(
          eventOf(visit.ref, 'PdfGenerated', {
            encounterId: visit.ref.encounterId,
            pdfSizeBytes: form.pdf.byteLength,
            serviceRequestId: analysis.order.serviceRequestId,
            pages: form.pages,
          }),
        )
        return form
      }),

    async record(visit, bundle, drafts) {
      const { ref, run } = visit
      await store.transaction(async (transaction) => {
        const now = clock.now()
        const patientInitials = initialsOf(bundle.patient)
        const { completeness } = bundle
        // Both fences: the lease says that nobody else works on the visit, the run that nobody asked for it anew.
        const ours = await queue.settle(visit.lease, transaction.db)
        const row = await transaction.encounters.transition(
          ref,
          'processed',
          { patient_initials: patientInitials, completeness, finished_at: now },
          run,
        )
        if (!ours || row === undefined) throw new LeaseLostError(ref.encounterId)

        const transactionId = `pa-${ref.encounterId}-${compact(row.started_at ?? now)}`
        let formCount = 0
        for (const { analysis, form } of drafts) {
          const review = reviewStateOf(analysis)
          const saved = await transaction.workItems.saveDraft(
            {
              encounter: ref,
              patientInitials,
              transactionId,
              review,
              analysis: withFormNotices(analysis, form),
              completeness,
              form,
            },
            now,
          )
          if (saved === undefined) continue
          const subject = {
            transactionId,
            encounterId: ref.encounterId,
            patientId: ref.patientId,
            workItemId: saved.workItemId,
            serviceRequestId: analysis.order.serviceRequestId,
            ...(analysis.order.procedureCode === undefined
              ? {}
              : { procedureCode: analysis.order.procedureCode }),
          }
          transaction.emit(
            eventOf(ref, 'WORK_ITEM_STATUS_CHANGED', { ...subject, newStatus: review }),
          )
          if (form === undefined || analysis.outcome !== 'assessed') continue
          formCount += 1
          transaction.emit(
            eventOf(ref, 'PA_FORM_READY', {
              ...subject,
              review,
              message: formMessages[analysis.recommendation],
            }),
          )
        }
        const kept = drafts.map((draft) => draft.analysis.order)
        for (const item of await transaction.workItems.supersede(ref, kept, now)) {
          transaction.emit(
            eventOf(ref, 'WORK_ITEM_STATUS_CHANGED', {
              transactionId: item.transaction_id,
              encounterId: ref.encounterId,
              patientId: ref.patientId,
              workItemId: item.work_item_id,
              newStatus: 'superseded',
              serviceRequestId: item.service_request_id,
            }),
          )
        }
        transaction.emit(
          eventOf(ref, 'EncounterProcessed', {
            encounterId: ref.encounterId,
            patientId: ref.patientId,
            workItemCount: drafts.length,
            formCount,
          }),
        )
      })
    },
  }
}

const formMessages = {
  approve: 'prior authorization form is ready for review',
  needs_info: 'prior authorization form is drafted; the chart leaves questions open',
  requirements_not_met:
    "prior authorization form is drafted; the payer's requirements are not met by the chart",
} as const

/** What the reviewer has to know of the form stands beside what they have to know of the judgement. */
function withFormNotices(analysis: Analysis, form: FilledForm | undefined): Analysis {
  if (analysis.outcome !== 'assessed' || form === undefined) return analysis
  const { missingFields, notices } = form
  const missing =
    missingFields.length === 0
      ? []
      : [
          `the payer returns this form without: ${missingFields.join(', ')}; the chart has none of it`,
        ]
  return { ...analysis, notices: [...analysis.notices, ...notices, ...missing] }
}

/** First letters of the given and family names, for recognising a row in a list. */
function initialsOf(patient: PatientEntry): string | null {
  const names = [patient.givenNames[0], patient.familyName]
  const letters = names.flatMap((name) => [...(name?.trim() ?? '')].slice(0, 1)).join('')
  return letters === '' ? null : letters.toUpperCase()
}

/** `yyyyMMddHHmmss`, as the original's transaction ids end. */
function compact(time: Date): string {
  return time.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)
}
