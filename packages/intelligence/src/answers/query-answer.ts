import type { Answer, AnswerValue, Evidence } from '@authscript/prior-auth'
import type { Fact } from '../facts/fact.ts'
import type { FactReading } from './reading.ts'

/** A query's value, with the facts it rests on. */
export interface QueryAnswer {
  readonly value: AnswerValue
  readonly grounds: Answer['grounds']
  /** From what the value follows, in words that a reviewer reads. */
  readonly because: string
  /** Best first. */
  readonly supports: readonly Fact[]
  readonly refutes: readonly Fact[]
  /** Speak of it and settle nothing; those that could be what is asked first. */
  readonly mentions: readonly Fact[]
  /** Concepts of the query that are denied wholly. */
  readonly denied: ReadonlySet<string>
  /** Something may be what is asked: a no to other alternatives does not close the question. */
  readonly isOpen: boolean
  /** Nothing that was found stands against taking the silence of a chart read whole for a no. */
  readonly isSilent: boolean
  /** The days of all that supports it. */
  readonly days: readonly string[]
  /** What it asks that is no fact: the order's code, the patient's age. */
  readonly entries: readonly Evidence[]
  /** What each fact came to, for the criterion's rules. */
  readonly readings: readonly FactReading[]
}

export const nothingFound: QueryAnswer = {
  value: 'unclear',
  grounds: 'silent',
  because: 'the chart does not say',
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
