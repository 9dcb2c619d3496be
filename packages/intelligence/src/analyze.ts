import {
  type Analysis,
  type ClinicalBundle,
  type OrderEntry,
  orderKeyOf,
  type OrderSummary,
  otherDecisions,
} from '@authscript/prior-auth'
import { createProposalReader } from './answers/second-reader/read-proposals.ts'
import { assess } from './assess.ts'
import { readDocument } from './document/read-document.ts'
import { sideOfOrder } from './facts/chart/side-of-order.ts'
import type { EvidenceProposal } from './answers/second-reader/proposal.ts'
import { factsOf } from './facts/fact-store.ts'
import { factsOfNote } from './facts/facts-of-note.ts'
import { loadLexicon } from './lexicon/lexicon.ts'
import { assertionsOf } from './modifiers/assertions-of.ts'
import type { Policy } from './policy/policy.ts'
import { findPolicy, policies } from './policy/registry.ts'
import { chartNotices } from './chart-notices.ts'
import { primaryCoverage } from './primary-coverage.ts'
import { findOrder } from './find-order.ts'
import { procedureCodeOf } from './procedure-code.ts'
import { findRequirement } from './requirement/find-requirement.ts'
import { type PlaceOfService, toPlaceOfService } from './requirement/place-of-service.ts'

const stages = { readDocument, assertionsOf }

/** The chart that came with the request does not contain the order to assess. */
export class UnknownOrderError extends Error {
  override readonly name = 'UnknownOrderError'
  readonly code = 'unknown_order'

  constructor(orderId: string) {
    super(`order ${orderId} is not in the chart`)
  }
}

/** Input besides the chart. */
export interface AnalyzeOptions {
  /** Passages that a language model proposes as evidence. The stages read them again before they count. */
  readonly proposals?: readonly EvidenceProposal[]
  /** Shown to the reviewer unchanged, for example that a source failed or was switched off. */
  readonly notices?: readonly string[]
  /**
   * Ids of policies that are off by default (a source could not be verified) and that the practice
   * has switched on.
   */
  readonly switchedOn?: readonly string[]
  /** @default the product's own policies in `packages/intelligence/policies` */
  readonly policies?: readonly Policy[]
}

/**
 * Assesses one order of a chart. The same chart always gives the same result, because it is
 * assessed as of the day of the encounter.
 *
 * `orderId` is the value of `orderIdOf`.
 *
 * @throws {UnknownOrderError} the chart has no such order
 */
export function analyze(
  bundle: ClinicalBundle,
  orderId: string,
  options: AnalyzeOptions = {},
): Analysis {
  const order = findOrder(bundle, orderId)
  if (order === undefined) throw new UnknownOrderError(orderId)
  const summary = summaryOf(order)
  const notices = [
    ...chartNotices(bundle, order),
    ...noticesOfCode(summary),
    ...(options.notices ?? []),
  ]
  const stated = notices.length === 0 ? {} : { notices }
  if (summary.procedureCode === undefined) {
    return {
      outcome: 'no_procedure_code',
      order: summary,
      ...stated,
      recommendation: otherDecisions.no_procedure_code.recommendation,
      reason: 'the order has no CPT or HCPCS code; add it in the chart',
    }
  }
  const asOf = encounterDay(bundle, order)
  const coverage = primaryCoverage(bundle, order)
  const question = {
    procedureCode: summary.procedureCode,
    serviceDay: asOf,
    payerName: coverage?.payerName,
    planName: coverage?.planName,
  }
  const requirement = findRequirement({ ...question, placeOfService: placeOf(bundle, order) })
  if (requirement.need === 'not_required') {
    return {
      outcome: 'not_required',
      order: summary,
      ...stated,
      recommendation: otherDecisions.not_required.recommendation,
      reason: requirement.reason,
      citations: [...requirement.citations],
    }
  }
  const { policy, off } = findPolicy(
    { ...question, switchedOn: options.switchedOn ?? [] },
    options.policies ?? policies,
  )
  if (policy !== undefined) {
    const lexicon = loadLexicon()
    const orderSide = sideOfOrder(order, lexicon)
    const store = factsOf(bundle, order, asOf, lexicon, stages)
    return assess(
      { policy, need: requirement.need, order: summary, notices },
      store,
      {
        bundle,
        order,
        asOf,
        concepts: lexicon,
        ...(orderSide === undefined ? {} : { orderSide }),
      },
      createProposalReader(
        options.proposals ?? [],
        {
          bundle,
          asOf,
          setAsideIds: store.setAsideNotes.map(({ source }) => source.resourceId),
        },
        {
          lexicon,
          readDocument,
          factsOfNote: (document, note, view, day) =>
            factsOfNote(document, note, view, day, stages),
        },
      ),
    )
  }
  return {
    outcome: 'no_policy',
    order: summary,
    ...stated,
    recommendation: otherDecisions.no_policy.recommendation,
    reason: `${
      off === undefined
        ? `no policy is known for ${summary.procedureCode}`
        : `the policy "${off.title}" is switched off: ${off.off ?? ''}`
    }; ${requirement.reason}`,
  }
}

/**
 * Where the ordered service is done: on site in an emergency department or on a ward. Most services
 * ordered at an office visit are done elsewhere, and the chart does not say where.
 */
function placeOf(bundle: ClinicalBundle, order: OrderEntry): PlaceOfService {
  const place = toPlaceOfService(bundle.encounter.classCode)
  const isHere = place === 'emergency' || place === 'inpatient' || place === 'observation'
  const end = bundle.encounter.periodEnd ?? bundle.encounter.periodStart
  const isLater =
    order.occurrenceStart !== undefined &&
    end !== undefined &&
    order.occurrenceStart.slice(0, 10) > end.slice(0, 10)
  return isHere && !isLater ? place : 'unknown'
}

function noticesOfCode({ procedureCode, procedureCodeFrom, description }: OrderSummary): string[] {
  if (procedureCodeFrom !== 'text' || procedureCode === undefined) return []
  return [
    `the order has no code; ${procedureCode} was derived from its text "${description ?? ''}"; check it, and add the code to the order`,
  ]
}

function summaryOf(order: OrderEntry): OrderSummary {
  const { code } = order
  const description =
    code.text ?? code.codings.find((coding) => coding.display !== undefined)?.display
  return {
    ...orderKeyOf(order),
    ...procedureCodeOf(code),
    ...(description === undefined ? {} : { description }),
  }
}

/**
 * `YYYY-MM-DD` of the encounter, else of the order. A chart without either is treated as undated:
 * it cannot satisfy any time window.
 */
function encounterDay(bundle: ClinicalBundle, order: OrderEntry): string {
  const date = bundle.encounter.periodStart ?? bundle.encounter.periodEnd ?? order.authoredOn
  const day = date?.slice(0, 10) ?? '9999-12-31'
  return day.length === 10 ? day : `${day}-01-01`.slice(0, 10)
}
