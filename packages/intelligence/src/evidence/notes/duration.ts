const words: Readonly<Record<string, number>> = {
  a: 1,
  one: 1,
  two: 2,
  couple: 2,
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
  eighteen: 18,
  twenty: 20,
}
const number = `(?:\\d{1,3}(?:\\.\\d)?|a couple(?: of)?|${Object.keys(words)
  .filter((word) => word !== 'couple')
  .join('|')})`
const unit = '(?:days?|weeks?|wks?|wk|months?|mos?|years?|yrs?)'

/** A length of time in words: "8 weeks", "6-8 wks", "two months", "8-week", "a couple of weeks". */
export const durationPattern = `\\b(?:${number})(?:\\s*(?:-|–|to)\\s*(?:${number}))?\\+?(?:\\s+full|\\s+consecutive|\\s+more)?[\\s-]*${unit}\\b`

const weeksPer: Readonly<Record<string, number>> = { d: 1 / 7, w: 1, m: 30.44 / 7, y: 365.25 / 7 }
const parts = new RegExp(
  `(${number})(?:\\s*(?:-|–|to)\\s*(?:${number}))?\\+?(?:\\s+full|\\s+consecutive|\\s+more)?[\\s-]*(${unit})`,
  'i',
)

/** Weeks that the text speaks of; of a range the shorter, so that "4 to 6 weeks" is not six. */
export function weeksOf(text: string): number | undefined {
  const [, amount, unitText] = parts.exec(text) ?? []
  if (amount === undefined || unitText === undefined) return undefined
  const word = amount.toLowerCase()
  const count = words[word.startsWith('a couple') ? 'couple' : word] ?? Number(word)
  return count * (weeksPer[unitText.charAt(0).toLowerCase()] ?? 0)
}
