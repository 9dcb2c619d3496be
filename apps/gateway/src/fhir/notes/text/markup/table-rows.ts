import { withTickBoxes } from '../tick-boxes.ts'

/** One cell of a table row. A row stays on one line, because a symptom means nothing without its answer. */

export interface Cell {
  readonly lines: readonly string[]
  readonly isHeader: boolean
  /** Number of rows that it spans, if more than one. */
  readonly rowSpan?: number
}

/** Longer column names are not repeated in every row. */
const maxHeader = 60
const maxLabel = 80
/** Cells of several lines are joined up to this length. Longer cells are page layout and keep their lines. */
const maxJoined = 400

const answerWord =
  /^(?:yes|no|y|n|none|nil|neg(?:ative)?|pos(?:itive)?|present|absent|not (?:present|done|seen|tested)|den(?:y|ies|ied)|reports?|reported|normal|abnormal|unknown|n\/a|wnl|\+|-|true|false)[.!]?$/i
const tick = /^(?:x|✓|✔|✗|✘|●|•|\[x\])$/i
const emptyBox = /^(?:\[ \])?$/
const dateLike = /^[\d/.: -]{0,30}$/

export const isAnswer = (text: string) => text.length <= 20 && answerWord.test(text)
export const isMark = (text: string) => text.length <= 3 && tick.test(text)

export class TableRows {
  #headers: readonly string[] | undefined
  #waitingHeader: string | undefined
  readonly #write: (line: string) => void

  constructor(write: (line: string) => void) {
    this.#write = write
  }

  add(cells: readonly Cell[]): void {
    const texts = cells.map(({ lines }) => withTickBoxes(lines.join('; ')))
    const filled = texts.filter((text) => text !== '')
    if (filled.length === 0) return
    if (this.#isHeaderRow(cells, texts)) {
      this.#flushHeader()
      this.#headers = texts
      this.#waitingHeader = texts.length > 2 ? headOf(texts) : filled.join(' | ')
      return
    }
    const byColumn = this.#underHeaders(texts)
    if (byColumn !== undefined) {
      this.#waitingHeader = undefined
      this.#write(byColumn)
      return
    }
    this.#flushHeader()
    const marked = this.#withMarksNamed(texts)
    if (marked !== undefined) this.#write(marked)
    else if (filled.length === 1 || texts.some((text) => text.length > maxJoined))
      this.#writeApart(cells)
    else this.#write(this.#hasColumns(texts) ? texts.join(' | ') : joined(texts))
  }

  finish(): void {
    this.#flushHeader()
  }

  #flushHeader(): void {
    if (this.#waitingHeader !== undefined) this.#write(this.#waitingHeader)
    this.#waitingHeader = undefined
  }

  #isHeaderRow(cells: readonly Cell[], texts: readonly string[]): boolean {
    if (cells.length < 2 || texts.some((text) => text.length > maxHeader)) return false
    if (cells.every(({ isHeader, lines }) => isHeader || lines.length === 0)) return true
    // Without header cells: a first row with the possible answers.
    return this.#headers === undefined && texts.length > 2 && namesAnswers(texts)
  }

  /** Under named columns an empty cell keeps its position, so that an end date is not read as a start date. */
  #hasColumns(texts: readonly string[]): boolean {
    return texts.length > 2 && this.#headers?.length === texts.length
  }

  /** A row of answers under column names: "No | No" under "Fever | Cough". */
  #underHeaders(texts: readonly string[]): string | undefined {
    const headers = this.#headers
    if (headers === undefined || headers.length !== texts.length || namesAnswers(headers))
      return undefined
    const [first = '', ...rest] = texts
    const isLed = dateLike.test(first) && !isAnswer(first)
    const asked = isLed ? rest : texts
    if (asked.length === 0 || !asked.some((text) => isAnswer(text))) return undefined
    if (!asked.every((text) => text === '' || isAnswer(text))) return undefined
    return texts
      .flatMap((text, column) => {
        const header = headers[column] ?? ''
        return text === '' ? [] : [isLed && column === 0 ? text : labelled(header, text)]
      })
      .join(' | ')
  }

  /** Replaces a mark under "Yes" or "No" by that word. */
  #withMarksNamed(texts: readonly string[]): string | undefined {
    const headers = this.#headers
    const [label = '', ...rest] = texts
    if (headers === undefined || headers.length !== texts.length || label === '') return undefined
    if (!namesAnswers(headers) && !rest.some((text) => isMark(text))) return undefined
    if (!rest.every((text) => isMark(text) || emptyBox.test(text) || text.length > 2))
      return undefined
    const named = rest.flatMap((text, index) =>
      isMark(text) ? [headers[index + 1] ?? text] : emptyBox.test(text) ? [] : [text],
    )
    // An unanswered question says nothing about the patient.
    return named.length === 0 ? `[ ] ${label}` : joined([label, ...named])
  }

  #writeApart(cells: readonly Cell[]): void {
    const [first, ...rest] = cells
    const label = first?.lines.join(' ') ?? ''
    const isLabel =
      label !== '' && label.length <= maxLabel && rest.some(({ lines }) => lines.length > 0)
    if (isLabel) this.#write(/[:?.]$/.test(label) ? label : `${label}:`)
    for (const { lines } of isLabel ? rest : cells) for (const line of lines) this.#write(line)
  }
}

/** The column names with a rule below them, unless they are answers, which replace the marks in the rows. */
function headOf(texts: readonly string[]): string {
  const names = texts.join(' | ')
  return namesAnswers(texts) ? names : `${names}\n${texts.map(() => '---').join(' | ')}`
}

function namesAnswers(headers: readonly string[]): boolean {
  return headers.slice(1).filter((text) => isAnswer(text)).length >= 2
}

function joined(texts: readonly string[]): string {
  let line = ''
  let last = ''
  for (const [index, text] of texts.entries()) {
    const isAnswered = index === 1 || isAnswer(text)
    if (index === 0) line = text
    else if (last === '' && line === '') line = text
    else if (isAnswered && last !== '' && last.length <= maxLabel)
      line += text === '' ? '' : `${colon(last)}${text}`
    else line += ` | ${text}`
    last = text
  }
  return line.replace(/(?: \| )+$/, '')
}

const labelled = (label: string, text: string) =>
  label === '' ? text : `${label}${colon(label)}${text}`
const colon = (label: string) => (/[:?.;,=-]$/.test(label) ? ' ' : ': ')
