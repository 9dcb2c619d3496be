const words = `
  normal, abnormal, nl, wnl, abnl, within normal limits, unremarkable, remarkable, intact, impaired, decreased,
  reduced, diminished, increased, steady, unsteady, stable, unstable, clear, regular, irregular, full, limited,
  restricted, good, fair, poor, ok, okay, fine, mild, moderate, severe, slight, marked, mild to moderate, moderate to
  severe, soft, firm, tender, nontender, non-tender, symmetric, symmetrical, asymmetric, asymmetrical, brisk, strong,
  weak, antalgic, left, right, both, bilateral, unilateral, equal, unequal, improved, improving, worse, worsening,
  unchanged, same, better, low, high, trace, partial, complete, new, old, chronic, acute, intermittent, constant,
  occasional, frequent, daily, rarely, always, sometimes, declining, declined, decline, progressive decline, gradual decline,
  steady decline, rapid decline, slow decline, deteriorating, deteriorated, progressive, preserved, at baseline, changed, failing, lost`
const values = words
  .split(',')
  .map((word) => word.trim().replaceAll(/\s+/g, ' '))
  .toSorted((a, b) => b.length - a.length)
  .join('|')
const whole = new RegExp(`^(?:${values})(?=\\s*(?:$|[:,;(–—]))`, 'i')
const loose = new RegExp(`^(?:${values})(?=\\s|$)`, 'i')
const atEnd = new RegExp(`(?:^|[\\s:/])(${values})$`, 'i')
const maxValueLength = 24

/**
 * Length of the word of degree that is the whole text or precedes a comma or colon: "Normal", "Impaired: left";
 * 0 for any other text.
 */
export const valueAtStart = (text: string): number =>
  whole.exec(text.slice(0, maxValueLength * 2))?.[0].length ?? 0

/**
 * The same if another value stands before it: the text after it is the subject of both values, "[ ] Normal [x]
 * Abnormal gait".
 */
export const valueAmong = (text: string): number =>
  loose.exec(text.slice(0, maxValueLength * 2))?.[0].length ?? 0

/** Length of the word of degree at the end of a text: "Gait: steady". */
export const valueAtEnd = (text: string): number =>
  atEnd.exec(text.slice(-maxValueLength))?.[1]?.length ?? 0
