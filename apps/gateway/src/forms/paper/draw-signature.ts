import { type PDFDocument, type PDFFont, type PDFImage, type PDFPage, rgb } from '@cantoo/pdf-lib'
import type { FormTemplate } from '../map/form-template.ts'
import { readFields } from '../map/read-fields.ts'
import { placesOf, type WidgetPlace } from '../map/widget-places.ts'
import type { Measure } from './fit-text.ts'
import { Tagging } from './tagging.ts'

/** The signer's picture of their signature, which they chose to place. */
export interface PlacedSignature {
  readonly type: 'png' | 'jpeg'
  readonly image: Uint8Array
  /** The day on which they placed it, as people read it. */
  readonly on: string
}

const ink = rgb(0.09, 0.13, 0.2)
const dateSize = 9
const padding = 1
/** Of a box that has no box for the date beside it. */
const dateGap = 8

/**
 * Draws the signature and its day where the form has boxes for them. The boxes themselves stay blank, and are hidden so that no viewer
 * draws them over it.
 *
 * False when this form has no box for the requesting provider's signature: nothing was drawn.
 */
export async function drawSignature(
  document: PDFDocument,
  { type, image, on }: PlacedSignature,
  templates: readonly FormTemplate[],
  font: PDFFont,
  measure: Measure,
): Promise<boolean> {
  const names = [...readFields(document).keys()]
  const template = templates.find(
    ({ blank }) => blank.size === names.length && names.every((name) => blank.has(name)),
  )
  const places = placesOf(document)
  const placeOf = (part: 'signature' | 'date') => {
    const name = template?.signing.find((one) => one.part === part)?.name
    const place = name === undefined ? undefined : places.get(name)?.[0]
    return name === undefined || place === undefined ? undefined : { name, place }
  }
  const box = placeOf('signature')
  if (box === undefined) return false
  const embedded = await (type === 'png' ? document.embedPng(image) : document.embedJpg(image))
  const dateBox = placeOf('date')
  const dateWidth = measure.widthOfTextAtSize(on, dateSize)
  const reserved = dateBox === undefined ? dateWidth + dateGap : 0
  const tagging = Tagging.of(document)
  const page = pageOf(document, box.place)
  let right = 0
  const drawPicture = () => {
    right = drawImage(page, embedded, box.place, reserved)
  }
  if (tagging === undefined) drawPicture()
  else
    tagging.mark(
      page,
      tagging.addFigure(tagging.top, 'Signature of the requesting provider', box.place),
      drawPicture,
    )
  const datePlace = dateBox?.place ?? { ...box.place, x: right + dateGap }
  const datePage = pageOf(document, datePlace)
  const drawDate = () =>
    datePage.drawText(on, {
      x: datePlace.x + 2 * padding,
      y: datePlace.y + (datePlace.height - dateSize) / 2 + padding,
      size: dateSize,
      font,
      color: ink,
    })
  if (tagging === undefined) drawDate()
  else tagging.mark(datePage, tagging.add('P'), drawDate)
  for (const one of [box, dateBox]) if (one !== undefined) hide(document, one.name)
  return true
}

/** Returns where the picture ends. */
function drawImage(
  page: PDFPage,
  image: PDFImage,
  { x, y, width, height }: WidgetPlace,
  reserved: number,
): number {
  const inside = { width: width - 2 * padding - reserved, height: height - 2 * padding }
  const scale = Math.min(inside.width / image.width, inside.height / image.height)
  page.drawImage(image, {
    x: x + padding,
    y: y + padding,
    width: image.width * scale,
    height: image.height * scale,
  })
  return x + padding + image.width * scale
}

function pageOf(document: PDFDocument, { page }: WidgetPlace): PDFPage {
  return document.getPage(page - 1)
}

const hidden = 0b10

function hide(document: PDFDocument, name: string): void {
  for (const widget of document.getForm().getField(name).acroField.getWidgets())
    widget.setFlags(widget.getFlags() | hidden)
}
