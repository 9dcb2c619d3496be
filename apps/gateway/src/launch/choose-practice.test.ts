import { describe, expect, it } from 'vitest'
import { athenahealth } from '../fhir/profiles/athenahealth.ts'
import { choosePractice, type PracticeNames } from './choose-practice.ts'

const names: PracticeNames = {
  ofId: (id) => athenahealth.practiceNames?.inIds.exec(id)?.[1],
  ofClaim: (claim) =>
    typeof claim === 'string' ? athenahealth.practiceNames?.inClaims.exec(claim)?.[1] : undefined,
}
const none = { patientId: undefined, encounterId: undefined, practice: undefined }
const several = { practiceIds: ['195900', '195901'] }

describe('an address with several practices', () => {
  it.each([
    ['the patient', { patientId: 'a-195901.E-5' }],
    ['the encounter', { encounterId: 'a-195901.encounter-5' }],
    ['both', { patientId: 'a-195901.E-5', encounterId: 'a-195901.encounter-7' }],
    ['the token, as a reference', { practice: 'Organization/a-1.Practice-195901' }],
    ['the token, as an id', { practice: 'a-1.Practice-195901' }],
    ['the token, as a number', { practice: '195901' }],
    ['the token and the patient', { practice: '195901', patientId: 'a-195901.E-5' }],
  ])('opens the practice that %s names', (_what, evidence) => {
    expect(choosePractice(several, { ...none, ...evidence }, names)).toBe('195901')
  })

  it.each([
    ['no practice', {}, 'launch_practice_ambiguous'],
    ['only ids without a practice', { patientId: 'E-5' }, 'launch_practice_ambiguous'],
    ['a practice that is not configured', { patientId: 'a-7.E-5' }, 'launch_practice_unknown'],
    ['a token for one that is not', { practice: '195902' }, 'launch_practice_unknown'],
    ['a practice that cannot be read', { practice: { id: 'x' } }, 'launch_practice_unknown'],
    [
      'an organization other than a practice',
      { practice: 'Organization/a-1.Brand-195901', patientId: 'a-195901.E-5' },
      'launch_practice_unknown',
    ],
    [
      'a patient of one practice and an encounter of another',
      { patientId: 'a-195900.E-5', encounterId: 'a-195901.encounter-5' },
      'launch_context_conflict',
    ],
    [
      'a patient of one practice and a token of another',
      { patientId: 'a-195900.E-5', practice: '195901' },
      'launch_context_conflict',
    ],
  ])('is refused with %s', (_what, evidence, code) => {
    expect(() => choosePractice(several, { ...none, ...evidence }, names)).toThrow(
      expect.objectContaining({ code }),
    )
  })
})

describe('an address with one practice', () => {
  const one = { practiceIds: ['195900'] }

  it('opens it, whether the launch names it or not', () => {
    expect(choosePractice(one, none, names)).toBe('195900')
    expect(choosePractice(one, { ...none, patientId: 'pat-1' }, names)).toBe('195900')
  })

  it('does not open the chart of another', () => {
    expect(() => choosePractice(one, { ...none, patientId: 'a-195901.E-5' }, names)).toThrow(
      expect.objectContaining({ code: 'launch_practice_unknown' }),
    )
  })
})
