import type { Answer, AnswerValue, Evidence } from '@authscript/prior-auth'
import type { Fact } from '../facts/fact.ts'
import type { FactReading } from './reading.ts'

/** The value of a query with the facts behind it. */
export interface QueryAnswer {
  readonly value: AnswerValue
  readonly grounds: Answer['grounds']
  /** The reason for the value, as text for the reviewer. */
  readonly because: string
  /** Best first. */
  readonly supports: readonly Fact[]
  readonly refutes: readonly Fact[]
  /** Facts that mention the subject and settle nothing; likely matches first. */
  readonly mentions: readonly Fact[]
  /** Concepts of the query that are denied completely. */
  readonly denied: ReadonlySet<string>
  /** Something may still match the query, so a no to the other alternatives does not settle the question. */
  readonly isOpen: boolean
  /** No fact prevents treating the silence of a completely read chart as a no. */
  readonly isSilent: boolean
  /** The days of all supporting facts. */
  readonly days: readonly string[]
  /** Evidence that is not a fact: the order's code, the patient's age. */
  readonly entries: readonly Evidence[]
  /** How each fact was read, for the rules of the criterion. */
  readonly readings: readonly FactReading[]
}

/** The reason for which nothing was found. */
export const silence = 'the chart does not say'

export const nothingFound: QueryAnswer = {
  value: 'unclear',
  grounds: 'silent',
  because: silence,
  supports: [],
  refutes: [],
  mentions: [],
  denied: new Set(),
  isOpen: false,
  isSilent: true,
  days: [],
  entries: [],
  readings: [],
}
