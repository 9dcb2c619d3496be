import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as fontkit from 'fontkit'
import { expect, it } from 'vitest'
import { plainLayout } from './plain-layout.ts'

interface Font {
  layout(text: string): { readonly glyphs: readonly { readonly id: number }[] }
}

const file = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf')
const bytes = readFileSync(file)
const own = (plainLayout as unknown as { create(from: Uint8Array): Font }).create(bytes)
// fontkit has no types.
const whole = fontkit.create(bytes) as Font
const idsOf = (font: Font, text: string) => font.layout(text).glyphs.map(({ id }) => id)

it('gives plain text the glyphs that the whole rules of the font give it, beside every other letter', () => {
  const ascii = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(index + 32))
  const latin = Array.from({ length: 0x24f - 0xa0 }, (_, index) =>
    String.fromCodePoint(index + 0xa0),
  ).filter((one) => one !== '\u00AD')
  const pairs = ascii.flatMap((one) => ascii.map((other) => one + other))
  const differ = [...pairs, ...latin.flatMap((one) => [one, `a${one}e`])].filter(
    (text) => idsOf(own, text).join() !== idsOf(whole, text).join(),
  )

  // Ligatures, which are written as two letters.
  expect(differ).toEqual(['ff', 'fi', 'fl'])
})

it.each(['محمد علي', 'e\u0301', 'a\u00ADb'])('leaves %s to the rules of the font', (text) => {
  expect(idsOf(own, text)).toEqual(idsOf(whole, text))
})
