import type { FormBox, FormContent } from '@authscript/prior-auth'
import type { FormTemplate } from '../map/form-template.ts'

/** What is done with a form outside of filling it for an order. */
export type ExamineTask =
  | { readonly examine: 'boxes'; readonly pdf: Uint8Array }
  | { readonly examine: 'check'; readonly pdf: Uint8Array; readonly map: unknown }
  | {
      readonly examine: 'test fill'
      readonly pdf: Uint8Array
      readonly map: unknown
      readonly content: FormContent
    }

export type ExamineAnswer =
  | { readonly boxes: readonly FormBox[] }
  | { readonly template: FormTemplate; readonly warnings: readonly string[] }
  | { readonly filled: Uint8Array; readonly notices: readonly string[] }
  | { readonly faults: readonly string[]; readonly warnings: readonly string[] }
