/** Formats `2026-06-15` in the American style with its known parts: `06/15/2026`, `06/2026`, `2026`. */
export function americanDate(date: string): string {
  const [year = '', month, day] = date.slice(0, 10).split('-')
  return [month, day, year].filter((part) => part !== undefined).join('/')
}
