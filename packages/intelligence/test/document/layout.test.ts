import { describe, expect, it } from 'vitest'
import { textOf } from '../../src/document/note-document.ts'
import { readDocument } from '../../src/document/read-document.ts'
import { layoutVariants } from './layout-variants.ts'

const variants = layoutVariants()

describe('what the layout says about a term', () => {
  it('is tested in at least sixty variants', () => {
    expect(variants.length).toBeGreaterThan(60)
  })

  it.each(variants)('$name', ({ text, expected }) => {
    const document = readDocument(text)

    const said = Object.keys(expected).map((term) => {
      const units = document.units.filter((unit) => textOf(document, unit).includes(term))
      return [term, units.map(({ polarity }) => polarity ?? 'words').join(' and ')]
    })

    expect(Object.fromEntries(said)).toEqual(expected)
  })
})
