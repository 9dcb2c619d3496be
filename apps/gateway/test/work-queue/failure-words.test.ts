import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { toEncounterFailure } from '../../src/http/encounter-failure.ts'
import { toFilingFailure } from '../../src/http/filing-failure.ts'

const errorsPage = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8')
/** The codes of the chapters about the EHR and about processing. */
const codes = [
  ...(errorsPage.split('\n## Watching')[0] ?? '').matchAll(
    /^\| `([a-z_]+)` \| (?:transient|permanent|ambiguous)/gm,
  ),
].map(([, code = '']) => code)
const filing = codes.filter((code) => /^(?:ehr|write_back)_/.test(code))
/** Codes of failures that only documents have. */
const ofDocuments = ['ehr_write_ambiguous', 'ehr_patient_id_unusable', 'ehr_department_unknown']
const reading = codes.filter(
  (code) => !code.startsWith('write_back_') && !ofDocuments.includes(code),
)
const otherwise = toFilingFailure('a code of a later release', false)

it('has words for each failure of the EHR and of a write-back', () => {
  const unexplained = filing.filter((code) => toFilingFailure(code, false).what === otherwise.what)

  expect(filing.length).toBeGreaterThan(20)
  expect(unexplained, 'add their words to src/http/filing-failure.ts').toEqual([])
})

it('keeps a code that it has no words for, because the operator has', () => {
  expect(otherwise).toMatchObject({
    code: 'a code of a later release',
    what: 'The form is not in the chart.',
    remedy: 'Ask the operator what a code of a later release means.',
    needsDecision: false,
  })
})

it('says that a person must decide, whatever the code is', () => {
  for (const code of [...codes, null])
    expect(toFilingFailure(code, true)).toMatchObject({
      needsDecision: true,
      what: 'It may be in the chart: the EHR gave no clear answer.',
    })
})

it('has words for each failure of an encounter', () => {
  const unknown = toEncounterFailure('a code of a later release')
  const unexplained = reading.filter((code) => toEncounterFailure(code)?.what === unknown?.what)

  expect(reading.length).toBeGreaterThan(25)
  expect(unexplained, 'add their words to src/http/encounter-failure.ts').toEqual([])
  expect(toEncounterFailure(null)).toBeNull()
})

it('uses plain sentences, without names of settings', () => {
  for (const code of codes)
    for (const words of [toFilingFailure(code, false), toEncounterFailure(code)]) {
      expect(`${words?.what} ${words?.remedy}`).toMatch(/^[A-Z][^_]*[.] [A-Z][^]*[.]$/)
      if (filing.includes(code)) expect(toFilingFailure(code, false).remedy).not.toContain('__')
    }
})
