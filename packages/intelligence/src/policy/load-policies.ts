import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseYaml } from '../yaml/parse-yaml.ts'
import { explainShape } from './lint/explain-shape.ts'
import { findNesting } from './lint/lint-nesting.ts'
import { type Policy, policy as schema } from './policy.ts'

/** A policy file that cannot be used. The message names the file, the position and the allowed values. */
export class InvalidPolicyError extends Error {
  override readonly name = 'InvalidPolicyError'
  readonly code = 'invalid_policy'
  readonly file: string

  constructor(file: string, faults: readonly string[], cause?: unknown) {
    super(`${file}: ${faults.join('; ')}`, cause === undefined ? {} : { cause })
    this.file = file
  }
}

/** Longer than any file written by a person. */
const maxBytes = 1_000_000
const maxFaultsNamed = 10

/**
 * The policies of a directory (`*.yaml`, `*.yml`, `*.json`; one policy per file), sorted by file name. Those of
 * `practiceDirectory` replace ours with the same `policyId` and come first.
 *
 * @throws {InvalidPolicyError} a file cannot be read, is not a policy, or has the same `policyId` as another
 * file of its directory
 */
export function loadPolicies(directory: string, practiceDirectory?: string): readonly Policy[] {
  const ours = readDirectory(directory)
  const own = practiceDirectory === undefined ? [] : readDirectory(practiceDirectory)
  const ownIds = new Set(own.map((one) => one.policyId))
  return [...own, ...ours.filter((one) => !ownIds.has(one.policyId))]
}

function readDirectory(directory: string): readonly Policy[] {
  return readPolicyFiles(directory).map((one) => one.policy)
}

/**
 * The policies of one directory with their files, sorted by file name.
 *
 * @throws {InvalidPolicyError} as `loadPolicies`
 */
export function readPolicyFiles(
  directory: string,
): readonly { readonly file: string; readonly policy: Policy }[] {
  const files = namesIn(directory).filter((name) => /\.(?:ya?ml|json)$/i.test(name))
  const fileOf = new Map<string, string>()
  return files.map((name) => {
    const file = join(directory, name)
    const policy = readPolicyFile(file)
    const other = fileOf.get(policy.policyId)
    if (other !== undefined)
      throw new InvalidPolicyError(file, [`policyId: ${policy.policyId} is already in ${other}`])
    fileOf.set(policy.policyId, file)
    return { file, policy }
  })
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort()
  } catch (error) {
    throw new InvalidPolicyError(directory, ['the directory of policies cannot be read'], error)
  }
}

function readPolicyFile(file: string): Policy {
  let text: string
  try {
    if (statSync(file).size > maxBytes)
      throw new InvalidPolicyError(file, [`is longer than ${maxBytes} bytes`])
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof InvalidPolicyError) throw error
    throw new InvalidPolicyError(file, ['cannot be read'], error)
  }
  return parsePolicy(text, file)
}

/**
 * Parses a policy from the text of a YAML or JSON file.
 *
 * @throws {InvalidPolicyError} the text is not a policy
 */
export function parsePolicy(text: string, file: string): Policy {
  let candidate: unknown
  try {
    candidate = parseYaml(text)
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    throw new InvalidPolicyError(file, [`is not YAML: ${message}`], error)
  }
  const nesting = findNesting(candidate)
  if (nesting !== undefined)
    throw new InvalidPolicyError(file, [`${nesting.path}: ${nesting.message}`])
  const parsed = schema.safeParse(candidate)
  if (parsed.success) return parsed.data
  const faults = explainShape(candidate, parsed.error.issues)
  const named = faults.slice(0, maxFaultsNamed).map((one) => `${one.path}: ${one.message}`)
  const more = faults.length - named.length
  throw new InvalidPolicyError(file, more > 0 ? [...named, `and ${more} more`] : named)
}
