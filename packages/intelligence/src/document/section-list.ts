import type { Heading } from './headings/heading.ts'
import type { Section, SectionKind } from './note-document.ts'

type Draft = { -readonly [key in keyof Section]: Section[key] }

/** The sections of a note in order; each ends where the next begins. */
export class SectionList {
  readonly #sections: Draft[] = []
  /** The section to return to after a dated study among other text. */
  #before: Section | undefined
  #level: number | undefined

  constructor() {
    this.#push({ kind: 'other', start: 0, end: 0 })
  }

  get now(): Section {
    return this.#sections.at(-1) as Section
  }

  /**
   * Whether the heading opens a section. A heading with an unknown name does not if it is under a wider heading
   * or among diagnoses.
   */
  opens({ kind, level }: Heading): boolean {
    if (kind === 'group') return false
    if (kind !== 'unknown') return true
    const isDeeper = level !== undefined && this.#level !== undefined && level > this.#level
    return !isDeeper && !['assessment', 'plan', 'instructions'].includes(this.now.kind)
  }

  open({ kind, title, day, level, isPassing }: Heading): void {
    const current = this.now
    this.#before = isPassing === true ? (this.#before ?? current) : undefined
    if (isPassing !== true) this.#level = level
    this.#push({
      kind: kind === 'group' || kind === 'unknown' ? 'other' : (kind satisfies SectionKind),
      start: title.start,
      end: title.start,
      title,
      ...(day === undefined ? {} : { day }),
    })
  }

  /** A blank line ends a temporary section. */
  blank(at: number): void {
    if (this.#before === undefined) return
    const section = { ...this.#before, start: at, end: at }
    this.#before = undefined
    this.#push(section)
  }

  /** Returns to an earlier section at the end of copied text, which had its own sections. */
  restore(section: Section, at: number): void {
    if (this.now === section) return
    this.#before = undefined
    this.#level = undefined
    this.#push({ ...section, start: at, end: at })
  }

  finish(end: number): readonly Section[] {
    this.#close(end)
    return this.#sections
  }

  #push(section: Draft): void {
    this.#close(section.start)
    this.#sections.push(section)
  }

  #close(at: number): void {
    const last = this.#sections.at(-1)
    if (last !== undefined) last.end = Math.max(last.start, at)
  }
}
