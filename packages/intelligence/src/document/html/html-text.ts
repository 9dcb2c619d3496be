/** The named character references that occur in notes; others are left unchanged. */
const named: ReadonlyMap<string, string> = new Map([
  ...([
    ['nbsp', ' '],
    ['amp', '&'],
    ['lt', '<'],
    ['gt', '>'],
    ['quot', '"'],
    ['apos', "'"],
  ] as const),
  ...([
    ['rsquo', '’'],
    ['lsquo', '‘'],
    ['ldquo', '“'],
    ['rdquo', '”'],
    ['ndash', '–'],
  ] as const),
  ...([
    ['mdash', '—'],
    ['hellip', '…'],
    ['bull', '•'],
    ['middot', '·'],
    ['deg', '°'],
  ] as const),
  ...([
    ['plusmn', '±'],
    ['ge', '≥'],
    ['le', '≤'],
    ['times', '×'],
    ['frac12', '½'],
  ] as const),
  ...([
    ['shy', ''],
    ['zwnj', ''],
    ['zwj', ''],
    ['ensp', ' '],
    ['emsp', ' '],
    ['thinsp', ' '],
  ] as const),
  ...([
    ['check', '✓'],
    ['cross', '✗'],
    ['micro', 'µ'],
    ['eacute', 'é'],
    ['uuml', 'ü'],
  ] as const),
])
const words = /\s+|(?:&nbsp;){2,}|&[^\s&;]{1,9};|[^\s&]+|&/g
const reference = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]{1,7}));/giy

/** Stands for markup: white space that, unlike two spaces, does not separate columns. */
/** `<p>`, `<b>`: the replacement of a tag must not be longer than the tag. */
const minTagLength = 4
const filler = '\u2009'

/**
 * Builds the displayed text with the same length as its source: each word begins at its source offset, its
 * letters stay together even if markup splits them, and everything else is white space.
 */
export class ShownText {
  readonly #pieces: string[] = []
  /** How much of the source has been written. */
  #written = 0
  #isInWord = false
  #isInLine = false
  /** Where the last letters end in the source. */
  #lettersEnd = 0
  readonly #wordEnds = new Map<number, number>()

  /** The ends of words whose letters were joined, with their ends in the source. */
  get wordEnds(): ReadonlyMap<number, number> {
    return this.#wordEnds
  }

  /** Writes the border of a cell or the bullet of an item at `at`. */
  put(sign: string, at: number): void {
    this.endWord(at)
    if (this.#written > at + minTagLength - sign.length) return
    this.#push(sign)
    this.#isInLine = !sign.endsWith('\n')
  }

  /** Ends the line if it is not empty. */
  endLine(at: number): void {
    if (this.#isInLine) this.put('\n', at)
    else this.endWord(at)
  }

  endWord(at: number): void {
    if (this.#isInWord && this.#lettersEnd > this.#written)
      this.#wordEnds.set(this.#written, this.#lettersEnd)
    this.#fill(at)
    this.#isInWord = false
  }

  /** Writes the text between two tags; line ends become spaces unless `keepsLines`. */
  text(source: string, start: number, end: number, keepsLines: boolean): void {
    let at = start
    // Word by word, so that a character reference inside a word moves only the rest of that word.
    for (const [cut] of source.slice(start, end).matchAll(words)) {
      if (/^\s/.test(cut)) this.#space(keepsLines ? cut : ' ', at, cut.length)
      else if (cut.startsWith('&nbsp;&nbsp;'))
        this.#space('\u00A0'.repeat(cut.length), at, cut.length)
      else {
        const letters = cut.startsWith('&') ? decoded(cut) : cut
        if (/^\s/.test(letters)) this.#space(' ', at, cut.length)
        else this.#letters(letters, at, cut.length)
      }
      at += cut.length
    }
  }

  finish(length: number): string {
    this.endWord(length)
    return this.#pieces.join('')
  }

  #space(space: string, at: number, length: number): void {
    this.endWord(at)
    this.#push(space)
    this.#fill(at + length)
  }

  #letters(letters: string, at: number, length: number): void {
    if (!this.#isInWord) this.#fill(at)
    this.#push(letters)
    this.#isInWord = true
    this.#lettersEnd = at + length
    this.#isInLine = true
  }

  #push(text: string): void {
    this.#pieces.push(text)
    this.#written += text.length
  }

  #fill(at: number): void {
    if (at > this.#written) this.#push(filler.repeat(at - this.#written))
  }
}

function decoded(text: string): string {
  reference.lastIndex = 0
  const match = reference.exec(text)
  if (match === null) return text
  const [, decimal, hex, name] = match
  if (name !== undefined) return named.get(name.toLowerCase()) ?? text
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  if (code === 0xad || code === 0x200b) return ''
  if (code === 0xa0) return ' '
  const isCharacter = code > 31 && code <= 0xff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff)
  return isCharacter ? String.fromCharCode(code) : text
}
