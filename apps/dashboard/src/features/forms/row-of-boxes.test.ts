import type { FormBox } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { isSmall, rowOf } from './row-of-boxes.ts'

const aBox = (name: string, x: number, change: Partial<FormBox> = {}, y = 700): FormBox => ({
  name,
  kind: 'text',
  tooltip: null,
  maxLength: null,
  options: [],
  printed: '',
  places: [{ page: 1, x, y, width: 14, height: 16 }],
  ...change,
})
const cells = Array.from({ length: 8 }, (_, index) => aBox(`c${index}`, 40 + index * 20))

describe('the boxes of a row', () => {
  it('stand side by side, in their order on the paper', () => {
    const [third = cells[0]] = cells.slice(3)
    const names = rowOf(third as FormBox, cells.toReversed()).map(({ name }) => name)

    expect(names).toEqual(cells.map(({ name }) => name))
  })

  it('end where there is space, another line, another page or a wide box', () => {
    const beside = [
      aBox('far', 300),
      aBox('below', 200, {}, 680),
      aBox('elsewhere', 200, { places: [{ page: 2, x: 200, y: 700, width: 14, height: 16 }] }),
      aBox('wide', 200, { places: [{ page: 1, x: 200, y: 700, width: 90, height: 16 }] }),
    ]

    expect(rowOf(cells[0] as FormBox, [...cells, ...beside]).length).toBe(8)
  })

  it('are small by their limit or their width', () => {
    expect(isSmall(aBox('a', 0, { maxLength: 1 }))).toBe(true)
    expect(isSmall(aBox('a', 0, { maxLength: 10 }))).toBe(false)
    expect(isSmall(aBox('a', 0, { kind: 'check box' }))).toBe(false)
    expect(isSmall(aBox('a', 0, { places: [] }))).toBe(false)
  })
})
