/**
 * Expands a wording: `{a/b/}` stands for each of its alternatives, which may be nested, so `has {not/never}
 * {yet/} been {done/made}` stands for eight wordings. White space is collapsed.
 */
export function alternativesOf(text: string): readonly string[] {
  const line = text.replaceAll(/\s+/g, ' ')
  if (!line.includes('{')) return [line.trim()]
  return [...new Set(sequence(line, { at: 0 }).map(withoutDoubleSpaces))]
}

/** An empty alternative leaves the spaces on both sides of it. */
function withoutDoubleSpaces(text: string): string {
  const trimmed = text.trim()
  return trimmed.includes('  ') ? trimmed.replaceAll(/ +/g, ' ') : trimmed
}

/** Reads to the end of the text or of the current alternative. */
function sequence(text: string, place: { at: number }, isInside = false): readonly string[] {
  let all: readonly string[] = ['']
  while (place.at < text.length) {
    const char = text.charAt(place.at)
    if (isInside && (char === '/' || char === '}')) break
    const next = char === '{' ? choice(text, place) : [literal(text, place, isInside)]
    all = all.flatMap((one) => next.map((other) => one + other))
  }
  return all
}

/** Reads at least one character, up to the next one with a meaning here. */
function literal(text: string, place: { at: number }, isInside: boolean): string {
  const start = place.at
  const rest = isInside ? /[^{/}]+/y : /[^{]+/y
  rest.lastIndex = start
  rest.test(text)
  place.at = rest.lastIndex
  return text.slice(start, place.at)
}

function choice(text: string, place: { at: number }): readonly string[] {
  const all: string[] = []
  place.at += 1
  while (place.at < text.length) {
    all.push(...sequence(text, place, true))
    place.at += 1
    if (text.charAt(place.at - 1) === '}') break
  }
  return all
}
