/** Lower case and without accents, so that `nunez` finds `Núñez`. What is searched and what is searched for are both written so. */
export function toSearchText(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

/** The words of a search. A comma separates like a space: `Lindqvist, Karin`. */
export function searchWordsOf(search: string): readonly string[] {
  const words = toSearchText(search)
    .split(/[\s,]+/u)
    .filter((word) => word !== '')
  return [...new Set(words)]
}
