import { describe, expect, it } from 'vitest'
import { textOf } from '../../src/document/note-document.ts'
import { readDocument } from '../../src/document/read-document.ts'

/** Each unit with its section, and a question mark if nothing follows from it. */
function unitsOf(lines: readonly string[]): readonly string[] {
  const document = readDocument(lines.join('\n'))
  return document.units.map((unit) => {
    const mark = unit.polarity === 'unknown' ? '?' : ''
    return `${unit.section.kind}: ${textOf(document, unit)}${mark}`
  })
}

describe('text that was carried over from another note', () => {
  it.each<readonly [string, readonly string[], readonly string[]]>([
    [
      'asserts nothing up to its end, and its sections end with it',
      [
        '>> carried over from visit 02/24',
        'Foot drop.',
        'PLAN: PT.',
        '>> end carried over',
        '',
        'Fever.',
      ],
      ['other: Foot drop.?', 'plan: PT.?', 'other: Fever.'],
    ],
    [
      'stands between brackets',
      ['[forwarded text, 05/11] Foot drop. Plan: PT. [end]', 'Fever.'],
      ['other: [forwarded text, 05/11] Foot drop.?', 'plan: PT. [end]?', 'other: Fever.'],
    ],
    [
      'stands between two rules',
      ['--- copied from 1/3 ---', 'Foot drop.', '--- today ---', 'Fever.'],
      ['other: Foot drop.?', 'other: Fever.'],
    ],
    [
      'ends with its paragraph where no end is marked',
      ['== previous note ==', 'Foot drop.', 'Numbness.', '', 'Fever.'],
      ['other: Foot drop.?', 'other: Numbness.?', 'other: Fever.'],
    ],
    [
      'goes back to the section around it',
      ['HPI', 'Pain.', '-- pasted from last note --', 'PMH: stroke', '', 'Numbness.'],
      ['history: Pain.', 'past_history: stroke?', 'history: Numbness.'],
    ],
    // Not carried over.
    [
      'is not a mark behind a statement',
      ['Foot drop [copied].', 'Fever.'],
      ['other: Foot drop [copied].', 'other: Fever.'],
    ],
    [
      'is not what somebody carried',
      ['- carried a box up the stairs', 'Fever.'],
      ['other: carried a box up the stairs', 'other: Fever.'],
    ],
    ['is not a quote', ['> Fever.', '> Numbness.'], ['other: Fever.', 'other: Numbness.']],
  ])('%s', (_, lines, expected) => {
    const marks = /: (?:>> |end carried|copied from|today|\[end\]|previous note|pasted from)/
    expect(unitsOf(lines).filter((one) => !marks.test(one))).toEqual(expected)
  })
})
