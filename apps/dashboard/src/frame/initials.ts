/** "AO" of "Ada Okafor, MD": the first letters, with their accents, of the first and the last name, without titles after a comma. */
export function initialsOf(label: string): string {
  const letters = (label.split(',')[0] ?? '')
    .split(/\s+/u)
    .flatMap((word) => /\p{L}\p{M}*/u.exec(word) ?? [])
  const ends = letters.length > 1 ? [letters[0], letters.at(-1)] : letters
  return ends.join('').toLocaleUpperCase('en') || '?'
}
