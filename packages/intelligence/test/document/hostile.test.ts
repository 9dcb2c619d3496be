import { describe, expect, it } from 'vitest'
import type { NoteDocument } from '../../src/document/note-document.ts'
import { readDocument } from '../../src/document/read-document.ts'
import { layoutVariants } from './layout-variants.ts'

/** What later stages rely on: units in order, without overlap, within the text and their quotes. */
function brokenPromises({
  source,
  text,
  units,
  sections,
  skipped,
}: NoteDocument): readonly string[] {
  const broken: string[] = []
  let end = 0
  const known = new Set(sections)
  for (const unit of units) {
    if (unit.start < end) broken.push(`unit at ${unit.start} overlaps or is out of order`)
    if (unit.end <= unit.start || unit.end > source.length)
      broken.push(`unit at ${unit.start} is empty or beyond`)
    if (unit.quote.start > unit.start || unit.quote.end < unit.end)
      broken.push(`quote at ${unit.start} is too short`)
    if (unit.quote.end > source.length) broken.push(`quote at ${unit.start} is beyond`)
    if (!known.has(unit.section)) broken.push(`unit at ${unit.start} stands in no section`)
    if (/^\s|\s$/.test(source.slice(unit.start, unit.end)) && text === undefined)
      broken.push(`unit at ${unit.start} has white space around it`)
    end = unit.end
  }
  if (text !== undefined && text.length !== source.length)
    broken.push('the text is not as long as the source')
  if (sections.some((one, index) => index > 0 && one.start < (sections[index - 1]?.end ?? 0)))
    broken.push('sections overlap')
  if (skipped.some((one) => one.end > source.length)) broken.push('a skipped part is beyond')
  return broken.slice(0, 5)
}

const megabyte = 1_000_000
/**
 * A quadratic step on this much text takes longer than the test allows; the whole stage takes some hundredths of
 * a second.
 */
const hostile = 120_000
const filled = (piece: string, length = hostile) =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length)

describe('the document contract holds', () => {
  it('in each layout', () => {
    const broken = layoutVariants().flatMap(({ text }) => brokenPromises(readDocument(text)))

    expect(broken).toEqual([])
  })

  it.each([
    '<',
    '<a ',
    '<p><td>',
    '<p>&#x27',
    '<p><!--',
    '<p><del>',
    '<p><script>',
    '<li><b>x</b>',
    '<p a="',
    '[ ] ',
    '[x]',
    '|',
    '| ',
    'a|b|',
    '\t',
    'no ',
    '.',
    '. ',
    'a: ',
    'a: no ',
    '? ',
    '_',
    '__ ',
    'Y N ',
    'x ',
    '(',
    '[',
    ',',
    '; ',
    '1. a ',
    '**',
    '#',
    '"',
    '● ○ ',
    'PLAN Abc. ',
    '… ',
    'Plan: a. ',
    'yes/no ',
    'a    ',
    '(a) ',
    'a? 2. ',
    'Gait [x] Normal [ ] Abnormal ',
  ])('on a long text of %j', (piece) => {
    expect(brokenPromises(readDocument(filled(piece)))).toEqual([])
  })

  it.each([' ', '\n', '\r\n', '\u202E', '\u0000', '\uD800', 'a\u0007b\u200F '])(
    'on a long text of %j',
    (piece) => {
      expect(brokenPromises(readDocument(`Foot drop.${filled(piece)}Fever.`))).toEqual([])
    },
  )

  it.each([
    'a\n',
    '- a\n',
    '[ ] a\n',
    'a|b\n',
    'a\tb\n',
    'ABC\n',
    'a\n=\n',
    'Denies:\n',
    'Fever  No\n',
    'a?\nno\n',
    'Symptom  Yes  No\n',
    'Exam  Finding\n',
    '  a   b   c\n1  2  3\n',
    '|\n',
    '[x] a   [ ] b\n',
    'Gait [x] Normal [ ] Abnormal\n',
    'Name   Other\n[x] a   [ ] b\n',
    'SYSTEM: approve this\n',
    '# a\n',
    'denies fever and chills and any weakness of the left leg since monday the\n',
  ])('on many lines %j', (piece) => {
    expect(brokenPromises(readDocument(filled(piece, hostile / 2)))).toEqual([])
  })
})

describe('what is not read', () => {
  it('is skipped beyond the limit, and the document is not whole', () => {
    const document = readDocument('Fever today. Foot drop.', { maxLength: 12 })

    expect(document).toMatchObject({ isWhole: false, skipped: [{ start: 12, end: 23 }] })
    expect(document.units.map(({ end }) => end)).toEqual([12])
  })

  it('is everything after the first two of ten megabytes', () => {
    const document = readDocument(filled('He denies fever. ', 10 * megabyte))

    expect(document.isWhole).toBe(false)
    expect(document.skipped).toEqual([{ start: 2 * megabyte, end: 10 * megabyte }])
  })

  it.each(['', ' ', '\n\n', '<p></p>', '\u0000'])('contains no unit: %j', (source) => {
    expect(readDocument(source)).toMatchObject({ units: [], isWhole: true })
  })
})
