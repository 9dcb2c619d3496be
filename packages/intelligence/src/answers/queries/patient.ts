import type { Evidence } from '@authscript/prior-auth'
import { statedAge } from '../../facts/note/stated-age.ts'
import { compareToBounds } from '../../facts/values/units.ts'
import type { PatientQuery } from '../../policy/criterion.ts'
import type { AnswerContext } from '../answer-context.ts'
import { nothingFound, type QueryAnswer } from '../query-answer.ts'
import { boundsInWords, countOf, listed } from '../wording.ts'

/** Answers from the patient's gender or age on the day of the encounter. */
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
      because: isMet ? summary : `${summary}; required: ${asked}`,
      entries: [entry],
    }
  }
  switch (query.patient) {
    case 'age': {
      const age = ageAt(patient.birthDate, asOf)
      if (age === undefined) return { ...nothingFound, because: 'the date of birth is not known' }
      const place = compareToBounds(age, 'a', query.value)
      const stated = place === 'unknown' ? undefined : statedAge(bundle, asOf)
      if (stated !== undefined && compareToBounds(stated, 'a', query.value) !== place)
        return {
          ...nothingFound,
          grounds: 'contradiction',
          isOpen: true,
          isSilent: false,
          because: `the date of birth gives ${countOf(age, 'year')}, the encounter's note says ${countOf(stated, 'year')}`,
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

/** Whole years, if both the full birth date and the day of the encounter are known. */
function ageAt(birthDate: string | undefined, asOf: string): number | undefined {
  if (birthDate?.length !== 10 || asOf.startsWith('9999')) return undefined
  const years = Number(asOf.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return asOf.slice(5) < birthDate.slice(5) ? years - 1 : years
}
