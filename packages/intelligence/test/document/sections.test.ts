import { describe, expect, it } from 'vitest'
import { type SectionKind, textOf } from '../../src/document/note-document.ts'
import { readDocument } from '../../src/document/read-document.ts'

function sectionOf(
  text: string,
  phrase: string,
): { readonly kind?: SectionKind; readonly day?: string } {
  const document = readDocument(text)
  const unit = document.units.find((one) => textOf(document, one).includes(phrase))
  return unit === undefined
    ? {}
    : {
        kind: unit.section.kind,
        ...(unit.section.day === undefined ? {} : { day: unit.section.day }),
      }
}

const forms: readonly (readonly [string, (title: string) => string])[] = [
  ['capitals', (title) => `${title.toUpperCase()}\n`],
  ['capitals and a colon', (title) => `${title.toUpperCase()}:\n`],
  ['Title Case alone', (title) => `\n${title}\n`],
  ['Title Case and a colon', (title) => `${title}:\n`],
  ['lower case and a colon', (title) => `${title.toLowerCase()}:\n`],
  ['one line', (title) => `${title}: `],
  ['markdown', (title) => `## ${title}\n`],
  ['bold', (title) => `**${title}**\n`],
  ['bold and a colon', (title) => `**${title}:** `],
  ['underlined', (title) => `${title}\n${'='.repeat(title.length)}\n`],
  ['underlined with dashes', (title) => `${title}\n---\n`],
  ['between signs', (title) => `=== ${title} ===\n`],
  ['an HTML heading', (title) => `<h2>${title}</h2>`],
  ['bold HTML', (title) => `<p>Before</p><p><b>${title}</b></p>`],
  ['bold HTML and a line end', (title) => `<p>Before<br><strong>${title}:</strong><br>`],
  ['inside a paragraph', (title) => `Low back pain. ${title}: `],
  ['capitals inside a paragraph', (title) => `Low back pain. ${title.toUpperCase()} `],
]
const titles: readonly (readonly [string, SectionKind])[] = [
  ['Family History', 'family_history'],
  ['Physical Exam', 'exam'],
  ['Past Medical History', 'past_history'],
  ['Patient Instructions', 'instructions'],
  ['Assessment and Plan', 'assessment'],
]

describe('a heading opens a section', () => {
  it.each(
    forms.flatMap(([form, of]) => titles.map(([title, kind]) => ({ form, title, kind, of }))),
  )('$form: $title', ({ of, title, kind }) => {
    expect(sectionOf(`${of(title)}Foot drop was noted.`, 'Foot drop').kind).toBe(kind)
  })

  it.each([
    ['Prior MRI: none. Foot drop was noted.', 'other'],
    ['Denies: fever. Foot drop was noted.', 'other'],
    ['FAMILY HISTORY\nMother: diabetes\nFoot drop was noted.', 'family_history'],
    ['REVIEW OF SYSTEMS\nNeurological\nFoot drop was noted.', 'review_of_systems'],
    ['PLAN\nLUMBAR RADICULOPATHY\nFoot drop was noted.', 'plan'],
    ['FAMILY HISTORY\nNone.\nTREATMENT SO FAR\nFoot drop was noted.', 'other'],
    ['PHYSICAL EXAM\nFoot drop was noted.', 'exam'],
  ])('%j', (text, kind) => {
    expect(sectionOf(text, 'Foot drop').kind).toBe(kind)
  })

  it('does not treat short lines of a note in capitals as headings', () => {
    const text = 'FAMILY HISTORY\nMOTHER HAD CANCER\nFOOT DROP'

    expect(sectionOf(text, 'FOOT DROP').kind).toBe('family_history')
  })
})

describe('the day of a section', () => {
  it.each([
    ['MRI lumbar spine (03/02/2026):\nStenosis.', '2026-03-02'],
    ['MRI lumbar spine 2026-03-02: Stenosis.', '2026-03-02'],
    ['HPI (March 2, 2026):\nStenosis.', '2026-03-02'],
    ['ADDENDUM 3/2/26\nStenosis.', '2026-03-02'],
    ['Results (2 Mar 2026)\nStenosis.', '2026-03-02'],
    ['Results (13/45/2026)\nStenosis.', undefined],
    ['Results (3/2/2026 and 4/2/2026)\nStenosis.', undefined],
  ])('%j', (text, day) => {
    expect(sectionOf(text, 'Stenosis').day).toBe(day)
  })

  it('ends with the paragraph if the study is among other text', () => {
    const text = 'PLAN\nMRI lumbar spine (03/02/2026): stenosis.\n\nFollow up soon.'

    expect(sectionOf(text, 'stenosis')).toEqual({ kind: 'results', day: '2026-03-02' })
    expect(sectionOf(text, 'Follow up')).toEqual({ kind: 'plan' })
  })
})
