import type { EhrBehaviour } from './behaviour.ts'
import type { ReadFault } from './chart-faults.ts'
import { usCoreCombinations } from './us-core-combinations.ts'

/** The server's check of a search before it reads any resource. */
export type SearchVerdict =
  | {
      readonly taken: true
      readonly parameters: URLSearchParams
      readonly ignored: readonly string[]
    }
  | { readonly taken: false; readonly status: number; readonly text: string }

/** Parameters about the answer, not about the resources. */
const resultParameters = new Set(['_count', '_sort', '_format', '_total', '_summary', '_elements'])

export function checkSearch(
  { search, practiceParameter }: EhrBehaviour,
  faults: readonly ReadFault[],
  resourceType: string,
  asked: URLSearchParams,
): SearchVerdict {
  const names = [...new Set(asked.keys())]
    .map((name) => name.split(':')[0] ?? name)
    .filter((name) => name !== practiceParameter?.name)
  const known = search.parameters[resourceType] ?? search.anyParameters
  const unknown = names.filter((name) => !known.includes(name) && !resultParameters.has(name))
  if (unknown.length > 0 && search.unknownParameters === 'refused')
    return refuse(search.refusal, `unknown search parameter: ${unknown.join(', ')}`)

  const used = names.filter((name) => known.includes(name) && !resultParameters.has(name))
  const isStrict = faults.some((fault) => fault.kind === 'us_core_combinations')
  const combinations = isStrict
    ? usCoreCombinations[resourceType]
    : search.combinations[resourceType]
  const isExact = isStrict || search.exactCombinations === true
  if (combinations !== undefined && !combinations.some((one) => fits(one, used, isExact)))
    return refuse(
      search.refusal,
      `${resourceType} is searched by: ${combinations.map((one) => one.join(' + ')).join('; ')}`,
    )
  for (const [kind, parameter] of [
    ['needs_intent', 'intent'],
    ['needs_category', 'category'],
  ] as const)
    if (faults.some((fault) => fault.kind === kind) && !used.includes(parameter))
      return refuse(search.refusal, `${resourceType} is searched by: patient + ${parameter}`)

  const parameters = new URLSearchParams([...asked].filter(([name]) => used.includes(name)))
  return { taken: true, parameters, ignored: unknown }
}

function fits(combination: readonly string[], used: readonly string[], isExact: boolean): boolean {
  return (
    combination.every((name) => used.includes(name)) &&
    (!isExact || used.every((name) => combination.includes(name)))
  )
}

function refuse(status: number, text: string): SearchVerdict {
  return { taken: false, status, text }
}
