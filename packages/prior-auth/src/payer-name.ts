/**
 * Normalizes a name to lower-case words without accents and punctuation: "Médicare Part A & B" becomes `medicare
 * part a and b`. Charts spell payers and plans in many ways.
 */
export function normalizeName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * Whether `name` contains all words of `wanted` in sequence: `TEXAS MEDICAID - STAR` contains `Texas Medicaid`,
 * `Sanatorium` does not contain `Sana`.
 */
export function nameContains(wanted: string, name: string): boolean {
  const words = normalizeName(wanted)
  return words !== '' && ` ${normalizeName(name)} `.includes(` ${words} `)
}
