import type { Token } from './tokens.ts'

/** A number read from tokens; `next` is the index after it. */
export interface ReadNumber {
  readonly value: number
  /** The upper end of a range "6-8". */
  readonly high?: number
  readonly next: number
}

const words: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  dozen: 12,
}
const tens: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
}
const fractions: Readonly<Record<string, number>> = {
  '½': 0.5,
  '¼': 0.25,
  '¾': 0.75,
  '⅓': 1 / 3,
  '⅔': 2 / 3,
}
const dashes: ReadonlySet<string> = new Set(['-', '–', '—', '‑'])

export function isDash(token: Token | undefined): boolean {
  return token !== undefined && dashes.has(token.text)
}

/** A number with more digits is an identifier. */
const maxDigits = 9

/** A number in digits or words at a token, without range or sign; undefined if none begins there. */
export function numberAt(tokens: readonly Token[], index: number): ReadNumber | undefined {
  const token = tokens[index]
  if (token === undefined) return undefined
  if (token.kind === 'number') return numeralAt(tokens, index, token)
  if (token.text === '.' && tokens[index + 1]?.kind === 'number' && tokens[index + 1]?.isGlued) {
    const digits = tokens[index + 1]?.text ?? ''
    return /^\d{1,4}$/.test(digits) ? { value: Number(`0.${digits}`), next: index + 2 } : undefined
  }
  return token.kind === 'word' ? withPoint(tokens, wordsAt(tokens, index, token.text)) : undefined
}

/** "three point six" */
function withPoint(tokens: readonly Token[], read: ReadNumber | undefined): ReadNumber | undefined {
  if (read === undefined || tokens[read.next]?.text !== 'point') return read
  const digit = words[tokens[read.next + 1]?.text ?? '']
  return digit === undefined || digit > 9 || !Number.isInteger(read.value)
    ? read
    : { value: read.value + digit / 10, next: read.next + 2 }
}

function numeralAt(tokens: readonly Token[], index: number, token: Token): ReadNumber | undefined {
  const fraction = fractions[token.text]
  if (fraction !== undefined) return { value: fraction, next: index + 1 }
  const plain = token.text.replaceAll(',', '')
  if (plain.length > maxDigits || !/^[\d.]+$/.test(plain)) return undefined
  const whole = Number(plain)
  const behind = tokens[index + 1]
  const more = fractions[behind?.text ?? '']
  if (more !== undefined) return { value: whole + more, next: index + 2 }
  const mixed = slashFraction(tokens, index + 1)
  return mixed !== undefined && behind?.isGlued === false && Number.isInteger(whole)
    ? { value: whole + mixed, next: index + 4 }
    : { value: whole, next: index + 1 }
}

/** "1/2", "3/4" after a whole number: "6 1/2 weeks". Scores such as "4/5" are not fractions. */
function slashFraction(tokens: readonly Token[], index: number): number | undefined {
  if (tokens[index + 1]?.text !== '/') return undefined
  const written = `${tokens[index]?.text}${tokens[index + 1]?.text}${tokens[index + 2]?.text}`
  return ({ '1/2': 0.5, '1/4': 0.25, '3/4': 0.75 } as const)[written as '1/2']
}

function wordsAt(tokens: readonly Token[], index: number, text: string): ReadNumber | undefined {
  const ahead = (step: number) => tokens[index + step]?.text ?? ''
  const isArticle = text === 'a' || text === 'an'
  if (isArticle && ahead(1) === 'half' && ahead(2) === 'dozen') return { value: 6, next: index + 3 }
  if (isArticle && ahead(1) === 'dozen') return { value: 12, next: index + 2 }
  if (text === 'half' && (ahead(1) === 'a' || ahead(1) === 'dozen')) {
    const next = ahead(1) === 'a' ? index + 2 : index + 1
    return tokens[next]?.text === 'dozen' ? { value: 6, next: next + 1 } : { value: 0.5, next }
  }
  if (text === 'couple' || (isArticle && ahead(1) === 'couple')) {
    const next = text === 'couple' ? index + 1 : index + 2
    return { value: 2, next: tokens[next]?.text === 'of' ? next + 1 : next }
  }
  if (isArticle && ahead(1) === 'hundred') return { value: 100, next: index + 2 }
  const ten = tens[text]
  if (ten !== undefined) {
    const dash = isDash(tokens[index + 1]) ? 1 : 0
    const one = words[ahead(1 + dash)]
    return one !== undefined && one > 0 && one < 10
      ? { value: ten + one, next: index + 2 + dash }
      : { value: ten, next: index + 1 }
  }
  const value = words[text]
  if (value === undefined) return undefined
  if (ahead(1) === 'hundred') return { value: value * 100, next: index + 2 }
  if (ahead(1) === 'dozen' && value < 12) return { value: value * 12, next: index + 2 }
  const isHalfMore = ahead(1) === 'and' && ahead(2) === 'a' && ahead(3) === 'half'
  return isHalfMore ? { value: value + 0.5, next: index + 4 } : { value, next: index + 1 }
}

/** A number or a range: "6-8", "6 to 8", "six or eight", "between 6 and 8". A descending range is not read. */
export function numberOrRangeAt(tokens: readonly Token[], index: number): ReadNumber | undefined {
  const isBetween = tokens[index]?.text === 'between'
  const low = numberAt(tokens, isBetween ? index + 1 : index)
  if (low === undefined) return undefined
  const link = tokens[low.next]
  const isLink = isBetween
    ? link?.text === 'and'
    : isDash(link) || link?.text === 'to' || link?.text === 'or'
  if (!isLink) return low
  const high = numberAt(tokens, low.next + 1)
  // "6-8-2026" is a date and "1-2-3" a list.
  if (
    high === undefined ||
    high.value <= low.value ||
    (isDash(link) && isDash(tokens[high.next]) && tokens[high.next + 1]?.kind === 'number')
  )
    return low
  return { value: low.value, high: high.value, next: high.next }
}
