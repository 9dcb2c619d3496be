import type { NeededValue } from '../../lexicon/concept.ts'
import type { TimeExpression } from '../values/time-expression.ts'
import { timesIn } from '../values/times.ts'
import { isRow, type ParsedUnit } from './parsed-unit.ts'

/** The planned length of a treatment: "for the next month", "weeks 1-4", "then another two weeks". */
const lengthToCome =
  /\b(?:for|over|during|x) (?:the )?(?:next|coming|following) (?:\w+ )?(?:weeks?|wks?|months?|mo|days?)\b|\b(?:another|further) (?:\w+ )?(?:weeks?|wks?|months?)\b|\b(?:weeks?|wks?) ?\d{1,2} ?(?:-|–|to|through) ?\d{1,2}\b/i

/**
 * Whether a statement, or the next one of its section, contains everything that a concept requires beside it: "3
 * times a week for 6 weeks".
 */
export function hasNeeded(
  needs: readonly NeededValue[],
  parsed: ParsedUnit,
  next: ParsedUnit | undefined,
  noteDay: string,
): boolean {
  const isOfSection = next !== undefined && next.unit.section === parsed.unit.section
  const parsedUnits = isOfSection ? [parsed, next] : [parsed]
  const times = parsedUnits.flatMap((one) =>
    isRow(one.unit) ? timesIn(one.tokens, noteDay) : one.times,
  )
  return needs.every((need) => {
    switch (need) {
      case 'rate':
        return times.some(isRate)
      case 'duration':
        return (
          times.some(
            (one) =>
              one.kind === 'duration' ||
              one.kind === 'period' ||
              (one.kind === 'day' && one.role === 'end'),
          ) || parsedUnits.some(({ text }) => lengthToCome.test(text))
        )
      case 'date':
        return times.some((one) => one.kind === 'day' || one.kind === 'period')
      case 'number':
        return parsedUnits.some(({ tokens }) => tokens.some((one) => one.kind === 'number'))
      default:
        return need satisfies never
    }
  })
}

function isRate(time: TimeExpression): boolean {
  return (time.kind === 'ignored' || time.kind === 'duration') && time.isRate === true
}
