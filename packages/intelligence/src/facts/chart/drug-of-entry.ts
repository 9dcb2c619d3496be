import type { Concept as CodedConcept } from '@authscript/prior-auth'
import { doseBeside } from '../note/doses.ts'
import { tokensOf } from '../values/tokens.ts'
import { textsOf } from './chart-entry.ts'

/**
 * Identifies the drug of a request: by its codes, or by the ingredient, which stands first in "naproxen 500 mg
 * tablet".
 */
export function drugsOf(concept: CodedConcept): readonly string[] {
  return [
    ...concept.codings.flatMap(({ system, code }) =>
      system === undefined || code === undefined ? [] : [`${system} ${code}`],
    ),
    ...textsOf(concept).flatMap((text) => /[a-z]{4,}/i.exec(text)?.[0].toLowerCase() ?? []),
  ]
}

/** The first dose in one of these texts. */
export function doseOf(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const tokens = tokensOf(text)
    for (const token of tokens) {
      if (token.kind !== 'number') continue
      const dose = doseBeside(tokens, { start: token.start, end: token.start })
      if (dose !== undefined) return text.slice(dose.start, dose.end)
    }
  }
  return undefined
}
