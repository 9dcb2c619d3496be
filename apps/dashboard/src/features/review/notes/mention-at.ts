/** An `@` before the caret, with what was typed behind it. */
export interface MentionAt {
  readonly start: number
  readonly typed: string
}

/** The mention that is being typed at the caret. An `@` within a word, as in an e-mail address, does not count. */
export function mentionAt(text: string, caret: number): MentionAt | undefined {
  const before = text.slice(0, caret)
  const start = before.lastIndexOf('@')
  const isInWord = start > 0 && /\S/.test(before.charAt(start - 1))
  if (start === -1 || isInWord) return undefined
  const typed = before.slice(start + 1)
  return typed.length > 40 || typed.includes('\n') ? undefined : { start, typed }
}

/** Names in which one word starts with what was typed; none once a whole name is typed. */
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

/** The people whom a text mentions. If one name is the beginning of another, the longer one counts. */
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
