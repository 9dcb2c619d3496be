import { describe, expect, it } from 'vitest'
import { toCoverage } from './coverage.ts'

const org = { resourceType: 'Organization', id: 'org', name: 'Blue River Health' }
const read = (more: object) =>
  toCoverage(
    { resourceType: 'Coverage', id: 'c', ...more },
    new Map([['o1', { ...org, id: 'o1' }]]),
    '2026-06-15',
  )

describe('the payer of a coverage', () => {
  it.each([
    [[{ reference: 'Organization/o1' }], []],
    [[{ reference: '#org' }], [org]],
    [[{ display: 'Blue River Health' }], []],
    [[{ reference: 'https://other.example/Organization/o1', display: 'Blue River Health' }], []],
    [[{ reference: 'Patient/p1' }, { reference: 'Organization/o1' }], []],
    [[{ reference: 'Organization/o9' }, { reference: 'Organization/o1' }], []],
  ])('%j is named', (payor, contained) => {
    expect(read({ payor, contained }).payerName).toBe('Blue River Health')
  })

  it.each([
    [[{ reference: 'Patient/p1', display: 'Ann Example' }]],
    [[{ reference: 'RelatedPerson/r1', display: 'Her father' }]],
    [[{ type: 'Patient', display: 'Self' }]],
  ])('%j means self-pay', (payor) => {
    expect(read({ payor })).toMatchObject({ isSelfPay: true })
    expect(read({ payor })).not.toHaveProperty('payerName')
  })

  it.each([
    [[]],
    [[{ reference: 'https://other.example/Organization/o1' }]],
    [[{ reference: '#none' }]],
    [[{ identifier: { value: '60054' } }]],
  ])('of %j is unknown', (payor) => {
    expect([read({ payor }).payerName, read({ payor }).isSelfPay]).toEqual([undefined, undefined])
  })
})

describe('the member of a coverage', () => {
  const typed = (code: string, value: string, more: object = {}) => ({
    type: { coding: [{ code }] },
    value,
    ...more,
  })

  it.each([
    [{ subscriberId: 'S', identifier: [typed('MB', 'M')] }, 'S'],
    [{ identifier: [typed('XX', 'X'), typed('MB', 'M')] }, 'M'],
    [{ identifier: [typed('MB', 'OLD', { period: { end: '2020' } }), typed('MB', 'M')] }, 'M'],
    [{ identifier: [{ type: { text: 'Member Number' }, value: 'M' }] }, 'M'],
    [{ identifier: [{ value: 'X' }] }, undefined],
  ])('%j: member %s', (more, memberId) => {
    expect(read(more).memberId).toBe(memberId)
  })

  it.each([
    [[typed('group', 'G'), typed('plan', 'P')]],
    [[typed('subgroup', 'X'), typed('GROUP', 'G'), typed('Plan', 'P')]],
    [
      [
        { type: { text: 'Group Number' }, value: 'G' },
        { type: { text: 'plan' }, value: 'P' },
      ],
    ],
  ])('%j: group and plan', (classes) => {
    expect(read({ class: classes })).toMatchObject({ groupNumber: 'G', planName: 'P' })
  })

  it.each([
    [{ coding: [{ code: 'self' }] }, 'self'],
    [{ coding: [{ code: 'SELF' }] }, 'self'],
    [{ coding: [{ code: '18' }] }, 'self'],
    [{ coding: [{ code: 'local-1' }, { code: 'self' }] }, 'self'],
    [{ text: 'Child' }, 'child'],
  ])('%j: %s', (relationship, expected) => {
    expect(read({ relationship }).relationship).toBe(expected)
  })
})
