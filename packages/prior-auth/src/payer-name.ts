/**
 * A name as its words: lower case, without accents and punctuation. "Médicare Part A & B" is `medicare part a and b`. Payers and plans are spelt in as many ways
 * as there are charts.
 */
export function toWords(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Whether all words of `wanted`, in a row, stand in `name`: `Texas Medicaid` does in `TEXAS MEDICAID - STAR`, `Sana` not in `Sanatorium`. */
export function isNamed(wanted: string, name: string): boolean {
  const words = toWords(wanted)
  return words !== '' && ` ${toWords(name)} `.includes(` ${words} `)
}
