import type { Answer, ClinicalBundle } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { analyze, policies } from '@authscript/intelligence'
import { caseTables, dayBefore } from '@authscript/labelled-cases'
import { casesOf, type EvaluatedCase, type Rewrite } from './evaluated-case.ts'

/** Properties that must hold when a chart is changed in a way whose effect is known without a label. */

const cases = caseTables.flatMap((table) => casesOf(table))
const rewritten = (rewrite: Rewrite) => caseTables.flatMap((table) => casesOf(table, rewrite))

function answersTo({ bundle, orderId, policyId }: EvaluatedCase, changed = bundle) {
  const analysis = analyze(changed, orderId, { switchedOn: [policyId] })
  if (analysis.outcome !== 'assessed') throw new Error(analysis.outcome)
  return analysis.answers
}

/** `case: criterion before → after`, for every answer that violates the property. */
function violations(
  changed: readonly EvaluatedCase[],
  fails: (before: Answer, after: Answer) => boolean,
  original: readonly EvaluatedCase[] = cases,
): readonly string[] {
  return changed.flatMap((one, index) => {
    const before = original[index]
    if (before === undefined) return []
    const first = answersTo(before)
    return answersTo(one).flatMap((after, at) => {
      const earlier = first[at]
      return earlier !== undefined && fails(earlier, after)
        ? [`${one.caseId}: ${after.criterionId} ${earlier.answer} → ${after.answer}`]
        : []
    })
  })
}

/** The whole note as one paragraph under that title, without its own titles, because they would end the section. */
function underFamilyHistory(note: string): string {
  const sentences = note
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^[\w /&-]{2,40}:?\s*$|<|\|/.test(line))
    .map((line) => line.replaceAll(/(^|[.;] )[A-Z][\w /&-]{1,30}:\s*/g, '$1').replaceAll(':', ','))
  return `FAMILY HISTORY\n${sentences.join(' ')}`
}

/** ICD-10-CM codes of joints and injuries, and CPT modifiers, include a side. */
const hasSidedCode = ({ conditions, orders, procedures }: ClinicalBundle): boolean =>
  /"(?:M\d\d|S\d\d|G\d\d|I\d\d)[^"]*"|"(?:RT|LT)"/.test(
    JSON.stringify([
      conditions.map((one) => one.code),
      orders.map((one) => one.reasons),
      procedures.map((one) => one.bodySites),
    ]),
  )

const withBundle = (change: (bundle: ClinicalBundle) => ClinicalBundle) =>
  cases.map((one) => ({ ...one, bundle: change(one.bundle) }))

describe('changes without effect', () => {
  it('the denial of something that no question is about', () => {
    const changed = rewritten((note) => `${note}\n\nDenies tinnitus. No toothache.`)

    expect(violations(changed, (before, after) => before.answer !== after.answer)).toEqual([])
  }, 60_000)

  it('swapping the side everywhere', () => {
    const swap: Rewrite = (text) =>
      text.replaceAll(/\b(left|right)\b/gi, (side) => swapped.get(side) ?? side)
    const swapped = new Map([
      ['left', 'right'],
      ['right', 'left'],
      ['Left', 'Right'],
      ['Right', 'Left'],
      ['LEFT', 'RIGHT'],
      ['RIGHT', 'LEFT'],
    ])
    // The side in a code is not changed by rewriting the text, and "right-sided" heart failure has no side to
    // swap.
    const isInWords = ({ bundle }: EvaluatedCase) =>
      !hasSidedCode(bundle) && !/\b[RL]\b|heart|ventric|atri/.test(JSON.stringify(bundle.documents))
    const original = cases.filter(isInWords)
    const changed = original.map((one) => ({
      ...one,
      bundle: {
        ...one.bundle,
        orders: one.bundle.orders.map((order) => ({
          ...order,
          code:
            order.code.text === undefined
              ? order.code
              : { ...order.code, text: swap(order.code.text) },
          bodySites: order.bodySites.map((site) =>
            site.text === undefined ? site : { ...site, text: swap(site.text) },
          ),
        })),
        conditions: one.bundle.conditions.map((condition) =>
          condition.code.text === undefined
            ? condition
            : { ...condition, code: { ...condition.code, text: swap(condition.code.text) } },
        ),
        documents: one.bundle.documents.map((document) =>
          document.content.kind === 'text'
            ? { ...document, content: { ...document.content, text: swap(document.content.text) } }
            : document,
        ),
      },
    }))

    expect(original.length).toBeGreaterThan(0)
    expect(
      violations(changed, (before, after) => before.answer !== after.answer, original),
    ).toEqual([])
  }, 60_000)
})

describe('text that never causes a yes', () => {
  it('a note about something else', () => {
    const changed = withBundle((bundle) => ({
      ...bundle,
      documents: [
        ...bundle.documents,
        {
          source: { resourceType: 'DocumentReference', resourceId: 'unrelated', versionId: '1' },
          type: { codings: [], text: 'Progress note' },
          status: 'current',
          date: dayBefore(20),
          encounterIds: [],
          content: {
            kind: 'text',
            contentType: 'text/plain',
            text: 'Seen for a cut on the finger of the hand. Wound cleaned, three sutures placed. Tetanus up to date. Return in ten days to have them out.',
          },
        },
      ],
    }))

    expect(
      violations(changed, (before, after) => after.answer === 'met' && before.answer !== 'met'),
    ).toEqual([])
  }, 60_000)

  it('a family history', () => {
    const changed = rewritten(underFamilyHistory)
    const restsOnNote = (_: Answer, after: Answer) =>
      after.answer === 'met' &&
      after.evidence.some((one) => one.stance === 'supports' && one.quote !== undefined)

    expect(violations(changed, restsOnNote)).toEqual([])
  }, 60_000)

  it('events outside the window: the same chart, five years later', () => {
    const later = '2031-06-15'
    const changed = withBundle((bundle) => ({
      ...bundle,
      encounter: { ...bundle.encounter, periodStart: later },
      orders: bundle.orders.map((order) => ({ ...order, authoredOn: later })),
      documents: bundle.documents.map((document) => ({ ...document, encounterIds: [] })),
    }))
    const windowed = new Set(
      policies.flatMap(({ policyId, criteria }) =>
        criteria
          .filter((one) =>
            one.any.every((query) => 'within' in query && query.within !== undefined),
          )
          .map((one) => `${policyId} ${one.criterionId}`),
      ),
    )
    const made = changed.flatMap((one) =>
      answersTo(one).flatMap(({ criterionId, answer }) =>
        answer === 'met' && windowed.has(`${one.policyId} ${criterionId}`)
          ? [`${one.caseId}: ${criterionId}`]
          : [],
      ),
    )

    expect(windowed.size).toBeGreaterThan(0)
    expect(made).toEqual([])
  }, 60_000)
})
