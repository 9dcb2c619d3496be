const words: Readonly<Record<string, number>> = {
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
}
const number = `(?:\\d{1,3}(?:\\.\\d)?|${Object.keys(words).join('|')})`
const unit = '(?:days?|weeks?|wks?|wk|months?|mos?|years?|yrs?)'

/** A length of time in words: "8 weeks", "6-8 wks", "two months", "8-week". */
export const durationPattern = `(?:${number})(?:\\s*(?:-|to)\\s*(?:${number}))?\\+?[\\s-]*${unit}`

const weeksPer: Readonly<Record<string, number>> = { d: 1 / 7, w: 1, m: 30.44 / 7, y: 365.25 / 7 }

/** Weeks that the text speaks of; of a range the shorter. */
export function weeksOf(text: string): number | undefined {
  const match = new RegExp(
    `(${number})(?:\\s*(?:-|to)\\s*(?:${number}))?\\+?[\\s-]*(${unit})`,
    'i',
  ).exec(text)
  const [, amount, unitText] = match ?? []
  if (amount === undefined || unitText === undefined) return undefined
  const count = words[amount.toLowerCase()] ?? Number(amount)
  return count * (weeksPer[unitText.charAt(0).toLowerCase()] ?? 0)
}
