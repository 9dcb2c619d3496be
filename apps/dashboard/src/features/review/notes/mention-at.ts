/** An `@` before the caret, with what was typed behind it. */
export interface MentionAt {
  readonly start: number
  readonly typed: string
}

/** The mention that is being typed at the caret. An `@` within a word, as in an e-mail address, is none. */
export function mentionAt(text: string, caret: number): MentionAt | undefined {
  const before = text.slice(0, caret)
  const start = before.lastIndexOf('@')
  const isInWord = start > 0 && /\S/.test(before.charAt(start - 1))
  if (start === -1 || isInWord) return undefined
  const typed = before.slice(start + 1)
  return typed.length > 40 || typed.includes('\n') ? undefined : { start, typed }
}

/** Those whose name has what was typed, at the start of one of its words; none once a whole name stands there. */
export function matchingPeople(people: readonly string[], { typed }: MentionAt): readonly string[] {
  const wanted = typed.toLowerCase()
  if (people.some((name) => wanted.startsWith(`${name.toLowerCase()} `))) return []
  return people
    .filter((name) => {
      const lower = name.toLowerCase()
      return lower.startsWith(wanted) || lower.includes(` ${wanted}`)
    })
    .slice(0, 6)
}

/** The text with the name in place of what was typed, and where the caret goes. */
export function withMention(
  text: string,
  { start, typed }: MentionAt,
  name: string,
): { readonly text: string; readonly caret: number } {
  const mention = `@${name} `
  const rest = text.slice(start + 1 + typed.length).replace(/^ /, '')
  return { text: `${text.slice(0, start)}${mention}${rest}`, caret: start + mention.length }
}

/** Whom a text mentions. Of two names, one of which begins the other, the longer one counts. */
export function mentionedIn(text: string, people: readonly string[]): readonly string[] {
  const found = new Set<string>()
  const longestFirst = people.toSorted((one, other) => other.length - one.length)
  for (const { index } of text.matchAll(/(?<!\S)@/g)) {
    const rest = text.slice(index + 1)
    const name = longestFirst.find(
      (one) => rest.startsWith(one) && !/^[\p{L}\p{N}]/u.test(rest.slice(one.length)),
    )
    if (name !== undefined) found.add(name)
  }
  return [...found]
}
