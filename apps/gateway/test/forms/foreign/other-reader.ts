import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** A form as pdf.js, the PDF viewer of Firefox, reads and draws it: a reader independent of our code. */
export interface OtherReading extends AsyncDisposable {
  /** What each box says, by the full name of its field. */
  readonly values: Readonly<Record<string, string>>
  /** Where each box is, in pixels of the image of its page. */
  readonly boxes: readonly SeenBox[]
  /** The text of each page, without that of its boxes. */
  readonly texts: readonly string[]
  /** The page as it is printed. */
  draw(page: number): Promise<PageImage>
}

export interface SeenBox {
  readonly name: string
  readonly page: number
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface PageImage {
  readonly width: number
  readonly height: number
  /** Whether something dark is drawn there. */
  isInk(x: number, y: number): boolean
}

const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
/** Pixels for each point. */
const scale = 2
/** Of 255: lighter than this is paper, or the edge of a letter. */
const darkest = 140

interface Annotation {
  readonly fieldName?: string
  readonly fieldValue?: unknown
  readonly fieldType?: string
  readonly checkBox?: boolean
  readonly rect: readonly number[]
}

interface Canvas {
  readonly width: number
  readonly height: number
  readonly context: {
    getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray }
  }
}

export async function readByOthers(pdf: Uint8Array): Promise<OtherReading> {
  const loading = getDocument({
    data: Uint8Array.from(pdf),
    verbosity: 0,
    standardFontDataUrl: join(folder, 'standard_fonts/'),
    cMapUrl: join(folder, 'cmaps/'),
    cMapPacked: true,
  })
  const document = await loading.promise
  const values: Record<string, string> = {}
  const boxes: SeenBox[] = []
  const texts: string[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const viewport = page.getViewport({ scale })
    const { items } = await page.getTextContent()
    texts.push(items.map((item) => ('str' in item ? item.str : '')).join(' '))
    for (const one of (await page.getAnnotations()) as readonly Annotation[]) {
      if (one.fieldName === undefined) continue
      const known = values[one.fieldName]
      const value = textOf(one.fieldValue)
      values[one.fieldName] = known === undefined || known === '' ? value : known
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = one.rect
      const [ax = 0, ay = 0]: readonly number[] = viewport.convertToViewportPoint(x1, y1)
      const [bx = 0, by = 0]: readonly number[] = viewport.convertToViewportPoint(x2, y2)
      boxes.push({
        name: one.fieldName,
        page: number,
        left: Math.min(ax, bx),
        top: Math.min(ay, by),
        width: Math.abs(bx - ax),
        height: Math.abs(by - ay),
      })
    }
  }
  return {
    values,
    boxes,
    texts,
    async draw(number) {
      const page = await document.getPage(number)
      const viewport = page.getViewport({ scale })
      // The library's own canvas for Node; it is not in its types.
      const factory = document.canvasFactory as {
        create(width: number, height: number): { canvas: Canvas; context: Canvas['context'] }
      }
      const width = Math.ceil(viewport.width)
      const height = Math.ceil(viewport.height)
      const { canvas, context } = factory.create(width, height)
      await page.render({
        canvas: canvas as never,
        canvasContext: context as never,
        viewport,
        intent: 'print',
        annotationMode: 1,
      }).promise
      const { data } = context.getImageData(0, 0, width, height)
      return {
        width,
        height,
        isInk(x, y) {
          const at = (Math.round(y) * width + Math.round(x)) * 4
          const [red = 255, green = 255, blue = 255] = data.subarray(at, at + 3)
          return 0.3 * red + 0.59 * green + 0.11 * blue < darkest
        },
      }
    },
    [Symbol.asyncDispose]: () => loading.destroy(),
  }
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join('\n')
  if (value === undefined || value === null || value === 'Off') return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
