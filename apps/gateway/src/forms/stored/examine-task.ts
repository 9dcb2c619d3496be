import type { FormBox, FormContent } from '@authscript/prior-auth'
import type { FileReading } from '../file-reading.ts'
import type { FormTemplate } from '../map/form-template.ts'
import type { StoredMap } from './stored-map.ts'

/** The tasks with a form other than filling it for an order. */
export type ExamineTask =
  /** A file that somebody uploads, with the name that its form gets. */
  | { readonly examine: 'upload'; readonly pdf: Uint8Array; readonly name: string }
  /** Its boxes, and what is wrong with its map. */
  | { readonly examine: 'edit'; readonly pdf: Uint8Array; readonly map: unknown }
  /** Whether it can be filled. */
  | { readonly examine: 'check'; readonly pdf: Uint8Array; readonly map: unknown }
  | {
      readonly examine: 'test fill'
      readonly pdf: Uint8Array
      readonly map: unknown
      readonly content: FormContent
    }

/** A form for the map editor. */
export interface ExaminedForm {
  readonly boxes: readonly FormBox[]
  readonly faults: readonly string[]
  readonly warnings: readonly string[]
}

export interface Unusable {
  readonly faults: readonly string[]
  readonly warnings: readonly string[]
}

/** What each task answers with, or why the form cannot be used for it. */
export interface ExamineAnswers {
  readonly upload: (ExaminedForm & { readonly map: StoredMap }) | Unusable
  readonly edit: ExaminedForm | Unusable
  readonly check:
    | { readonly template: FormTemplate; readonly warnings: readonly string[] }
    | Unusable
  readonly 'test fill':
    | { readonly filled: Uint8Array; readonly notices: readonly string[] }
    | Unusable
}

export type ExamineAnswer = ExamineAnswers[ExamineTask['examine']]

export interface FormExaminer {
  /** A PDF that ends its process, or takes too long, has a fault like any other. */
  examine<Task extends ExamineTask>(
    task: Task,
    reading: FileReading,
  ): Promise<ExamineAnswers[Task['examine']] | Unusable>
}
