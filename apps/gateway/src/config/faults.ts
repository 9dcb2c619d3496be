import type { z } from 'zod'
import type { KeyNode } from './key-tree.ts'
import type { RuleParams } from './key-rules.ts'
import { keysOf, nodeAt } from './key-tree.ts'
import { nearestName } from './nearest-name.ts'

/** How the operator wrote a path: a file's `Http.Port`, or the variable `Http__Port`. */
export interface WrittenName {
  readonly name: string
  readonly isVariable: boolean
  /** False: the key has its default. */
  readonly isSet: boolean
}

const maxShownLength = 120
/** More keys than this are not listed in a message. */
const maxListed = 14

/** One line for each fault that zod found: the key, what was found, and what is expected. */
export function describeIssue(
  issue: z.core.$ZodIssue,
  root: KeyNode,
  writtenName: (path: readonly string[]) => WrittenName,
): readonly string[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => describeUnknown([...path, key], root, writtenName))
  const node = nodeAt(root, path)
  const { name } = writtenName(path)
  const found = describeFound(issue.input, node)
  if (issue.code === 'custom' && issue.message !== 'Invalid input') {
    // Only `withRules` sets parameters.
    const params = issue.params as RuleParams | undefined
    const section = path.slice(0, path.length - (params?.depth ?? 0))
    const others = (params?.others ?? []).flatMap(({ path: other, input }) =>
      input === undefined ? [] : [describeOther([...section, ...other], input, root, writtenName)],
    )
    const beside = others.length === 0 ? '' : `, with ${others.join(' and ')}`
    return [`${name}: found ${found}${beside}; ${issue.message}`]
  }
  const unit = node?.notes.unit === undefined ? '' : ` (${node.notes.unit})`
  return [`${name}: found ${found}; expected ${node?.range ?? 'something else'}${unit}`]
}

/** A key that the faulty one does not fit to, with its value: `Http.Port 8080 (the default)`. */
function describeOther(
  path: readonly string[],
  input: unknown,
  root: KeyNode,
  writtenName: (path: readonly string[]) => WrittenName,
): string {
  const { name, isSet } = writtenName(path)
  return `${name} ${describeFound(input, nodeAt(root, path))}${isSet ? '' : ' (the default)'}`
}

function describeUnknown(
  path: readonly string[],
  root: KeyNode,
  writtenName: (path: readonly string[]) => WrittenName,
): string {
  const section = path.slice(0, -1)
  const key = path.at(-1) ?? ''
  const { name, isVariable } = writtenName(path)
  const siblings = [...(nodeAt(root, section)?.keys.keys() ?? [])]
  const sibling = nearestName(key, siblings)
  if (sibling !== undefined) {
    const meant = isVariable ? name.slice(0, name.length - key.length) + sibling : sibling
    return `${name}: unknown key; did you mean ${meant}?`
  }
  const elsewhere = [...keysOf(root)].find(
    (one) => one.path.at(-1)?.toLowerCase() === key.toLowerCase(),
  )
  if (elsewhere !== undefined) {
    const meant = elsewhere.path.join(isVariable ? '__' : '.')
    return `${name}: unknown key; did you mean ${meant}?`
  }
  return siblings.length <= maxListed
    ? `${name}: unknown key; known here: ${siblings.join(', ')}`
    : `${name}: unknown key; docs/configuration.md lists the known ones`
}

/** What a value is, in words that never show a secret. */
export function describeFound(input: unknown, node: KeyNode | undefined): string {
  if (input === undefined) return 'nothing'
  if (input === '') return 'an empty text'
  if (input === null) return 'null'
  if (Array.isArray(input)) return input.length === 0 ? 'an empty list' : 'a list'
  if (typeof input === 'object') return 'a section'
  // Where a section or a list belongs, a lone value may be a secret that lost its key.
  if (node === undefined || node.kind !== 'value') return `a ${nameOfType(input)}`
  if (node.notes.secret === true) return 'a secret'
  const shown = JSON.stringify(input) ?? 'something that cannot be shown'
  return withoutUser(shown).slice(0, maxShownLength)
}

const nameOfType = (input: unknown) => (typeof input === 'string' ? 'text' : typeof input)

/** An address may carry a password. */
const withoutUser = (text: string) => text.replaceAll(/\/\/[^/@\s"]*@/g, '//***@')
