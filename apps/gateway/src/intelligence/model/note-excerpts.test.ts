import { describe, expect, it } from 'vitest'
import { aChart, aNote } from '../../../test/intelligence/a-chart.ts'
import { selectNotes } from './note-excerpts.ts'

describe('the notes that are shown', () => {
  it('exclude notes from after the visit, superseded ones, and empty or unread ones', () => {
    const { excerpts, cut } = selectNotes(
      aChart({
        notes: [
          aNote('of a later visit', { id: 'later', daysBefore: -3 }),
          { ...aNote('replaced', { id: 'replaced' }), status: 'superseded' },
          aNote('  \n', { id: 'empty' }),
          { ...aNote('', { id: 'scan' }), content: { kind: 'unread', reason: 'a scan' } },
          aNote('signed a day late', { id: 'late', daysBefore: -1 }),
        ],
      }),
      1000,
    )

    expect(excerpts.map(({ documentId }) => documentId)).toEqual(['late'])
    expect(cut).toBe(0)
  })

  it('are cut between words, from their end', () => {
    const { excerpts, cut } = selectNotes(
      aChart({ notes: [aNote('Completed 12 weeks of therapy.')] }),
      11,
    )

    expect(excerpts.map(({ written }) => written)).toEqual(['Completed'])
    expect(cut).toBe(1)
  })

  it('put undated ones last', () => {
    const { date: _, ...undated } = aNote('undated', { id: 'undated', daysBefore: 1 })
    const { excerpts } = selectNotes(
      aChart({ notes: [undated, aNote('old', { id: 'old', daysBefore: 900 })] }),
      1000,
    )

    expect(excerpts.map(({ documentId, when }) => [documentId, when])).toEqual([
      ['old', '900 days before the visit'],
      ['undated', 'undated'],
    ])
  })
})
