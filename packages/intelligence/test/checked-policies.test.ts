import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { orderId, toBundle } from '@authscript/labelled-cases'
import { analyze, checkedPolicies, InvalidPolicyError, policies } from '../src/index.ts'

const serviceDay = '2026-11-24'
const lumbar = readFileSync(new URL('../policies/lumbar-spine-mri.yaml', import.meta.url), 'utf8')
const plain = `
policyId: our-payer
title: Our payer's own
version: '1'
effectiveFrom: '2025-01-01'
procedureCodes: ['72148']
scope: { payers: [Our Payer] }
sources:
  paper: { document: A paper, section: '1', date: '2025', basis: our_default }
criteria:
  - criterionId: drop
    question: Is there foot drop?
    missing: whether there is foot drop
    effort: examine
    sources: [paper]
    any: [{ finding: [foot-drop] }]
always: { criterion: drop }
pathways: [{ pathwayId: way, label: Foot drop, rule: { criterion: drop } }]
`

describe('the policies of a practice', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'practice-'))
  })
  afterEach(() => rmSync(directory, { recursive: true }))
  const check = (lookBack = {}) =>
    checkedPolicies({ practiceDirectory: directory, serviceDay, lookBack })
  const put = (name: string, text: string) => writeFileSync(join(directory, name), text)

  it('are used in addition to ours, for their orders', () => {
    put('our-payer.yaml', plain)

    const checked = check()
    const analysis = analyze(
      toBundle({ order: { code: '72148' }, payer: { name: 'Our Payer' }, note: 'Left foot drop.' }),
      orderId,
      { policies: checked.policies },
    )

    expect(checked.policies).toHaveLength(policies.length + 1)
    expect(checked.warnings).toEqual([])
    expect(analysis).toMatchObject({
      outcome: 'assessed',
      policy: { policyId: 'our-payer' },
      recommendation: 'approve',
    })
  })

  it('replace ours with the same id', () => {
    put('lumbar.yaml', lumbar.replace("version: '2026.2'", "version: 'ours'"))

    const found = check().policies.filter((one) => one.policyId === 'lumbar-spine-mri')
    expect(found.map((one) => one.version)).toEqual(['ours'])
  })

  it.each<readonly [string, string, RegExp]>([
    ['no policy', 'policyId: x', /own\.yaml: .*criteria: /],
    [
      'wording',
      plain.replace('[foot-drop]', "['drags the foot']"),
      /own\.yaml: criteria\.drop\.any\.0\.finding\.0: "drags the foot" is wording; allowed: ids of concepts/,
    ],
    [
      'a concept that nobody knows',
      plain.replace('[foot-drop]', '[foot-dorp]'),
      /own\.yaml: criteria\.drop.*"foot-dorp" is not a concept of the lexicon; the closest are .*foot-drop/,
    ],
    [
      'a pathway that nobody can walk',
      plain.replace('rule: { criterion: drop }', 'rule: { unless: { criterion: drop } }'),
      /own\.yaml: pathways/,
    ],
    [
      'a source that is not named',
      plain.replace('sources: [paper]', 'sources: [letter]'),
      /own\.yaml: .*letter/,
    ],
  ])(
    'are refused with %s, naming the file, the position and what is allowed',
    (_, text, message) => {
      put('own.yaml', text)

      expect(() => check()).toThrow(InvalidPolicyError)
      expect(() => check()).toThrow(message)
    },
  )

  it('are refused if silence must cover more than the look-back', () => {
    put(
      'own.yaml',
      plain.replace(
        'any: [{ finding: [foot-drop] }]',
        'silence: not_met\n    any: [{ study: [lumbar-spine-mri], within: { value: 36, unit: months, source: paper } }]',
      ),
    )

    expect(() => check({ Procedure: 24 })).toThrow(
      /own\.yaml: criteria\.drop.*within 36 months, but Procedure is read only 24 months back/,
    )
    expect(() => check({ Procedure: 36 })).not.toThrow()
  })

  it('of ours that need a longer look-back are named in a warning', () => {
    expect(check({ Procedure: 1, DocumentReference: 1 }).warnings).toContainEqual(
      expect.stringMatching(/^lumbar-spine-mri: criteria\.recent_lumbar_mri/),
    )
  })
})
