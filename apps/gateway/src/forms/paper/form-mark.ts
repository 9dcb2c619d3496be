import {
  beginText,
  endText,
  type PDFDocument,
  PDFDict,
  type PDFFont,
  PDFName,
  type PDFPage,
  PDFRef,
  popGraphicsState,
  pushGraphicsState,
  rgb,
  setFillingColor,
  setFontAndSize,
  setTextMatrix,
  showText,
  translate,
  drawObject,
} from '@cantoo/pdf-lib'
import { charactersOf } from './font.ts'
import { plainText, renderable } from './plain-text.ts'
import { type Measure, wrap } from './fit-text.ts'
import { drawnBands } from './drawn-bands.ts'
import { drawArtifact, Tagging } from './tagging.ts'

/** The line at the foot of every page that says whether the form is approved. */
export type FormMark =
  | { readonly kind: 'draft' }
  /** `on` is the day and time as people read it. */
  | { readonly kind: 'approved'; readonly by: string; readonly on: string }

const markName = PDFName.of('AuthScriptMark')
const size = 7
const ink = rgb(0.09, 0.13, 0.2)
/** From the edges of the page, in points. */
const left = 36
/** Below what most forms print, and not cut by most printers. */
const usualBottom = 14
const lowestBottom = 7
const highestBottom = 60
const fromTop = 24
/** Of the letters, from the bottom of the mark. */
const letters = { low: 1, high: 9 }

/**
 * Writes the mark on every page, or replaces the one that is there. It is an object of its own that the pages refer to, so that replacing
 * it changes nothing else of the form.
 */
export function writeMark(
  document: PDFDocument,
  mark: FormMark,
  font: PDFFont,
  measure: Measure,
): void {
  const pages = document.getPages()
  const width = Math.min(...pages.map((page) => page.getWidth())) - 2 * left
  const known = charactersOf(font)
  const { text } = renderable(plainText(textOf(mark)), known)
  const [line = ''] = wrap(text, width, size, measure)
  const { context } = document
  const drawing = context.formXObject(
    [
      beginText(),
      setFillingColor(ink),
      setFontAndSize(font.name, size),
      setTextMatrix(1, 0, 0, 1, 0, 3),
      showText(font.encodeText(line)),
      endText(),
    ],
    {
      BBox: context.obj([0, 0, width, size + 5]),
      Resources: context.obj({ Font: { [font.name]: font.ref } }),
    },
  )
  const existing = pages.map(markOf).find((ref) => ref !== undefined)
  const ref = existing ?? context.nextRef()
  context.assign(ref, drawing)
  drawOn(document, ref)
}

/** The mark of the other pages, on pages that were added. */
export function continueMark(document: PDFDocument): void {
  const existing = document
    .getPages()
    .map(markOf)
    .find((ref) => ref !== undefined)
  if (existing !== undefined) drawOn(document, existing)
}

function drawOn(document: PDFDocument, ref: PDFRef): void {
  const pages = document.getPages()
  const tagging = Tagging.of(document)
  for (const page of pages) {
    if (markOf(page) !== undefined) continue
    const { x, y, height } = page.getCropBox()
    const bottom = freeBottom(page, y, height)
    page.node.setXObject(markName, ref)
    const draw = () =>
      page.pushOperators(
        pushGraphicsState(),
        translate(x + left, y + bottom),
        drawObject(markName),
        popGraphicsState(),
      )
    // Read aloud once; the other pages repeat it.
    if (tagging === undefined) draw()
    else if (page === pages[0]) tagging.mark(page, tagging.add('P'), draw)
    else drawArtifact(page, draw)
  }
}

function textOf(mark: FormMark): string {
  return mark.kind === 'draft'
    ? 'Draft prepared from the chart. Not approved.'
    : `Approved by ${mark.by} on ${mark.on}.`
}

function markOf(page: PDFPage): PDFRef | undefined {
  const objects = page.node.Resources()?.lookup(PDFName.of('XObject'))
  const found = objects instanceof PDFDict ? objects.get(markName) : undefined
  return found instanceof PDFRef ? found : undefined
}

/** Where a line is free over the whole width: near the usual place, below it, or at the head of the page. */
function freeBottom(page: PDFPage, y: number, height: number): number {
  const bands = drawnBands(page)
  const places = [
    ...Array.from({ length: highestBottom - usualBottom + 1 }, (_, index) => usualBottom + index),
    ...Array.from({ length: usualBottom - lowestBottom }, (_, index) => usualBottom - 1 - index),
    height - fromTop,
  ]
  const isFree = (bottom: number) =>
    bands.every(
      ({ low, high }) => high <= y + bottom + letters.low || low >= y + bottom + letters.high,
    )
  return places.find(isFree) ?? usualBottom
}
