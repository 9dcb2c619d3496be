import type { Span } from '../../document/note-document.ts'
import type { ParsedUnit } from './parsed-unit.ts'

/** The concept of a study's normal result, if the lexicon has one: `normal-hip-radiograph`. */
export const normalOf = (studyId: string): string => `normal-${studyId}`

const behind =
  /^[\s:,–-]*(?:\([^()]{0,40}\)[\s:,–-]*)?(?:of (?:the |her |his )?(?:right |left |both |r |l )?[a-z]+s? )?(?:(?:today|done|taken|obtained|reviewed|from \S+|on \S+|\d[\d/]{2,9})[\s:,–-]+){0,2}(?:(?:is|are|was|were|has been|have been|read|reads|interpreted|as|shows?|showed|looks?|being|all|entirely|completely|essentially|otherwise)\s){0,4}(?:normal|unremarkable|wnl|within normal limits|nl)\b(?! (?:alignment|mineralization|variant|soft|except|but|apart))/i
const before =
  /\b(?:normal|unremarkable) (?:(?:ap|lateral|plain|standing|right|left|r|l|weight-bearing) ){0,2}$/i
const notSo = /\b(?:not|except|but|apart from|although|if|should|unless)\b/i

/** "Hip films normal", "a normal knee x-ray". */
export function isReadAsNormal({ text, unit }: ParsedUnit, { start, end }: Span): boolean {
  const at = end - unit.start
  const found = behind.exec(text.slice(at, at + 160))?.[0]
  if (found !== undefined) return !notSo.test(text.slice(at, at + found.length + 20))
  return before.test(text.slice(Math.max(0, start - unit.start - 50), start - unit.start))
}
