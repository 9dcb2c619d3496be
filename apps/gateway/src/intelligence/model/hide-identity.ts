import type { ClinicalBundle } from '@authscript/prior-auth'
import { literal } from '../find-passage.ts'

/** Patterns of anyone's identifiers: e-mail address, social security and phone number, record number. */
const identifierShapes = [
  '[\\w.+-]+@[\\w-]+\\.[\\w.-]+',
  '\\d{3}-\\d{2}-\\d{4}',
  '(?:\\+?1[ .-]?)?\\(?\\d{3}\\)?[ .-]\\d{3}[ .-]\\d{4}',
  '(?:mrn|ssn|member id|record (?:number|no))[ :#.]*[\\w-]*\\d[\\w-]*',
]

/**
 * Blacks out what identifies the patient of this chart. Every character keeps its offset, so that a passage quoted from the result can be
 * found in the note. Other people and places that only the note mentions stay readable: this reduces what is disclosed, but does not make
 * the note anonymous.
 */
export function identityHider(bundle: ClinicalBundle): (text: string) => string {
  const { patient, coverages, encounter } = bundle
  const known = [
    ...[...patient.givenNames, patient.familyName ?? ''].flatMap((name) => [
      name,
      ...name.split(/[\s-]+/),
    ]),
    patient.phone,
    // Without the state: `IN`, `OR` and `ME` are also words.
    ...(patient.address?.split(/[,\n]/) ?? []).filter((part) => part.trim().length > 2),
    patient.source.resourceId,
    encounter.source.resourceId,
    ...coverages.flatMap((coverage) => [coverage.memberId, coverage.groupNumber]),
  ]
  const patterns = [
    ...known
      .map((value) => value?.trim() ?? '')
      .filter((value) => value.length > 1)
      // The longest first, so that a full name is hidden before its parts.
      .sort((a, b) => b.length - a.length)
      .map((value) => literal(value).replaceAll(/\s+/g, '\\s+')),
    ...birthDatePatterns(patient.birthDate),
    ...identifierShapes,
  ]
  const identity = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`,
    'giu',
  )
  return (text) => text.replaceAll(identity, (found) => found.replaceAll(/\S/g, '█'))
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** A FHIR date as people write it: 1970-01-31, 1/31/70, 31 January 1970, Jan 31st, 1970. */
function birthDatePatterns(birthDate: string | undefined): readonly string[] {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})/.exec(birthDate ?? '') ?? []
  if (year === '') return []
  const m = `0?${Number(month)}`
  const d = `0?${Number(day)}`
  const y = `(?:${year.slice(0, 2)})?${year.slice(2)}`
  const name = `${months[Number(month) - 1]}[a-z]*\\.?`
  return [
    `${year}[/.-]${m}[/.-]${d}`,
    `${m}[/.-]${d}[/.-]${y}`,
    `${d}[/.-]${m}[/.-]${y}`,
    `${name}\\s+${d}(?:st|nd|rd|th)?,?\\s+${year}`,
    `${d}(?:st|nd|rd|th)?\\s+${name},?\\s+${year}`,
  ]
}
