import { RawPdf } from './raw-pdf.ts'

/** A field, a widget, or both, as its dictionary says. */
export interface RawNode {
  /** The entries of its dictionary. Of widgets with `Rect`. */
  readonly entries: string
  readonly kids?: readonly RawNode[]
  /** The page of a widget, counted from 1; 0: it is on none. */
  readonly page?: number
  /** Not in the list of the form's fields, although it is on a page. */
  readonly isOrphan?: boolean
}

export interface RawFormOptions {
  readonly pages?: readonly string[]
  /** Entries of the node above all pages. */
  readonly allPages?: string
  readonly acroForm?: string
  readonly catalog?: string
  /** Entries of a font dictionary; '' for none. */
  readonly fonts?: string
}

const helvetica =
  '/Helv << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'
const letter = '/MediaBox [0 0 612 792]'

export interface RawForm {
  readonly pdf: RawPdf
  readonly root: number
  readonly acroForm: number
  readonly pages: readonly number[]
  /** By its partial name. */
  readonly ids: ReadonlyMap<string, number>
}

/** A form of these fields, on pages that have nothing but them. */
export function rawForm(
  fields: readonly RawNode[],
  {
    pages = [letter],
    allPages = '',
    acroForm = '/DA (/Helv 0 Tf 0 g)',
    catalog = '',
    fonts = helvetica,
  }: RawFormOptions = {},
): RawForm {
  const pdf = new RawPdf()
  const root = pdf.reserve()
  const tree = pdf.reserve()
  const form = pdf.reserve()
  const pageIds = pages.map(() => pdf.reserve())
  const annots = pages.map((): number[] => [])
  const ids = new Map<string, number>()

  const write = (node: RawNode, parent?: number): number => {
    const id = pdf.reserve()
    const name = /\/T\s*\(([^)]*)\)/.exec(node.entries)?.[1]
    if (name !== undefined) ids.set(name, id)
    const kids = (node.kids ?? []).map((one) => write(one, id))
    const page = node.page ?? 1
    const isWidget = node.entries.includes('/Rect')
    if (isWidget && page > 0) annots[page - 1]?.push(id)
    const widget = isWidget ? '/Type /Annot /Subtype /Widget' : ''
    const up = parent === undefined ? '' : `/Parent ${parent} 0 R`
    const down =
      node.kids === undefined ? '' : `/Kids [${kids.map((one) => `${one} 0 R`).join(' ')}]`
    pdf.set(id, `<< ${widget} ${node.entries} ${up} ${down} >>`)
    return id
  }
  const top = fields.flatMap((node) => {
    const id = write(node)
    return node.isOrphan === true ? [] : [id]
  })
  const resources = fonts === '' ? '' : `/DR << /Font << ${fonts} >> >>`
  pdf.set(root, `<< /Type /Catalog /Pages ${tree} 0 R /AcroForm ${form} 0 R ${catalog} >>`)
  pdf.set(
    form,
    `<< /Fields [${top.map((id) => `${id} 0 R`).join(' ')}] ${resources} ${acroForm} >>`,
  )
  for (const [index, entries] of pages.entries()) {
    const list = (annots[index] ?? []).map((id) => `${id} 0 R`).join(' ')
    pdf.set(
      pageIds[index] ?? 0,
      `<< /Type /Page /Parent ${tree} 0 R /Resources << >> ${entries} /Annots [${list}] >>`,
    )
  }
  const kids = pageIds.map((id) => `${id} 0 R`).join(' ')
  pdf.set(tree, `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} ${allPages} >>`)
  return { pdf, root, acroForm: form, pages: pageIds, ids }
}

export const savedForm = (fields: readonly RawNode[], options?: RawFormOptions): Buffer => {
  const { pdf, root } = rawForm(fields, options)
  return pdf.save(root)
}

/** A text field that is its own widget. */
export function textNode(name: string, rect: string, more = '/F 4'): RawNode {
  return { entries: `/FT /Tx /T (${name}) /Rect [${rect}] ${more}` }
}

/** A drawing for a state of a box: a cross, or nothing. */
export function drawing(pdf: RawPdf, content: string, size = 12): number {
  return pdf.stream(content, `/Type /XObject /Subtype /Form /BBox [0 0 ${size} ${size}]`)
}
