import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lintLexicon } from '../../src/lexicon/lint-lexicon.ts'
import { readLexiconRows } from '../../src/lexicon/read-lexicon.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'

/** All strings inside a value. Those that are concept ids are the concepts that a policy names. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsOf)
}

test('finds no errors in the product’s lexicon, all of which its policies use', () => {
  const policies = loadPolicies(join(import.meta.dirname, '../../policies'))
  const used = new Set(policies.flatMap(({ criteria }) => textsOf(criteria)))

  const messages = lintLexicon(readLexiconRows(), used)

  expect(messages.map(({ file, id, message }) => `${file}: ${id}: ${message}`)).toEqual([])
})

test('contains at least six hundred concepts', () => {
  expect(readLexiconRows().length).toBeGreaterThanOrEqual(600)
})
