import { practiceIdFault } from '@authscript/prior-auth'
import { UsageError } from './command.ts'

/** @throws {UsageError} one of them cannot be the id of a practice */
export function parsePractices(typed: readonly string[]): readonly string[] {
  return typed.map((one) => parsePractice(one))
}

/** @throws {UsageError} it cannot be the id of a practice */
export function parsePractice(typed: string): string {
  const id = typed.trim()
  const fault = practiceIdFault(id)
  if (fault !== undefined) throw new UsageError(`--practice ${JSON.stringify(typed)}: ${fault}`)
  return id
}
