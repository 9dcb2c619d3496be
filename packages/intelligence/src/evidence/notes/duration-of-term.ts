import { durationPattern, weeksOf } from './duration.ts'
import { type Weeks, weeksOfRange, weeksSince } from './when.ts'

const filler = "(?:[\\w/()'-]+,?\\s+)"
const before = new RegExp(
  `(${durationPattern})(?:['’]s?)?\\s+(?:of|course of|trial of|program of|worth of)?\\s*${filler}{0,6}$`,
  'i',
)
const after = new RegExp(
  `^(?:[,\\s]+(?!pain\\b|symptoms?\\b|but\\b)[\\w()/'.-]+){0,10}?[,\\s]*(?:for|x|×|over|during|lasting|\\(|totaling|throughout|\\d\\s?x?\\/(?:wk|week))\\s*(?:x|×|for)?\\s*(?:(?:the|a|an|past|last|total|of|about|approximately|at|least|over|more|than|nearly|almost|full|consecutive|previous|prior|period)\\s+)*(${durationPattern})`,
  'i',
)
/** "Pain for 2 years despite naproxen" gives the years to the pain. */
const ofTrouble =
  /\b(?:pain|symptoms?|aching|numbness|weakness|stiffness|sciatica|headaches?|complaints?)\b[^.;,]{0,15}\b(?:for|over|x|lasting)\s+(?:(?:the|past|last|about|over|nearly)\s+)*$/i
const about = /\b(?:pain|symptoms?|ago|history|onset|hurt|aching|since|prior to)\b/i

/**
 * Weeks that the sentence gives to what stands at `start..end`; undefined when no duration is tied to it. "Pain for 8 weeks, tried PT" says nothing of
 * how long the therapy was.
 */
export function durationOfTerm(
  text: string,
  start: number,
  end: number,
  asOf: string,
): Weeks | undefined {
  const ahead = text.slice(Math.max(0, start - 120), start)
  const tied = before.exec(ahead)
  if (
    tied?.[1] !== undefined &&
    !about.test(ahead.slice(tied.index + tied[1].length)) &&
    !ofTrouble.test(ahead.slice(0, tied.index))
  )
    return exactly(weeksOf(tied[1]))
  const behind = text.slice(end, end + 160)
  const follows = after.exec(behind)
  if (follows?.[1] !== undefined) {
    const isAgo = /^\s*(?:ago|earlier|prior)\b/i.test(behind.slice(follows[0].length))
    if (!isAgo && !about.test(follows[0].slice(0, -follows[1].length)))
      return exactly(weeksOf(follows[1]))
  }
  return weeksOfRange(behind, asOf) ?? weeksSince(behind, asOf)
}

function exactly(weeks: number | undefined): Weeks | undefined {
  return weeks === undefined ? undefined : { least: weeks, most: weeks }
}
