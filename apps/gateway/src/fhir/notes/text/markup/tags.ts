import { Tokenizer } from 'htmlparser2'

export type Attributes = Readonly<Record<string, string>>

export interface TagReader {
  open(name: string, attributes: Attributes, isSelfClosing: boolean): void
  close(name: string): void
  text(text: string): void
}

/**
 * Calls `reader` for each tag and text of `source`, in one pass. No tree is built, so hostile nesting has no cost. Entities are decoded;
 * comments and processing instructions are skipped. Nothing is fetched, and entities that the source defines are not expanded.
 */
export function readTags(
  source: string,
  { isXml }: { readonly isXml: boolean },
  reader: TagReader,
): void {
  let name = ''
  let attributes: Record<string, string> = {}
  let attribute = ''
  let value = ''
  const folded = (text: string) =>
    isXml ? text.slice(text.lastIndexOf(':') + 1) : text.toLowerCase()
  const open = (isSelfClosing: boolean) => {
    reader.open(name, attributes, isSelfClosing)
    attributes = {}
  }
  const tokenizer = new Tokenizer(
    { xmlMode: isXml, decodeEntities: true },
    {
      onopentagname(start, end) {
        name = folded(source.slice(start, end))
      },
      onattribname(start, end) {
        attribute = folded(source.slice(start, end))
        value = ''
      },
      onattribdata(start, end) {
        value += source.slice(start, end)
      },
      onattribentity(codePoint) {
        value += String.fromCodePoint(codePoint)
      },
      onattribend() {
        // The first attribute of a name wins, as in a browser.
        if (!Object.hasOwn(attributes, attribute) && attribute !== '__proto__')
          attributes[attribute] = value
      },
      onopentagend: () => open(false),
      onselfclosingtag: () => open(true),
      onclosetag: (start, end) => reader.close(folded(source.slice(start, end).trim())),
      ontext: (start, end) => reader.text(source.slice(start, end)),
      ontextentity: (codePoint) => reader.text(String.fromCodePoint(codePoint)),
      oncdata: (start, end, endOffset) => {
        if (isXml) reader.text(source.slice(start, end - endOffset))
      },
      oncomment() {},
      ondeclaration() {},
      onprocessinginstruction() {},
      onend() {},
    },
  )
  tokenizer.write(source)
  tokenizer.end()
}
