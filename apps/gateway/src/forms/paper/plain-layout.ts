import type { PDFDocument } from '@cantoo/pdf-lib'
import * as fontkit from 'fontkit'

/** A library of fonts, as pdf-lib takes it. */
type FontLibrary = Parameters<PDFDocument['registerFontkit']>[0]

/** Of each file: its table has the names of all letters too, and takes a while to read. */
const slants = new WeakMap<Uint8Array, number>()

interface Glyph {
  readonly id: number
}

/** The part of a font of fontkit, which publishes no types, that is replaced here. */
interface Font {
  readonly italicAngle: number
  glyphForCodePoint(code: number): Glyph
  layout(text: string, features?: unknown): { readonly glyphs: readonly Glyph[] }
}

/** Latin letters, digits and signs, each of which has one glyph whatever stands beside it, but for ligatures, which forms do not need. */
const plain = /^[\x20-\x7E\u00A0-\u00AC\u00AE-\u024F\u2013\u2014\u2018-\u201D\u2026]*$/

/**
 * fontkit, with a short way for plain text: the rules of a font for joining letters, which other scripts need, took half of the time to fill
 * a form.
 */
export const plainLayout = {
  create(bytes: Uint8Array, name?: string) {
    // fontkit has no types.
    const font = fontkit.create(bytes, name) as Font
    const slant = slants.get(bytes) ?? font.italicAngle
    slants.set(bytes, slant)
    Object.defineProperty(font, 'italicAngle', { value: slant })
    const layout = font.layout.bind(font)
    font.layout = (text, features) =>
      plain.test(text)
        ? { glyphs: [...text].map((one) => font.glyphForCodePoint(one.codePointAt(0) ?? 0)) }
        : layout(text, features)
    return font
  },
} as unknown as FontLibrary
