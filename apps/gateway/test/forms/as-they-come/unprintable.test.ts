import { describe, expect, it } from 'vitest'
import { fillDrawn } from '../a-drawn-form.ts'

describe('what the font cannot print', () => {
  it.each(['李小龍', '김철수', 'สมชาย', 'राम', 'Ann 李', 'Jos\uFFFD', '🦴', 'דוד Levi', 'محمد 12'])(
    'stays blank in a box and is reported to the reviewer: %s',
    async (name) => {
      const { texts, filled } = await fillDrawn(
        ({ text }) => {
          text('Name')
          text('Plan', { y: 650 })
        },
        { Name: 'patient.name*', Plan: 'payer.plan*' },
        { values: { 'patient.name': name, 'payer.plan': name } },
      )

      expect(texts).toEqual({ Name: '', Plan: '' })
      expect(filled.missingLabels).toEqual(['Patient name', 'Payer plan'])
      // A person may type another name of the plan, and writes the patient's by hand.
      expect(filled.missingFields).toEqual(['values.payer.plan'])
      expect(filled.notices[0]).toContain('Patient name was left blank')
    },
  )

  it.each([
    ['Zoë Đặng-Müller', 'Zoë Đặng-Müller'],
    ['Ａｎｎ', 'Ann'],
    ['Ан\u200Bна', 'Анна'],
    ['Ann\uFE0F', 'Ann'],
    ['Ωμέγα', 'Ωμέγα'],
    ['דוד לוי', 'דוד לוי'],
    ['محمد علي', 'محمد علي'],
  ])('is not %s', async (name, printed) => {
    const { texts, filled } = await fillDrawn(
      ({ text }) => void text('Name'),
      { Name: 'patient.name*' },
      { values: { 'patient.name': name } },
    )

    expect(texts['Name']).toBe(printed)
    expect(filled.notices).toEqual([])
  })

  it('is left out of running text, with the sign for it', async () => {
    const { texts, filled } = await fillDrawn(
      ({ text }) => text('Why').enableMultiline(),
      { Why: 'clinical.narrative' },
      { values: { 'clinical.narrative': 'Pain 🦴🦴 persists.' } },
    )

    expect(texts['Why']).toBe('Pain […] persists.')
    expect(filled.notices.length).toBe(1)
  })
})
