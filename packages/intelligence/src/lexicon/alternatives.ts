/**
 * Expands a wording: `{a/b/}` stands for each of its alternatives, which may be nested, so `has {not/never}
 * {yet/} been {done/made}` stands for eight wordings. White space is collapsed.
 */
export function alternativesOf(text: string): readonly string[] {
  if (!text.includes('{')) return [plain(text)]
  return [...new Set(sequence(text, { at: 0 }).map(plain))]
}

const plain = (text: string): string => text.trim().replaceAll(/\s+/g, ' ')

/** Reads to the end of the text or of the current alternative. */
function sequence(text: string, place: { at: number }, isInside = false): readonly string[] {
  let all: readonly string[] = ['']
  while (place.at < text.length) {
    const char = text.charAt(place.at)
    if (isInside && (char === '/' || char === '}')) break
    place.at += 1
    const next = char === '{' ? choice(text, place) : [char]
    all = all.flatMap((one) => next.map((other) => one + other))
  }
  return all
}

function choice(text: string, place: { at: number }): readonly string[] {
  const all: string[] = []
  while (place.at < text.length) {
    all.push(...sequence(text, place, true))
    place.at += 1
    if (text.charAt(place.at - 1) === '}') break
  }
  return all
}
