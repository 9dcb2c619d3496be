import { describe, expect, it } from 'vitest'
import { textOf } from '../../src/document/note-document.ts'
import { readDocument } from '../../src/document/read-document.ts'

function statementsOf(source: string): readonly string[] {
  const document = readDocument(source)
  return document.units.map((unit) => {
    const said = textOf(document, unit).replaceAll(/\s+/g, ' ').trim()
    return unit.polarity === undefined ? said : `${said} = ${unit.polarity}`
  })
}

describe('HTML', () => {
  it.each([
    ['inline mark-up', '<p>No <b>fever</b> today.</p>', ['No fever today.']],
    [
      'mark-up and references in a word',
      '<p>foot<b>drop</b> isn&#x27;t new</p>',
      ["footdrop isn't new"],
    ],
    ['items', '<ul><li>fever<li>chills</ul>', ['fever', 'chills']],
    ['line ends', '<p>fever<br>chills<br/>cough</p>', ['fever', 'chills', 'cough']],
    ['struck text', '<p>Fever. <del>Foot drop.</del></p>', ['Fever.']],
    [
      'struck through by style',
      '<p>Fever. <span style="text-decoration: line-through">Foot drop.</span></p>',
      ['Fever.'],
    ],
    ['hidden text', '<p style="display:none">Foot drop.</p><p>Fever.</p>', ['Fever.']],
    ['hidden by attribute', '<p hidden>Foot drop.</p><p>Fever.</p>', ['Fever.']],
    [
      'scripts and styles',
      '<style>p{}</style><script>"<p>Foot drop"</script><p>Fever.</p>',
      ['Fever.'],
    ],
    ['comments', '<p>Fever. <!-- Foot drop. --></p>', ['Fever.']],
    [
      'boxes',
      '<p><input type="checkbox"> Fever <input type="checkbox" checked> Cough</p>',
      ['Fever = unmarked', 'Cough = yes'],
    ],
    [
      'a table without end tags',
      '<table><tr><td>Fever<td>No<tr><td>Cough<td>Yes</table>',
      ['Fever = no', 'Cough = yes'],
    ],
    [
      'a table that lays out the page',
      `<table><tr><td><p>Fever.</p><p>${'Cough. '.repeat(70)}</p></td></tr></table>`,
      ['Fever.', ...Array.from({ length: 70 }, () => 'Cough.')],
    ],
    ['white space of the source', '<p>Fever\n      and     chills</p>', ['Fever and chills']],
    ['a sign that is no tag', '<p>Hgb < 7 and > 3</p>', ['Hgb < 7 and > 3']],
  ])('%s', (_, source, expected) => {
    expect(statementsOf(source)).toEqual(expected)
  })

  it('keeps the offsets of the source', () => {
    const source = '<div><p>Denies <i>fever</i>.</p><p>Left foot&nbsp;drop.</p></div>'
    const document = readDocument(source)

    expect(document.units.map(({ start, end }) => source.slice(start, end))).toEqual([
      'Denies <i>fever</i>.',
      'Left foot&nbsp;drop.',
    ])
  })

  it('keeps the dates of a therapy in their columns', () => {
    const source =
      '<table><tr><th>Therapy</th><th>Start</th><th>End</th></tr><tr><td>PT</td><td>01/02/2026</td><td>03/02/2026</td></tr></table>'
    const document = readDocument(source)
    const cells = document.units[0]?.cells?.map((cell) => [
      cell.header === undefined ? '' : textOf(document, cell.header),
      textOf(document, cell),
    ])

    expect(cells).toEqual([
      ['Therapy', 'PT'],
      ['Start', '01/02/2026'],
      ['End', '03/02/2026'],
    ])
  })
})
