import type { Answer } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { segmentsOf } from './highlights.ts'

const text = 'Pain for 8 weeks. Took ibuprofen. No fever.'

function anAnswer(criterionId: string, quotes: readonly { text: string; start: number }[]): Answer {
  return {
    criterionId,
    question: 'Why?',
    answer: 'met',
    reason: 'said so',
    grounds: 'evidence',
    confidence: 1,
    evidence: quotes.map((quote) => ({
      source: { resourceType: 'DocumentReference', resourceId: 'note' },
      path: 'DocumentReference.content.attachment',
      summary: 'Note',
      quote: { ...quote, end: quote.start + quote.text.length },
      stance: 'supports',
    })),
  }
}

const shown = (answers: readonly Answer[], selectedId?: string) =>
  segmentsOf(text, 'note', answers, selectedId).map((one) => [one.kind, one.text])

describe('the quotes in a note', () => {
  it('are highlighted for the selected question and underlined for others', () => {
    const answers = [
      anAnswer('pain', [{ text: 'Pain for 8 weeks', start: 0 }]),
      anAnswer('drugs', [{ text: 'Took ibuprofen', start: 18 }]),
    ]

    expect(shown(answers, 'drugs')).toEqual([
      ['quoted', 'Pain for 8 weeks'],
      ['plain', '. '],
      ['selected', 'Took ibuprofen'],
      ['plain', '. No fever.'],
    ])
  })

  it('may overlap: each part has the strongest style, and together they are the text', () => {
    const answers = [
      anAnswer('all', [{ text: 'Pain for 8 weeks. Took ibuprofen.', start: 0 }]),
      anAnswer('weeks', [{ text: '8 weeks', start: 9 }]),
    ]

    const segments = segmentsOf(text, 'note', answers, 'weeks')

    expect(segments.map(({ kind }) => kind)).toEqual(['quoted', 'selected', 'quoted', 'plain'])
    expect(segments.map((one) => one.text).join('')).toBe(text)
    expect(segments.map(({ start }) => start)).toEqual([0, 9, 16, 33])
  })

  it('are found by their text if the note has moved, and left out if it lacks them', () => {
    const answers = [
      anAnswer('moved', [{ text: 'No fever', start: 2 }]),
      anAnswer('gone', [{ text: 'chest pain', start: 4 }]),
    ]

    expect(shown(answers, 'moved')).toEqual([
      ['plain', 'Pain for 8 weeks. Took ibuprofen. '],
      ['selected', 'No fever'],
      ['plain', '.'],
    ])
  })

  it('of another document are left out, and an empty text has no parts', () => {
    expect(segmentsOf(text, 'other', [anAnswer('a', [{ text: 'Pain', start: 0 }])], 'a')).toEqual([
      { text, start: 0, kind: 'plain' },
    ])
    expect(segmentsOf('', 'note', [], undefined)).toEqual([])
  })
})
