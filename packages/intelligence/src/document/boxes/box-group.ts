import { hasNegation } from '../answers.ts'
import type { Span } from '../note-document.ts'
import type { UnitList } from '../unit-list.ts'

const appliesToAll =
  /\b(?:check|checked|mark|select|tick|circle) (?:all|any|those|each) (?:boxes |items |symptoms )?(?:that|which) appl/i
const noneOfThem =
  /^(?:none\b(?: of (?:the |these|those|above)|$|\.$| apply)|no (?:symptoms|complaints)|all (?:of the above |others? |the rest )?(?:are )?(?:negative|denied)|denies all|all systems negative)/i

export const asksForAll = (text: string): boolean => appliesToAll.test(text)

/** The option "none of the above", with its box before or after it. */
export const isNoneOfThem = (text: string): boolean =>
  text.length <= 120 && noneOfThem.test(text.replace(/^[^\p{L}]{0,12}(?:x\W{0,4})?/iu, ''))

interface Option {
  readonly index: number
  readonly text: string
  readonly isTicked: boolean
  /** The column heading or the name earlier on the line: options with the same name form a group. */
  readonly name: Span | undefined
}

/**
 * The options of one form, over several lines. Options without a tick assert nothing, unless the form says to
 * tick all that apply and at least one is ticked, or "none of the above" is ticked.
 */
export class BoxGroup {
  readonly #units: UnitList
  #options: Option[] = []
  #appliesToAll = false

  constructor(units: UnitList) {
    this.#units = units
  }

  askForAll(): void {
    this.#appliesToAll = true
  }

  add(option: Option): void {
    this.#options.push(option)
  }

  finish(): void {
    const groups = Map.groupBy(this.#options, ({ name }) => name)
    const isAlone = (options: readonly Option[]) =>
      options.length === 1 && noneOfThem.test(options[0]?.text ?? '')
    // "None of the above" on its own line refers to everything above it.
    if ([...groups.values()].some(isAlone)) this.#settle(this.#options)
    else for (const options of groups.values()) this.#settle(options)
    this.#options = []
  }

  #settle(options: readonly Option[]): void {
    const ticked = options.filter(({ isTicked }) => isTicked)
    const isNone = ticked.some(({ text }) => noneOfThem.test(text))
    const isContradicted =
      isNone && ticked.some(({ text }) => !noneOfThem.test(text) && !hasNegation(text))
    for (const { index, text, isTicked } of options) {
      if (noneOfThem.test(text)) continue
      if (isTicked) {
        if (isContradicted && !/other|rest/i.test(text)) this.#units.setPolarity(index, 'unknown')
      } else if (
        !isContradicted &&
        (isNone || (this.#appliesToAll && ticked.length > 0)) &&
        !hasNegation(text)
      )
        this.#units.setPolarity(index, 'no')
    }
  }

  /** Another part of the form begins. */
  close(): void {
    this.finish()
    this.#appliesToAll = false
  }
}
