import {
  type Analysis,
  type ClinicalBundle,
  type EncounterRef,
  expeditedUntil,
  type FormContent,
  isComplete,
  noPeopleInput,
  type OrderDetails,
  orderIdOf,
  type OrderKey,
  type PatientEntry,
  type PeopleInput,
  reviewStateOf,
  toSearchText,
  urgencyWith,
  withAnswerChanges,
} from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { FilledForm } from '../forms/form-filler.ts'
import type { Analyzer } from '../intelligence/analyzer.ts'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import { toSubjectFacts } from '../store/events.ts'
import type { Store, StoreTransaction } from '../store/store.ts'
import { DraftOutdatedError, EncounterNotSignedError, LeaseLostError } from './pipeline-errors.ts'
import type { EncounterPass, Steps } from './process-encounter.ts'

/** Reads charts. At the last attempt, a kind of resource that cannot be read is recorded as failed. */
export interface ChartReader {
  readChart(pass: EncounterPass, lastAttempt: boolean, signal: AbortSignal): Promise<ClinicalBundle>
}

export interface StepDependencies {
  readonly store: Store
  readonly queue: DurableQueue
  readonly charts: ChartReader
  readonly analyzer: Analyzer
  readonly forms: { fill(content: FormContent, signal: AbortSignal): Promise<FilledForm> }
  /** What goes on the form: the chart, the answers that count, and what people typed. */
  draftContent(
    bundle: ClinicalBundle,
    analysis: Analysis,
    requestDay: string,
    input: PeopleInput,
  ): FormContent
  orderDetailsOf(
    bundle: ClinicalBundle,
    order: OrderKey,
  ): OrderDetails & { readonly providerSortName: string | null }
  /** Today on the practice's calendar, `YYYY-MM-DD`. */
  requestDayOf(practiceId: string): string
  /** The day on the practice's calendar, `YYYY-MM-DD`. */
  dayOf(practiceId: string, at: Date): string
  readonly clock: Clock
  /** Called when an encounter has its forms. `signToFormMs` is the time since it was detected; undefined if this is not its first run. */
  onProcessed?(signToFormMs: number | undefined): void
}

const source = 'EncounterProcessor'

/** The steps of `processEncounter`, each with its event. */
export function createSteps(dependencies: StepDependencies): Steps {
  const {
    store,
    queue,
    charts,
    analyzer,
    forms,
    draftContent,
    orderDetailsOf,
    requestDayOf,
    dayOf,
    clock,
    onProcessed,
  } = dependencies

  return {
    async begin(pass, attempt) {
      const { ref, run } = pass
      // A worker that wakes from a long pause leaves the encounter to its successor, and emits no event that it began.
      if ((await queue.touch([pass.lease])).length > 0) throw new LeaseLostError(ref.encounterId)
      return store.transaction(source, async (transaction) => {
        const started =
          (await transaction.encounters.transition(
            ref,
            'running',
            { started_at: clock.now(), next_attempt_at: null },
            run,
          )) ?? (await transaction.encounters.find(ref))
        if (started?.processing !== 'running' || started.run !== run) {
          await queue.settle(pass.lease, transaction.db)
          return false
        }
        await transaction.encounters.countAttempt(ref, run, started.attempt_count + 1)
        transaction.emit(ref, 'EncounterProcessingStarted', {
          workerId: attempt.workerId,
          attempt: started.attempt_count + 1,
        })
        return true
      })
    },

    hydrate: (pass, attempt) =>
      pass.once('hydrate', async () => {
        const bundle = await charts.readChart(
          pass,
          attempt.attempt >= attempt.maxAttempts,
          attempt.signal,
        )
        if (bundle.encounter.status !== 'finished') {
          throw new EncounterNotSignedError(pass.ref.encounterId, bundle.encounter.status)
        }
        await store.emit(source, pass.ref, 'ClinicalDataHydrated', {
          conditionCount: bundle.conditions.length,
          observationCount: bundle.observations.length,
          orderCount: bundle.orders.length,
          incomplete: bundle.completeness
            .map((entry) => entry.resourceType)
            .filter((resourceType) => !isComplete(bundle.completeness, resourceType)),
        })
        return bundle
      }),

    analyze: (pass, bundle, orderId, attempt) =>
      pass.once(`analyze ${orderId}`, async () => {
        const analysis = await analyzer.analyze(bundle, orderId, attempt.signal)
        await store.emit(source, pass.ref, 'IntelligenceAnalysisComplete', {
          recommendation: analysis.recommendation,
          confidence: analysis.outcome === 'assessed' ? analysis.confidence : null,
          serviceRequestId: analysis.order.serviceRequestId,
          ...(analysis.outcome === 'assessed' ? { policyId: analysis.policy.policyId } : {}),
        })
        return analysis
      }),

    async fillForm(pass, bundle, analysis, attempt) {
      if (analysis.outcome !== 'assessed')
        return { analysis, input: noPeopleInput, form: undefined }
      const { order } = analysis
      const input = await store.peopleInput.ofOrder(pass.ref, order, { lock: false })
      // A form is kept for the next attempt only while people have changed nothing.
      const step = `form ${orderIdOf(order)} ${JSON.stringify(input)}`
      const form = await pass.once(step, async () => {
        const content = draftContent(bundle, analysis, requestDayOf(pass.ref.practiceId), input)
        const form = await forms.fill(content, attempt.signal)
        await store.emit(source, pass.ref, 'PdfGenerated', {
          pdfSizeBytes: form.pdf.byteLength,
          serviceRequestId: analysis.order.serviceRequestId,
          pages: form.pages,
        })
        return form
      })
      return { analysis, input, form }
    },

    async record(pass, bundle, drafts) {
      const { ref, run } = pass
      const detectedAt = await store.transaction(source, async (transaction) => {
        const now = clock.now()
        const patientInitials = initialsOf(bundle.patient)
        const { completeness } = bundle
        // Two fences: the lease shows that no other worker has the encounter, the run that no other run has begun.
        const isHeld = await queue.settle(pass.lease, transaction.db)
        const row = await transaction.encounters.transition(
          ref,
          'processed',
          { patient_initials: patientInitials, completeness, finished_at: now },
          run,
        )
        if (!isHeld || row === undefined) throw new LeaseLostError(ref.encounterId)

        await transaction.charts.save(ref, run, bundle, now)
        const transactionId = `pa-${ref.encounterId}-${compact(row.started_at ?? now)}`
        let formCount = 0
        for (const { analysis, input, form } of drafts) {
          const counted = withAnswerChanges(analysis, input.changes)
          if (form !== undefined) await refuseOutdated(transaction, ref, analysis, input)
          const { providerSortName, ...charted } = orderDetailsOf(bundle, analysis.order)
          const details = { ...charted, urgency: urgencyWith(charted.urgency, input) }
          const saved = await transaction.workItems.saveDraft(
            {
              encounter: ref,
              patientInitials,
              patientSortName: sortNameOf(bundle.patient),
              details,
              providerSortName: providerSortName === null ? null : toSearchText(providerSortName),
              expeditedDueOn:
                details.urgency === 'urgent'
                  ? dayOf(ref.practiceId, expeditedUntil(row.detected_at))
                  : null,
              transactionId,
              review: reviewStateOf(counted),
              analysis,
              openQuestionCount: openQuestionCountOf(counted),
              completeness,
              form,
            },
            now,
          )
          if (saved === undefined) continue
          transaction.workItemStatusChanged(saved)
          if (form === undefined || analysis.outcome !== 'assessed') continue
          formCount += 1
          transaction.emit(ref, 'PA_FORM_READY', {
            ...toSubjectFacts(saved),
            review: saved.review,
            message: formMessages[analysis.recommendation],
          })
        }
        const kept = drafts.map((draft) => draft.analysis.order)
        for (const item of await transaction.workItems.supersede(ref, kept, now))
          transaction.workItemStatusChanged(item)
        transaction.emit(ref, 'EncounterProcessed', { workItemCount: drafts.length, formCount })
        return row.detected_at
      })
      onProcessed?.(run === 1 ? clock.now().getTime() - detectedAt.getTime() : undefined)
    },
  }
}

const formMessages = {
  approve: 'prior authorization form is ready for review',
  needs_info: 'prior authorization form is drafted; the chart leaves questions open',
  requirements_not_met:
    "prior authorization form is drafted; the payer's requirements are not met by the chart",
} as const

/** A person may have changed something since the form was filled; then the next attempt fills it again. */
async function refuseOutdated(
  transaction: StoreTransaction,
  ref: EncounterRef,
  { order }: Analysis,
  input: PeopleInput,
): Promise<void> {
  const now = await transaction.peopleInput.ofOrder(ref, order, { lock: true })
  if (JSON.stringify(now) !== JSON.stringify(input)) throw new DraftOutdatedError(ref.encounterId)
}

function openQuestionCountOf(analysis: Analysis): number {
  const answers = analysis.outcome === 'assessed' ? analysis.answers : []
  return answers.filter(({ answer }) => answer === 'unclear').length
}

/** First letters of the given and family names, for recognising a row in a list. */
function initialsOf(patient: PatientEntry): string | null {
  const names = [patient.givenNames[0], patient.familyName]
  const letters = names.flatMap((name) => [...(name?.trim() ?? '')].slice(0, 1)).join('')
  return letters === '' ? null : letters.toUpperCase()
}

/** Family name first, as people look for a name in a list. */
function sortNameOf({ familyName, givenNames }: PatientEntry): string | null {
  const name = [familyName, ...givenNames].filter((part) => part !== undefined).join(' ')
  return name.trim() === '' ? null : toSearchText(name)
}

/** `yyyyMMddHHmmss`, as the original's transaction ids end. */
function compact(time: Date): string {
  return time.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)
}
