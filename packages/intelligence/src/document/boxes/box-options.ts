import { answerAtStart, polarityOf } from '../answers.ts'
import type { BoxPart } from './box-parts.ts'
import { isMeasured, valueUnderOptions } from './measured-options.ts'
import { type BoxField, isText, unread } from './box-field.ts'

/** A text ending in a colon before a box begins a group of options. */
export function segmentsOf(parts: readonly BoxPart[]): readonly (readonly BoxPart[])[] {
  const segments: BoxPart[][] = [[]]
  for (const [index, part] of parts.entries()) {
    if (index > 0 && isLead(part) && parts[index + 1]?.kind === 'box') segments.push([])
    segments.at(-1)?.push(part)
  }
  return segments
}

/** `[x] Fever [ ] Chills`, `Fever [x]  Chills [ ]`. */
export function optionsOf(parts: readonly BoxPart[]): readonly BoxField[] {
  const joined = mergedTexts(parts)
  const [first, ...rest] = joined
  if (first === undefined) return []
  const letters = joined.map(({ kind }) => (kind === 'box' ? 'B' : 'L')).join('')
  const answered = /^L(?:BL)+$/.test(letters) ? answerAmongOptions(first, rest) : undefined
  if (answered !== undefined) return [answered]
  const isLed = /^L(?:BL)+$/.test(letters) && (isLead(first) || isNearerBehind(joined))
  const valued = isLed && isMeasured(first) ? valueUnderOptions(first, rest) : undefined
  if (valued !== undefined) return [valued]
  if (isLed)
    return [{ kind: 'lead', start: first.start, end: first.end }, ...pairedOptions(rest, 0)]
  if (/^(?:BL)+$/.test(letters)) return pairedOptions(joined, 0)
  if (/^(?:LB)+$/.test(letters)) return pairedOptions(joined, 1)
  return parts.filter(isText).map(unread)
}

/** "JAK inhibitor [x] no [ ] stopping [ ] concurrent": the ticked option is the answer. */
function answerAmongOptions(name: BoxPart, options: readonly BoxPart[]): BoxField | undefined {
  const ticked = options.flatMap((part, index) => {
    const text = options[index + 1]
    return part.kind === 'box' && part.mark !== 'empty' && text?.kind === 'text' ? [text] : []
  })
  const [only] = ticked
  const polarity = only === undefined ? undefined : polarityOf(only.text)
  if (only === undefined || ticked.length > 1 || (polarity !== 'no' && polarity !== 'yes'))
    return undefined
  const end = options.at(-1)?.end ?? name.end
  return {
    kind: 'answered',
    start: name.start,
    end: name.end,
    polarity,
    quote: { start: name.start, end },
  }
}

const isLead = (part: BoxPart): boolean => part.kind === 'text' && /[:?]$/.test(part.text)

function pairedOptions(parts: readonly BoxPart[], boxAt: 0 | 1): readonly BoxField[] {
  const fields: BoxField[] = []
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const box = parts[index + boxAt]
    const text = parts[index + 1 - boxAt]
    if (box?.kind !== 'box' || text?.kind !== 'text') continue
    const quote = { start: Math.min(box.start, text.start), end: Math.max(box.end, text.end) }
    fields.push({ kind: 'option', start: text.start, end: text.end, mark: box.mark, quote })
  }
  return fields
}

/** Each box is closer to the text after it than to the text before it. */
function isNearerBehind(parts: readonly BoxPart[]): boolean {
  return parts.every((part, index) => {
    const before = parts[index - 1]
    const behind = parts[index + 1]
    if (part.kind !== 'box' || before === undefined || behind === undefined) return true
    return behind.start - part.end < part.start - before.end
  })
}

/** This text is one of two answers, and the next box has the other one. */
export function isAnsweredNext(parts: readonly BoxPart[], index: number): boolean {
  const own = parts[index]
  const next = parts[index + 2]
  if (own?.kind !== 'text' || parts[index + 1]?.kind !== 'box' || next?.kind !== 'text')
    return false
  const other = answerAtStart(next.text)?.polarity
  return other !== undefined && other !== answerAtStart(own.text)?.polarity
}

function mergedTexts(parts: readonly BoxPart[]): readonly BoxPart[] {
  const merged: BoxPart[] = []
  for (const part of parts) {
    const last = merged.at(-1)
    if (part.kind === 'text' && last?.kind === 'text')
      merged[merged.length - 1] = { ...last, end: part.end }
    else merged.push(part)
  }
  return merged
}
