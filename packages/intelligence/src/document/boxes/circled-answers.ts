import type { LayoutPolarity } from '../note-document.ts'
import { trimmed } from '../trimmed.ts'
import type { BoxField } from './box-field.ts'

const ring = String.raw`[[(*_<{]{0,2}`
const unring = String.raw`[\])*_>}]{0,2}`
/** Y and N as options, with one of them or none circled. In lower case, the letters are ordinary text. */
const choice = new RegExp(
  String.raw`(?<![\w/])(${ring})\s?(?:Y|[Yy]es|YES)\s?(${unring})(?:\s?[/|]\s?|\s{1,4})(${ring})\s?(?:N|[Nn]o|NO)\s?(${unring})(?![\w/])`,
  'g',
)
/** An answer in place of a box's mark: "[Y] Fever". */
const letter = /[[{]\s?(?:(Y|[Yy]es|YES|\+)|(N|[Nn]o|NO|-))\s?[\]}]/g

/** A quick test whether the text may contain either; most texts do not. */
const mayHaveAnswers = /[[{]|(?<![a-z\d])y(?:es)?(?![a-z\d])/i

/** The fields of a line whose answer options are letters; undefined if it has none. */
export function circledFieldsOf(text: string, offset: number): readonly BoxField[] | undefined {
  if (!mayHaveAnswers.test(text)) return undefined
  const choices = [...text.matchAll(choice)].map(({ 0: all, 1: a, 2: b, 3: c, 4: d, index }) => ({
    start: index,
    end: index + all.length,
    polarity: polarityOfRings(isRing(a, b), isRing(c, d)),
  }))
  const letters = [...text.matchAll(letter)].map(({ 0: all, 1: yes, index }) => ({
    start: index,
    end: index + all.length,
    polarity: (yes === undefined ? 'no' : 'yes') satisfies LayoutPolarity as LayoutPolarity,
  }))
  const answers = choices.length > 0 ? choices : letters
  const [first] = answers
  const last = answers.at(-1)
  if (first === undefined || last === undefined) return undefined
  const isLeading = /[\p{L}\p{N}]/u.test(text.slice(0, first.start))
  // "Fever [-] Chills [+] Rash": it is unclear on which side of an answer its text stands.
  const isTwoSided = choices.length === 0 && isLeading && /[\p{L}\p{N}]/u.test(text.slice(last.end))
  return answers.flatMap((answer, index): readonly BoxField[] => {
    const previous = answers[index - 1]?.end ?? 0
    const next = answers[index + 1]?.start ?? text.length
    const name = trimmed(
      text,
      isLeading ? { start: previous, end: answer.start } : { start: answer.end, end: next },
      /[\s,;:/|.]/,
    )
    if (name.start === name.end) return []
    const quote = {
      start: offset + Math.min(name.start, answer.start),
      end: offset + Math.max(name.end, answer.end),
    }
    const field: BoxField = {
      kind: 'answered',
      start: offset + name.start,
      end: offset + name.end,
      polarity: isTwoSided ? 'unknown' : answer.polarity,
      quote,
    }
    const rest = trimmed(text, { start: answer.end, end: text.length }, /[\s,;:/|.)]/)
    const hasComment = isLeading && answer === last && rest.end > rest.start
    const comment = { start: offset + rest.start, end: offset + rest.end }
    return hasComment ? [field, { kind: 'comment', ...comment, quote: comment }] : [field]
  })
}

const isRing = (before = '', behind = ''): boolean => before !== '' && behind !== ''

function polarityOfRings(isYes: boolean, isNo: boolean): LayoutPolarity {
  if (isYes && isNo) return 'unknown'
  return isYes ? 'yes' : isNo ? 'no' : 'unmarked'
}
