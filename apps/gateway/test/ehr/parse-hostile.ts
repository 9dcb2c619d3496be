import { ehrLimitsByDefault } from './an-ehr-settings.ts'
import { GatewayError } from '../../src/errors.ts'
import { parseResource } from '../../src/fhir/client/parse-resource.ts'

/** A separate program with a small heap: parses two hostile answers, keeps both, and prints the outcome of each. */
const megabyte = 1024 * 1024
const limits = ehrLimitsByDefault()

/** Keys that all differ: no JSON of this size takes more memory. */
function distinctKeys(count: number): string {
  return Array.from({ length: count }, (_none, at) => `{"k${at.toString(36)}":1}`).join(',')
}

const parts: Readonly<Record<string, () => string>> = {
  empty_objects: () => '{},'.repeat((16 * megabyte) / 3 - 40),
  deep_pairs: () => '[[{}]],'.repeat((16 * megabyte) / 7 - 40),
  distinct_keys: () => `${distinctKeys(1_100_000)},`,
  at_the_limit: () => `${distinctKeys(limits.maxNodes / 2 - 10)},`,
}

const [, , kind = ''] = process.argv
const body = Buffer.from(`{"resourceType":"Bundle","entry":[${parts[kind]?.() ?? ''}{}]}`)
const kept: unknown[] = []
const outcomes = [Buffer.from(body), body].map((bytes) => {
  try {
    const { resource } = parseResource(bytes, { contentType: undefined, limits, what: 'a test' })
    kept.push(resource)
    return resource.resourceType
  } catch (error) {
    return error instanceof GatewayError ? error.code : String(error)
  }
})
process.stdout.write(JSON.stringify(outcomes))
