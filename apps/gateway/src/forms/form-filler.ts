import type { FormContent } from '@authscript/prior-auth'
import { Piscina } from 'piscina'
import { GatewayError } from '../errors.ts'

export interface FilledForm {
  readonly pdf: Uint8Array
  readonly pages: number
  /** Roles whose text continues on the addendum. */
  readonly continuedRoles: readonly string[]
  /** Roles with characters that the embedded font does not have; each was replaced by a mark, and the addendum says so. */
  readonly unrenderableRoles: readonly string[]
  /** Of the PDF, in hex: the same content gives the same bytes. */
  readonly sha256: string
}

export interface FormFiller {
  /** @throws {FormFillError} */
  fill(content: FormContent, signal: AbortSignal): Promise<FilledForm>
  stop(): Promise<void>
}

/** The form could not be filled. `transient` when the worker died; `permanent` when template and content do not fit together. */
export class FormFillError extends GatewayError {
  override readonly name = 'FormFillError'
  readonly code = 'form_fill_failed'
  readonly kind

  constructor(message: string, kind: 'transient' | 'permanent', options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/** What the worker answers: its faults are values, because an error loses its class on the way between threads. */
export type FillAnswer = { readonly form: FilledForm } | { readonly fault: string }

/** Several times what a form of ten addendum pages takes: one that wants more is broken, and ends its worker instead of the gateway. */
const maxHeapMb = 256

/** Fills forms in threads of their own: tens of milliseconds of drawing must not hold up the event loop. */
export function createFormFiller({ threads }: { readonly threads: number }): FormFiller {
  const pool = new Piscina<FormContent, FillAnswer>({
    filename: new URL('./fill-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: 16 },
  })
  return {
    async fill(content, signal) {
      let answer: FillAnswer
      try {
        answer = await pool.run(content, { signal })
      } catch (cause) {
        if (signal.aborted) throw signal.reason
        throw new FormFillError('the form worker died; the form is filled again', 'transient', {
          cause,
        })
      }
      if ('fault' in answer) throw new FormFillError(answer.fault, 'permanent')
      return answer.form
    },
    stop: () => pool.close({ force: true }),
  }
}
