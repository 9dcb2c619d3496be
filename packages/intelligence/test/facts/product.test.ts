import { describe, expect, test } from 'vitest'
import { factsIn } from './product-facts.ts'

const factOf = (text: string, conceptId: string) =>
  factsIn(text).find((one) => one.conceptId === conceptId)

describe('the indication of a drug', () => {
  test.each([
    ['Uses ibuprofen for gout.', 'ibuprofen', ['gout']],
    [
      'Methotrexate 20 mg weekly for 6 months for psoriatic arthritis.',
      'methotrexate',
      ['psoriatic-arthritis'],
    ],
    ['Prednisone (asthma) daily.', 'prednisone', ['asthma']],
    ['Naproxen twice a day for her chronic knee pain.', 'naproxen', ['knee-pain']],
    // No indication.
    ['Methotrexate for 6 months.', 'methotrexate', undefined],
    ['Naproxen for 6 weeks, knee pain is worse.', 'naproxen', undefined],
    ['Naproxen. Asthma is stable.', 'naproxen', undefined],
    ['Naproxen, not for gout.', 'naproxen', undefined],
  ])('%s', (text, drug, expected) => {
    const fact = factOf(text, drug)

    expect(fact?.kind === 'therapy' ? fact.givenFor : 'no therapy').toEqual(expected)
  })

  test.each([
    ['MEDICATIONS\nacetaminophen 500 mg for fever', 'fever', 'unsettled'],
    ['PLAN\nAcetaminophen for fever.', 'fever', 'unsettled'],
    ['Took acetaminophen for fever last night.', 'fever', 'affirmed'],
    ['MEDICATIONS\nmetformin\n\nHPI\nFever since Monday.', 'fever', 'affirmed'],
  ])('asserts nothing if it is only its indication: %j', (text, conceptId, status) => {
    expect(factOf(text, conceptId)?.assertion.status).toBe(status)
  })
})

describe('a study followed by its day and its findings', () => {
  test.each([
    ['MRI L-spine 02/01/2026: disc protrusion at L5-S1.', 'lumbar-spine-mri', '2026-02-01'],
    ['L-spine MRI 2/1/26: stenosis.', 'lumbar-spine-mri', '2026-02-01'],
    ['MRI L/S spine 2/1/26 - HNP L4-5', 'lumbar-spine-mri', '2026-02-01'],
    ['CT LS spine 2025-11-02: fracture', 'lumbar-spine-ct', '2025-11-02'],
    ['MRI knee right 3/1/2026 - medial meniscus tear', 'knee-mri', '2026-03-01'],
    ['Echo on 02/18/2026 (outpatient): EF 30 %', 'echocardiogram', '2026-02-18'],
    ['PSG done 5/19/26: AHI 26/h', 'polysomnography', '2026-05-19'],
    // The day belongs to what follows.
    [
      'No imaging. 3/9: injection at L5, 3/20/26: MRI lumbar spine',
      'lumbar-spine-mri',
      '2026-03-20',
    ],
    ['MRI lumbar spine, 3/9: injection', 'lumbar-spine-mri', undefined],
  ])('%s', (text, conceptId, first) => {
    const fact = factOf(text, conceptId)

    expect(fact?.kind === 'study' ? fact.day?.first : 'no study').toBe(first)
  })
})

describe('a course of unknown extent', () => {
  const courseOf = (text: string, drug = 'physical-therapy') => {
    const fact = factOf(text, drug)
    return fact?.kind === 'therapy' ? [fact.lastedDays, fact.lastedAtMostDays] : 'no therapy'
  }

  test.each([
    ['PT since 05/28, attendance spotty', 0, 18],
    ['PT since March, missed most of it', 0, 106],
    ['PT x 8 weeks, attended sporadically', 0, 56],
    ['PT for 6 weeks on and off', 0, 42],
    ['PT x 8 weeks, went to about half of it', 0, 56],
    // Not a course of unknown extent.
    ['Completed 8 weeks of PT, pain on and off', 56, undefined],
    ['PT for 6 weeks, all visits attended', 42, undefined],
    ['PT since 05/28, goes every week', 18, undefined],
  ])('%s', (text, days, most) => {
    expect(courseOf(text)).toEqual([days, most])
  })
})

describe('a wider name that shares words with a narrower one', () => {
  test.each([
    ['Attended 4 of 12 physical therapy visits over 6 weeks.', ['physical-therapy']],
    ['Attended 4 of 12 therapy visits over 6 weeks.', ['active-therapy']],
    ['Physical therapy, then other therapy visits.', ['physical-therapy', 'active-therapy']],
  ])('is not a second therapy: %s', (text, expected) => {
    const therapies = factsIn(text).filter((one) => one.kind === 'therapy')

    expect(therapies.map((one) => one.conceptId)).toEqual(expected)
  })
})

const inShort = (text: string, conceptId: string) => {
  const { status, subject, when } = factOf(text, conceptId)?.assertion ?? {}
  return [status, subject === 'other' ? 'other' : '', when === 'now' ? '' : when]
    .filter((one) => one !== '')
    .join(' ')
}

describe('an episode of minutes on a past day', () => {
  test.each([
    ['In April the wife saw ten minutes of slurred speech.', 'dysarthria', 'affirmed past'],
    ['He had slurred speech for twenty minutes in 2021.', 'dysarthria', 'affirmed past'],
    ['Last month numbness of the right hand for half an hour.', 'numbness', 'affirmed past'],
    // Ongoing, recurring, or an event.
    ['Slurred speech since April.', 'dysarthria', 'affirmed'],
    ['Episodes of numbness for ten minutes since April.', 'numbness', 'affirmed'],
    ['Slurred speech for ten minutes today.', 'dysarthria', 'affirmed'],
    ['In April a seizure lasted two minutes.', 'seizure', 'affirmed'],
  ])('is over: %s', (text, conceptId, expected) => {
    expect(inShort(text, conceptId)).toBe(expected)
  })
})

describe('statements by and about other people', () => {
  test.each([
    ['A surgeon in Ohio said his left hip was bone on bone.', 'bone-on-bone', 'possible'],
    ['She was told that she has lupus.', 'lupus', 'possible'],
    ['She has read about Humira.', 'adalimumab', 'hypothetical'],
    ['Lives with her sister who had a stroke.', 'stroke', 'affirmed other'],
    ['Nothing pointed to multiple sclerosis.', 'multiple-sclerosis', 'denied'],
    ['Infection eradicated.', 'infection', 'affirmed resolved'],
    ['Soft murmur vs. breath sounds.', 'heart-murmur', 'possible'],
    // The patient's own statement.
    ['She says that she has fever.', 'fever', 'affirmed'],
    ['Lives with her sister, had a stroke in May.', 'stroke', 'affirmed past'],
    ['Takes Humira.', 'adalimumab', 'affirmed'],
  ])('%s', (text, conceptId, expected) => {
    expect(inShort(text, conceptId)).toBe(expected)
  })
})

describe('a year', () => {
  test.each([
    ['Heart ultrasound in 1999, normal.', 'echocardiogram', '1999-01-01'],
    ['Echo, he thinks 2022 or 2023.', 'echocardiogram', '2022-01-01'],
    ['MRI of the knee in the Navy 2004.', 'knee-mri', '2004-01-01'],
    ['Blood gas 12 May, PO2 54.', 'arterial-blood-gas', '2026-05-12'],
    // A number, not a year.
    ['Echo shows 2000 ml of effusion.', 'echocardiogram', undefined],
  ])('beside a study is its date: %s', (text, conceptId, first) => {
    const fact = factOf(text, conceptId)

    expect(fact?.kind === 'study' ? fact.day?.first : 'no study').toBe(first)
  })

  test.each([
    ['Last echo was normal.', 'past'],
    ['Prior echo normal.', 'past'],
    ['Echo was normal.', 'now'],
    ['Last echo 3/1/2026 was normal.', 'now'],
  ])('that is missing does not date an earlier study: %s', (text, when) => {
    expect(factOf(text, 'echocardiogram')?.assertion.when).toBe(when)
  })

  test('is not the number of the place where it was done', () => {
    const studies = factsIn('MRI 05/2025 at Valley Open MRI, bulges L4-S1').filter(
      (one) => one.kind === 'study',
    )

    expect(studies).toHaveLength(1)
  })
})

describe('a statement about an activity', () => {
  test.each([
    ['Lifts kids w/o trouble.', 'lifting', 'unlimited'],
    ['Sleeps poorly because of it.', 'sleeping', 'limited'],
    ['Sleeps fine.', 'sleeping', 'unlimited'],
    ['Unable to climb stairs without a rail.', 'stair-climbing', 'limited'],
    ['Climbs stairs without a rail.', 'stair-climbing', 'unlimited'],
  ])('%s', (text, conceptId, limit) => {
    const fact = factsIn(text).find((one) => one.kind === 'function' && one.conceptId === conceptId)

    expect(fact?.kind === 'function' ? fact.limit : 'no function').toBe(limit)
  })
})

describe('a holiday', () => {
  test.each([
    ['Low back pain since Labor Day.', 'low-back-pain', '2025-09-01'],
    ['Low back pain since Easter.', 'low-back-pain', '2026-03-22'],
    ['Low back pain since Christmas.', 'low-back-pain', '2025-12-24'],
    ['Low back pain since Thanksgiving 2024.', 'low-back-pain', '2024-11-22'],
    // Not a date.
    ['Low back pain, sings in the Christmas choir.', 'low-back-pain', undefined],
  ])('is a date: %s', (text, conceptId, first) => {
    const fact = factOf(text, conceptId)

    expect(fact?.kind === 'finding' ? fact.onset?.first : 'no finding').toBe(first)
  })
})

describe('a number beside its measure', () => {
  const valueOf = (text: string, conceptId: string) => {
    const fact = factsIn(text).find(
      (one) => one.kind === 'measurement' && one.conceptId === conceptId,
    )
    return fact?.kind === 'measurement' && fact.assertion.status === 'affirmed'
      ? fact.value
      : undefined
  }

  test.each([
    ['pAHI (4%) 11.8', 'apnea-hypopnea-index', 11.8],
    ['AHI (3% rule): 14.2', 'apnea-hypopnea-index', 14.2],
    ['CDAI: 17 [ ] remission [ ] low [x] moderate [ ] high', 'cdai', 17],
    // Without a tick and without a number.
    ['CDAI: [ ] remission [ ] low [x] moderate [ ] high', 'cdai', undefined],
  ])('is its value: %s', (text, conceptId, expected) => {
    expect(valueOf(text, conceptId)).toBe(expected)
  })
})

describe('a result after its day', () => {
  test.each([
    ['QuantiFERON on the 3rd of May this year was negative.', 'affirmed'],
    ['QuantiFERON 05/03/2026 negative', 'affirmed'],
    ['QuantiFERON on 3 May, chest clear, hepatitis panel negative.', undefined],
  ])('applies to the test: %s', (text, status) => {
    expect(factOf(text, 'tuberculosis-test-negative')?.assertion.status).toBe(status)
  })
})

describe('a denial of one aspect', () => {
  test.each([
    ['Films on the disc, no date on the images.', 'imaging', 'unsettled'],
    // A denial of the thing itself.
    ['Never went to physical therapy.', 'physical-therapy', 'denied'],
    ['Has not gone to physical therapy.', 'physical-therapy', 'denied'],
    ['Has not gone to physical therapy for 6 weeks.', 'physical-therapy', 'denied'],
    ['Has yet to start physical therapy.', 'physical-therapy', 'denied'],
    ['No sessions of physical therapy yet.', 'physical-therapy', 'denied'],
    ['No MRI with contrast.', 'mri', 'denied'],
    ['No prior physical therapy for the back.', 'physical-therapy', 'denied'],
  ])('%s', (text, conceptId, status) => {
    expect(factOf(text, conceptId)?.assertion.status).toBe(status)
  })
})
