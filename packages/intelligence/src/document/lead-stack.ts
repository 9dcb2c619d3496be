import type { Span } from './note-document.ts'

interface Lead {
  readonly span: Span
  /** For an item that leads a deeper list; undefined for a line. */
  readonly indent: number | undefined
  hasItems: boolean
  lines: number
}

/** Nobody writes deeper lists than this. */
const maxDepth = 6

/**
 * The lead-in lines that currently apply: "Denies the following:" and similar. A lead-in applies to the items
 * after it, across blank lines, or to the lines after it up to a blank one. It ends with the first line after
 * its items.
 */
export class LeadStack {
  #leads: Lead[] = []
  #spans: readonly Span[] = []

  /** Outermost first. */
  get spans(): readonly Span[] {
    return this.#spans
  }

  push(span: Span, indent: number | undefined): void {
    // The line of this lead-in was already counted for the previous one.
    const kept = indent === undefined ? this.#leads.filter(({ lines }) => lines <= 1) : this.#leads
    const lead = { span, indent, hasItems: false, lines: 0 }
    this.#set(kept.length < maxDepth ? [...kept, lead] : kept)
  }

  item(indent: number): void {
    for (const lead of this.#leads) lead.hasItems = true
    this.#keep((lead) => lead.indent === undefined || lead.indent < indent)
  }

  line(isAfterBlank: boolean): void {
    this.#keep((lead) => !lead.hasItems && !isAfterBlank)
    for (const lead of this.#leads) lead.lines += 1
  }

  clear(): void {
    this.#set([])
  }

  #keep(isKept: (lead: Lead) => boolean): void {
    if (!this.#leads.every(isKept)) this.#set(this.#leads.filter(isKept))
  }

  #set(leads: Lead[]): void {
    this.#leads = leads
    this.#spans = leads.map(({ span }) => span)
  }
}
