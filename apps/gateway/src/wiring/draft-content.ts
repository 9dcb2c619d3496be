import { toFormContent } from '@authscript/intelligence'
import {
  type Analysis,
  type ClinicalBundle,
  type FormContent,
  type PeopleInput,
  withAnswerChanges,
  withFormEntries,
} from '@authscript/prior-auth'

/** What goes on a form: the chart, the answers with people's changes, and what people typed. */
export function draftContent(
  bundle: ClinicalBundle,
  analysis: Analysis,
  requestDay: string,
  { changes, entries }: PeopleInput,
): FormContent {
  const counted = withAnswerChanges(analysis, changes)
  return withFormEntries(toFormContent(bundle, counted, requestDay), entries)
}
