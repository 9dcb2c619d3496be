/** A sentence of a note, with where it stands. Offsets are UTF-16 positions in the document's text. */
export interface Sentence {
  readonly text: string
  readonly start: number
  /** The heading it stands under, lower case; empty before the first. */
  readonly section: string
}

/** A heading: a line in capitals, or a short line that ends in a colon. */
const headingShape = /^(?:[A-Z][A-Z /&,()-]{2,60}:?|[A-Z][A-Za-z /&-]{2,40}:)$/
/** Words after which a full stop ends no sentence. */
const abbreviations =
  /(?:\b(?:dr|mr|mrs|ms|vs|approx|e\.g|i\.e|no|st|pt|hx|wks?|mos?|mg|tab|q\.d|b\.i\.d|t\.i\.d)|\b[A-Z])\.$/i
const maxSentence = 1000

/** Clinical notes are lines, lists and fragments: a line end ends a sentence, and so does a full stop that ends no abbreviation. */
export function splitSentences(text: string): readonly Sentence[] {
  const sentences: Sentence[] = []
  let section = ''
  let lineStart = 0
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    if (headingShape.test(trimmed)) section = trimmed.replace(/:$/, '').toLowerCase()
    else {
      const inline = /^([A-Z][A-Za-z /&-]{2,40}):\s/.exec(trimmed)
      if (inline?.[1] !== undefined) section = inline[1].toLowerCase()
      pushSentences(line, lineStart, section, sentences)
    }
    lineStart += line.length + 1
  }
  return sentences
}

function pushSentences(
  line: string,
  lineStart: number,
  section: string,
  sentences: Sentence[],
): void {
  let start = 0
  const push = (end: number) => {
    const raw = line.slice(start, end)
    const text = raw.trim().slice(0, maxSentence)
    if (text !== '')
      sentences.push({
        text,
        start: lineStart + start + (raw.length - raw.trimStart().length),
        section,
      })
    start = end
  }
  for (const { index } of line.matchAll(/[.!?;](?=\s|$)/g)) {
    if (!abbreviations.test(line.slice(Math.max(start, index - 12), index + 1))) push(index + 1)
  }
  push(line.length)
}
