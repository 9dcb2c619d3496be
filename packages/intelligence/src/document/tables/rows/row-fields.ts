import { polarityOf } from '../../answers.ts'
import { isSystem } from '../../headings/section-names.ts'
import type { Line } from '../../lines.ts'
import type { Header } from '../header.ts'
import type { PlacedCell } from '../placed-cells.ts'
import { answerRow, unreadRow } from './answer-rows.ts'
import { looseRow } from './loose-row.ts'
import { type RowField, spanOf } from './row-field.ts'
import { valueFields } from './value-rows.ts'

/** The fields of a table row, including its continuation lines. */
export function rowFields(
  header: Header,
  line: Line,
  placed: readonly PlacedCell[],
): readonly RowField[] {
  if (isSystem(line.text) || (isShouted(line.text) && header.delimiter !== 'pipe'))
    return [{ kind: 'group', ...spanOf(line), quote: spanOf(line) }]
  const filled = placed.filter(({ cell }) => cell.text !== '').map(({ cell }) => cell)
  const [first] = filled
  if (first !== undefined && filled.length === 1 && isSystem(first.text))
    return [{ kind: 'group', ...spanOf(first), quote: spanOf(first) }]
  if (header.kind !== 'answers') return valueFields(header, placed)
  return gatewayFields(header, line) ?? answerRow(placed, header.columns)
}

/** A row with one cell whose box or answer the gateway wrote as text: "[x] Fever", "Fever: X". */
function gatewayFields(header: Header, line: Line): readonly RowField[] | undefined {
  if (header.delimiter !== 'pipe' || line.text.includes('|')) return undefined
  const box = /^\[([ xX])\] +/.exec(line.text)
  if (box !== null)
    return [
      {
        kind: 'row',
        start: line.start + box[0].length,
        end: line.end,
        polarity: box[1] === ' ' ? 'unmarked' : 'unknown',
        quote: spanOf(line),
      },
    ]
  const colon = line.text.indexOf(':')
  if (colon === -1) return undefined
  const label = { start: line.start, end: line.start + colon, text: line.text.slice(0, colon) }
  const text = line.text.slice(colon + 1).trim()
  const answer = { start: line.end - text.length, end: line.end, text }
  return polarityOf(text) === undefined ? unreadRow([label, answer]) : looseRow([label, answer])
}

const isShouted = (text: string): boolean => text.length <= 40 && /^[A-Z][A-Z ]+$/.test(text)
