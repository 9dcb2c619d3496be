import type { FormContent } from '@authscript/prior-auth'
import type { AssembledDocument, DocumentParts } from './assemble-document.ts'
import type {
  FileAnswer,
  FileTask,
  Unusable as UnusableFile,
} from './attachments/attachment-worker.ts'
import type { PreparedAttachment } from './attachments/prepare-attachment.ts'
import type { PreparedSignature } from './attachments/prepare-signature.ts'
import type { PayerFormVersion } from '../store/payer-forms.ts'
import { createProcessPool, ProcessFailure, type ProcessPool } from '../process-pool.ts'
import { createThreadPool, ThreadFailure } from '../thread-pool.ts'
import type { FileReading } from './file-reading.ts'
import { FormFillError, FormReadBackError } from './form-errors.ts'
import type { MarkedForm } from './mark-form.ts'
import { chooseTemplate } from './map/choose-template.ts'
import { purposesByBox, valuesByField } from './map/form-field.ts'
import type { OfferedTemplate, RefusedForm } from './map/form-template.ts'
import type { FormMark } from './paper/form-mark.ts'
import type {
  ExamineAnswer,
  ExamineAnswers,
  ExamineTask,
  FormExaminer,
} from './stored/examine-task.ts'
import { subjectHash } from './subject-hash.ts'
import { generalTemplate } from './templates/general-template.ts'

export interface FilledForm {
  readonly pdf: Uint8Array
  /** The name of the form. */
  readonly template: string
  readonly pages: number
  /** Roles whose text continues on the addendum. */
  readonly continuedRoles: readonly string[]
  /** Boxes and texts with characters that the embedded font lacks. The boxes stay blank; running text leaves the characters out. */
  readonly unrenderableRoles: readonly string[]
  /** Boxes that the payer requires and that stay blank, in words. */
  readonly missingLabels: readonly string[]
  /** Those of them whose value is known but cannot be printed there; a notice says why. */
  readonly unplacedLabels: readonly string[]
  /** Those of them that a person may fill on the screen, as FormFields. */
  readonly missingFields: readonly string[]
  /** What the reviewer must know about how the form was filled, one sentence each. */
  readonly notices: readonly string[]
  /** Whether it has a box in which the requesting provider signs. */
  readonly hasSignatureBox: boolean
  /** Hash of patient and order, as in the PDF's metadata. */
  readonly subjectSha256: string
  /** Hash of the PDF, in hex. The same content gives the same bytes. */
  readonly sha256: string
  /** The uploaded form that was filled; absent: another one. */
  readonly payerForm?: PayerFormVersion | undefined
}

export interface FormBoxes {
  /** The values on the form, by FormField: every box that a person may fill. */
  readonly values: Readonly<Record<string, string>>
  /** What each box of the PDF is for, by its name: see `purposesByBox`. */
  readonly purposes: Readonly<Record<string, string>>
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
  /**
   * The form with attachments, signature and cover as one PDF. `kept`: the uploaded form on which the order was filled, or null.
   *
   * @throws {FormFillError}
   * @throws {FormReadBackError} something of the form would change, or be missing
   */
  assemble(
    parts: DocumentParts,
    signal: AbortSignal,
    kept?: PayerFormVersion | null,
  ): Promise<AssembledDocument>
  /**
   * A person's file as pages that may travel with a form, or why it cannot: a sentence for that person. Nothing of the file is trusted:
   * it is read in a process of its own, with limits of time and memory.
   */
  prepareAttachment(
    file: Uint8Array,
    reading: FileReading,
  ): Promise<PreparedAttachment | UnusableFile>
  /** A picture of a signature, in the same way. */
  prepareSignature(
    file: Uint8Array,
    reading: FileReading,
  ): Promise<PreparedSignature | UnusableFile>
  /** The values on the form for this content, and what each box is for. */
  boxesOf(content: FormContent, kept?: PayerFormVersion | null): Promise<FormBoxes>
  stop(): Promise<void>
}

/** The threads, which know the forms of the configuration and get the uploaded ones with each order. */
export interface FormThreads extends FormFiller, FormExaminer {
  /** As `fill`; the uploaded forms are tried before those of the configuration. */
  fillWith(
    uploaded: readonly OfferedTemplate[],
    content: FormContent,
    signal: AbortSignal,
  ): Promise<FilledForm>
  boxesWith(uploaded: readonly OfferedTemplate[], content: FormContent): Promise<FormBoxes>
  assembleWith(
    uploaded: readonly OfferedTemplate[],
    parts: DocumentParts,
    signal: AbortSignal,
  ): Promise<AssembledDocument>
}

export type FillTask =
  | { readonly content: FormContent; readonly uploaded: readonly OfferedTemplate[] }
  | { readonly pdf: Uint8Array; readonly mark: FormMark }
  | { readonly parts: DocumentParts; readonly uploaded: readonly OfferedTemplate[] }

/** The worker's answer. Faults are values, because errors lose their class between threads. */
export type FillAnswer =
  | { readonly form: FilledForm }
  | { readonly marked: MarkedForm }
  | { readonly document: AssembledDocument }
  | { readonly fault: string; readonly isMismatch: boolean }

/** Passed to a worker when it starts; read and checked once, by the gateway. */
export interface FillWorkerData {
  readonly offered: readonly OfferedTemplate[]
  readonly refused: readonly RefusedForm[]
}

/** Several times the memory of a form with ten addendum pages. A form that needs more is broken; it ends its worker, not the gateway. */
const maxHeapMb = 256
/** Of each of the two kinds. With two, nobody waits for somebody else's file that takes all of its time. */
const fileProcesses = 2

export interface FormFillerOptions {
  readonly threads: number
  /** Payers' forms, as checked by `loadOfferedTemplates`. */
  readonly offered?: readonly OfferedTemplate[]
  /** Those that cannot be used; a notice says so. */
  readonly refused?: readonly RefusedForm[]
  /**
   * Time limit for reading one uploaded file; after it its process is ended, and the file is refused.
   *
   * @default 10,000: a scan of a hundred pages takes a few seconds, and a file that takes longer is probably hostile
   */
  readonly fileMs?: number
}

/** Fills forms in worker threads, because drawing takes tens of milliseconds and would block the event loop. */
export function createFormFiller({
  threads,
  offered = [],
  refused = [],
  fileMs = 10_000,
}: FormFillerOptions): FormThreads {
  const workerData: FillWorkerData = { offered, refused }
  const filling = createThreadPool<FillTask, FillAnswer>({
    workerFile: new URL('./fill-worker.ts', import.meta.url),
    threads,
    maxHeapMb,
    workerData,
  })
  // An uploaded file may be hostile: no order waits for it, and it can end nothing but its own process.
  const examining = createProcessPool<ExamineTask, ExamineAnswer>({
    taskFile: new URL('./stored/examine-worker.ts', import.meta.url),
    processes: fileProcesses,
    limitMs: fileMs,
    maxHeapMb,
  })
  const reading = createProcessPool<FileTask, FileAnswer>({
    taskFile: new URL('./attachments/attachment-worker.ts', import.meta.url),
    processes: fileProcesses,
    limitMs: fileMs,
    maxHeapMb,
  })
  async function run(task: FillTask, signal: AbortSignal): Promise<FillAnswer> {
    const answer = await inThread(task, signal)
    if (!('fault' in answer)) return answer
    if (answer.isMismatch) throw new FormReadBackError(answer.fault)
    throw new FormFillError(answer.fault, 'permanent')
  }
  async function inThread(task: FillTask, signal: AbortSignal): Promise<FillAnswer> {
    try {
      return await filling.run(task, signal)
    } catch (cause) {
      if (!(cause instanceof ThreadFailure)) throw cause
      throw new FormFillError('the form worker died; the form is filled again', 'transient', {
        cause,
      })
    }
  }
  async function readFile(task: FileTask, given: FileReading): Promise<FileAnswer> {
    const answer = await inProcess(reading, task, given)
    return 'failure' in answer ? { unusable: whyNotRead[answer.failure] } : answer
  }
  const fillWith: FormThreads['fillWith'] = async (uploaded, content, signal) => {
    const answer = await run({ content, uploaded }, signal)
    // Checks in the main thread that the answer is about the requested patient and order.
    if (!('form' in answer) || answer.form.subjectSha256 !== subjectHash(content.subject))
      throw new FormReadBackError('the form worker answered for another patient or order')
    return answer.form
  }
  const boxesWith: FormThreads['boxesWith'] = async (uploaded, content) => {
    const all = [...uploaded, ...offered]
    const { template } = chooseTemplate(content, all, await generalTemplate())
    return { values: valuesByField(template, content), purposes: purposesByBox(template) }
  }
  const assembleWith: FormThreads['assembleWith'] = async (uploaded, parts, signal) => {
    const answer = await run({ parts, uploaded }, signal)
    if (!('document' in answer))
      throw new FormReadBackError('the form worker answered another request')
    return answer.document
  }
  return {
    fillWith,
    boxesWith,
    fill: (content, signal) => fillWith([], content, signal),
    boxesOf: (content) => boxesWith([], content),
    async examine<Task extends ExamineTask>(task: Task, given: FileReading) {
      const answer = await inProcess<ExamineTask, ExamineAnswer>(examining, task, given)
      if ('failure' in answer) return { faults: [whyNotExamined[answer.failure]], warnings: [] }
      // `examineForm` answers each task with what that task asks.
      return answer as ExamineAnswers[Task['examine']]
    },
    async mark(pdf, mark, signal) {
      const answer = await run({ pdf, mark }, signal)
      if (!('marked' in answer))
        throw new FormReadBackError('the form worker answered another request')
      return answer.marked
    },
    assembleWith,
    assemble: (parts, signal) => assembleWith([], parts, signal),
    async prepareAttachment(file, given) {
      const answer = await readFile({ file, purpose: 'attachment' }, given)
      if ('attachment' in answer) return answer.attachment
      return 'unusable' in answer ? answer : { unusable: whyNotRead.failed }
    },
    async prepareSignature(file, given) {
      const answer = await readFile({ file, purpose: 'signature' }, given)
      if ('signature' in answer) return answer.signature
      return 'unusable' in answer ? answer : { unusable: whyNotRead.failed }
    },
    async stop() {
      await Promise.all([filling.stop(), examining.stop(), reading.stop()])
    },
  }
}

async function inProcess<Task, Answer extends object>(
  pool: ProcessPool<Task, Answer>,
  task: Task,
  given: FileReading,
): Promise<Answer | { readonly failure: ProcessFailure['reason'] }> {
  try {
    return await pool.run(task, given)
  } catch (error) {
    if (!(error instanceof ProcessFailure)) throw error
    return { failure: error.reason }
  }
}

const whyNotRead: Readonly<Record<ProcessFailure['reason'], string>> = {
  time_limit: 'the file takes too long to read; print it to a new PDF and attach that',
  memory_limit: 'the file needs too much memory to read; print it to a new PDF and attach that',
  failed: 'the file could not be read; print it to a new PDF and attach that',
}

const whyNotExamined: Readonly<Record<ProcessFailure['reason'], string>> = {
  time_limit: 'it takes too long to read',
  memory_limit: 'it needs more memory than a form may',
  failed: 'it cannot be read',
}
