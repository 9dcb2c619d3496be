import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type PDFDocument, PDFDict, type PDFFont, PDFName } from '@cantoo/pdf-lib'
import { plainLayout } from './plain-layout.ts'
import type { Measure } from './fit-text.ts'

const files = {
  regular: 'DejaVuSansCondensed.ttf',
  bold: 'DejaVuSansCondensed-Bold.ttf',
} as const
const cached = new Map<string, Uint8Array>()

/** Embeds the font for all forms, which covers names beyond Latin-1. It is registered by name, so that fields stay editable. */
export async function embedFont(
  document: PDFDocument,
  weight: keyof typeof files = 'regular',
): Promise<PDFFont> {
  document.registerFontkit(plainLayout)
  const font = await document.embedFont(bytesOf(files[weight]), { subset: true })
  const form = document.getForm().acroForm.dict
  const resources = dictAt(form, 'DR')
  dictAt(resources, 'Font').set(PDFName.of(font.name), font.ref)
  return font
}

const characterSets = new Map<string, ReadonlySet<number>>()

/** The code points that a font has, read from its file once. */
export function charactersOf(font: PDFFont): ReadonlySet<number> {
  const known = characterSets.get(font.name) ?? new Set(font.getCharacterSet())
  characterSets.set(font.name, known)
  return known
}

function bytesOf(file: string): Uint8Array {
  const bytes =
    cached.get(file) ??
    readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${file}`))
  cached.set(file, bytes)
  return bytes
}

/** Measures each word once: layout is slow, and the width is proportional to the size. */
export function measureOnce(font: PDFFont): Measure {
  const widths = new Map<string, number>()
  return {
    widthOfTextAtSize(text, size) {
      let width = widths.get(text)
      if (width === undefined) {
        width = font.widthOfTextAtSize(text, 1)
        widths.set(text, width)
      }
      return width * size
    },
  }
}

function dictAt(parent: PDFDict, key: string): PDFDict {
  const found = parent.lookup(PDFName.of(key))
  if (found instanceof PDFDict) return found
  const made = parent.context.obj({})
  parent.set(PDFName.of(key), made)
  return made
}
