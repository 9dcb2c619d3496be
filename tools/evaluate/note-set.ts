import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import type { AnswerValue, ClinicalBundle } from '@authscript/prior-auth'
import { toBundle } from '@authscript/labelled-cases'
import type { EvaluatedCase } from './evaluated-case.ts'

/**
 * A set of notes by authors who saw only the payer's questions: a module that exports `notes`, and optionally
 * `visitDay`, `reasons` and `SILENT_NO`.
 */
interface NoteSet {
  readonly visitDay?: string
  /** Codes of the order's reasons, by note. */
  readonly reasons?: Readonly<Record<string, readonly string[]>>
  /** Criteria for which a silent chart means no. */
  readonly SILENT_NO?: readonly string[]
  readonly notes: readonly {
    readonly id: string
    readonly policyId: string
    readonly style: string
    readonly order: {
      readonly code: string
      readonly text?: string
      readonly side?: string
      readonly bodySite?: string
      readonly reasons?: readonly string[]
    }
    readonly note: string
    readonly birthDate?: string
    readonly gender?: 'male' | 'female'
    readonly truth: Readonly<Record<string, AnswerValue>>
    /** Criteria without labels. */
    readonly skip?: readonly string[]
  }[]
}

const orderId = 'order-1'

/** The cases of a set. A criterion without a label is `unclear`, or no if it is listed in `SILENT_NO`. */
export async function readNoteSet(
  file: string,
  criteriaOf: (policyId: string) => readonly string[],
): Promise<readonly EvaluatedCase[]> {
  const set = (await import(pathToFileURL(resolve(file)).href)) as NoteSet
  return set.notes.map((one) => ({
    policyId: one.policyId,
    caseId: one.id,
    style: one.style,
    orderId,
    bundle: onDay(
      toBundle({
        order: {
          code: one.order.code,
          reasons: set.reasons?.[one.id] ?? one.order.reasons ?? [],
          ...present('text', one.order.text),
          ...present('bodySite', one.order.bodySite ?? one.order.side),
        },
        patient: { ...present('birthDate', one.birthDate), ...present('gender', one.gender) },
        note: one.note,
      }),
      set.visitDay,
    ),
    truth: Object.fromEntries(
      criteriaOf(one.policyId)
        .filter((id) => one.skip?.includes(id) !== true)
        .map((id) => [
          id,
          one.truth[id] ?? (set.SILENT_NO?.includes(id) === true ? 'not_met' : 'unclear'),
        ]),
    ),
  }))
}

function present<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [One in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [One in Key]?: Value })
}

/** The same chart with its encounter moved to another day. */
function onDay(bundle: ClinicalBundle, day: string | undefined): ClinicalBundle {
  if (day === undefined) return bundle
  return {
    ...bundle,
    encounter: { ...bundle.encounter, periodStart: day, periodEnd: day },
    orders: bundle.orders.map((one) => ({ ...one, authoredOn: day })),
    documents: bundle.documents.map((one) => ({ ...one, date: day })),
  }
}
