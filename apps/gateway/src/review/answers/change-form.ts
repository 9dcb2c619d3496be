import { type FormEntriesRequest, identityFields, noPeopleInput } from '@authscript/prior-auth'
import type { Scope } from '../../store/scope.ts'
import {
  type ChangeOutcome,
  refused,
  type ReviewDependencies,
  type SeenItem,
} from '../change-outcome.ts'
import { redraft } from './redraft.ts'

/** Fills boxes of the form with what a person typed. */
export function changeForm(
  scope: Scope,
  seen: SeenItem & FormEntriesRequest,
  dependencies: ReviewDependencies,
): Promise<ChangeOutcome> {
  const { workItemId, actor, entries } = seen
  return redraft(
    scope,
    seen,
    ({ analysis, bundle, input, practiceId }, now) => {
      const { draftContent, dayOf } = dependencies
      const charted = draftContent(bundle, analysis, dayOf(practiceId, now), noPeopleInput)
      const identity = identityFields.find(
        (field) => (entries[field] ?? null) !== null && charted.values[roleOf(field)] !== undefined,
      )
      if (identity !== undefined)
        return refused(
          'identity_from_chart',
          'the name and birth date of the patient come from the chart; correct them in the EHR, then process the encounter again',
        )
      const typed = { ...input.entries, ...entries }
      return {
        input: { ...input, entries: withoutNull(typed) },
        line: { kind: 'form_changed', data: entries },
        save: (transaction) => transaction.formEntries.put(workItemId, entries, actor, now),
      }
    },
    dependencies,
  )
}

type IdentityRole = (typeof identityFields)[number] extends `values.${infer Role}` ? Role : never

function roleOf(field: (typeof identityFields)[number]): IdentityRole {
  return field.slice('values.'.length) as IdentityRole
}

/** Sorted by field, as they are stored, so that the same entries give the same form. */
function withoutNull(
  entries: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(entries)
      .flatMap(([field, value]) => (value === null ? [] : [[field, value] as const]))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  )
}
