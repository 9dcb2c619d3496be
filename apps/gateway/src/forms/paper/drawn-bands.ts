import {
  decodePDFRawStream,
  PDFArray,
  PDFContentStream,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFPage,
  PDFRawStream,
  PDFStream,
} from '@cantoo/pdf-lib'
import { contentSteps } from './content-tokens.ts'

/** From the bottom of the page, in points. */
export interface Band {
  readonly low: number
  readonly high: number
}

type Matrix = readonly [number, number, number, number, number, number]

const identity: Matrix = [1, 0, 0, 1, 0, 0]
/** Of the type size, above and below the base line. */
const ascent = 0.9
const descent = 0.25
/** A higher figure is a frame or a ground: only its edges are in the way. */
const frameHeight = 40
const deepest = 4

/** The heights at which a page has text, lines, pictures or boxes to fill. Empty if its content cannot be read. */
export function drawnBands(page: PDFPage): readonly Band[] {
  try {
    const bands: Band[] = []
    const contents = page.node.Contents()
    const parts = contents instanceof PDFArray ? contents.asArray() : [contents]
    const text = parts
      .map((part) => (part === undefined ? undefined : page.node.context.lookup(part)))
      .map((part) => (part instanceof PDFStream ? textOf(part) : ''))
      .join('\n')
    walk(text, page.node.Resources(), identity, 0, bands)
    for (const one of page.node.Annots()?.asArray() ?? []) {
      const widget = page.node.context.lookup(one)
      const box = widget instanceof PDFDict ? numbersOf(widget.lookup(PDFName.of('Rect'))) : []
      if (box.length === 4) bands.push(bandOf([box[1] ?? 0, box[3] ?? 0]))
    }
    return bands
  } catch {
    return []
  }
}

function walk(
  content: string,
  resources: PDFDict | undefined,
  outer: Matrix,
  depth: number,
  bands: Band[],
): void {
  let matrix = outer
  const saved: Matrix[] = []
  let line = identity
  let leading = 0
  let size = 0
  let path: number[] = []
  const heightAt = (one: Matrix, x: number, y: number) => one[1] * x + one[3] * y + one[5]
  const showText = () => {
    const place = times(line, matrix)
    bands.push(bandOf([heightAt(place, 0, -descent * size), heightAt(place, 0, ascent * size)]))
  }
  const move = (x: number, y: number) => {
    line = times([1, 0, 0, 1, x, y], line)
  }
  for (const { operator, numbers, names } of contentSteps(content)) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers
    switch (operator) {
      case 'q':
        saved.push(matrix)
        break
      case 'Q':
        matrix = saved.pop() ?? outer
        break
      case 'cm':
        matrix = times([a, b, c, d, e, f], matrix)
        break
      case 'BT':
        line = identity
        break
      case 'Tf':
        size = numbers.at(-1) ?? 0
        break
      case 'TL':
        leading = a
        break
      case 'Tm':
        line = [a, b, c, d, e, f]
        break
      case 'Td':
        move(a, b)
        break
      case 'TD':
        leading = -b
        move(a, b)
        break
      case 'T*':
        move(0, -leading)
        break
      case "'":
      case '"':
        move(0, -leading)
        showText()
        break
      case 'Tj':
      case 'TJ':
        showText()
        break
      case 'm':
      case 'l':
        path.push(heightAt(matrix, a, b))
        break
      case 'c':
        path.push(heightAt(matrix, a, b), heightAt(matrix, c, d), heightAt(matrix, e, f))
        break
      case 're':
        path.push(heightAt(matrix, a, b), heightAt(matrix, a, b + d))
        break
      case 'n':
        path = []
        break
      case 'S':
      case 's':
      case 'f':
      case 'F':
      case 'f*':
      case 'B':
      case 'B*':
      case 'b':
      case 'b*':
        if (path.length > 0) bands.push(...figure(bandOf(path)))
        path = []
        break
      case 'Do':
        drawn(names.at(-1) ?? '')
        break
      default:
    }
  }

  function drawn(key: string): void {
    const objects = resources?.lookup(PDFName.of('XObject'))
    const object = objects instanceof PDFDict ? objects.lookup(PDFName.of(key)) : undefined
    if (!(object instanceof PDFStream)) return
    if (object.dict.lookup(PDFName.of('Subtype')) !== PDFName.of('Form')) {
      bands.push(...figure(bandOf([heightAt(matrix, 0, 0), heightAt(matrix, 1, 1)])))
      return
    }
    if (depth >= deepest) return
    const own = numbersOf(object.dict.lookup(PDFName.of('Matrix')))
    const inner = own.length === 6 ? (own as unknown as Matrix) : identity
    const inside = object.dict.lookup(PDFName.of('Resources'))
    walk(
      textOf(object),
      inside instanceof PDFDict ? inside : resources,
      times(inner, matrix),
      depth + 1,
      bands,
    )
  }
}

function figure({ low, high }: Band): readonly Band[] {
  if (high - low <= frameHeight) return [{ low, high }]
  return [
    { low: low - 1, high: low + 1 },
    { low: high - 1, high: high + 1 },
  ]
}

function bandOf(heights: readonly number[]): Band {
  return { low: Math.min(...heights), high: Math.max(...heights) }
}

/** The transformation by the first, then by the second. */
function times(one: Matrix, two: Matrix): Matrix {
  const [a, b, c, d, e, f] = one
  const [g, h, i, j, k, l] = two
  return [
    a * g + b * i,
    a * h + b * j,
    c * g + d * i,
    c * h + d * j,
    e * g + f * i + k,
    e * h + f * j + l,
  ]
}

function textOf(stream: PDFStream): string {
  // What was drawn just now is compressed only when it is saved.
  const bytes =
    stream instanceof PDFContentStream
      ? stream.getUnencodedContents()
      : stream instanceof PDFRawStream
        ? decodePDFRawStream(stream).decode()
        : stream.getContents()
  return Buffer.from(bytes).toString('latin1')
}

function numbersOf(list: unknown): readonly number[] {
  if (!(list instanceof PDFArray)) return []
  return list.asArray().flatMap((one) => (one instanceof PDFNumber ? [one.asNumber()] : []))
}
