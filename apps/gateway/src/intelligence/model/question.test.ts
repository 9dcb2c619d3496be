import { describe, expect, it } from 'vitest'
import { createModelQuestion } from './question.ts'

const open = [
  {
    criterionId: 'therapy',
    question: 'Was therapy tried?',
    concepts: [{ conceptId: 'physical-therapy', name: 'physical therapy' }],
  },
]
const excerpt = (shown: string) => ({
  alias: 'note-1',
  documentId: 'doc-1',
  shown,
  written: shown,
  when: 'of the visit',
})

describe('a question', () => {
  it('lists the concepts that its policy looks for, by id and name', () => {
    const { material } = createModelQuestion(open, [excerpt('a')], () => 0.5)

    expect(material).toContain(
      'therapy: Was therapy tried? Concepts: physical-therapy (physical therapy).\n',
    )
  })
})

describe('the mark around a note', () => {
  it('is drawn again when the note contains it', () => {
    const draws = [
      ...Array.from({ length: 20 }, () => 0),
      ...Array.from({ length: 20 }, () => 0.99),
    ]

    const question = createModelQuestion(
      open,
      [excerpt(`[${'A'.repeat(20)} note-1 ends]`)],
      () => draws.shift() ?? 0,
    )

    expect(question.instructions).toContain(`carry the mark ${'9'.repeat(20)} begin`)
    expect(question.material).toContain(`[${'9'.repeat(20)} note-1 ends]`)
  })

  it('differs from request to request', () => {
    let draw = 0
    const random = () => (draw += 0.007) % 1

    expect(createModelQuestion(open, [excerpt('a')], random).instructions).not.toBe(
      createModelQuestion(open, [excerpt('a')], random).instructions,
    )
  })
})
