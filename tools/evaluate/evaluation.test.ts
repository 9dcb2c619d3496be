import { policies, supportBy } from '@authscript/intelligence'
import { describe, expect, it } from 'vitest'
import { caseTables } from '@authscript/labelled-cases'
import { compareTable } from './compare.ts'
import { figuresOf, isFalseMet } from './figures.ts'
import { reliabilityOf, requestReliabilityOf } from './reliability.ts'
import { documentedTables, toMarkdown } from './reliability-table.ts'

const cases = caseTables.flatMap(compareTable)
const figures = figuresOf(cases)

describe('the labelled cases', () => {
  it('cover every policy, with at least a hundred and twenty cases', () => {
    expect(
      caseTables.map((table) => table.policyId),
      'each policy has a file in packages/labelled-cases/src/tables/',
    ).toEqual(policies.map((policy) => policy.policyId).sort())
    for (const { policyId, cases: own } of caseTables)
      expect(own.length, `the cases of ${policyId}`).toBeGreaterThanOrEqual(12)
    expect(cases.length).toBeGreaterThanOrEqual(120)
  })

  it('have unique names, and labels for exactly the criteria of their policy', () => {
    for (const table of caseTables) {
      const names = table.cases.map((one) => one.caseId)
      expect(new Set(names).size).toBe(names.length)
      const policy = policies.find((one) => one.policyId === table.policyId)
      const ids = policy?.criteria.map((one) => one.criterionId).sort()
      for (const one of table.cases) expect(Object.keys(one.truth).sort()).toEqual(ids)
    }
  })
})

describe('the assessment, compared with the labels', () => {
  it('never says yes if a reviewer would not', () => {
    expect(cases.flatMap((one) => one.comparisons).filter(isFalseMet)).toEqual([])
  })

  it('never states anything false to the payer in favor of a request', () => {
    const all = cases.flatMap((one) => one.comparisons)

    expect(all.filter((one) => one.isFalseStatement)).toEqual([])
  })

  it('agrees on at least 99 % of the criteria that the chart settles', () => {
    expect(figures.agreement).toBeGreaterThanOrEqual(0.99)
  })

  it('approves no request that a reviewer would not approve', () => {
    expect(cases.filter((one) => one.given === 'approve' && one.wanted !== 'approve')).toEqual([])
  })

  it('quotes text that exists, and mostly the text a reviewer would quote', () => {
    expect(figures.unverifiedQuotes).toBe(0)
    expect(figures.onSpan).toBeGreaterThanOrEqual(0.95)
  })
})

describe('calibration', () => {
  it('is documented as measured: update it with npm run evaluate -- --write', () => {
    expect(documentedTables()).toBe(toMarkdown(reliabilityOf(cases), requestReliabilityOf(cases)))
  })

  it('claims no more confidence than was measured, for fifty answers or more', () => {
    for (const row of reliabilityOf(cases)) {
      if (row.answers >= 50) expect(row.confidence).toBeLessThanOrEqual(row.right / row.answers)
    }
  })

  it('never ranks a request that cannot be approved with those that can', () => {
    const approvable = cases.filter((one) => one.given === 'approve').map((one) => one.confidence)
    const others = cases.filter((one) => one.given !== 'approve').map((one) => one.confidence)

    expect(Math.min(...approvable)).toBeGreaterThan(Math.max(...others))
    expect(Math.min(...approvable)).toBeGreaterThanOrEqual(supportBy.text)
  })
})
