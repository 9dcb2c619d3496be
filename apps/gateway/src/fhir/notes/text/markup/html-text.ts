import { OpenElements } from './open-elements.ts'
import { type LinePlace, PageLines } from './page-lines.ts'
import { elementStyleOf, type StyleRules } from './element-style.ts'
import type { Attributes, TagReader } from './tags.ts'

const blocks: ReadonlySet<string> = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'body',
  'caption',
  'center',
  'dd',
  'details',
  'dir',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figcaption',
  'figure',
  'footer',
  'form',
  'header',
  'hr',
  'html',
  'legend',
  'li',
  'main',
  'menu',
  'nav',
  'ol',
  'optgroup',
  'p',
  'pre',
  'section',
  'summary',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'tr',
  'ul',
  // C-CDA narrative.
  'paragraph',
  'list',
  'item',
])
const headings: ReadonlySet<string> = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const lists: ReadonlySet<string> = new Set(['ul', 'ol', 'menu', 'dir', 'list'])
const items: ReadonlySet<string> = new Set(['li', 'item'])
const tableParts: ReadonlySet<string> = new Set([
  'table',
  'thead',
  'tbody',
  'tfoot',
  'tr',
  'td',
  'th',
  'caption',
])
const empty: ReadonlySet<string> = new Set([
  'area',
  'base',
  'basefont',
  'bgsound',
  'br',
  'col',
  'embed',
  'frame',
  'hr',
  'img',
  'input',
  'keygen',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
])
const checkedWords =
  /^(?:checked|ticked|selected)\b|\b(?:checkbox|radio)[\w -]{0,20}(?:checked|ticked|selected|on)\b/i
const uncheckedWords =
  /^(?:un(?:checked|ticked|selected)|not (?:checked|ticked|selected))\b|\b(?:checkbox|radio)[\w -]{0,20}(?:unchecked|empty|off)\b/i

/** Converts the tags of a page to its lines, as a person sees them: without hidden and struck-out text. */
export class PageReader implements TagReader {
  readonly lines = new PageLines()
  readonly #rules: StyleRules
  readonly #isXml: boolean
  readonly #open: OpenElements
  readonly #labels = new Map<string, LinePlace>()
  readonly #openLabels: LinePlace[] = []
  #listDepth = 0
  /** The last element of a definition list was a `dd`. */
  #isExplained = false

  constructor(rules: StyleRules, { isXml = false }: { readonly isXml?: boolean } = {}) {
    this.#rules = rules
    this.#isXml = isXml
    this.#open = new OpenElements(({ name, isHidden }) => this.#left(name, isHidden))
  }

  open(name: string, attributes: Attributes, isSelfClosing: boolean): void {
    const isStillStruck = this.#isXml ? false : this.#closeImplied(name)
    const parent = this.#open.top
    const own = elementStyleOf(name, attributes, this.#rules)
    const isHidden = own.isHidden || parent?.isHidden === true
    const isStruck = own.isStruck || isStillStruck || parent?.isStruck === true
    const isPreformatted = own.isPreformatted || parent?.isPreformatted === true
    if (!isHidden) this.#entered(name, attributes)
    if (!isHidden && !isStruck) this.#control(name, attributes)
    if ((!this.#isXml && empty.has(name)) || (isSelfClosing && this.#isXml)) {
      if (this.#isXml) this.#left(name, isHidden)
      return
    }
    this.#open.open({ name, isHidden, isStruck, isPreformatted })
  }

  close(name: string): void {
    if (name === 'br') return this.lines.lineBreak()
    const place = this.#open.find(name, { beyondScopes: tableParts.has(name) })
    const isOfThisTable =
      name === 'table' || place > this.#open.find('table', { beyondScopes: true })
    if (place === -1 || (tableParts.has(name) && !isOfThisTable)) return
    this.#open.closeFrom(place)
  }

  text(text: string): void {
    const element = this.#open.top
    if (element?.isHidden === true || element?.isStruck === true) return
    if (element?.isPreformatted === true) this.lines.preformatted(text)
    else this.lines.text(text)
  }

  finish(): string {
    this.#open.closeFrom(0)
    return this.lines.finish()
  }

  /** Closes elements whose end tags HTML allows to omit: paragraphs, items, rows and cells. True if a strike-out continues. */
  #closeImplied(name: string): boolean {
    if (tableParts.has(name) && name !== 'table') {
      const table = this.#open.find('table', { beyondScopes: true })
      const closed =
        name === 'td' || name === 'th'
          ? ['td', 'th', 'caption']
          : name === 'tr'
            ? ['tr', 'td', 'th', 'caption']
            : ['tr', 'td', 'th', 'caption', 'thead', 'tbody', 'tfoot']
      const open = closed
        .map((part) => this.#open.find(part, { beyondScopes: true }))
        .filter((place) => place > table)
      if (open.length > 0) this.#open.closeFrom(Math.min(...open))
      return false
    }
    if (items.has(name)) return this.#closeWithin(name, [...lists])
    if (name === 'dt' || name === 'dd') {
      return this.#closeWithin('dt', ['dl']) || this.#closeWithin('dd', ['dl'])
    }
    if (name === 'option') return this.#closeWithin('option', ['select'])
    return (blocks.has(name) || headings.has(name)) && this.#closeWithin('p', [])
  }

  #closeWithin(name: string, borders: readonly string[]): boolean {
    const place = this.#open.find(name)
    if (place === -1 || borders.some((border) => this.#open.find(border) > place)) return false
    return this.#open.closeFrom(place).wasStruck
  }

  #entered(name: string, attributes: Attributes): void {
    const { lines } = this
    if (name === 'br') lines.lineBreak()
    else if (headings.has(name)) lines.heading()
    else if (lists.has(name)) {
      lines.block()
      this.#listDepth += 1
    } else if (items.has(name)) lines.item(this.#listDepth)
    else if (name === 'dd') {
      lines.definition(this.#isExplained)
      this.#isExplained = true
    } else if (name === 'dt') {
      lines.endItem()
      this.#isExplained = false
    } else if (name === 'table') lines.openTable()
    else if (name === 'tr') lines.openRow()
    else if (name === 'td' || name === 'th')
      lines.openCell(name === 'th', Number(attributes['rowspan'] ?? 1) || 1)
    else if (name === 'label') {
      const place = lines.place()
      this.#openLabels.push(place)
      const target = attributes['for']
      if (target !== undefined) this.#labels.set(target, place)
    } else if (blocks.has(name)) lines.block()
  }

  #left(name: string, isHidden: boolean): void {
    if (isHidden) return
    const { lines } = this
    if (lists.has(name)) {
      lines.endItem()
      this.#listDepth -= 1
    } else if (items.has(name)) lines.endItem()
    else if (name === 'table') lines.closeTable()
    else if (name === 'tr') lines.closeRow()
    else if (name === 'td' || name === 'th') lines.closeCell()
    else if (name === 'label') this.#openLabels.pop()
    else if (name === 'dl' || name === 'dd') lines.endItem()
    else if (blocks.has(name) || headings.has(name)) lines.block()
  }

  #control(name: string, attributes: Attributes): void {
    const type = attributes['type']?.toLowerCase()
    const role = attributes['role']?.toLowerCase()
    if (name === 'input' && (type === 'checkbox' || type === 'radio'))
      this.#box('checked' in attributes, attributes)
    else if (role === 'checkbox' || role === 'radio')
      this.#box(attributes['aria-checked'] === 'true', attributes)
    else if (name === 'img') {
      const words = `${attributes['alt'] ?? ''} ${attributes['src']?.slice(0, 300) ?? ''}`.trim()
      if (uncheckedWords.test(words)) this.#box(false, attributes)
      else if (checkedWords.test(words)) this.#box(true, attributes)
    } else if (
      name === 'input' &&
      (type === undefined || ['text', 'number', 'date', 'search', 'tel'].includes(type))
    )
      this.lines.text(` ${attributes['value'] ?? ''} `)
  }

  #box(isChecked: boolean, attributes: Attributes): void {
    this.lines.box(isChecked, this.#openLabels.at(-1) ?? this.#labels.get(attributes['id'] ?? ''))
  }
}
