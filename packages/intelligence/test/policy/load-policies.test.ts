import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { InvalidPolicyError, loadPolicies, parsePolicy } from '../../src/policy/load-policies.ts'

const text = (policyId: string, title = 'A policy') => `
policyId: ${policyId}
title: ${title}
version: '1'
effectiveFrom: '2025-01-01'
procedureCodes: ['72148']
sources:
  paper: { document: A paper, section: '1', date: '2025', basis: our_default }
criteria:
  - criterionId: a
    question: Is it so?
    missing: whether it is so
    effort: document
    sources: [paper]
    any: [{ finding: [foot-drop] }]
always: { criterion: a }
pathways: [{ pathwayId: way, label: The way, rule: { criterion: a } }]
`

describe('policies from files', () => {
  let ours: string
  let practice: string
  const put = (directory: string, name: string, content: string) =>
    writeFileSync(join(directory, name), content)
  beforeEach(() => {
    ours = mkdtempSync(join(tmpdir(), 'policies-'))
    practice = mkdtempSync(join(tmpdir(), 'practice-'))
  })
  afterEach(() => {
    for (const directory of [ours, practice]) rmSync(directory, { recursive: true })
  })
  const titles = (practiceDirectory?: string) =>
    loadPolicies(ours, practiceDirectory).map(({ policyId, title }) => `${policyId}: ${title}`)

  it('are read in the order of their names, as YAML or JSON', () => {
    put(ours, 'b.yaml', text('second'))
    put(ours, 'a.json', JSON.stringify(parsePolicy(text('first'), 'x')))
    put(ours, 'README.md', '# not a policy')

    expect(titles()).toEqual(['first: A policy', 'second: A policy'])
  })

  it("a practice's policy replaces ours with the same id", () => {
    put(ours, 'a.yaml', text('lumbar'))
    put(ours, 'b.yaml', text('brain'))
    put(practice, 'z.yml', text('lumbar', 'Our payer'))

    expect(titles(practice)).toEqual(['lumbar: Our payer', 'brain: A policy'])
  })

  it.each<readonly [string, string, RegExp]>([
    ['invalid YAML', 'policyId: [', /own\.yaml: is not YAML: /],
    ['a key twice', `${text('x')}\npolicyId: y`, /own\.yaml: is not YAML: duplicated mapping key/],
    ['nothing', '', /own\.yaml: the file: /],
    ['a list', '- 1', /own\.yaml: the file: /],
    ['a policy that lacks its criteria', 'policyId: x', /own\.yaml: .*criteria: /],
    [
      'wording',
      text('x').replace('foot-drop', 'foot drop'),
      /own\.yaml: criteria\.a\.any\.0\.finding\.0: "foot drop" is wording; allowed: /,
    ],
    [
      'a value that contains itself',
      'criteria: &a [*a]',
      /own\.yaml: criteria\.0: contains itself/,
    ],
    ['many faults', `criteria: [${'{}, '.repeat(30)}{}]`, /and \d+ more/],
    ['a very long file', `# ${'x'.repeat(1_000_001)}`, /own\.yaml: is longer than 1000000 bytes/],
  ])('refuses %s, naming the file and what is allowed', (_, content, message) => {
    put(practice, 'own.yaml', content)

    expect(() => loadPolicies(ours, practice)).toThrow(InvalidPolicyError)
    expect(() => loadPolicies(ours, practice)).toThrow(message)
  })

  it('refuses two files of one policy', () => {
    put(practice, 'a.yaml', text('lumbar'))
    put(practice, 'b.yaml', text('lumbar'))

    expect(() => loadPolicies(ours, practice)).toThrow(
      /b\.yaml: policyId: lumbar is already in .*a\.yaml/,
    )
  })

  it('refuses a missing directory', () => {
    expect(() => loadPolicies(ours, join(practice, 'nowhere'))).toThrow(
      /nowhere: the directory of policies cannot be read/,
    )
  })
})
