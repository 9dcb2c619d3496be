import type { NoteRule } from '../../policy/note-rule.ts'

/** A rule's words, compiled once. */
export interface Matcher {
  /** Any of the words, the contrary ones too: whether a sentence is worth reading. Without the `g` flag, so that `test` keeps no state. */
  readonly any: RegExp
  readonly terms: RegExp
  readonly contrary: RegExp | undefined
}

const matchers = new WeakMap<readonly string[], Matcher>()

/**
 * @throws {SyntaxError} when a term is no regular expression; the linter has found it before
 */
export function matcherOf(rule: NoteRule): Matcher {
  let matcher = matchers.get(rule.terms)
  if (matcher === undefined) {
    const contrary = rule.kind === 'finding' ? rule.contraryTerms : undefined
    matcher = {
      any: new RegExp(sourceOf([...rule.terms, ...(contrary ?? [])]), 'i'),
      terms: new RegExp(sourceOf(rule.terms), 'gi'),
      contrary: contrary === undefined ? undefined : new RegExp(sourceOf(contrary), 'gi'),
    }
    matchers.set(rule.terms, matcher)
  }
  return matcher
}

/** A space in a term is any white space: notes are wrapped. A boundary is asked for only where a word character stands at the edge. */
function sourceOf(terms: readonly string[]): string {
  return `(?<![A-Za-z0-9_])(?:${terms.map(spaced).join('|')})(?![A-Za-z0-9_])`
}

function spaced(term: string): string {
  // An optional or repeated space keeps its sign: " ?" must not become "at least one, lazily".
  return term.replaceAll(/ (?=[?*+{])/g, '\\s').replaceAll(' ', '\\s+')
}
