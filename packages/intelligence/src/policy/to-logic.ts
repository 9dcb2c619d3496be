import type { AnswerLogic, LogicNode } from '@authscript/prior-auth'
import { criterionOf, evaluateLeaf, type Judged, type Judgement, type Leaf } from './algebra.ts'
import type { Policy, Rule } from './policy.ts'

/**
 * The rules of a policy with what the chart's answers contribute, so that the verdict can be worked out again with a person's answers.
 *
 * A person says yes or no, not when or how often: a yes to a rule about days is unknown, because nothing says that the day is within its
 * window. A no says that there was none.
 */
export function toLogic({ always, pathways }: Policy, judgement: Judgement): AnswerLogic {
  const nodes: LogicNode[] = []
  const add = (rule: Rule): number => nodes.push(toNode(rule)) - 1
  const toNode = (rule: Rule): LogicNode => {
    if ('unless' in rule) return { not: add(rule.unless) }
    if ('all' in rule) return { atLeast: rule.all.length, of: rule.all.map(add) }
    if ('any' in rule) return { atLeast: 1, of: rule.any.map(add) }
    if ('of' in rule) return { atLeast: rule.atLeast, of: rule.of.map(add) }
    return toLeaf(rule, judgement)
  }
  return {
    always: add(always),
    pathways: pathways.map(({ pathwayId, rule }) => ({ pathwayId, node: add(rule) })),
    nodes,
  }
}

const yes: Judged = { value: 'met', days: [], isClosed: false }
const no: Judged = { value: 'not_met', days: [], isClosed: true }

function toLeaf(leaf: Leaf, { answers, asOf }: Judgement): LogicNode {
  const criterionId = criterionOf(leaf)
  const withAnswer = (judged: Judged) =>
    evaluateLeaf(leaf, { answers: new Map([[criterionId, judged]]), asOf })
  return {
    criterionId,
    value: evaluateLeaf(leaf, { answers, asOf }),
    ifMet: 'countOf' in leaf ? 'unclear' : withAnswer(yes),
    ifNotMet: withAnswer(no),
  }
}
