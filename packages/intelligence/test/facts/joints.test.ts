import { describe, expect, test } from 'vitest'
import { factsIn } from './product-facts.ts'

const factsOf = (text: string, conceptId: string) =>
  factsIn(text).filter((one) => one.conceptId === conceptId)

const said = (text: string, conceptId: string) => {
  const fact = factsOf(text, conceptId)[0]
  return fact === undefined ? undefined : `${fact.assertion.status} ${fact.assertion.phase}`
}

describe('values with a side each', () => {
  const grades = (text: string, conceptId = 'kellgren-lawrence-grade') =>
    factsOf(text, conceptId).map((one) =>
      one.kind === 'measurement' ? `${one.side ?? '?'} ${one.value}` : 'no measurement',
    )

  test.each([
    ['Kellgren-Lawrence: R 4, L 2 (standing AP)', ['right 4', 'left 2']],
    ['Kellgren-Lawrence grade right knee III, left knee II', ['right 3', 'left 2']],
    ['KL grade 4 on the left and 1 on the right', ['left 4', 'right 1']],
    ['R KL 2 L KL 4', ['right 2', 'left 4']],
    ['XR: R KL4 L KL2', ['right 4', 'left 2']],
    ['Knee | KL grade\nR | 4\nL | 2', ['right 4', 'left 2']],
    ['Grade III changes of the left knee by Kellgren-Lawrence.', ['left 3']],
    ['Grade 4 Kellgren-Lawrence osteoarthritis of the left knee.', ['left 4']],
    ['Right knee, KL grade: [ ] 1 [ ] 2 [ ] 3 [x] 4', ['right 1', 'right 2', 'right 3', 'right 4']],
    // One value, without a side.
    ['KL grade 3', ['? 3']],
    // The grade belongs to another scale.
    ['Grade 2 sprain. Kellgren-Lawrence not stated.', []],
  ])('%s', (text, expected) => {
    expect(grades(text)).toEqual(expected)
  })

  test('grade options without a tick assert nothing', () => {
    const facts = factsOf('KL grade: [ ] 1 [ ] 2 [ ] 3 [x] 4', 'kellgren-lawrence-grade')

    expect(facts.map((one) => one.assertion.status)).toEqual([
      'unsettled',
      'unsettled',
      'unsettled',
      'affirmed',
    ])
  })
})

describe('answers with a side each', () => {
  const sides = (text: string) =>
    factsOf(text, 'joint-effusion').map((one) => `${one.side ?? '?'} ${one.assertion.status}`)

  test.each([
    ['Effusion: left knee 2+, right knee none.', ['left affirmed', 'right denied']],
    ['Effusion: R none, L 2+', ['right denied', 'left affirmed']],
    ['Effusion: mod L, none R', ['left affirmed', 'right denied']],
    // Both have it.
    ['Effusion: left small, right large', ['? affirmed']],
    ['Effusion of the left knee.', ['left affirmed']],
  ])('%s', (text, expected) => {
    expect(sides(text)).toEqual(expected)
  })
})

describe('the side of a concept without a part of the body', () => {
  const side = (text: string, conceptId: string) => factsOf(text, conceptId)[0]?.side

  test.each([
    ['The left, by contrast, is bone on bone.', 'bone-on-bone', 'left'],
    ['Left knee locks and catches.', 'catching', 'left'],
    ['Shortness of breath; free air under the right diaphragm.', 'dyspnea', undefined],
    ['Right ankle sprain, fever since.', 'fever', undefined],
  ])('%s', (text, conceptId, expected) => {
    expect(side(text, conceptId)).toBe(expected)
  })

  test('a study gives its part of the body to its findings, and not to the text before it', () => {
    expect(factsOf('Knee x-ray: severe osteonecrosis.', 'knee-osteonecrosis')).toHaveLength(1)
    expect(factsOf('Osteonecrosis, knee x-ray ordered.', 'osteonecrosis')[0]?.sites).not.toEqual([
      'chest',
    ])
  })
})

describe('what a normal study rules out', () => {
  test.each([
    ['Right hip x-ray is read as normal.', 'denied not_stated'],
    ['Films of the right hip are unremarkable.', 'denied not_stated'],
    ['Right hip films: normal alignment, severe narrowing.', undefined],
    ['Right hip x-ray not normal.', undefined],
    ['Right hip x-ray ordered; if normal we stop.', undefined],
  ])('%s', (text, expected) => {
    const denied = factsOf(text, 'osteoarthritis').filter((one) => one.kind === 'finding')[0]

    expect(denied === undefined ? undefined : `${denied.assertion.status} not_stated`).toBe(
      expected,
    )
  })
})

describe('a question that a box answers', () => {
  test.each([
    ['Active infection? ☐ Yes ☑ No', 'infection', 'denied not_stated'],
    ['Active infection? [x] Yes [ ] No', 'infection', 'affirmed not_stated'],
    ['Does the knee lock? [ ] Yes [x] No', 'locking', 'denied not_stated'],
    ['Active infection?', 'infection', 'unsettled not_stated'],
    ['Physical therapy knee: [ ] done [x] not done', 'physical-therapy', 'unsettled not_stated'],
    ['3+ months of non-surgical care: [ ] yes [x] no', 'conservative-care', 'denied not_done'],
  ])('%s', (text, conceptId, expected) => {
    expect(said(text, conceptId)).toBe(expected)
  })

  test('the ticked one of done and not done decides', () => {
    const facts = factsOf('Physical therapy: [ ] done [x] not done', 'physical-therapy')

    expect(facts.map((one) => one.assertion.phase)).toEqual(['not_stated', 'not_done'])
  })
})

describe('an act that was or was not carried out', () => {
  test.each([
    ['Radiographs: not obtained.', 'radiograph', 'denied not_done'],
    ['X-rays: no fracture.', 'radiograph', undefined],
    ['Will get x-rays next week, has not had any so far.', 'radiograph', 'denied not_done'],
    ['Knee MRI 5/2026 aborted before any images.', 'knee-mri', 'denied not_done'],
    ['Views of both knees were taken today.', 'knee-radiograph', 'affirmed done'],
    [
      'Referred for physiotherapy. She attended all 14 sessions.',
      'physical-therapy',
      'affirmed done',
    ],
    ['Referred for physiotherapy. She attended school.', 'physical-therapy', 'affirmed planned'],
    ['Calling for refill of Celebrex.', 'celecoxib', 'affirmed done'],
    ['The knee was injected with Kenalog 40 mg.', 'injection', 'affirmed done'],
    ['The knee is to be injected next week.', 'injection', 'affirmed planned'],
    ['I don’t own a brace.', 'bracing', 'denied not_done'],
  ])('%s', (text, conceptId, expected) => {
    expect(said(text, conceptId)).toBe(expected)
  })
})

describe('what is new since a study', () => {
  const course = (text: string, conceptId: string) => factsOf(text, conceptId)[0]?.assertion.course

  test.each([
    ['Since the MRI in November he reinjured the right knee.', 'acute-injury', 'new'],
    ['Right knee now with positive Lachman.', 'lachman-positive', 'new'],
    ['Right knee with positive Lachman since May; MRI was normal.', 'lachman-positive', undefined],
    ['Right knee now with no effusion.', 'joint-effusion', undefined],
  ])('%s', (text, conceptId, expected) => {
    expect(course(text, conceptId)).toBe(expected)
  })

  test('the month of a study dates it', () => {
    const [fact] = factsOf('Pain is the same since the January MRI.', 'mri')

    expect(fact?.kind === 'study' ? fact.day?.first : undefined).toBe('2026-01-01')
  })
})

describe('a limit', () => {
  const limit = (text: string, conceptId: string) => {
    const [fact] = factsOf(text, conceptId)
    return fact?.kind === 'function' ? `${fact.assertion.status} ${fact.limit}` : undefined
  }

  test.each([
    ['Denies trouble with kneeling, stairs or squatting.', 'stair-climbing', 'denied limited'],
    ['Denies pain with standing or stairs.', 'stair-climbing', 'denied limited'],
    ['Denies pain, but stairs are hard.', 'stair-climbing', 'affirmed limited'],
    ['Does your hip limit:\nStairs  No ☒ Yes ☐', 'stair-climbing', 'denied limited'],
    ['Does your hip limit:\nStairs  No ☐ Yes ☒', 'stair-climbing', 'affirmed limited'],
    ['Cannot climb stairs without help.', 'stair-climbing', 'affirmed limited'],
    ['Climbs stairs without help.', 'stair-climbing', 'affirmed unlimited'],
  ])('%s', (text, conceptId, expected) => {
    expect(limit(text, conceptId)).toBe(expected)
  })
})

describe('the scope of a denial', () => {
  test.each([
    ['Films show no new fracture, only arthritis.', 'arthritis', 'affirmed not_stated'],
    ['Films show no fracture, arthritis or effusion.', 'arthritis', 'denied not_stated'],
    ['No bridging callus, nonunion.', 'fracture-nonunion', 'affirmed not_stated'],
    ['Right hip arthritis was ruled out by the films.', 'hip-osteoarthritis', 'denied not_stated'],
  ])('%s', (text, conceptId, expected) => {
    expect(said(text, conceptId)).toBe(expected)
  })
})
