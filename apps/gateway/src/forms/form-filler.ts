import type { FormContent } from '@authscript/prior-auth'
import { createThreadPool, ThreadFailure } from '../thread-pool.ts'
import { FormFillError, FormReadBackError } from './form-errors.ts'
import type { OfferedTemplate } from './map/form-template.ts'
import { subjectHash } from './subject-hash.ts'

export interface FilledForm {
  readonly pdf: Uint8Array
  /** Which form it is. */
  readonly template: string
  readonly pages: number
  /** Roles whose text continues on the addendum. */
  readonly continuedRoles: readonly string[]
  /** Boxes with characters that the embedded font does not have; each was replaced by a mark, and the addendum says so. */
  readonly unrenderableRoles: readonly string[]
  /** Boxes without which the payer returns the form, and for which the chart has nothing. */
  readonly missingFields: readonly string[]
  /** What the reviewer must know of how the form was filled, a sentence each. */
  readonly notices: readonly string[]
  /** Of patient and order, as the PDF's metadata has it. */
  readonly subjectSha256: string
  /** Of the PDF, in hex: the same content gives the same bytes. */
  readonly sha256: string
}

export interface FormFiller {
  /**
   * @throws {FormFillError}
   * @throws {FormReadBackError} the finished form does not say what the chart says; it was thrown away
   */
  fill(content: FormContent, signal: AbortSignal): Promise<FilledForm>
  stop(): Promise<void>
}

/** What the worker answers: its faults are values, because an error loses its class on the way between threads. */
export type FillAnswer =
  | { readonly form: FilledForm }
  | { readonly fault: string; readonly isMismatch: boolean }

/** What a worker gets at its start: read and checked once, by the gateway. */
export interface FillWorkerData {
  readonly offered: readonly OfferedTemplate[]
}

/** Several times what a form of ten addendum pages takes: one that wants more is broken, and ends its worker instead of the gateway. */
const maxHeapMb = 256

/** Fills forms in threads of their own: tens of milliseconds of drawing must not hold up the event loop. */
export function createFormFiller({
  threads,
  offered = [],
}: {
  readonly threads: number
  /** Outside forms by their payers, as `loadOfferedTemplates` checked them. */
  readonly offered?: readonly OfferedTemplate[]
}): FormFiller {
  const workerData: FillWorkerData = { offered }
  const pool = createThreadPool<FormContent, FillAnswer>({
    workerFile: new URL('./fill-worker.ts', import.meta.url),
    threads,
    maxHeapMb,
    workerData,
  })
  return {
    async fill(content, signal) {
      let answer: FillAnswer
      try {
        answer = await pool.run(content, signal)
      } catch (cause) {
        if (!(cause instanceof ThreadFailure)) throw cause
        throw new FormFillError('the form worker died; the form is filled again', 'transient', {
          cause,
        })
      }
      if ('fault' in answer) {
        if (answer.isMismatch) throw new FormReadBackError(answer.fault)
        throw new FormFillError(answer.fault, 'permanent')
      }
      // The worker answered for whom it was asked: checked where nothing of the worker's can be mixed up.
      if (answer.form.subjectSha256 !== subjectHash(content.subject))
        throw new FormReadBackError('the form worker answered for another patient or order')
      return answer.form
    },
    stop: () => pool.stop(),
  }
}
