import {
  concatTransformationMatrix,
  drawObject,
  type PDFDocument,
  type PDFRef,
  popGraphicsState,
  pushGraphicsState,
} from '@cantoo/pdf-lib'

/** Letter paper, which every fax machine and printer here takes. */
const paper = { short: 612, long: 792 }
/** Space for the label above and the mark below. */
const margin = { side: 24, top: 34, bottom: 32 }

/** An object to draw, with its size after its own matrix, in points. */
export interface Drawing {
  readonly ref: PDFRef
  readonly width: number
  readonly height: number
}

/** Adds a page of letter paper with the drawing on it, as large as fits and never larger than it is. A page may be blank. */
export function placePage(document: PDFDocument, drawing: Drawing | undefined): void {
  const isWide = drawing !== undefined && drawing.width > drawing.height
  const page = document.addPage(isWide ? [paper.long, paper.short] : [paper.short, paper.long])
  if (drawing === undefined) return
  const area = {
    width: page.getWidth() - 2 * margin.side,
    height: page.getHeight() - margin.top - margin.bottom,
  }
  const scale = Math.min(1, area.width / drawing.width, area.height / drawing.height)
  const left = (page.getWidth() - drawing.width * scale) / 2
  const bottom = page.getHeight() - margin.top - drawing.height * scale
  const name = page.node.newXObject('Content', drawing.ref)
  page.pushOperators(
    pushGraphicsState(),
    concatTransformationMatrix(scale, 0, 0, scale, left, bottom),
    drawObject(name),
    popGraphicsState(),
  )
}
