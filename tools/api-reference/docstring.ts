/** A block of a docstring's text. Code is fenced, or indented after a blank line (a diagram). */
export type Block =
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }

export interface Tag {
  /** `throws`, `default`, `see`, or whatever follows an `@` at the start of a line. */
  readonly name: string
  /** On one line. */
  readonly text: string
}

export interface Docstring {
  readonly blocks: readonly Block[]
  readonly tags: readonly Tag[]
}

/** These tags may stand at the end of a line of prose; other tags start a line. */
const tagStart = /(?:^|(?<=\s))@(?:(throws|default|see|deprecated)|(?<=^@)([a-z]+))(?=\s|$)/gim

/** Parses the text between the opening `/*` and the end of the comment, including the second star. */
export function parseDocstring(comment: string): Docstring {
  const lines = comment.slice(1).split('\n')
  const text = lines.map((line, index) =>
    index === 0 ? line.trim() : line.replace(/^\s*\*? ?/, '').trimEnd(),
  )
  const body = text.join('\n').replaceAll(/\{@link\s+([^}|\s]+)[^}]*\}/g, '`$1`')
  const starts = [...withoutCode(body).matchAll(tagStart)]
  const tags = starts.map((start, index) => ({
    name: (start[1] ?? start[2] ?? '').toLowerCase(),
    text: body
      .slice(start.index + start[0].length, starts[index + 1]?.index)
      .replaceAll(/\s+/g, ' ')
      .trim(),
  }))
  return { blocks: blocksOf(body.slice(0, starts[0]?.index)), tags }
}

/** The text of each tag of this name. */
export function tagsNamed(docstring: Docstring | undefined, name: string): readonly string[] {
  return docstring?.tags.filter((tag) => tag.name === name).map((tag) => tag.text) ?? []
}

/** The first sentence of the prose; empty if there is no prose. */
export function firstSentence(docstring: Docstring | undefined): string {
  const prose = docstring?.blocks.find((block) => block.kind === 'prose')
  const text = prose?.text.replaceAll(/\s+/g, ' ') ?? ''
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text
}

/** The same text with code replaced by `_`, because an `@` in code starts no tag. */
function withoutCode(text: string): string {
  return text.replaceAll(/```[\s\S]*?```|`[^`]*`/g, (code) => '_'.repeat(code.length))
}

function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ''
    const fence = /^\s*```(\w*)/.exec(line)
    if (line === '') at += 1
    else if (fence !== null) {
      const end = endOf(lines, at + 1, (next) => !next.trim().startsWith('```'))
      blocks.push({
        kind: 'code',
        language: fence[1] || 'text',
        text: dedent(lines.slice(at + 1, end)),
      })
      at = end + 1
    } else if (/^\s{2}/.test(line)) {
      const end = endOf(lines, at, (next) => next === '' || /^\s{2}/.test(next))
      blocks.push({ kind: 'code', language: 'text', text: dedent(lines.slice(at, end)) })
      at = end
    } else {
      const end = endOf(lines, at, (next) => next !== '' && !/^\s*```/.test(next))
      blocks.push({ kind: 'prose', text: lines.slice(at, end).join('\n').trim() })
      at = end
    }
  }
  return blocks
}

/** The index of the first line at or after `start` that does not belong. */
function endOf(lines: readonly string[], start: number, belongs: (line: string) => boolean) {
  let end = start
  while (end < lines.length && belongs(lines[end] ?? '')) end += 1
  return end
}

function dedent(lines: readonly string[]): string {
  const indents = lines.filter((line) => line !== '').map((line) => line.search(/\S/))
  const indent = Math.min(...indents)
  return lines
    .map((line) => line.slice(indent))
    .join('\n')
    .trimEnd()
}
