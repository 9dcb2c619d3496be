import { type Comment, type Program, parseSync, type Span, Visitor } from 'oxc-parser'
import { type Docstring, parseDocstring } from './docstring.ts'

interface Edit extends Span {
  readonly text: string
}

/** A parsed source file, and parts of its text without what a signature does not show. */
export class SourceFile {
  readonly path: string
  readonly program: Program
  readonly #text: string
  readonly #comments: readonly Comment[]
  /** The places where only a line break separates two members of an inline type. */
  readonly #breaks: readonly Edit[]

  /** @throws {SyntaxError} with the path of the file */
  constructor(path: string, text: string) {
    const { program, comments, errors } = parseSync(path, text)
    const [error] = errors
    if (error !== undefined) throw new SyntaxError(`${path}: ${error.message}`)
    this.path = path
    this.program = program
    this.#text = text
    this.#comments = comments
    this.#breaks = memberBreaks(program, text)
  }

  /** The docstring directly before a node; only line comments may be in between. */
  docstringBefore({ start }: Span): Docstring | undefined {
    const comment = this.#comments.findLast(
      (one) => one.type === 'Block' && one.value.startsWith('*') && one.end <= start,
    )
    if (comment === undefined) return undefined
    const between = this.#text.slice(comment.end, start)
    return /^(?:\s|\/\/[^\n]*\n)*$/.test(between) ? parseDocstring(comment.value) : undefined
  }

  /** As written. */
  raw({ start, end }: Span): string {
    return this.#text.slice(start, end)
  }

  /** Formatted as in the source, without comments. */
  block(span: Span): string {
    return this.#rewrite(span, this.#commentsIn(span)).trim()
  }

  /** On one line, without comments. */
  line(span: Span): string {
    const breaks = this.#breaks.filter(({ start }) => start > span.start && start < span.end)
    return this.#rewrite(span, [...this.#commentsIn(span), ...breaks])
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/([([<]) /g, '$1')
      .replaceAll(/,? (?=[)\]>])/g, '')
      .replaceAll(/[,;] (?=\})/g, ' ')
      .replaceAll(/(^|[(<:=,] ?)\| /g, '$1')
      .trim()
  }

  #commentsIn(span: Span): readonly Edit[] {
    return this.#comments
      .filter(({ start, end }) => start >= span.start && end <= span.end)
      .map(({ start, end }) => {
        const before = this.#text.slice(0, start).search(/[^\S\n]*$/)
        const ownsLine = this.#text[before - 1] === '\n' && this.#text[end] === '\n'
        return { start: before, end: ownsLine ? end + 1 : end, text: '' }
      })
  }

  #rewrite(span: Span, edits: readonly Edit[]): string {
    let text = ''
    let at = span.start
    for (const edit of [...edits].sort((one, other) => one.start - other.start)) {
      text += this.#text.slice(at, edit.start) + edit.text
      at = edit.end
    }
    return text + this.#text.slice(at, span.end)
  }
}

function memberBreaks(program: Program, text: string): readonly Edit[] {
  const breaks: Edit[] = []
  const visitor = new Visitor({
    TSTypeLiteral({ members }) {
      for (const { start, end } of members.slice(0, -1)) {
        const at = start + text.slice(start, end).trimEnd().length
        if (!/[;,]/.test(text[at - 1] ?? '')) breaks.push({ start: at, end: at, text: ';' })
      }
    },
  })
  visitor.visit(program)
  return breaks
}
