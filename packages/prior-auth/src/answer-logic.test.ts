import { describe, expect, it } from 'vitest'
import { type AnswerLogic, evaluateLogic, type LogicNode } from './answer-logic.ts'
import type { AnswerValue } from './answer-value.ts'

const leaf = (criterionId: string, value: AnswerValue): LogicNode => ({
  criterionId,
  value,
  ifMet: 'met',
  ifNotMet: 'not_met',
})
/** a, and one of: two of b, c and d; or not e. */
const logicOf = (values: readonly AnswerValue[]): AnswerLogic => ({
  nodes: [
    ...values.map((value, index) => leaf('abcde'.charAt(index), value)),
    { atLeast: 2, of: [1, 2, 3] },
    { not: 4 },
  ],
  always: 0,
  pathways: [
    { pathwayId: 'two', node: 5 },
    { pathwayId: 'without', node: 6 },
  ],
})
const [y, n, u] = ['met', 'not_met', 'unclear'] as const

describe('working out the verdict again', () => {
  it.each([
    { values: [y, y, y, n, u], verdict: y, pathways: [y, u] },
    { values: [y, n, n, n, n], verdict: y, pathways: [n, y] },
    { values: [y, y, u, n, y], verdict: u, pathways: [u, n] },
    { values: [n, y, y, y, n], verdict: n, pathways: [y, y] },
    { values: [u, y, y, y, n], verdict: u, pathways: [y, y] },
    { values: [y, n, n, u, y], verdict: n, pathways: [n, n] },
  ])('$values is $verdict', ({ values, verdict, pathways }) => {
    const result = evaluateLogic(logicOf(values), new Map())

    expect(result?.verdict).toBe(verdict)
    expect(result?.pathways.map(({ result: one }) => one)).toEqual(pathways)
  })

  it('takes a person’s answers in place of the chart’s', () => {
    const logic = logicOf([y, y, u, n, y])

    expect(evaluateLogic(logic, new Map([['c', y]]))?.verdict).toBe(y)
    expect(evaluateLogic(logic, new Map([['c', n]]))?.verdict).toBe(n)
    expect(evaluateLogic(logic, new Map([['e', u]]))?.verdict).toBe(u)
    expect(evaluateLogic(logic, new Map([['unknown', y]]))?.verdict).toBe(u)
  })

  it('takes no yes for a rule about days', () => {
    const dated: AnswerLogic = {
      nodes: [{ criterionId: 'a', value: u, ifMet: u, ifNotMet: n }],
      always: 0,
      pathways: [{ pathwayId: 'p', node: 0 }],
    }

    expect(evaluateLogic(dated, new Map([['a', y]]))?.verdict).toBe(u)
    expect(evaluateLogic(dated, new Map([['a', n]]))?.verdict).toBe(n)
  })

  it.each<{ what: string; logic: AnswerLogic }>([
    { what: 'a later node', logic: { nodes: [{ not: 1 }, leaf('a', y)], always: 0, pathways: [] } },
    { what: 'itself', logic: { nodes: [{ atLeast: 1, of: [0] }], always: 0, pathways: [] } },
    { what: 'no node', logic: { nodes: [leaf('a', y)], always: 3, pathways: [] } },
    {
      what: 'no node as a pathway',
      logic: { nodes: [leaf('a', y)], always: 0, pathways: [{ pathwayId: 'p', node: 9 }] },
    },
  ])('says nothing where a node names $what', ({ logic }) => {
    expect(evaluateLogic(logic, new Map())).toBeUndefined()
  })
})
