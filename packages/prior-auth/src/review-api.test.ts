import { describe, expect, it } from 'vitest'
import { stageOf } from './review-api.ts'
import { reviewState } from './work-item.ts'

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
