const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month = `(${months.join('|')})[a-z]{0,6}\\.?`
const forms: readonly (readonly [
  RegExp,
  (match: RegExpExecArray) => readonly [string, string, string],
])[] = [
  [/\b(\d{4})-(\d{1,2})-(\d{1,2})\b/, ([, y = '', m = '', d = '']) => [y, m, d]],
  [/\b(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})\b/, ([, m = '', d = '', y = '']) => [y, m, d]],
  [
    new RegExp(`\\b${month} (\\d{1,2}),? (\\d{4})\\b`, 'i'),
    ([, m = '', d = '', y = '']) => [y, m, d],
  ],
  [
    new RegExp(`\\b(\\d{1,2}) ${month},? (\\d{4})\\b`, 'i'),
    ([, d = '', m = '', y = '']) => [y, m, d],
  ],
]
const maxHeadingLength = 200

/**
 * The day in a heading, as `YYYY-MM-DD`; undefined if it has none, several, or an invalid one. Month first, as
 * in the United States.
 */
export function dayOfHeading(title: string): string | undefined {
  const text = title.slice(0, maxHeadingLength)
  for (const [form, partsOf] of forms) {
    const match = form.exec(text)
    if (match === null) continue
    const rest = text.slice(match.index + match[0].length)
    if (form.test(rest)) return undefined
    const [year, monthText, day] = partsOf(match)
    const named = months.indexOf(monthText.slice(0, 3).toLowerCase()) + 1
    return isoDay(Number(year), named === 0 ? Number(monthText) : named, Number(day))
  }
  return undefined
}

function isoDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year < 100 ? 2000 + year : year, month - 1, day))
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isReal ? date.toISOString().slice(0, 10) : undefined
}
