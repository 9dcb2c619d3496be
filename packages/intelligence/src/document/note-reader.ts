import { hasBoxes } from './boxes/box-parts.ts'
import { asksForAll, BoxGroup, isNoneOfThem } from './boxes/box-group.ts'
import { BoxHeadings, boxHeadingsOf } from './boxes/box-headings.ts'
import { carriedTextsOf } from './carried-text.ts'
import { circledFieldsOf } from './boxes/circled-answers.ts'
import { type Heading, headingOfLine, isRule, textStartOf } from './headings/heading.ts'
import { namesStudy, titlesReport } from './headings/section-names.ts'
import { LeadStack } from './lead-stack.ts'
import { type Line, linesOf } from './lines.ts'
import type { Section, Span, Unit } from './note-document.ts'
import type { Page } from './page.ts'
import { bulletLength, type TextBlock, textBlockAt, startsKey } from './text-blocks.ts'
import { SectionList } from './section-list.ts'
import { beginsSoftwareText, isSoftwareCommand } from './software-text.ts'
import { StatementReader } from './statement-reader.ts'
import { TableReader } from './tables/read-table.ts'
import { readLedRow, readLooseRow } from './tables/rows/loose-row.ts'
import type { RowField } from './tables/rows/row-field.ts'
import { isTableRule } from './tables/table-lines.ts'
import { type Governing, type Piece, UnitList } from './unit-list.ts'
import { Wrapping } from './line-wrapping.ts'

/** In a note with a larger share of capitals, capitals carry no meaning. */
const maxCapitalsShare = 0.7
/** A line that begins with "if" or "mother" may continue on the next line. */
const carries =
  /\b(?:no|not|denie[sd]|denying|without|negative|never|if|should|return|risks?|family|mother|father|brother|sister|possible|rule out|versus|history of)\b|n['’]t\b/i

const listsPossible = /^(?:the )?(?:ddx|differential)\b/i

/** Reads a page from top to bottom. Each line belongs to a table, a heading, a line of boxes, or running text. */
export class NoteReader {
  readonly #text: string
  readonly #lines: readonly Line[]
  readonly #wrapping: Wrapping
  readonly #sections = new SectionList()
  readonly #units: UnitList
  readonly #boxes: BoxGroup
  readonly #boxHeadings = new BoxHeadings()
  readonly #leads = new LeadStack()
  readonly #statements: StatementReader
  readonly #headings: (Heading | undefined | null)[] = []
  /** The current text block is addressed to software and is skipped to its end. */
  #skipsBlock = false
  /** Parts addressed to software. */
  readonly #skipped: Span[] = []
  /** Parts carried over from another note, and the index of the first one not yet passed. */
  readonly #carried: readonly Span[]
  #nextCarried = 0
  #sectionBefore: Section | undefined
  readonly #context: { readonly isCapitals: boolean; readonly marked: ReadonlyMap<number, number> }
  readonly #tables: TableReader
  #groups: readonly Span[] = []
  /** The previous line may continue on this one. */
  #isUnsure = false
  #mayCarry = false

  constructor({ text, headings, headerLines, wordEnds }: Page) {
    this.#text = text
    this.#carried = carriedTextsOf(text)
    this.#lines = linesOf(text)
    this.#wrapping = new Wrapping(this.#lines)
    this.#units = new UnitList(text, wordEnds)
    this.#boxes = new BoxGroup(this.#units)
    this.#context = { isCapitals: isInCapitals(text), marked: headings }
    this.#tables = new TableReader({
      source: text,
      lines: this.#lines,
      headerLines,
      isSection: (index) => {
        const heading = this.#headingAt(index)
        return heading !== undefined && heading.kind !== 'group' && heading.kind !== 'unknown'
      },
    })
    this.#statements = new StatementReader({
      text,
      add: (piece) => this.#add(piece),
      open: (heading) => this.#open(heading),
      addOption: (index, { lead, text: words, isTicked }) =>
        this.#boxes.add({
          index,
          text: words,
          isTicked,
          name: lead ?? this.#boxHeadings.over(this.#units.units[index]?.quote.start ?? 0),
        }),
    })
  }

  read(): {
    readonly sections: readonly Section[]
    readonly units: readonly Unit[]
    /** The text in which everything that the layout set aside inside units is white space. */
    readonly text: string
    /** Parts that are set aside because they are addressed to software. */
    readonly skipped: readonly Span[]
  } {
    let index = 0
    while (index < this.#lines.length) index = this.#readAt(index)
    this.#boxes.close()
    return {
      sections: this.#sections.finish(this.#text.length),
      units: this.#units.units,
      text: this.#units.readText(),
      skipped: this.#skipped,
    }
  }

  #readAt(index: number): number {
    const line = this.#lines[index]
    if (line === undefined) return index + 1
    this.#skipsBlock = false
    this.#passCarried(line)
    if (line.isAfterBlank) this.#sections.blank(line.from)
    const asks = asksForAll(line.text.slice(0, 400))
    if (asks) {
      this.#boxes.close()
      this.#boxes.askForAll()
    }
    if (isRule(line.text) || isTableRule(line.text)) return index + 1
    if (beginsSoftwareText(line.text)) return this.#skipParagraph(index)
    const table = bulletLength(line.text) > 0 ? undefined : this.#tables.read(index)
    if (table !== undefined) {
      this.#boxes.close()
      if (line.isAfterBlank) this.#leads.clear()
      const title = this.#titleOver(index)
      for (const field of table.fields)
        this.#addRow(
          title === undefined ? field : { ...field, leads: [title, ...(field.leads ?? [])] },
        )
      return table.next
    }
    const heading = this.#headingAt(index)
    if (heading === undefined && this.#titleOver(index + 1) !== undefined) return index + 1
    if (heading === undefined) return this.#readLine(index, line)
    this.#open(heading)
    if (asks) this.#boxes.askForAll()
    if (heading.contentStart >= line.end) {
      this.#addStudyTitle(heading)
      return index + 1
    }
    const start = textStartOf(heading)
    return this.#readLine(index, {
      ...line,
      start,
      text: this.#text.slice(start, line.end),
      isAfterBlank: false,
    })
  }

  /** The study named on the line above a table: the rows are its findings on each day. */
  #titleOver(index: number): Span | undefined {
    const title = this.#lines[index - 1]
    const line = this.#lines[index]
    if (title === undefined || line === undefined || line.isAfterBlank) return undefined
    const text = title.text.replace(/:$/, '')
    const isTitle =
      text.length <= 40 && !/[.:;,\d]/.test(text) && bulletLength(text) === 0 && namesStudy(text)
    return isTitle && this.#tables.begins(index)
      ? { start: title.start, end: title.end }
      : undefined
  }

  /** Closes, at the end of carried-over text, the sections that it opened. */
  #passCarried(line: Line): void {
    const carried = this.#carried[this.#nextCarried]
    if (carried === undefined || line.start < carried.start) return
    this.#sectionBefore ??= this.#sections.now
    if (line.start < carried.end) return
    this.#boxes.close()
    this.#boxHeadings.close()
    this.#leads.clear()
    this.#groups = []
    this.#isUnsure = false
    this.#sections.restore(this.#sectionBefore, line.from)
    this.#sectionBefore = undefined
    this.#nextCarried += 1
    this.#passCarried(line)
  }

  #isCarried({ start }: Span): boolean {
    const carried = this.#carried[this.#nextCarried]
    return carried !== undefined && start >= carried.start && start < carried.end
  }

  #skipParagraph(index: number): number {
    this.#boxes.close()
    this.#boxHeadings.close()
    this.#isUnsure = false
    let next = index + 1
    while (this.#lines[next]?.isAfterBlank === false && this.#headingAt(next) === undefined)
      next += 1
    const { start = 0 } = this.#lines[index] ?? {}
    const { end = start } = this.#lines[next - 1] ?? {}
    this.#skipped.push({ start, end })
    return next
  }

  #readLine(index: number, line: Line): number {
    const bullet = bulletLength(line.text)
    const indent = line.start - line.from
    const isBox = hasBoxes(line.text)
    if (!isBox || line.isAfterBlank) this.#boxHeadings.close()
    this.#boxHeadings.line(line)
    const names = isBox ? undefined : boxHeadingsOf(line, this.#lines[index + 1])
    if (names !== undefined) {
      this.#readBoxHeadings(line, names)
      return index + 1
    }
    if (bullet > 0) this.#leads.item(indent)
    else if (!isBox) this.#leads.line(line.isAfterBlank)
    if (!isBox) {
      const row =
        bullet > 0
          ? readLedRow({ ...line, start: line.start + bullet, text: line.text.slice(bullet) })
          : circledFieldsOf(line.text, line.start) === undefined
            ? readLooseRow(line, this.#text)
            : undefined
      if (row !== undefined) {
        this.#boxes.finish()
        for (const field of row) this.#addRow(field)
        return index + 1
      }
    }
    const { block, next, isUnsure } = textBlockAt(
      { lines: this.#lines, wrapping: this.#wrapping, isStart: (at) => this.#isStart(at) },
      index,
      { ...line, start: line.start + bullet, text: line.text.slice(bullet) },
    )
    if (!isBox || (line.isAfterBlank && !isNoneOfThem(line.text))) this.#boxes.finish()
    this.#readBlock(block, next, { bullet, indent })
    this.#isUnsure = isUnsure
    this.#mayCarry = isUnsure && carries.test(block.text.slice(-300))
    return next
  }

  /** The names of box groups are questions and assert nothing, unless one gives a value: "Pain now: 2". */
  #readBoxHeadings(line: Line, names: readonly Span[]): void {
    this.#boxes.finish()
    this.#leads.line(line.isAfterBlank)
    const headings: Span[] = []
    for (const span of names) {
      const text = this.#text.slice(span.start, span.end)
      if (/[:=]\s*\d/.test(text) || /:\s*\S/.test(text))
        this.#statements.read(
          { ...span, text },
          {
            kind: 'sentence',
            isDoubtful: false,
            isListNext: false,
            isTextNext: false,
            isKeyNext: false,
          },
        )
      else this.#add({ kind: 'sentence', ...span, polarity: 'unmarked' })
      if (!/:\s*\S/.test(text)) headings.push(span)
    }
    this.#boxHeadings.open(line, headings)
  }

  #readBlock(
    block: TextBlock,
    next: number,
    { bullet, indent }: { readonly bullet: number; readonly indent: number },
  ): void {
    const after = this.#lines[next]
    const isListNext = after !== undefined && bulletLength(after.text) > 0
    const isDoubtful = this.#isUnsure && this.#mayCarry
    const lead = this.#statements.read(block, {
      kind: bullet > 0 ? 'item' : 'sentence',
      isDoubtful,
      isListNext: isListNext && (bullet === 0 || after.start - after.from > indent),
      isTextNext: after !== undefined && !after.isAfterBlank,
      isKeyNext: after !== undefined && startsKey.test(after.text),
    })
    if (lead !== undefined) this.#leads.push(lead, bullet > 0 ? indent : undefined)
  }

  /** Whether a line begins something other than running text. */
  #isStart(index: number): boolean {
    const line = this.#lines[index]
    if (line === undefined) return true
    return (
      isRule(line.text) ||
      bulletLength(line.text) > 0 ||
      this.#headingAt(index) !== undefined ||
      readLooseRow(line, this.#text) !== undefined ||
      this.#tables.begins(index)
    )
  }

  #headingAt(index: number): Heading | undefined {
    const known = this.#headings[index]
    if (known !== undefined) return known ?? undefined
    const line = this.#lines[index]
    const bullet = line === undefined ? 0 : bulletLength(line.text)
    const heading =
      line === undefined || (bullet > 0 && !isNumbered(line.text))
        ? undefined
        : headingOfLine(line, this.#lines[index + 1], this.#context)
    this.#headings[index] = heading ?? null
    return heading
  }

  #open(heading: Heading): void {
    this.#skipsBlock = false
    this.#boxes.close()
    this.#boxHeadings.close()
    this.#leads.clear()
    this.#isUnsure = false
    if (this.#sections.opens(heading)) {
      this.#sections.open(heading)
      this.#groups = []
      // The items below it are not confirmed diagnoses.
      if (listsPossible.test(this.#text.slice(heading.title.start, heading.title.end)))
        this.#leads.push(heading.title, undefined)
      // A heading that is not a known section name may be a finding in capitals, so it is read.
      if (heading.kind === 'unknown')
        this.#add({
          kind: 'sentence',
          ...heading.title,
          polarity: titlesReport(this.#text.slice(heading.title.start, heading.title.end))
            ? undefined
            : 'unknown',
        })
      return
    }
    // The name of a diagnosis is the heading of its text and also a statement.
    if (heading.kind === 'unknown') {
      this.#groups = []
      this.#add({ kind: 'sentence', ...heading.title })
    } else this.#groups = [heading.title]
  }

  /** The name of a study above its report says that the study was done, if it gives the day. */
  #addStudyTitle({ title, kind, day }: Heading): void {
    const text = this.#text.slice(title.start, title.end)
    if (kind !== 'results' || !namesStudy(text)) return
    const isMade = day !== undefined || titlesReport(text)
    this.#add({ kind: 'sentence', ...title, polarity: isMade ? undefined : 'unknown' })
  }

  #addRow({ kind, start, end, polarity, leads = [], cells, quote, blanks }: RowField): void {
    if (kind === 'group') {
      this.#groups = [{ start, end }]
      return
    }
    this.#add({
      kind: kind === 'comment' ? 'sentence' : kind,
      start,
      end,
      polarity,
      leads,
      quote,
      blanks,
      ...(cells === undefined ? {} : { cells }),
    })
  }

  #add(piece: Piece): number | undefined {
    const text = this.#text.slice(piece.start, piece.end)
    if (isSoftwareCommand(text) || beginsSoftwareText(text)) this.#skipsBlock = true
    if (this.#skipsBlock) {
      this.#skipped.push({ start: piece.start, end: piece.end })
      return undefined
    }
    const heading = this.#boxHeadings.governing((piece.quote ?? piece).start)
    const governing: Governing = {
      section: this.#sections.now,
      groups: this.#groups,
      leads: heading === undefined ? this.#leads.spans : [...this.#leads.spans, heading],
    }
    // Text written for another day is mentioned but says nothing about this one.
    return this.#units.add(
      this.#isCarried(piece) ? { ...piece, polarity: 'unknown' } : piece,
      governing,
    )
  }
}

const isNumbered = (text: string): boolean => /^(?:\d{1,2}|[IVX]{1,4})[.)]\s/.test(text)

function isInCapitals(text: string): boolean {
  let upper = 0
  let lower = 0
  for (let index = 0; index < text.length && index < 20_000; index += 1) {
    const code = text.charCodeAt(index)
    if (code >= 65 && code <= 90) upper += 1
    else if (code >= 97 && code <= 122) lower += 1
  }
  return upper > maxCapitalsShare * (upper + lower)
}
