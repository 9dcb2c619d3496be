import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import { useEffect, useState } from 'react'

/** The library's files as files of our own, by name: its worker, and the fonts that forms may use without embedding them. */
const fileUrls = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>(
      [
        '../../../../../../node_modules/pdfjs-dist/build/pdf.worker.min.mjs',
        '../../../../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}',
      ],
      { query: '?url', import: 'default', eager: true },
    ),
  ).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]),
)

class OwnFonts {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const url = fileUrls[filename]
    if (url === undefined) throw new RangeError(`no font ${filename}`)
    const response = await fetch(url)
    return new Uint8Array(await response.arrayBuffer())
  }
}

/** Loaded with the first form: it is larger than the rest of the page. */
async function loadLibrary() {
  const library = await import('pdfjs-dist')
  library.GlobalWorkerOptions.workerSrc = fileUrls['pdf.worker.min.mjs'] ?? ''
  return library
}

/** A box of the form on a page, in fractions of the page from its top left. */
export interface WidgetBox {
  readonly name: string
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface FormPage {
  readonly number: number
  readonly page: PDFPageProxy
  /** Height by width. */
  readonly ratio: number
  readonly widgets: readonly WidgetBox[]
}

export interface FormPages {
  readonly url: string
  readonly pages: readonly FormPage[]
  release(): void
}

/** The pages of a PDF, by its address or as bytes. While another one is loaded, the pages of the previous one stay. */
export function useFormPages(
  url: string,
  bytes?: Uint8Array,
): {
  readonly form: FormPages | undefined
  readonly error: Error | undefined
} {
  const [form, setForm] = useState<FormPages>()
  const [failure, setFailure] = useState<{ readonly url: string; readonly error: Error }>()
  useEffect(() => {
    let isCurrent = true
    let stopLoading: (() => void) | undefined
    const load = async () => {
      const pdfjs = await loadLibrary()
      if (!isCurrent) return
      const loading = pdfjs.getDocument({
        // The library takes the bytes away to its worker.
        ...(bytes === undefined ? { url } : { data: bytes.slice() }),
        // Our content security policy allows neither WebAssembly nor fonts from elsewhere.
        useWasm: false,
        useWorkerFetch: false,
        useSystemFonts: false,
        BinaryDataFactory: OwnFonts,
        isOffscreenCanvasSupported: false,
      })
      const release = () => void loading.destroy()
      stopLoading = release
      const pages = await readPages(await loading.promise)
      if (!isCurrent) return
      stopLoading = undefined
      setForm({ url, pages, release })
    }
    load().catch((cause: unknown) => {
      if (isCurrent)
        setFailure({ url, error: cause instanceof Error ? cause : new Error(String(cause)) })
    })
    return () => {
      isCurrent = false
      stopLoading?.()
    }
  }, [url, bytes])
  // The pages may be drawn until others have taken their place.
  useEffect(() => () => form?.release(), [form])
  return { form, error: failure?.url === url ? failure.error : undefined }
}

/** The library types it as any[]. */
type Point = readonly number[]

async function readPages(pdf: PDFDocumentProxy): Promise<readonly FormPage[]> {
  return Promise.all(
    Array.from({ length: pdf.numPages }, async (_, index) => {
      const page = await pdf.getPage(index + 1)
      const viewport = page.getViewport({ scale: 1 })
      const annotations = (await page.getAnnotations()) as readonly {
        readonly fieldName?: string
        readonly rect: readonly number[]
      }[]
      return {
        number: index + 1,
        page,
        ratio: viewport.height / viewport.width,
        widgets: annotations.flatMap(({ fieldName, rect }) => {
          if (fieldName === undefined) return []
          const [x1 = 0, y1 = 0]: Point = viewport.convertToViewportPoint(
            rect[0] ?? 0,
            rect[1] ?? 0,
          )
          const [x2 = 0, y2 = 0]: Point = viewport.convertToViewportPoint(
            rect[2] ?? 0,
            rect[3] ?? 0,
          )
          return [
            {
              name: fieldName,
              left: Math.min(x1, x2) / viewport.width,
              top: Math.min(y1, y2) / viewport.height,
              width: Math.abs(x2 - x1) / viewport.width,
              height: Math.abs(y2 - y1) / viewport.height,
            },
          ]
        }),
      }
    }),
  )
}
