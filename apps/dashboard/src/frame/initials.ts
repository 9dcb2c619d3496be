const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** "AO" of "Ada Okafor, MD": the first letters of the first and the last name, without titles after a comma. */
export function initialsOf(label: string): string {
  const words = (label.split(',')[0] ?? '').split(/\s+/u).filter((word) => /\p{L}/u.test(word))
  const [first] = words
  const last = words.length > 1 ? words.at(-1) : undefined
  return [first, last].map(firstLetter).join('').toLocaleUpperCase('en') || '?'
}

function firstLetter(word: string | undefined): string {
  for (const { segment } of graphemes.segment(word ?? ''))
    if (/\p{L}/u.test(segment)) return segment
  return ''
}
