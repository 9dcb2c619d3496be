import { z } from 'zod'
import { type AnswerValue, answerValue } from './answer-value.ts'
import type { Immutable } from './immutable.ts'

/**
 * How the answers combine to a verdict, as plain values, so that it can be worked out again with a person's answers without the chart and
 * without the policy. Nodes name earlier nodes by their index.
 */
const logicNode = z.union([
  /** What one answer contributes: now, and if it were yes or no. Unknown always stays unknown. */
  z.object({
    criterionId: z.string(),
    value: answerValue,
    ifMet: answerValue,
    ifNotMet: answerValue,
  }),
  z.object({ atLeast: z.number().int().min(0), of: z.array(z.number().int().min(0)) }),
  z.object({ not: z.number().int().min(0) }),
])

export const answerLogic = z.object({
  nodes: z.array(logicNode),
  /** The index of what every request needs. */
  always: z.number().int().min(0),
  /** One of these is enough. */
  pathways: z.array(z.object({ pathwayId: z.string(), node: z.number().int().min(0) })),
})

export type LogicNode = Immutable<z.infer<typeof logicNode>>
export type AnswerLogic = Immutable<z.infer<typeof answerLogic>>

/** What the answers come to. */
export interface LogicResult {
  readonly verdict: AnswerValue
  readonly pathways: readonly { readonly pathwayId: string; readonly result: AnswerValue }[]
}

/**
 * Kleene's three-valued logic, as the rules use it. `changed` has the answers that count in place of the chart's.
 *
 * Undefined when a node names a later node, or none.
 */
export function evaluateLogic(
  { nodes, always, pathways }: AnswerLogic,
  changed: ReadonlyMap<string, AnswerValue>,
): LogicResult | undefined {
  const values: AnswerValue[] = []
  for (const node of nodes) {
    const value = valueOf(node, values, changed)
    if (value === undefined) return undefined
    values.push(value)
  }
  const results = pathways.map(({ pathwayId, node }) => ({ pathwayId, result: values[node] }))
  const common = values[always]
  if (common === undefined || !results.every(isKnown)) return undefined
  const any = atLeast(
    1,
    results.map(({ result }) => result),
  )
  return { verdict: atLeast(2, [common, any]), pathways: results }
}

function isKnown<Result extends { readonly result: AnswerValue | undefined }>(
  one: Result,
): one is Result & { readonly result: AnswerValue } {
  return one.result !== undefined
}

function valueOf(
  node: LogicNode,
  values: readonly AnswerValue[],
  changed: ReadonlyMap<string, AnswerValue>,
): AnswerValue | undefined {
  if ('criterionId' in node) {
    const answer = changed.get(node.criterionId)
    if (answer === undefined) return node.value
    if (answer === 'unclear') return 'unclear'
    return answer === 'met' ? node.ifMet : node.ifNotMet
  }
  if ('not' in node) {
    const inner = values[node.not]
    if (inner === undefined || inner === 'unclear') return inner
    return inner === 'met' ? 'not_met' : 'met'
  }
  const inner = node.of.flatMap((index) => values[index] ?? [])
  return inner.length === node.of.length ? atLeast(node.atLeast, inner) : undefined
}

function atLeast(wanted: number, values: readonly AnswerValue[]): AnswerValue {
  const met = values.filter((value) => value === 'met').length
  const open = values.filter((value) => value === 'unclear').length
  if (met >= wanted) return 'met'
  return met + open >= wanted ? 'unclear' : 'not_met'
}
