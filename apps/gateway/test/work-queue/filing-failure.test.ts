import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { toFilingFailure } from '../../src/http/filing-failure.ts'

const errorsPage = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8')
const codes = [
  ...errorsPage.matchAll(
    /^\| `((?:ehr|write_back)_[a-z_]+)` \| (?:transient|permanent|ambiguous) \|/gm,
  ),
].map(([, code = '']) => code)
const otherwise = toFilingFailure('a code of a later release', false)

it('has words for each failure of the EHR and of a write-back', () => {
  const wordless = codes.filter((code) => toFilingFailure(code, false).what === otherwise.what)

  expect(codes.length).toBeGreaterThan(20)
  expect(wordless).toEqual([])
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
