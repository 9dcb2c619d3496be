import type { Span } from '../../document/note-document.ts'
import type { Side } from '../fact.ts'
import type { Token } from './tokens.ts'

export interface SideMention extends Span {
  readonly side: Side
}

const words: Readonly<Record<string, Side>> = {
  left: 'left',
  lt: 'left',
  leftsided: 'left',
  lle: 'left',
  lue: 'left',
  right: 'right',
  rt: 'right',
  rightsided: 'right',
  rle: 'right',
  rue: 'right',
  bilateral: 'both',
  bilaterally: 'both',
  bilat: 'both',
  ble: 'both',
  bue: 'both',
}
const letters: Readonly<Record<string, Side>> = { l: 'left', r: 'right' }
/** The side that a word, or an abbreviation of one, names by itself. */
export function sideOfWord(text: string): Side | undefined {
  if (text === 'both') return 'both'
  if (Object.hasOwn(words, text)) return words[text]
  return Object.hasOwn(letters, text) ? letters[text] : undefined
}

const leftBehind =
  /^(?:blank|empty|open|unsigned|untreated|unanswered|message|messages|voicemail|vm|over|off|out|without|before|early|ama|town|alone|behind|home|work)$/
const organs = /^(?:ventricle|ventricular|atrium|atrial|heart|bundle)$/

/**
 * The sides that a text names, in order. L and R count only before a part of the body (`isBodyPart` for the
 * position of the next token), a sign or a measure (`isExamined`), before a colon, or in brackets. "right now",
 * "left work" and the sides of the heart are not sides.
 */
export function sidesIn(
  tokens: readonly Token[],
  isBodyPart: (place: number) => boolean,
  isExamined: (place: number) => boolean = () => false,
): readonly SideMention[] {
  const found: SideMention[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token === undefined) continue
    const previous = found.at(-1)
    const side = sideAt(tokens, index, isBodyPart, isExamined, previous?.side)
    if (side === undefined) continue
    // "left and right", "R/L", "R > L"
    const isPair =
      previous !== undefined &&
      previous.side !== side &&
      previous.side !== 'both' &&
      side !== 'both' &&
      isJoined(tokens, index, previous.end)
    if (isPair) {
      found.pop()
      found.push({ start: previous.start, end: token.end, side: 'both' })
    } else found.push({ start: token.start, end: token.end, side })
  }
  return found
}

function isJoined(tokens: readonly Token[], index: number, end: number): boolean {
  const link = tokens[index - 1]
  return (
    link !== undefined &&
    /^(?:and|or|&|\/|\+|>|<|=|than)$/.test(link.text) &&
    tokens[index - 2]?.end === end
  )
}

function sideAt(
  tokens: readonly Token[],
  index: number,
  isBodyPart: (place: number) => boolean,
  isExamined: (place: number) => boolean,
  previous: Side | undefined,
): Side | undefined {
  const { text, kind } = tokens[index] ?? { text: '', kind: 'sign' }
  if (kind !== 'word') return undefined
  const next = tokens[index + 1]
  const word = Object.hasOwn(words, text) ? words[text] : undefined
  if (word !== undefined) {
    if (word === 'both' || text.length === 3) return word
    const before = tokens[index - 1]?.text ?? ''
    if (organs.test(next?.text ?? '')) return undefined
    if (
      text === 'left' &&
      /^(?:has|have|had|he|she|patient|pt|was|is|i|they|who|then)$/.test(before) &&
      !isPartAhead(tokens, index, isBodyPart)
    )
      return undefined
    // "Left blank", "left a message"
    if (text === 'left' && leftBehind.test(next?.text ?? '')) return undefined
    // "No joint space left on the medial side": "left" means remaining.
    if (text === 'left' && isRemaining(tokens, index)) return undefined
    if (text === 'right' && /^(?:now|away|after|there|here)$/.test(next?.text ?? ''))
      return undefined
    if (
      /^(?:handed|dominant)$/.test(next?.text ?? '') ||
      (/^(?:handed|dominant)$/.test(tokens[index + 2]?.text ?? '') && next?.text === '-')
    )
      return undefined
    return word
  }
  if (text === 'both')
    return isPartAhead(tokens, index, isBodyPart) || /^(?:sides|legs|arms)$/.test(next?.text ?? '')
      ? 'both'
      : undefined
  if (text === 'b' && tokens[index + 1]?.text === '/' && tokens[index + 2]?.text === 'l')
    return 'both'
  if (text === 'l' && tokens[index - 1]?.text === '/' && tokens[index - 2]?.text === 'b')
    return undefined
  const letter = Object.hasOwn(letters, text) ? letters[text] : undefined
  if (
    letter === undefined ||
    (tokens[index]?.isGlued === true && !/^[(/>]$/.test(tokens[index - 1]?.text ?? ''))
  )
    return undefined
  const isBracketed = tokens[index - 1]?.text === '(' && next?.text === ')'
  const isCompared =
    /^[>/<]$/.test(next?.text ?? '') && /^[lr]$|^left$|^right$/.test(tokens[index + 2]?.text ?? '')
  const isComparedBehind =
    /^[>/<]$/.test(tokens[index - 1]?.text ?? '') && /^[lr]$/.test(tokens[index - 2]?.text ?? '')
  const isSided =
    next?.text === 'sided' || (next?.text === '-' && tokens[index + 2]?.text === 'sided')
  return isBracketed ||
    isCompared ||
    isComparedBehind ||
    isSided ||
    isHeading(tokens, index) ||
    // "L KL 2", "R McMurray negative", "R KL 4 L KL 2"; in "2 L, saturation 91 %" it means liters.
    (next !== undefined &&
      (tokens[index - 1]?.kind !== 'number' || isOpposite(letter, previous)) &&
      isExamined(next.start)) ||
    isPartAhead(tokens, index, isBodyPart)
    ? letter
    : undefined
}

const isOpposite = (side: Side, previous: Side | undefined): boolean =>
  previous !== undefined && previous !== 'both' && previous !== side

/** "R: effusion. L - normal." Not "R: 18", which is a rate. */
function isHeading(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]
  const mark = tokens[index + 1]
  const opens = before === undefined || /^[.;:|•]$/.test(before.text)
  const isMark =
    mark?.text === ':' || (mark !== undefined && /^[-–—]$/.test(mark.text) && !mark.isGlued)
  return opens && isMark && tokens[index + 2]?.kind === 'word'
}

/** The next word, after at most one adjective or a full stop, is a part of the body. */
function isPartAhead(
  tokens: readonly Token[],
  index: number,
  isBodyPart: (place: number) => boolean,
): boolean {
  for (let at = index + 1; at <= index + 2; at += 1) {
    const token = tokens[at]
    if (token === undefined || (token.kind !== 'word' && token.text !== '.')) return false
    if (token.kind === 'word' && isBodyPart(token.start)) return true
  }
  return false
}

/** Things that can be "left" in the sense of remaining, and have no side. */
const leftOver =
  /^(?:space|cartilage|room|function|options?|choices?|tablets?|pills?|refills?|doses?|visits?|sessions?|treatments?|weeks?|days?|nothing|much|little)$/

function isRemaining(tokens: readonly Token[], index: number): boolean {
  return leftOver.test(tokens[index - 1]?.text ?? '')
}

/** The only side that all of these name; undefined if both sides occur. */
export function sideOfAll(sides: readonly SideMention[]): Side | undefined {
  const named = new Set(sides.map((one) => one.side))
  if (named.size === 1) return sides[0]?.side
  return named.has('both') ? 'both' : undefined
}

const ofSubject = /^(?:one|side|is|was|has|had|shows?|showed|remains|looks|does|did|never|only|by)$/

/** "The left, by contrast, is bone on bone", "The right one has never hurt": the whole sentence is about one side. */
export function isOfSubject(tokens: readonly Token[]): boolean {
  const at = /^(?:the|her|his|my)$/.test(tokens[0]?.text ?? '') ? 1 : 0
  const behind = tokens[at + 1]?.text ?? ''
  return (
    /^(?:right|left)$/.test(tokens[at]?.text ?? '') &&
    (ofSubject.test(behind) || (at === 1 && behind === ','))
  )
}
