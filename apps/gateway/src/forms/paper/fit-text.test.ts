import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Box, fitText, lineHeight, wrap } from './fit-text.ts'
import { layOut } from './lay-out.ts'
import { plainText } from './plain-text.ts'

/** A font whose characters are half as wide as they are high. */
const font = { widthOfTextAtSize: (text: string, size: number) => [...text].length * size * 0.5 }
const box: Box = { width: 100, height: 40, isMultiline: true, maxSize: 10, minSize: 7 }

const anyBox: fc.Arbitrary<Box> = fc.record(
  {
    width: fc.integer({ min: 1, max: 300 }),
    height: fc.integer({ min: 1, max: 120 }),
    isMultiline: fc.boolean(),
    maxSize: fc.constant(9),
    minSize: fc.constantFrom(6.5, 7),
    maxLength: fc.integer({ min: 1, max: 120 }),
  },
  { requiredKeys: ['width', 'height', 'isMultiline', 'maxSize', 'minSize'] },
)
const anyText = fc
  .string({ unit: 'grapheme', maxLength: 400 })
  .map(plainText)
  .filter((text) => text !== '')
const lettersOf = (text: string) => text.replaceAll(/\s/g, '')

describe('fitting text', () => {
  it.each([
    { text: 'short', size: 10, rest: false },
    { text: 'a'.repeat(25), size: 10, rest: false },
    { text: 'word '.repeat(20).trim(), size: 8, rest: false },
    { text: 'word '.repeat(60).trim(), size: 7, rest: true },
  ])('sets $text in $size points', ({ text, size, rest }) => {
    const fitted = fitText(text, box, font)

    expect(fitted.size).toBe(size)
    expect(fitted.rest !== '').toBe(rest)
  })

  it('never draws outside of the box and never loses a character, for any text and box', () => {
    fc.assert(
      fc.property(anyText, anyBox, (raw, one) => {
        const text = one.isMultiline ? raw : raw.replaceAll('\n', ' ')
        const { lines, rest, size } = fitText(text, one, font)

        expect(size).toBeGreaterThanOrEqual(one.minSize)
        for (const line of lines)
          expect(font.widthOfTextAtSize(line, size)).toBeLessThanOrEqual(one.width)
        if (one.isMultiline)
          expect(lines.length * size * lineHeight).toBeLessThanOrEqual(one.height)
        const held = rest === '' ? text : lines.join('\n')
        expect(held.length).toBeLessThanOrEqual(one.maxLength ?? 1000)
        expect(lettersOf([...lines, rest].join(''))).toBe(lettersOf(text))
      }),
    )
  })

  it('fits a comb field by its cells', () => {
    const comb: Box = { ...box, isMultiline: false, width: 100, cells: 10, maxLength: 10 }

    expect(fitText('1234567893', comb, font).rest).toBe('')
    expect(fitText('12345678931', comb, font).rest).toBe('12345678931')
  })

  it('breaks a word that is wider than a line', () => {
    expect(wrap('abcdefghij', 20, 10, font)).toEqual(['abcd', 'efgh', 'ij'])
  })

  it('strips characters that reverse the reading order', () => {
    expect(plainText('Mu\u202Eñoz\u0000 \t x')).toBe('Muñoz x')
  })
})

describe('laying out', () => {
  it('shows a single line completely or not at all, within its box and its limit', () => {
    fc.assert(
      fc.property(anyText, anyBox, (raw, one) => {
        const text = one.isMultiline ? raw : raw.replaceAll('\n', ' ')
        const laid = layOut(text, one, { part: 'A-1', page: 2 }, font)

        for (const line of laid.lines)
          expect(font.widthOfTextAtSize(line, laid.size)).toBeLessThanOrEqual(one.width)
        const held = laid.isWhole ? text : laid.lines.join('\n')
        expect(held.length).toBeLessThanOrEqual(one.maxLength ?? 1000)
        if (laid.isWhole) expect(lettersOf(laid.lines.join(''))).toBe(lettersOf(text))
        else if (!one.isMultiline) expect(laid.lines.join('')).toMatch(/^((see )?(page 2, )?A-1)?$/)
        expect(laid.isWhole || laid.isReferred || laid.lines.length === 0).toBe(true)
      }),
    )
  })

  it.each([
    { width: 200, shown: ['see page 2, A-2'] },
    { width: 30, shown: ['see A-2'] },
    { width: 15, shown: ['A-2'] },
    { width: 5, shown: [] },
  ])('refers to the addendum as far as $width points allow', ({ width, shown }) => {
    const line = { ...box, isMultiline: false, width }

    expect(layOut('x'.repeat(99), line, { part: 'A-2', page: 2 }, font).lines).toEqual(shown)
  })
})
