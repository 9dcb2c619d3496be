import { headingOf, type SectionKind, sectionKindOf } from './sections.ts'

/** A sentence of a note, with where it stands: `text` is the note between `start` and `start + text.length` (UTF-16), letter for letter. */
export interface Sentence {
  readonly text: string
  readonly start: number
  readonly section: SectionKind
  /** Counts the blocks of lines without an empty line between them. */
  readonly paragraph: number
}

/** Words after which a full stop ends no sentence. */
const abbreviations =
  /(?:\b(?:dr|mr|mrs|ms|vs|approx|e\.g|i\.e|no|st|hx|wks?|mos?|yrs?|mg|tab|q\.d|b\.i\.d|t\.i\.d|p\.o|fig)|\b[A-Z])\.$/i
/** Longer than any sentence a person writes: what runs on is cut at a space and read as several. */
const maxSentence = 1000
/** A line at least so long that goes on in lower case was wrapped, not ended. */
const wrappedFrom = 45

interface Line {
  readonly start: number
  readonly end: number
}

/** Clinical notes are lines, lists and fragments: a line ends a sentence unless it was wrapped; a full stop does unless it ends an abbreviation. */
export function splitSentences(text: string): readonly Sentence[] {
  const sentences: Sentence[] = []
  let section: SectionKind = 'other'
  let paragraph = 0
  let run: Line | undefined
  const flush = () => {
    if (run !== undefined) pushSentences(text, run, section, paragraph, sentences)
    run = undefined
  }
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end)
    if (content.trim() === '') {
      flush()
      paragraph += 1
      continue
    }
    if (run !== undefined && isWrapped(text.slice(run.start, run.end), content)) {
      run = { start: run.start, end: line.end }
      continue
    }
    flush()
    section = sectionAfter(section, content.trim())
    run = line
  }
  flush()
  return sentences
}

/** A heading that we do not know ends a section only where it stands alone in capitals: "Mother: diabetes" is still family history. */
function sectionAfter(section: SectionKind, line: string): SectionKind {
  const heading = headingOf(line)
  if (heading === undefined) return section
  const kind = sectionKindOf(heading.name)
  return kind === 'other' && !heading.isTitle ? section : kind
}

function* linesOf(text: string): Generator<Line> {
  let start = 0
  while (start <= text.length) {
    const end = text.indexOf('\n', start)
    if (end === -1) {
      yield { start, end: text.length }
      return
    }
    yield { start, end }
    start = end + 1
  }
}

function isWrapped(before: string, line: string): boolean {
  const last = before.slice(before.lastIndexOf('\n') + 1)
  return last.trimEnd().length >= wrappedFrom && !/[.!?:;]\s*$/.test(last) && /^[a-z(]/.test(line)
}

function pushSentences(
  text: string,
  { start: from, end: to }: Line,
  section: SectionKind,
  paragraph: number,
  sentences: Sentence[],
): void {
  const run = text.slice(from, to)
  let start = 0
  const push = (end: number) => {
    for (const piece of piecesOf(run.slice(start, end))) {
      sentences.push({
        text: piece.text,
        start: from + start + piece.offset,
        section,
        paragraph,
      })
    }
    start = end
  }
  for (const { index } of run.matchAll(/[.!?;](?=\s|$)/g)) {
    if (!abbreviations.test(run.slice(Math.max(start, index - 12), index + 1))) push(index + 1)
  }
  push(run.length)
}

function* piecesOf(raw: string): Generator<{ readonly text: string; readonly offset: number }> {
  let offset = raw.length - raw.trimStart().length
  const end = raw.trimEnd().length
  while (end - offset > maxSentence) {
    const space = raw.lastIndexOf(' ', offset + maxSentence)
    const cut = space > offset ? space : offset + maxSentence
    yield { text: raw.slice(offset, cut), offset }
    offset = cut
    while (offset < end && /\s/.test(raw.charAt(offset))) offset += 1
  }
  if (end > offset) yield { text: raw.slice(offset, end), offset }
}
