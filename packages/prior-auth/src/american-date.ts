/** `2026-06-15` as a person in the United States writes it, with as much of it as is known: `06/15/2026`, `06/2026`, `2026`. */
export function americanDate(date: string): string {
  const [year = '', month, day] = date.slice(0, 10).split('-')
  return [month, day, year].filter((part) => part !== undefined).join('/')
}
