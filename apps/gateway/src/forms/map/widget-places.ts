import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFWidgetAnnotation,
} from '@cantoo/pdf-lib'
import { layersOf, type LayerState } from './layers.ts'

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
  const placeOf = widgetPlaces(document)
  const places = new Map<string, WidgetPlace[]>()
  for (const field of document.getForm().getFields()) {
    for (const widget of field.acroField.getWidgets()) {
      const place = placeOf(widget)
      if (place === undefined) continue
      places.set(field.getName(), [...(places.get(field.getName()) ?? []), place])
    }
  }
  return places
}

/** Where a widget is visible; undefined if it is not. */
export function widgetPlaces(
  document: PDFDocument,
): (widget: PDFWidgetAnnotation) => WidgetPlace | undefined {
  const pages = new Map<PDFDict, number>()
  const sheets = document.getPages()
  for (const [index, page] of sheets.entries()) {
    for (const annotation of page.node.Annots()?.asArray() ?? []) {
      const found = document.context.lookup(annotation)
      if (found instanceof PDFDict) pages.set(found, index + 1)
    }
  }
  const layerOf = layersOf(document)
  return (widget) => {
    const page = pages.get(widget.dict)
    // A field that is on no page need not have a place.
    if (!(widget.dict.lookup(PDFName.of('Rect')) instanceof PDFArray)) return undefined
    const { x, y, width, height } = uprightRectangle(widget.getRectangle())
    if (page === undefined || width === 0 || height === 0 || !isSeen(widget, layerOf))
      return undefined
    const sheet = sheets[page - 1]?.getCropBox()
    const isOff =
      sheet !== undefined &&
      (x >= sheet.x + sheet.width ||
        x + width <= sheet.x ||
        y >= sheet.y + sheet.height ||
        y + height <= sheet.y)
    return isOff ? undefined : { page, x, y, width, height }
  }
}

export function isSeen(
  widget: PDFWidgetAnnotation,
  layerOf: (annotation: PDFDict) => LayerState,
): boolean {
  return (widget.getFlags() & hiddenFlags) === 0 && layerOf(widget.dict).isSeen
}

export function uprightRectangle({
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
