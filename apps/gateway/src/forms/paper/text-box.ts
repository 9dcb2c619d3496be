import {
  adjustDimsForRotation,
  cmyk,
  componentsToColor,
  drawTextField,
  grayscale,
  type PDFFont,
  type PDFTextField,
  type PDFWidgetAnnotation,
  reduceRotation,
  rgb,
  rotateInPlace,
  TextAlignment,
} from '@cantoo/pdf-lib'
import type { ListField } from '../map/list-choice.ts'
import { type Box, lineHeight, type Measure } from './fit-text.ts'

const preferredSize = 9
/** Chosen because a faxed page in 6 pt was not reliably readable. */
export const smallestReadable = 7
/** In a box of 34 points, `S83.511A` fits at 7 pt and `W22.01XA` at 6.5 pt; a code that continues elsewhere would be worse. */
const smallestCodeSize = 6.5
/** Options of a list are the form's own: they may be smaller. */
const smallestListSize = 5
const listPadding = 1
/** Of text and its ground, of 1. */
const smallestContrast = 0.4
const padding = 2.5
/** For narrow boxes of codes and dates. */
const narrowPadding = 1
const narrowWidth = 60
const multilinePadding = 3
/** A multi-line box that is only one line high still takes one line. */
const lowPadding = 1
const lowHeight = 20
/** Heights above and below the base line in DejaVu Sans, as fractions of the font size. */
const ascent = 0.928
const descent = 0.236

/** The box that fits into every widget of the fields of one name, because all of them show the same text. */
export function boxOf(
  fields: readonly PDFTextField[],
  { isCode, maxLength }: { readonly isCode: boolean; readonly maxLength: number | undefined },
): Box {
  const [field] = fields
  if (field === undefined) throw new RangeError('a box of no field')
  const widgets = fields.flatMap(({ acroField }) => acroField.getWidgets().map(insideOf))
  const isMultiline = field.isMultiline()
  const limit = Math.min(
    ...fields.map((one) => one.getMaxLength() ?? Number.POSITIVE_INFINITY),
    maxLength ?? Number.POSITIVE_INFINITY,
  )
  return {
    width: Math.min(
      ...widgets.map(
        ({ width, height, inset }) => width - 2 * (inset + paddingOf(field, width, height)),
      ),
    ),
    height: Math.min(
      ...widgets.map(
        ({ width, height, inset }) =>
          height - 2 * (isMultiline ? inset + paddingOf(field, width, height) : inset),
      ),
    ),
    isMultiline,
    maxSize: preferredSize,
    minSize: isCode ? smallestCodeSize : smallestReadable,
    ...(limit === Number.POSITIVE_INFINITY ? {} : { maxLength: limit }),
    ...(field.isCombed() ? { cells: field.getMaxLength() ?? 1 } : {}),
  }
}

/** Writes a measured text: `value` becomes the field's value, `lines` is shown by each of its widgets. */
export function writeTextBox(
  field: PDFTextField,
  {
    value,
    lines,
    size,
  }: { readonly value: string; readonly lines: readonly string[]; readonly size: number },
  font: PDFFont,
  measure: Measure,
): void {
  field.setText(value)
  const ground = field.acroField
    .getWidgets()
    .map((widget) => widget.getAppearanceCharacteristics()?.getBackgroundColor())
    .find((one) => one !== undefined)
  const color = colorOf(field.acroField.getDefaultAppearance() ?? '', ground)
  const appearance = `/${font.name} ${size} Tf ${color.operators}`
  for (const widget of field.acroField.getWidgets()) {
    if (widget.dict !== field.acroField.dict) widget.setDefaultAppearance(appearance)
  }
  field.acroField.setDefaultAppearance(appearance)
  field.updateAppearances(font, (_field, widget) => {
    const { width, height, inset, rotation } = insideOf(widget)
    const look = widget.getAppearanceCharacteristics()
    const textLines = placed(field, { lines, size, width, height, inset }, measure).map(
      ({ text, x, y }) => ({ encoded: font.encodeText(text), x, y }),
    )
    return [
      ...rotateInPlace({ ...widget.getRectangle(), rotation }),
      ...drawTextField({
        x: inset / 2,
        y: inset / 2,
        width: width - inset,
        height: height - inset,
        borderWidth: inset,
        color: componentsToColor(look?.getBackgroundColor()),
        borderColor: componentsToColor(look?.getBorderColor()),
        textLines,
        textColor: color.color,
        font: font.name,
        fontSize: size,
        padding: 0,
      }),
    ]
  })
}

/** The largest size in which a text fits into every widget of a list; undefined if none is readable. */
export function listSizeOf(list: ListField, text: string, measure: Measure): number | undefined {
  const widgets = list.acroField.getWidgets().map(insideOf)
  const width = Math.min(...widgets.map((one) => one.width - 2 * (one.inset + listPadding)))
  const height = Math.min(...widgets.map((one) => one.height))
  const size = Math.min(
    preferredSize,
    Math.max(height * 0.7, smallestReadable),
    width / measure.widthOfTextAtSize(text, 1),
  )
  return size >= smallestListSize ? size : undefined
}

/** Draws the chosen option of a list as large as the text of other boxes. */
export function drawListChoice(list: ListField, size: number, font: PDFFont): void {
  const { operators } = colorOf(list.acroField.getDefaultAppearance() ?? '', undefined)
  const appearance = `/${font.name} ${size} Tf ${operators}`
  for (const widget of list.acroField.getWidgets()) {
    if (widget.dict !== list.acroField.dict) widget.setDefaultAppearance(appearance)
  }
  list.acroField.setDefaultAppearance(appearance)
  list.updateAppearances(font)
}

interface Placing {
  readonly lines: readonly string[]
  readonly size: number
  readonly width: number
  readonly height: number
  readonly inset: number
}

/** The left end and base line of each piece of text, from the bottom left of the widget. */
function placed(
  field: PDFTextField,
  { lines, size, width, height, inset }: Placing,
  measure: Measure,
): readonly { readonly text: string; readonly x: number; readonly y: number }[] {
  const edge = inset + paddingOf(field, width, height)
  const inner = width - 2 * edge
  const middle = (height - (ascent + descent) * size) / 2 + descent * size
  if (field.isCombed()) {
    const cell = inner / (field.getMaxLength() ?? 1)
    return [...lines.join('')].map((text, index) => ({
      text,
      x: edge + cell * index + (cell - measure.widthOfTextAtSize(text, size)) / 2,
      y: middle,
    }))
  }
  return lines.map((text, index) => {
    const free = inner - measure.widthOfTextAtSize(text, size)
    const shift = { [TextAlignment.Left]: 0, [TextAlignment.Center]: 0.5, [TextAlignment.Right]: 1 }
    return {
      text,
      x: edge + free * (shift[field.getAlignment()] ?? 0),
      y: field.isMultiline() ? height - edge - ascent * size - index * size * lineHeight : middle,
    }
  })
}

function paddingOf(field: PDFTextField, width: number, height: number): number {
  if (field.isCombed()) return 0
  if (field.isMultiline()) return height < lowHeight ? lowPadding : multilinePadding
  return width < narrowWidth ? narrowPadding : padding
}

/** Width and height in the direction of the text, with the widget's rotation. */
function insideOf(widget: PDFWidgetAnnotation) {
  const rotation = reduceRotation(widget.getAppearanceCharacteristics()?.getRotation())
  const { width, height } = adjustDimsForRotation(widget.getRectangle(), rotation)
  return { width, height, rotation, inset: widget.getBorderStyle()?.getWidth() ?? 0 }
}

/** The text color of the form; black where that could not be read on its background, because a fax has no colors. */
function colorOf(defaultAppearance: string, ground: number[] | undefined) {
  const [operators = '0 g'] = /(?:[\d.]+\s+){1,4}(?:g|rg|k)\b/.exec(defaultAppearance) ?? []
  const parts = operators
    .split(/\s+/)
    .map(Number)
    .filter((one) => !Number.isNaN(one))
  const isReadable = Math.abs(lightness(parts) - lightness(ground ?? [])) >= smallestContrast
  const [first = 0, second = 0, third = 0, fourth = 0] = isReadable ? parts : [0]
  const kind = isReadable ? (/[a-z]+$/.exec(operators.trim())?.[0] ?? 'g') : 'g'
  const color =
    kind === 'rg'
      ? rgb(first, second, third)
      : kind === 'k'
        ? cmyk(first, second, third, fourth)
        : grayscale(first)
  return { operators: isReadable ? operators : '0 g', color }
}

/** From 0 (black) to 1; paper is white. */
function lightness(parts: readonly number[]): number {
  const [first = 1, second = 0, third = 0, fourth = 0] = parts
  if (parts.length === 4)
    return Math.max(0, 1 - (0.3 * first + 0.59 * second + 0.11 * third) - fourth)
  return parts.length === 3 ? 0.3 * first + 0.59 * second + 0.11 * third : first
}
