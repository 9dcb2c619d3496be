import { type Cell, TableRows } from './markup/table-rows.ts'
import { ofSymbolFont } from './tick-boxes.ts'

export interface RtfText {
  readonly text: string
  /** False if the file ends before its outermost group is closed. */
  readonly isWhole: boolean
}

/** The state of a group; the end of a group restores the state before it. */
interface GroupState {
  readonly skips: boolean
  readonly isHidden: boolean
  readonly font: number | undefined
  /** Number of fallback characters after each `\u`. */
  readonly fallbacks: number
  readonly destination: string
}

/** Destinations that are not text of the note. Other destinations that are marked as optional are skipped too. */
const skipped: ReadonlySet<string> = new Set([
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'objdata',
  'header',
  'headerl',
  'headerr',
  'headerf',
  'footer',
  'footerl',
  'footerr',
  'footerf',
  'themedata',
  'colorschememapping',
  'datastore',
  'latentstyles',
  'listtable',
  'listoverridetable',
  'rsidtbl',
  'generator',
  'xmlnstbl',
  'nonshppict',
  'sp',
  'bkmkstart',
  'bkmkend',
  'filetbl',
  'revtbl',
  'tc',
  'xe',
  'rxe',
  'txe',
])
const marks: ReadonlySet<string> = new Set(['listtext', 'pntext'])
const readAlthoughOptional: ReadonlySet<string> = new Set(['fldinst', 'formfield', 'shpinst'])
const breaks: ReadonlySet<string> = new Set([
  'par',
  'line',
  'sect',
  'page',
  'column',
  'softline',
  'softpage',
  'nestrow',
])
const characters: Readonly<Record<string, string>> = {
  tab: '\t',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  enspace: ' ',
  qmspace: ' ',
  nestcell: ' | ',
}
/** Windows charset numbers of fonts. @see RTF 1.9.1, "Font table" */
const charsets: Readonly<Record<number, string>> = {
  0: 'windows-1252',
  77: 'macintosh',
  128: 'shift_jis',
  129: 'euc-kr',
  134: 'gbk',
  136: 'big5',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
}
const codePages: Readonly<Record<number, string>> = {
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  10_000: 'macintosh',
  65_001: 'utf-8',
}

const controlWord = /([a-zA-Z]{1,32})(-?\d{1,10})? ?/y
const plainText = /[^\\{}\r\n]+/y

/**
 * The text of an RTF file in lines, with tables, lists and tick boxes, without hidden and struck-out text. `source` has one character per
 * byte (latin1).
 *
 * @see Microsoft, Rich Text Format (RTF) Specification, version 1.9.1
 */
export function rtfToText(source: string): RtfText {
  return new RtfReader(source).read()
}

class RtfReader {
  readonly #source: string
  readonly #lines: string[] = []
  readonly #groups: GroupState[] = []
  readonly #fonts = new Map<number, { charset: number; name: string }>()
  #state: GroupState = {
    skips: false,
    isHidden: false,
    font: undefined,
    fallbacks: 1,
    destination: '',
  }
  #defaultCharset = 'windows-1252'
  #bytes: number[] = []
  #line = ''
  #toSkip = 0
  #isInTable = false
  #cellLines: string[] = []
  #cells: Cell[] = []
  #rows: TableRows | undefined
  #instruction = ''
  #box: { result: number | undefined; initial: number } | undefined

  constructor(source: string) {
    this.#source = source
  }

  read(): RtfText {
    const source = this.#source
    let index = 0
    let isOptional = false
    let isWhole = false
    while (index < source.length && !isWhole) {
      const character = source[index]
      if (character === '{') {
        this.#flushBytes()
        this.#groups.push(this.#state)
        index += 1
      } else if (character === '}') {
        this.#closeGroup()
        isWhole = this.#groups.length === 0
        index += 1
      } else if (character === '\\') {
        const next = source[index + 1] ?? ''
        if (/[a-zA-Z]/.test(next)) {
          controlWord.lastIndex = index + 1
          const [whole = '', word = '', digits] = controlWord.exec(source) ?? []
          index += 1 + whole.length
          const value = digits === undefined ? undefined : Number(digits)
          if (word === 'bin') index += Math.max(0, value ?? 0)
          else this.#control(word, value, isOptional)
          isOptional = false
        } else if (next === "'") {
          const code = Number.parseInt(source.slice(index + 2, index + 4), 16)
          if (!Number.isNaN(code)) this.#byte(code)
          index += 4
        } else {
          if (next === '*') isOptional = true
          else this.#symbol(next)
          index += 2
        }
      } else if (character === '\r' || character === '\n') {
        index += 1
      } else {
        plainText.lastIndex = index
        const [text = ''] = plainText.exec(source) ?? []
        index += text.length
        this.#plain(text)
      }
    }
    this.#flushBytes()
    this.#paragraph()
    this.#endTable()
    this.#lines.push(...this.#cellLines)
    return { text: this.#lines.join('\n').trim(), isWhole }
  }

  #closeGroup(): void {
    this.#flushBytes()
    const { destination } = this.#state
    const outer = this.#groups.pop()
    if (outer === undefined) return
    this.#state = outer
    if (destination !== outer.destination && destination === 'fldinst') this.#endInstruction()
    if (destination !== outer.destination && marks.has(destination) && !this.#isSilent())
      this.#line = '- '
  }

  #control(word: string, value: number | undefined, isOptional: boolean): void {
    if (word === 'u' && value !== undefined) {
      this.#flushBytes()
      this.#write(String.fromCharCode(value & 0xffff))
      this.#toSkip = this.#state.fallbacks
      return
    }
    if (this.#toSkip > 0) {
      this.#toSkip -= 1
      return
    }
    this.#flushBytes()
    if (skipped.has(word) || (isOptional && !readAlthoughOptional.has(word)))
      this.#set({ skips: true, destination: word })
    else if (marks.has(word) || word === 'fonttbl') this.#set({ destination: word })
    else if (word === 'fldinst') {
      this.#instruction = ''
      this.#box = undefined
      this.#set({ destination: word })
    } else if (!this.#format(word, value) && !this.#state.skips) this.#layOut(word)
  }

  /** Handles control words that change how the following text is read. */
  #format(word: string, value: number | undefined): boolean {
    const isOn = value !== 0
    switch (word) {
      case 'v':
      case 'strike':
      case 'striked':
      case 'deleted':
        this.#set({ isHidden: isOn })
        return true
      case 'plain':
        this.#set({ isHidden: false })
        return true
      case 'uc':
        this.#set({ fallbacks: Math.min(Math.max(value ?? 1, 0), 100) })
        return true
      case 'f':
        this.#set({ font: value })
        if (this.#state.destination === 'fonttbl' && value !== undefined)
          this.#fonts.set(value, { charset: 1, name: '' })
        return true
      case 'fcharset': {
        const font = this.#fonts.get(this.#state.font ?? -1)
        if (this.#state.destination === 'fonttbl' && font !== undefined) font.charset = value ?? 1
        return true
      }
      case 'ansicpg':
        this.#defaultCharset = codePages[value ?? 0] ?? `windows-${value}`
        return true
      case 'mac':
        this.#defaultCharset = 'macintosh'
        return true
      case 'fftype':
        this.#box = value === 1 ? { result: undefined, initial: 0 } : undefined
        return true
      case 'ffres':
        if (this.#box !== undefined) this.#box.result = value
        return true
      case 'ffdefres':
        if (this.#box !== undefined) this.#box.initial = value ?? 0
        return true
      default:
        return false
    }
  }

  #layOut(word: string): void {
    if (breaks.has(word)) this.#paragraph()
    else if (word === 'pard') this.#isInTable = false
    else if (word === 'intbl') this.#isInTable = true
    else if (word === 'cell') this.#cell()
    else if (word === 'row') this.#row()
    else {
      const character = characters[word]
      if (character !== undefined) this.#write(character)
    }
  }

  #symbol(symbol: string): void {
    if (this.#toSkip > 0) {
      this.#toSkip -= 1
      return
    }
    this.#flushBytes()
    if (symbol === '~') this.#write(' ')
    else if (symbol === '_') this.#write('-')
    else if (symbol === '\n' || symbol === '\r') this.#paragraph()
    else if ('{}\\'.includes(symbol)) this.#write(symbol)
  }

  #plain(text: string): void {
    const rest = text.slice(this.#toSkip)
    this.#toSkip = Math.max(0, this.#toSkip - text.length)
    if (rest === '') return
    if (this.#bytes.length === 0 && !/[\x80-\xFF]/.test(rest) && this.#symbolFont() === undefined)
      this.#write(rest)
    else for (const character of rest) this.#byte(character.charCodeAt(0))
  }

  #byte(code: number): void {
    if (this.#toSkip > 0) this.#toSkip -= 1
    else this.#bytes.push(code)
  }

  /** Decodes bytes together, because in some charsets two bytes are one character. */
  #flushBytes(): void {
    if (this.#bytes.length === 0) return
    const bytes = this.#bytes
    this.#bytes = []
    if (this.#symbolFont() !== undefined) {
      this.#write(bytes.map((code) => (code > 0x20 ? ofSymbolFont(code) : ' ')).join(''))
      return
    }
    const charset =
      charsets[this.#fonts.get(this.#state.font ?? -1)?.charset ?? 1] ?? this.#defaultCharset
    this.#write(decoderOf(charset).decode(Uint8Array.from(bytes)))
  }

  #symbolFont(): string | undefined {
    const name = this.#fonts.get(this.#state.font ?? -1)?.name
    return name !== undefined && /wingdings/i.test(name) && this.#state.destination !== 'fonttbl'
      ? name
      : undefined
  }

  #write(text: string): void {
    const { destination, skips, font } = this.#state
    if (skips) return
    if (destination === 'fonttbl') {
      const known = this.#fonts.get(font ?? -1)
      if (known !== undefined) known.name = (known.name + text).slice(0, 80)
    } else if (destination === 'fldinst')
      this.#instruction = (this.#instruction + text).slice(0, 300)
    else if (!this.#isSilent()) this.#line += text
  }

  #isSilent(): boolean {
    const { destination, skips, isHidden } = this.#state
    return skips || isHidden || marks.has(destination) || destination === 'formfield'
  }

  #endInstruction(): void {
    if (this.#isSilent()) return
    const [, code] = /^\s*SYMBOL\s+(\d{1,5})\b.{0,100}wingdings/i.exec(this.#instruction) ?? []
    if (code !== undefined) this.#line += ofSymbolFont(Number(code))
    if (!/FORMCHECKBOX/i.test(this.#instruction)) return
    const { result, initial } = this.#box ?? { result: undefined, initial: 0 }
    // 25 means that the box was never changed.
    this.#line += (result === undefined || result === 25 ? initial : result) === 1 ? '[x] ' : '[ ] '
  }

  #paragraph(): void {
    const line = this.#line.trimEnd()
    this.#line = ''
    if (this.#isInTable || this.#cells.length > 0) {
      if (line.trim() !== '') this.#cellLines.push(line.trim())
      return
    }
    this.#endTable()
    if (line.trim() !== '' || this.#lines.at(-1) !== '') this.#lines.push(line)
  }

  #cell(): void {
    const line = this.#line.trim()
    this.#line = ''
    this.#cells.push({
      lines: line === '' ? this.#cellLines : [...this.#cellLines, line],
      isHeader: false,
    })
    this.#cellLines = []
  }

  #row(): void {
    this.#rows ??= new TableRows((line) => this.#lines.push(line))
    this.#rows.add(this.#cells)
    this.#cells = []
  }

  #endTable(): void {
    if (this.#cells.length > 0) this.#row()
    this.#rows?.finish()
    this.#rows = undefined
  }

  #set(changes: Partial<GroupState>): void {
    this.#state = { ...this.#state, ...changes }
  }
}

const decoders = new Map<string, InstanceType<typeof TextDecoder>>()

function decoderOf(charset: string) {
  const known = decoders.get(charset)
  if (known !== undefined) return known
  let decoder: InstanceType<typeof TextDecoder>
  try {
    decoder = new TextDecoder(charset)
  } catch {
    decoder = new TextDecoder('windows-1252')
  }
  decoders.set(charset, decoder)
  return decoder
}
