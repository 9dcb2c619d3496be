import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  PDFRef,
  PDFString,
  type PDFWidgetAnnotation,
} from '@cantoo/pdf-lib'

export type TagName = 'Document' | 'Sect' | 'H1' | 'H2' | 'H3' | 'P' | 'Form' | 'Figure'

/** An element of the structure tree. */
export interface Tag {
  readonly ref: PDFRef
  readonly dict: PDFDict
}

const name = (word: string) => PDFName.of(word)

/**
 * The structure tree of a PDF: what its text is (heading, paragraph, box to fill), in reading order, for screen readers.
 *
 * @see ISO 32000-2, 14.7 and 14.8
 */
export class Tagging {
  readonly #document: PDFDocument
  readonly #root: PDFDict
  /** Where new elements of the highest level go. */
  readonly top: Tag
  /** Marked pieces of each page: the element of each, by its number. */
  readonly #pieces = new Map<PDFPage, PDFArray>()

  private constructor(document: PDFDocument, root: PDFDict, top: Tag) {
    this.#document = document
    this.#root = root
    this.top = top
  }

  /** Begins the tree of a document that we draw. */
  static begin(document: PDFDocument): Tagging {
    const { context, catalog } = document
    const rootRef = context.nextRef()
    const topRef = context.nextRef()
    const top = context.obj({ Type: 'StructElem', S: 'Document', P: rootRef, K: [] })
    const root = context.obj({
      Type: 'StructTreeRoot',
      K: [topRef],
      ParentTree: { Nums: [] },
      ParentTreeNextKey: 0,
    })
    context.assign(topRef, top)
    context.assign(rootRef, root)
    catalog.set(name('StructTreeRoot'), rootRef)
    catalog.set(name('MarkInfo'), context.obj({ Marked: true }))
    catalog.set(name('Lang'), PDFString.of('en-US'))
    return new Tagging(document, root, { ref: topRef, dict: top })
  }

  /** The tree that a document has; undefined if it has none, so that what we add does not pass for all of it. */
  static of(document: PDFDocument): Tagging | undefined {
    const { catalog, context } = document
    const rootRef = catalog.get(name('StructTreeRoot'))
    const root = catalog.lookup(name('StructTreeRoot'))
    if (!(root instanceof PDFDict) || !(rootRef instanceof PDFRef)) return undefined
    if (!(root.lookup(name('ParentTree')) instanceof PDFDict)) return undefined
    const kids = root.get(name('K'))
    const list = kids === undefined ? undefined : context.lookup(kids)
    const only = list instanceof PDFArray ? (list.size() === 1 ? list.get(0) : undefined) : kids
    const dict = only === undefined ? undefined : context.lookup(only)
    const isDocument =
      only instanceof PDFRef &&
      dict instanceof PDFDict &&
      dict.lookup(name('S')) === name('Document')
    return new Tagging(
      document,
      root,
      isDocument ? { ref: only, dict } : { ref: rootRef, dict: root },
    )
  }

  add(tag: TagName, parent: Tag = this.top): Tag {
    const element = this.#create(tag, parent)
    kidsOf(parent.dict).push(element.ref)
    return element
  }

  /** Before everything else: for a page that is put first. */
  addFirst(tag: TagName): Tag {
    const element = this.#create(tag, this.top)
    kidsOf(this.top.dict).insert(0, element.ref)
    return element
  }

  /** A picture, with what it shows in words. Its place is in points from the bottom left of its page. */
  addFigure(
    parent: Tag,
    text: string,
    { x, y, width, height }: { x: number; y: number; width: number; height: number },
  ): Tag {
    const figure = this.add('Figure', parent)
    figure.dict.set(name('Alt'), PDFHexString.fromText(text))
    const attributes = { O: 'Layout', Placement: 'Block', BBox: [x, y, x + width, y + height] }
    figure.dict.set(name('A'), this.#document.context.obj(attributes))
    return figure
  }

  #create(tag: TagName, parent: Tag): Tag {
    const { context } = this.#document
    const dict = context.obj({ Type: 'StructElem', S: tag, P: parent.ref, K: [] })
    return { ref: context.register(dict), dict }
  }

  /** What `draw` draws on the page belongs to the element. */
  mark(page: PDFPage, tag: Tag, draw: () => void): void {
    page.pushOperators(this.#beginOf(page, tag))
    draw()
    page.pushOperators(endOfMark)
  }

  /** Everything that was drawn on the page so far belongs to the element. */
  markAll(page: PDFPage, tag: Tag): void {
    const { context } = this.#document
    const streamOf = (operator: PDFOperator) => context.register(context.contentStream([operator]))
    page.node.wrapContentStreams(streamOf(this.#beginOf(page, tag)), streamOf(endOfMark))
  }

  #beginOf(page: PDFPage, tag: Tag): PDFOperator {
    const pieces = this.#pieces.get(page) ?? this.#beginPage(page)
    const id = pieces.size()
    pieces.push(tag.ref)
    const { context } = this.#document
    kidsOf(tag.dict).push(context.obj({ Type: 'MCR', Pg: page.ref, MCID: id }))
    const kind = String(tag.dict.lookup(name('S')))
    return PDFOperator.of(PDFOperatorNames.BeginMarkedContentSequence, [kind, `<</MCID ${id}>>`])
  }

  /** The box belongs to the element, and is reached in the order of the tree. */
  markWidget(page: PDFPage, tag: Tag, widget: PDFWidgetAnnotation, ref: PDFRef): void {
    const { context } = this.#document
    kidsOf(tag.dict).push(context.obj({ Type: 'OBJR', Pg: page.ref, Obj: ref }))
    widget.dict.set(name('StructParent'), PDFNumber.of(this.#register(tag.ref)))
  }

  #beginPage(page: PDFPage): PDFArray {
    const own = page.node.lookup(name('StructParents'))
    const tree = this.#root.lookup(name('ParentTree'), PDFDict)
    const existing = own instanceof PDFNumber ? valueAt(tree, own.asNumber()) : undefined
    const pieces = existing instanceof PDFArray ? existing : this.#document.context.obj([])
    if (pieces !== existing)
      page.node.set(name('StructParents'), PDFNumber.of(this.#register(pieces)))
    page.node.set(name('Tabs'), name('S'))
    this.#pieces.set(page, pieces)
    return pieces
  }

  /** Adds to the tree that leads from the drawn pieces to their elements. */
  #register(object: PDFRef | PDFArray): number {
    const { context } = this.#document
    const tree = this.#root.lookup(name('ParentTree'), PDFDict)
    const key = nextKey(this.#root, tree)
    this.#root.set(name('ParentTreeNextKey'), PDFNumber.of(key + 1))
    const pairs = tree.lookup(name('Nums'))
    if (pairs instanceof PDFArray) {
      pairs.push(PDFNumber.of(key))
      pairs.push(object)
    } else {
      const branch = context.obj({ Nums: [key, object], Limits: [key, key] })
      kidsOf(tree, 'Kids').push(context.register(branch))
    }
    return key
  }
}

/** Lines, colors and repeated heads: screen readers pass over them. */
export function drawArtifact(page: PDFPage, draw: () => void): void {
  page.pushOperators(PDFOperator.of(PDFOperatorNames.BeginMarkedContent, [name('Artifact')]))
  draw()
  page.pushOperators(endOfMark)
}

const endOfMark = PDFOperator.of(PDFOperatorNames.EndMarkedContent)

/** The children as a list; a single one becomes a list. */
function kidsOf(dict: PDFDict, key = 'K'): PDFArray {
  const found = dict.lookup(name(key))
  if (found instanceof PDFArray) return found
  const list = dict.context.obj([])
  const single = dict.get(name(key))
  if (single !== undefined) list.push(single)
  dict.set(name(key), list)
  return list
}

/** Trees that other programs wrote may have no next key, or a wrong one. */
function nextKey(root: PDFDict, tree: PDFDict): number {
  const said = root.lookup(name('ParentTreeNextKey'))
  return Math.max(said instanceof PDFNumber ? said.asNumber() : 0, highestKey(tree) + 1)
}

function valueAt(tree: PDFDict, key: number): PDFObject | undefined {
  const pairs = tree.lookup(name('Nums'))
  if (pairs instanceof PDFArray) {
    for (let index = 0; index + 1 < pairs.size(); index += 2) {
      const one = pairs.lookup(index)
      if (one instanceof PDFNumber && one.asNumber() === key) return pairs.lookup(index + 1)
    }
  }
  for (const branch of branchesOf(tree)) {
    const found = valueAt(branch, key)
    if (found !== undefined) return found
  }
  return undefined
}

function branchesOf(tree: PDFDict): readonly PDFDict[] {
  const branches = tree.lookup(name('Kids'))
  if (!(branches instanceof PDFArray)) return []
  return Array.from({ length: branches.size() }, (_, index) => branches.lookup(index)).filter(
    (one) => one instanceof PDFDict,
  )
}

function highestKey(tree: PDFDict): number {
  const pairs = tree.lookup(name('Nums'))
  const keys =
    pairs instanceof PDFArray
      ? pairs
          .asArray()
          .flatMap((one, index) =>
            index % 2 === 0 && one instanceof PDFNumber ? [one.asNumber()] : [],
          )
      : []
  return Math.max(-1, ...keys, ...branchesOf(tree).map(highestKey))
}
