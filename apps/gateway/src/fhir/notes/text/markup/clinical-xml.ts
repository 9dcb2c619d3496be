import { PageReader } from './html-text.ts'
import { StyleRules } from './element-style.ts'
import { type Attributes, readTags } from './tags.ts'

/** The narrative of a clinical XML document, or a file that it contains, or the reason why it has neither. */
export type ClinicalXml =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly contentType: string | undefined; readonly base64: string }
  | { readonly kind: 'unread'; readonly reason: string }

/** Deeper than any real document. */
const maxDepth = 500

/**
 * The narrative of a C-CDA document, or of similar XML: each section's title and `<text>`. Coded entries are not read, because only the
 * narrative was signed. Documents that define entities are rejected, because a few entities can expand to gigabytes.
 *
 * @see https://hl7.org/cda/us/ccda/ - "the narrative block is the attested content"
 */
export function readClinicalXml(source: string): ClinicalXml {
  if (/<!ENTITY/i.test(source)) return { kind: 'unread', reason: 'is XML that defines entities' }
  const reader = new NarrativeReader()
  try {
    readTags(source, { isXml: true }, reader)
  } catch (error) {
    if (error instanceof TooDeep)
      return { kind: 'unread', reason: `is XML nested deeper than ${maxDepth} levels` }
    throw error
  }
  return reader.finish()
}

class TooDeep extends Error {}

class NarrativeReader {
  readonly #page = new PageReader(new StyleRules(), { isXml: true })
  readonly #path: string[] = []
  /** The depth of the `<text>` that is being read. */
  #textAt: number | undefined
  #titleAt: number | undefined
  #file: { readonly contentType: string | undefined; base64: string } | undefined
  #hasText = false
  #isWellFormed = true

  open(name: string, attributes: Attributes, isSelfClosing: boolean): void {
    if (this.#path.length >= maxDepth) throw new TooDeep()
    const depth = this.#path.length
    if (!isSelfClosing) this.#path.push(name)
    if (this.#textAt !== undefined) {
      // XHTML in FHIR's narrative has the same tags as HTML.
      this.#page.open(name.toLowerCase(), attributes, isSelfClosing)
    } else if (isSelfClosing) {
      return
    } else if (name === 'text' && attributes['representation'] === 'B64') {
      this.#file = { contentType: attributes['mediaType'], base64: '' }
    } else if (name.toLowerCase() === 'text' && !this.#path.includes('entry')) {
      this.#textAt = depth
      this.#page.lines.block()
    } else if (name === 'title') {
      this.#titleAt = depth
      this.#page.lines.heading()
    }
  }

  close(name: string): void {
    if (this.#path.at(-1) !== name) {
      this.#isWellFormed = false
      return
    }
    this.#path.pop()
    const depth = this.#path.length
    if (depth === this.#textAt) {
      this.#textAt = undefined
      this.#page.lines.block()
    } else if (depth === this.#titleAt) {
      this.#titleAt = undefined
      this.#page.lines.block()
    } else if (this.#textAt !== undefined) this.#page.close(name.toLowerCase())
  }

  text(text: string): void {
    if (this.#textAt !== undefined) {
      if (text.trim() !== '') this.#hasText = true
      this.#page.text(text)
    } else if (this.#titleAt !== undefined) this.#page.text(text)
    else if (this.#file !== undefined && this.#path.at(-1) === 'text') this.#file.base64 += text
  }

  finish(): ClinicalXml {
    if (!this.#isWellFormed || this.#path.length > 0)
      return { kind: 'unread', reason: 'is XML that is invalid or truncated' }
    if (this.#file !== undefined && !this.#hasText)
      return { kind: 'file', contentType: this.#file.contentType, base64: this.#file.base64 }
    if (!this.#hasText) return { kind: 'unread', reason: 'is XML without a narrative' }
    return { kind: 'text', text: this.#page.finish() }
  }
}
