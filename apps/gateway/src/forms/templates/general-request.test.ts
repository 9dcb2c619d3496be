import { expect, it } from 'vitest'
import { sections } from './general-request.ts'

it('has rows of twelve columns: a wider one would run off the paper', () => {
  const widths = sections.flatMap(({ heading, rows }) =>
    rows.map((row) => ({
      row: `${heading}: ${row.map(({ label }) => label).join(', ')}`,
      columns: row.reduce((sum, { columns }) => sum + columns, 0),
    })),
  )

  expect(widths.length).toBeGreaterThan(5)
  expect(widths.filter(({ columns }) => columns !== 12)).toEqual([])
})
