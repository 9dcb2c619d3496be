/** Letters that Unicode does not take apart, as people without such keys type them. */
const plainLetters: Readonly<Record<string, string>> = {
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
}

/** Lower case and without accents, so that `nunez` finds `Núñez`. What is searched and what is searched for are both written so. */
export function toSearchText(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[đðħıłøßæœþ]/gu, (letter) => plainLetters[letter] ?? letter)
}

/** Splits what a person searches for. A comma separates like a space: `Lindqvist, Karin`. */
export function searchWordsOf(search: string): readonly string[] {
  const words = toSearchText(search)
    .split(/[\s,]+/u)
    .filter((word) => word !== '')
  return [...new Set(words)]
}
