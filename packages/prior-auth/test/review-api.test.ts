import { describe, expect, it } from 'vitest'
import type { FormContent } from '../src/form-content.ts'
import { formField, stageOf, withFormEntries } from '../src/review-api.ts'
import { reviewState } from '../src/work-item.ts'

describe('the stage of an order', () => {
  const stage = (review: (typeof reviewState.options)[number], more: object = {}) =>
    stageOf({
      review,
      payerState: null,
      filingNeedsPerson: false,
      isHandedOver: false,
      isInformationAsked: false,
      ...more,
    })

  it('is what people call its review state', () => {
    expect(
      Object.fromEntries(reviewState.options.map((review) => [review, stage(review)])),
    ).toEqual({
      ready_for_review: 'ready_to_sign',
      missing_data: 'needs_information',
      requirements_not_met: 'not_met',
      no_policy: 'no_criteria',
      not_required: 'not_required',
      approved: 'filing',
      submitted: 'to_send',
      closed: 'closed',
      superseded: 'superseded',
    })
  })

  it('waits for information that somebody was asked for, as long as it is a draft', () => {
    const asked = { isInformationAsked: true }
    expect(stage('missing_data', asked)).toBe('information_asked')
    expect(stage('ready_for_review', { ...asked, isHandedOver: true })).toBe('information_asked')
    expect(stage('no_policy', asked)).toBe('information_asked')
    expect(stage('approved', asked)).toBe('filing')
    expect(stage('closed', asked)).toBe('closed')
  })

  it('follows the payer once the form is in the chart', () => {
    const stages = (['sent', 'more_information_asked', 'approved', 'denied'] as const).map(
      (payerState) => stage('submitted', { payerState }),
    )
    expect(stages).toEqual(['waiting_for_payer', 'more_information_asked', 'authorized', 'denied'])
  })

  it('is ready to sign when `staff` handed over an order with open or unmet questions', () => {
    expect(stage('missing_data', { isHandedOver: true })).toBe('ready_to_sign')
    expect(stage('requirements_not_met', { isHandedOver: true })).toBe('ready_to_sign')
  })

  it('says that a person must act when an approved form does not reach the chart', () => {
    expect(stage('approved', { filingNeedsPerson: true })).toBe('filing_failed')
  })
})

describe('the boxes that people may fill', () => {
  it.each(['values.facility.name', 'choices.review', 'services.0.quantity', 'services.11.code'])(
    'include %s',
    (field) => {
      expect(formField.safeParse(field).success).toBe(true)
    },
  )

  it.each([
    'values.signature',
    'choices.attested',
    'choices.toString',
    'services.12.code',
    'services.0.signature',
    'services.0',
    'services.0.code.more',
    'subject.name',
    'values',
    '',
  ])('do not include %j', (field) => {
    expect(formField.safeParse(field).success).toBe(false)
  })
})

describe('a form with what people typed', () => {
  const content: FormContent = {
    subject: { practiceId: 'p', patientId: 'x', serviceRequestId: 'o' },
    values: { 'facility.name': 'From the chart', 'payer.name': 'A payer' },
    choices: {},
    services: [{ code: '27447', description: 'knee' }],
    diagnoses: [],
    requesterIs: { servicing: false, pcp: false },
    criteria: [],
  }

  it('has their value in place of the chart’s, and keeps the others', () => {
    const typed = withFormEntries(content, {
      'values.facility.name': 'Typed',
      'choices.review': 'urgent',
      'services.0.quantity': '2',
      'services.1.code': '20610',
    })

    expect(typed).toEqual({
      ...content,
      values: { 'facility.name': 'Typed', 'payer.name': 'A payer' },
      choices: { review: 'urgent' },
      services: [{ code: '27447', description: 'knee', quantity: '2' }, { code: '20610' }],
    })
    expect(content.services).toEqual([{ code: '27447', description: 'knee' }])
  })

  it('leaves no row of services empty between two others', () => {
    const typed = {
      'services.7.code': '20610',
      'services.7.quantity': '1',
      'services.3.code': '99213',
    }

    expect(withFormEntries(content, typed).services).toEqual([
      { code: '27447', description: 'knee' },
      { code: '99213' },
      { code: '20610', quantity: '1' },
    ])
  })

  it('refuses a choice that the form does not offer', () => {
    expect(() => withFormEntries(content, { 'choices.review': 'now' })).toThrow('review')
  })
})
