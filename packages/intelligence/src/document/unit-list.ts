import { hasNegation, isBare, namesOnly } from './answers.ts'
import type { Cell, LayoutPolarity, Section, Span, Unit } from './note-document.ts'

export interface Piece extends Span {
  readonly kind: Unit['kind']
  readonly polarity?: LayoutPolarity | undefined
  readonly cells?: readonly Cell[]
  readonly quote?: Span
  /** In addition to the ones that apply to everything being read. */
  readonly leads?: readonly Span[]
  /** Text inside the piece that is not part of its statement: an option without a tick, the border of a cell. */
  readonly blanks?: readonly (Span & { readonly sign?: ':' })[] | undefined
}

export interface Governing {
  readonly section: Section
  /** Names of groups within a section, which say nothing about the text below them. */
  readonly groups: readonly Span[]
  readonly leads: readonly Span[]
}

type Draft = { -readonly [key in keyof Unit]: Unit[key] }

/** Collects units in text order; overlapping text belongs to the earlier unit. */
export class UnitList {
  readonly #text: string
  readonly #wordEnds: ReadonlyMap<number, number>
  readonly #units: Draft[] = []
  readonly #said = new WeakMap<Span, { readonly isNegative: boolean; readonly isBare: boolean }>()
  readonly #blanks: (Span & { readonly sign?: ':' })[] = []
  #end = 0

  constructor(text: string, wordEnds: ReadonlyMap<number, number>) {
    this.#text = text
    this.#wordEnds = wordEnds
  }

  get units(): readonly Unit[] {
    return this.#units
  }

  /** The index of the unit in the list; undefined if nothing of the piece is left. */
  add(piece: Piece, { section, groups, leads }: Governing): number | undefined {
    const whole = this.#unbracketed(piece)
    const start = Math.max(whole.start, this.#end)
    const end = this.#endOf(whole)
    if (end <= start || !this.#hasWord(start, end)) return undefined
    const saying = piece.leads === undefined ? leads : [...leads, ...piece.leads]
    const polarity = this.#polarityOf(piece, section, saying)
    const quote = piece.quote ?? { start: Math.max(piece.start, this.#end), end: piece.end }
    // Assigned property by property: spreading each optional property took longer than everything else.
    const unit: Draft = {
      start,
      end,
      kind: piece.kind,
      section,
      leads: this.#ends(groups.length === 0 ? saying : [...groups, ...saying]),
      quote: { start: Math.min(quote.start, start), end: Math.max(this.#endOf(quote), end) },
    }
    if (polarity !== undefined) unit.polarity = polarity
    if (piece.cells !== undefined) unit.cells = piece.cells.map((cell) => this.#cell(cell))
    this.#units.push(unit)
    this.#end = end
    for (const blank of piece.blanks ?? [])
      if (blank.start >= start && blank.end <= end && blank.end > blank.start)
        this.#blanks.push(blank)
    return this.#units.length - 1
  }

  /** The text in which the blanks of the units are white space; the length does not change. */
  readText(): string {
    if (this.#blanks.length === 0) return this.#text
    const pieces: string[] = []
    let from = 0
    for (const { start, end, sign = ' ' } of this.#blanks) {
      if (start < from) continue
      pieces.push(this.#text.slice(from, start), sign, ' '.repeat(end - start - 1))
      from = end
    }
    pieces.push(this.#text.slice(from))
    return pieces.join('')
  }

  #hasWord(start: number, end: number): boolean {
    return (
      /[a-z\d]/i.test(this.#text.charAt(start)) ||
      /[\p{L}\p{N}]/u.test(this.#text.slice(start, end))
    )
  }

  /** "(mother had a stroke)": brackets around a whole statement are not part of it. */
  #unbracketed({ start, end }: Span): Span {
    const isBracketed =
      this.#text.charAt(start) === '(' &&
      this.#text.charAt(end - 1) === ')' &&
      this.#text.indexOf(')', start) === end - 1
    return isBracketed ? { start: start + 1, end: end - 1 } : { start, end }
  }

  #ends(leads: readonly Span[]): readonly Span[] {
    return this.#wordEnds.size === 0 ? leads : leads.map((lead) => this.#lead(lead))
  }

  #lead(lead: Span): Span {
    const end = this.#endOf(lead)
    return end === lead.end ? lead : { start: lead.start, end }
  }

  #cell({ start, end, header, subheader }: Cell): Cell {
    const span = {
      start,
      end: this.#endOf({ start, end }),
      ...(subheader === undefined ? {} : { subheader }),
    }
    return header === undefined
      ? span
      : { ...span, header: { start: header.start, end: this.#endOf(header) } }
  }

  #endOf({ end }: Span): number {
    return this.#wordEnds.get(end) ?? end
  }

  setPolarity(index: number, polarity: LayoutPolarity): void {
    const unit = this.#units[index]
    if (unit !== undefined) unit.polarity = polarity
  }

  #polarityOf(
    { polarity, start, end }: Piece,
    section: Section,
    leads: readonly Span[],
  ): LayoutPolarity | undefined {
    if (polarity !== 'yes' && (polarity !== undefined || section.kind !== 'review_of_systems'))
      return polarity
    const said = leads.map((lead) => this.#saidBy(lead))
    // A tick under "Denies:" is a denial: the wording of the lead-in decides.
    if (polarity === 'yes' && said.some(({ isNegative }) => isNegative)) return undefined
    if (polarity !== undefined || section.kind !== 'review_of_systems') return polarity
    const areBare = said.every((one) => one.isBare) && namesOnly(this.#text.slice(start, end))
    return areBare ? 'unknown' : undefined
  }

  /** Cached by lead-in, because one may govern a hundred thousand units. */
  #saidBy(lead: Span): { readonly isNegative: boolean; readonly isBare: boolean } {
    const known = this.#said.get(lead)
    if (known !== undefined) return known
    const text = this.#text.slice(lead.start, lead.end)
    const said = { isNegative: hasNegation(text), isBare: isBare(text) }
    this.#said.set(lead, said)
    return said
  }
}
