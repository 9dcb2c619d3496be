import { PDFDict, type PDFDocument, PDFName } from '@cantoo/pdf-lib'

export interface WidgetPlace {
  /** Starting at 1. */
  readonly page: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const hiddenFlags = 0b10_0010

/** Where each field is visible, by name. Leaves out widgets that are hidden, have no size or are on no page. */
export function placesOf(document: PDFDocument): ReadonlyMap<string, readonly WidgetPlace[]> {
  const pages = new Map<PDFDict, number>()
  for (const [index, page] of document.getPages().entries()) {
    for (const annotation of page.node.Annots()?.asArray() ?? []) {
      const found = document.context.lookup(annotation)
      if (found instanceof PDFDict) pages.set(found, index + 1)
    }
  }
  const places = new Map<string, WidgetPlace[]>()
  for (const field of document.getForm().getFields()) {
    for (const widget of field.acroField.getWidgets()) {
      const page = pages.get(widget.dict)
      const { x, y, width, height } = uprightRectangle(widget.getRectangle())
      if (page === undefined || width === 0 || height === 0) continue
      if ((widget.getFlags() & hiddenFlags) !== 0) continue
      places.set(field.getName(), [
        ...(places.get(field.getName()) ?? []),
        { page, x, y, width, height },
      ])
    }
  }
  return places
}

/** Some forms swap the corners of a box; text drawn at its origin would then appear one box too high. */
export function normalizeRectangles(document: PDFDocument): void {
  for (const field of document.getForm().getFields()) {
    for (const widget of field.acroField.getWidgets()) {
      if (widget.dict.has(PDFName.of('Rect')))
        widget.setRectangle(uprightRectangle(widget.getRectangle()))
    }
  }
}

function uprightRectangle({
  x,
  y,
  width,
  height,
}: {
  x: number
  y: number
  width: number
  height: number
}) {
  return {
    x: Math.min(x, x + width),
    y: Math.min(y, y + height),
    width: Math.abs(width),
    height: Math.abs(height),
  }
}
