import type { ClinicalBundle, OrderEntry } from '@authscript/prior-auth'
import type { Fact, Side } from '../facts/fact.ts'
import type { ConceptTree } from './chart-facts.ts'

/** What beside the facts an answer depends on. */
export interface AnswerContext {
  readonly bundle: ClinicalBundle
  readonly order: OrderEntry
  /** Absent: the order names no side, and no fact is of the other one. */
  readonly orderSide?: Side
  /** `YYYY-MM-DD`, the day of the visit. */
  readonly asOf: string
  readonly concepts: ConceptTree
  /** All concepts that the policy asks for. Absent: nothing is of another disease. */
  readonly matters?: ReadonlySet<string>
  /** Facts that a language model proposed and that were read again: their evidence is marked. */
  readonly proposed?: ReadonlySet<Fact>
}
