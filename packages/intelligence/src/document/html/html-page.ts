import type { Span } from '../note-document.ts'
import type { Page } from '../page.ts'
import { type HtmlToken, htmlTokens } from './html-tags.ts'
import { ShownText } from './html-text.ts'

export { isHtml } from './html-tags.ts'

const blocks: ReadonlySet<string> = new Set([
  ...[
    'address',
    'article',
    'aside',
    'blockquote',
    'body',
    'caption',
    'center',
    'dd',
    'div',
    'dl',
    'dt',
    'fieldset',
  ],
  ...[
    'figure',
    'footer',
    'form',
    'header',
    'hr',
    'html',
    'legend',
    'li',
    'main',
    'nav',
    'ol',
    'p',
    'pre',
    'section',
  ],
  ...[
    'table',
    'tbody',
    'td',
    'tfoot',
    'th',
    'thead',
    'tr',
    'ul',
    'br',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'option',
  ],
])
const empty: ReadonlySet<string> = new Set([
  'br',
  'hr',
  'img',
  'input',
  'meta',
  'link',
  'col',
  'wbr',
  'area',
  'base',
])
const unseenTags: ReadonlySet<string> = new Set(['s', 'strike', 'del', 'head'])
const unseenStyle =
  /\bhidden(?=[\s=/]|$)(?!["'\s-]*:)|display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:[;"'!]|$)|mso-hide\s*:\s*all|line-through|opacity\s*:\s*0\s*[;"']/
/** A cell with more text is part of the page layout, so its lines are kept. */
const maxCellLength = 400

/** The text of a page, every character at its offset in the source; struck or hidden text is skipped. */
export function htmlPage(source: string): Page {
  const tokens = [...htmlTokens(source)]
  const layoutCells = cellsOfLayout(tokens)
  const shown = new ShownText()
  const skipped: Span[] = []
  const marked: { readonly at: number; readonly level: number }[] = []
  const headerRows: { readonly at: number }[] = []
  let unseen: { readonly name: string; depth: number; readonly start: number } | undefined
  let preformatted = 0
  let cell = 0
  let heading: { readonly level: number; readonly start: number } | undefined
  let bold: number | undefined
  const lineEnd = (token: HtmlToken) => {
    if (cell > 0) shown.endWord(token.start)
    else if (token.kind === 'open' && token.name === 'br') shown.put('\n', token.start)
    else shown.endLine(token.start)
  }
  for (const [index, token] of tokens.entries()) {
    if (unseen !== undefined) {
      if ((token.kind === 'open' || token.kind === 'close') && token.name === unseen.name) {
        if (!empty.has(token.name)) unseen.depth += token.kind === 'open' ? 1 : -1
        if (unseen.depth === 0) {
          skipped.push({ start: unseen.start, end: token.end })
          unseen = undefined
          if (blocks.has(token.name)) lineEnd(token)
        }
      }
      continue
    }
    if (token.kind === 'text') {
      shown.text(source, token.start, token.end, preformatted > 0)
      continue
    }
    skipped.push({ start: token.start, end: token.end })
    if (token.kind === 'unseen') continue
    const { name } = token
    const isOpen = token.kind === 'open'
    if (
      isOpen &&
      !empty.has(name) &&
      (unseenTags.has(name) || unseenStyle.test(token.attributes))
    ) {
      unseen = { name, depth: 1, start: token.start }
      skipped.pop()
      if (blocks.has(name)) lineEnd(token)
      continue
    }
    if (name === 'pre') preformatted = Math.max(0, preformatted + (isOpen ? 1 : -1))
    if (/^h[1-6]$/.test(name)) {
      shown.endLine(token.start)
      if (isOpen) shown.put('\n', token.start)
      if (isOpen) heading = { level: Number(name.slice(1)), start: token.end }
      else if (heading !== undefined) {
        marked.push({ at: heading.start, level: heading.level })
        heading = undefined
      }
    } else if (name === 'b' || name === 'strong' || name === 'u') {
      if (isOpen) bold ??= token.end
      else if (bold !== undefined) {
        if (isAlone(tokens, index)) marked.push({ at: bold, level: 7 })
        bold = undefined
      }
    } else if (name === 'td' || name === 'th') {
      const isLayout = layoutCells.has(token.start)
      if (isOpen) {
        if (isLayout) shown.endLine(token.start)
        else shown.put('| ', token.start)
        cell = isLayout ? 0 : 1
        if (name === 'th') headerRows.push({ at: token.start })
      } else {
        cell = 0
        shown.endWord(token.start)
      }
    } else if (name === 'tr' || name === 'table') {
      cell = 0
      shown.endLine(token.start)
      // A blank line ends the table's text.
      if (!isOpen && name === 'table') shown.put('\n', token.start)
    } else if (name === 'li') {
      shown.endLine(token.start)
      if (isOpen) shown.put('- ', token.start)
    } else if (name === 'input' || name === 'option') {
      putBox(shown, token)
    } else if (blocks.has(name)) lineEnd(token)
  }
  if (unseen !== undefined) skipped.push({ start: unseen.start, end: source.length })
  const text = shown.finish(source.length)
  return {
    text,
    headings: new Map(marked.map(({ at, level }) => [firstLetter(text, at), level])),
    headerLines: new Set(headerRows.map(({ at }) => lineOf(text, at))),
    skipped,
    wordEnds: shown.wordEnds,
  }
}

/** `<input>` is long enough to be replaced by the box that it draws. */
function putBox(
  shown: ShownText,
  { start, attributes }: Span & { readonly attributes: string },
): void {
  if (!/type\s*=\s*["']?(?:checkbox|radio)/.test(attributes)) return
  shown.put(/\schecked\b/.test(attributes) ? '[x] ' : '[ ] ', start)
}

/** Offsets of the cells that contain several lines or a table. */
function cellsOfLayout(tokens: readonly HtmlToken[]): ReadonlySet<number> {
  const layout = new Set<number>()
  const open: { readonly start: number; length: number; hasTable: boolean }[] = []
  const close = () => {
    const cell = open.pop()
    if (cell === undefined) return
    if (cell.length > maxCellLength || cell.hasTable) layout.add(cell.start)
  }
  for (const token of tokens) {
    const last = open.at(-1)
    if (token.kind === 'text') {
      if (last !== undefined) last.length += token.end - token.start
    } else if (token.kind === 'open' && token.name === 'table') {
      if (last !== undefined) last.hasTable = true
    } else if (token.kind === 'open' && (token.name === 'td' || token.name === 'th'))
      open.push({ start: token.start, length: 0, hasTable: false })
    else if (token.kind === 'close' && (token.name === 'td' || token.name === 'th')) close()
  }
  while (open.length > 0) close()
  return layout
}

/** Bold text is a heading if a block begins before it and ends after it. */
function isAlone(tokens: readonly HtmlToken[], index: number): boolean {
  const behind = tokens[index + 1]
  const before = tokens[index - 3]
  const isBlock = (token: HtmlToken | undefined) =>
    token === undefined ||
    ((token.kind === 'open' || token.kind === 'close') && blocks.has(token.name))
  return isBlock(behind) && isBlock(before)
}

function firstLetter(text: string, from: number): number {
  let at = from
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1
  return at
}

/** Where the text of the row with this cell begins. */
function lineOf(text: string, at: number): number {
  return firstLetter(text, text.lastIndexOf('\n', at) + 1)
}
