import type { ClinicalBundle, Evidence } from '@authscript/prior-auth'
import { compareToBounds } from '../../facts/values/units.ts'
import type { PatientQuery } from '../../policy/criterion.ts'
import type { AnswerContext } from '../answer-context.ts'
import { nothingFound, type QueryAnswer } from '../query-answer.ts'
import { boundsInWords, countOf, listed } from '../wording.ts'

/** The patient's age on the day of the visit, or gender. */
export function answerPatient(query: PatientQuery, { bundle, asOf }: AnswerContext): QueryAnswer {
  const { patient } = bundle
  const settled = (isMet: boolean, path: string, summary: string, asked: string): QueryAnswer => {
    const entry: Evidence = {
      source: patient.source,
      path,
      summary,
      stance: isMet ? 'supports' : 'refutes',
    }
    return {
      ...nothingFound,
      value: isMet ? 'met' : 'not_met',
      grounds: 'evidence',
      isSilent: false,
      because: isMet ? summary : `${summary}; asked: ${asked}`,
      entries: [entry],
    }
  }
  switch (query.patient) {
    case 'age': {
      const age = ageAt(patient.birthDate, asOf)
      if (age === undefined) return { ...nothingFound, because: 'the date of birth is not known' }
      const place = compareToBounds(age, 'a', query.value)
      const told = place === 'unknown' ? undefined : ageTold(bundle, asOf)
      if (told !== undefined && compareToBounds(told, 'a', query.value) !== place)
        return {
          ...nothingFound,
          grounds: 'contradiction',
          isOpen: true,
          isSilent: false,
          because: `the date of birth makes ${countOf(age, 'year')}, the visit's note says ${countOf(told, 'year')}`,
        }
      return place === 'unknown'
        ? nothingFound
        : settled(
            place === 'inside',
            'Patient.birthDate',
            `age ${countOf(age, 'year')}`,
            boundsInWords(query.value),
          )
    }
    case 'gender': {
      const { gender } = patient
      if (gender === undefined || gender === 'unknown')
        return { ...nothingFound, because: 'the gender is not recorded' }
      return settled(query.is.includes(gender), 'Patient.gender', gender, listed(query.is, 'or'))
    }
    default:
      return query satisfies never
  }
}

/** Whole years, where the birth date is known to the day and the visit's day is known. */
function ageAt(birthDate: string | undefined, asOf: string): number | undefined {
  if (birthDate?.length !== 10 || asOf.startsWith('9999')) return undefined
  const years = Number(asOf.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return asOf.slice(5) < birthDate.slice(5) ? years - 1 : years
}

const opening = String.raw`^\W*(?:[\w ]{1,40}[.:] )?(?:thank you for (?:sending|referring|seeing) (?:me )?(?:this|your) |(?:this|pt|patient|he|she)(?: is|'s)? |former \d\d-week preemie, now )?(?:an? |the )?`
const youth = String.raw`(?:\d{1,2}[ -]?(?:year|yr|y)s?[ -]?(?:old|o)\b|\d{1,2} ?(?:yo|y\/o)\b|\d{1,2} ?[MF]\b)`
const months = String.raw`(?:(?:toddler|infant|baby|boy|girl), )?\d{1,2}[ -]months?(?:[ -]old)?\b`
const ofPatient = new RegExp(
  String.raw`(?:${opening}(?:\w+, )?(${months}|${youth})|\bage:?\s{0,3}(\d{1,3}) ?(?:y|yr|yrs|years?|yo)\b)`,
  'im',
)
/** Where a note says its patient's age it does so at its beginning. */
const headLength = 400

/** The age in years by which the visit's own note opens: "This is a 9-year-old boy", "16M", "Age: 11 y". */
function ageTold({ documents, encounter }: ClinicalBundle, asOf: string): number | undefined {
  for (const { content, encounterIds, date } of documents) {
    const isOfVisit =
      encounterIds.includes(encounter.source.resourceId) || date?.slice(0, 10) === asOf
    if (!isOfVisit || content.kind !== 'text') continue
    const [, opened, named] = ofPatient.exec(content.text.slice(0, headLength)) ?? []
    const told = named ?? opened
    if (told === undefined) continue
    return /month/i.test(told)
      ? Math.floor(Number(/\d+/.exec(told)?.[0] ?? 0) / 12)
      : Number(/\d+/.exec(told)?.[0] ?? 0)
  }
  return undefined
}
