import type { FormContent } from '@authscript/prior-auth'
import type { PayerFormVersion } from '../store/payer-forms.ts'
import { createThreadPool, ThreadFailure } from '../thread-pool.ts'
import { FormFillError, FormReadBackError } from './form-errors.ts'
import type { MarkedForm } from './mark-form.ts'
import { chooseTemplate } from './map/choose-template.ts'
import { valuesByField } from './map/form-field.ts'
import type { OfferedTemplate } from './map/form-template.ts'
import type { FormMark } from './paper/form-mark.ts'
import type { ExamineAnswer, ExamineTask } from './stored/examine-task.ts'
import { subjectHash } from './subject-hash.ts'
import { generalTemplate } from './templates/general-template.ts'

export interface FilledForm {
  readonly pdf: Uint8Array
  /** The name of the form. */
  readonly template: string
  readonly pages: number
  /** Roles whose text continues on the addendum. */
  readonly continuedRoles: readonly string[]
  /** Boxes with characters that the embedded font lacks. Each was replaced by a mark, and the addendum lists them. */
  readonly unrenderableRoles: readonly string[]
  /** Boxes that the payer requires and nothing is known for, in words. */
  readonly missingLabels: readonly string[]
  /** Those of them that a person may fill on the screen, as FormFields. */
  readonly missingFields: readonly string[]
  /** What the reviewer must know about how the form was filled, one sentence each. */
  readonly notices: readonly string[]
  /** Hash of patient and order, as in the PDF's metadata. */
  readonly subjectSha256: string
  /** Hash of the PDF, in hex. The same content gives the same bytes. */
  readonly sha256: string
  /** The uploaded form that was filled; absent: another one. */
  readonly payerForm?: PayerFormVersion | undefined
}

export interface FormFiller {
  /**
   * `kept`: the uploaded form on which the order was filled before, or null if it was none; absent: a form is chosen.
   *
   * @throws {FormFillError}
   * @throws {FormReadBackError} the finished form does not match the chart; it was discarded
   */
  fill(
    content: FormContent,
    signal: AbortSignal,
    kept?: PayerFormVersion | null,
  ): Promise<FilledForm>
  /**
   * The same form with another mark at the foot of its pages.
   *
   * @throws {FormFillError}
   * @throws {FormReadBackError} something else of the form would change
   */
  mark(pdf: Uint8Array, mark: FormMark, signal: AbortSignal): Promise<MarkedForm>
  /** What the form for this content says, by FormField: every box that a person may fill. */
  valuesOf(
    content: FormContent,
    kept?: PayerFormVersion | null,
  ): Promise<Readonly<Record<string, string>>>
  stop(): Promise<void>
}

/** The threads, which know the forms of the configuration and get the uploaded ones with each order. */
export interface FormThreads extends FormFiller {
  /** As `fill`; these forms come before those of the configuration. */
  fillWith(
    uploaded: readonly OfferedTemplate[],
    content: FormContent,
    signal: AbortSignal,
  ): Promise<FilledForm>
  valuesWith(
    uploaded: readonly OfferedTemplate[],
    content: FormContent,
  ): Promise<Readonly<Record<string, string>>>
  /** @throws {FormFillError} the form ended its thread */
  examine(task: ExamineTask, signal: AbortSignal): Promise<ExamineAnswer>
}

export type FillTask =
  | { readonly content: FormContent; readonly uploaded: readonly OfferedTemplate[] }
  | ExamineTask
  | { readonly pdf: Uint8Array; readonly mark: FormMark }

/** The worker's answer. Faults are values, because errors lose their class between threads. */
export type FillAnswer =
  | { readonly form: FilledForm }
  | { readonly marked: MarkedForm }
  | { readonly examined: ExamineAnswer }
  | { readonly fault: string; readonly isMismatch: boolean }

/** Passed to a worker when it starts; read and checked once, by the gateway. */
export interface FillWorkerData {
  readonly offered: readonly OfferedTemplate[]
}

/** Several times the memory of a form with ten addendum pages. A form that needs more is broken; it ends its worker, not the gateway. */
const maxHeapMb = 256

/** Fills forms in worker threads, because drawing takes tens of milliseconds and would block the event loop. */
export function createFormFiller({
  threads,
  offered = [],
}: {
  readonly threads: number
  /** Payers' forms, as checked by `loadOfferedTemplates`. */
  readonly offered?: readonly OfferedTemplate[]
}): FormThreads {
  const workerData: FillWorkerData = { offered }
  const createPool = (limit: number) =>
    createThreadPool<FillTask, FillAnswer>({
      workerFile: new URL('./fill-worker.ts', import.meta.url),
      threads: limit,
      maxHeapMb,
      workerData,
    })
  const filling = createPool(threads)
  // An uploaded PDF may be hostile: no order waits for it.
  const examining = createPool(1)
  async function run(task: FillTask, signal: AbortSignal, pool = filling): Promise<FillAnswer> {
    let answer: FillAnswer
    try {
      answer = await pool.run(task, signal)
    } catch (cause) {
      if (!(cause instanceof ThreadFailure)) throw cause
      throw new FormFillError('the form worker died; the form is filled again', 'transient', {
        cause,
      })
    }
    if (!('fault' in answer)) return answer
    if (answer.isMismatch) throw new FormReadBackError(answer.fault)
    throw new FormFillError(answer.fault, 'permanent')
  }
  const fillWith: FormThreads['fillWith'] = async (uploaded, content, signal) => {
    const answer = await run({ content, uploaded }, signal)
    // Checks in the main thread that the answer is about the requested patient and order.
    if (!('form' in answer) || answer.form.subjectSha256 !== subjectHash(content.subject))
      throw new FormReadBackError('the form worker answered for another patient or order')
    return answer.form
  }
  const valuesWith: FormThreads['valuesWith'] = async (uploaded, content) => {
    const all = [...uploaded, ...offered]
    const { template } = chooseTemplate(content, all, await generalTemplate())
    return valuesByField(template, content)
  }
  return {
    fillWith,
    valuesWith,
    fill: (content, signal) => fillWith([], content, signal),
    valuesOf: (content) => valuesWith([], content),
    async examine(task, signal) {
      const answer = await run(task, signal, examining)
      if (!('examined' in answer))
        throw new FormFillError('the form worker answered another request', 'permanent')
      return answer.examined
    },
    async mark(pdf, mark, signal) {
      const answer = await run({ pdf, mark }, signal)
      if (!('marked' in answer))
        throw new FormReadBackError('the form worker answered another request')
      return answer.marked
    },
    async stop() {
      await Promise.all([filling.stop(), examining.stop()])
    },
  }
}
