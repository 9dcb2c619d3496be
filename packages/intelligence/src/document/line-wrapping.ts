import { type Line, lengthOf } from './lines.ts'

/** Lines shorter than the width by at most this much count as full: the next word did not fit. */
const band = 14
/** Fewer lines of the same width are a coincidence. */
const minFullLines = 3
const maxWidth = 240
/** A line of at least this fraction of the width may have been wrapped before a short word. */
const nearlyFull = 0.75
/** A shorter line was ended on purpose. */
const minUnsureLength = 40

const endsStatement = /[.!?:;]["')\]]*$/
/** Words that never end a statement. */
const dangling =
  /(?:,|\b(?:and|or|of|the|a|an|with|without|to|in|on|at|for|from|by|her|his|their|any|is|are|was|were|has|have|had|that|which|as|than|denies|per|due|new|left|right|no|not|nor))$/i
const answered = /(?:[:?|]\s*|\s{2,}|\t)(?:no|none|yes|negative|positive|y|n)$/i
const endsInTitle = /\b(?:dr|mr|mrs|ms|vs|prof)\.$/i
const startsLower = /^[a-z(]/

const longestLineMin = 50
const longestLineMax = 110

export type Joint = 'joined' | 'apart' | 'unsure'

/** How the lines of a note were wrapped: at which width, if at all. */
export class Wrapping {
  readonly width: number | undefined
  readonly #isLowerCased: boolean
  /** For a note too short to determine its width: its longest line, if that may have been wrapped. */
  readonly #longest: number | undefined

  constructor(lines: readonly Line[]) {
    const width = widthOf(lines)
    this.#isLowerCased = width === undefined && lines.length > 2 && beginsLower(lines)
    const longest = lines.reduce((most, line) => Math.max(most, lengthOf(line)), 0)
    const full = lines.filter((line) => lengthOf(line) > longest - band).length
    this.#longest =
      longest >= longestLineMin && longest <= longestLineMax && full > 1 ? longest : undefined
    this.width = width !== undefined && goesOn(lines, width) ? width : undefined
  }

  /** Whether `next` continues `line`; `unsure` if it may. */
  joint(line: Line, next: Line): Joint {
    if (next.isAfterBlank) return 'apart'
    const last = line.text.slice(-40)
    const isAnswered = answered.test(last)
    // "Exam: no" at the end of a full line continues if the next line begins with a lower-case letter.
    if (isAnswered && !(startsLower.test(next.text) && this.#isFull(line, next))) return 'apart'
    const isEnded = endsStatement.test(last) && !endsInTitle.test(last)
    const isLower = startsLower.test(next.text)
    const { width } = this
    if (width !== undefined) {
      if (this.#isFull(line, next)) return 'joined'
      if (lengthOf(line) > nearlyFull * width && isLower && !isEnded) return 'joined'
    }
    if (isEnded) return 'apart'
    if (endsInTitle.test(last)) return 'joined'
    if (dangling.test(last) && (isLower || lengthOf(line) >= minUnsureLength)) return 'joined'
    if (!isLower || lengthOf(line) < minUnsureLength || this.#isLowerCased) return 'apart'
    return this.#isFull(line, next) ? 'joined' : 'unsure'
  }

  /** The first word of the next line did not fit on this one. */
  #isFull(line: Line, next: Line): boolean {
    const width = this.width ?? this.#longest
    if (width === undefined) return false
    const word = next.text.slice(0, 60).split(/\s/, 1)[0] ?? ''
    return lengthOf(line) + 1 + word.length > width && lengthOf(line) > width / 2
  }
}

/** Statements begin in lower case: most lines after a completed statement do. */
function beginsLower(lines: readonly Line[]): boolean {
  let beginnings = 0
  let lower = 0
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1]
    const isBeginning =
      before === undefined ||
      line.isAfterBlank ||
      lengthOf(before) < minUnsureLength ||
      endsStatement.test(before.text.slice(-10))
    if (!isBeginning) continue
    beginnings += 1
    if (startsLower.test(line.text)) lower += 1
  }
  return lower > beginnings / 2
}

/** The width with the most lines that end shortly before it, minus three times the lines that are longer. */
function widthOf(lines: readonly Line[]): number | undefined {
  const counts = Array.from({ length: maxWidth + 1 }, () => 0)
  let longer = 0
  for (const line of lines) {
    const length = lengthOf(line)
    if (length > maxWidth) longer += 1
    else counts[length] = (counts[length] ?? 0) + 1
  }
  let best: { readonly width: number; readonly score: number } | undefined
  for (let width = maxWidth; width > minUnsureLength; width -= 1) {
    const full = counts.slice(width - band + 1, width + 1).reduce((sum, count) => sum + count, 0)
    const score = full - 3 * longer
    if (full >= minFullLines && score > 0 && (best === undefined || score >= best.score))
      best = { width, score }
    longer += counts[width] ?? 0
  }
  return best?.width
}

/**
 * Lines of similar length may be a list: in wrapped text some full lines continue in lower case, or the text has
 * no lower case at all.
 */
function goesOn(lines: readonly Line[], width: number): boolean {
  let open = 0
  let goingOn = 0
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1]
    if (next === undefined || next.isAfterBlank || lengthOf(line) <= width - band) continue
    if (endsStatement.test(line.text.slice(-10))) continue
    open += 1
    if (startsLower.test(next.text) || !/[a-z]/.test(next.text.slice(0, 200))) goingOn += 1
  }
  return goingOn > 0 && goingOn >= open * 0.3
}
