import type { ClinicalBundle, OrderEntry } from '@authscript/prior-auth'
import type { Fact, Side } from '../facts/fact.ts'
import type { ConceptTree } from './chart-facts.ts'

/** What an answer depends on besides the facts. */
export interface AnswerContext {
  readonly bundle: ClinicalBundle
  readonly order: OrderEntry
  /** Absent: the order has no side, so no fact belongs to the other side. */
  readonly orderSide?: Side
  /** `YYYY-MM-DD`, the day of the encounter. */
  readonly asOf: string
  readonly concepts: ConceptTree
  /** All concepts of the policy. Absent: no fact is treated as belonging to another disease. */
  readonly policyConcepts?: ReadonlySet<string>
  /** Facts that a language model proposed and the stages confirmed; their evidence is marked. */
  readonly proposed?: ReadonlySet<Fact>
}
