import { getDocument } from 'unpdf/pdfjs'

interface TreeNode {
  readonly role?: string
  readonly type?: string
  readonly id?: string
  readonly alt?: string
  readonly children?: readonly TreeNode[]
}

interface TaggedText {
  readonly role: string
  readonly text: string
  /** What a picture shows, in words. */
  readonly alt?: string
}

/** The elements in the order of the structure tree, with the text that each marks, as pdf.js reads them. */
export async function readTags(pdf: Uint8Array): Promise<readonly (readonly TaggedText[])[]> {
  const document = await getDocument({ data: Uint8Array.from(pdf), verbosity: 0 }).promise
  const pages = await Promise.all(
    Array.from({ length: document.numPages }, async (_, index) => {
      const page = await document.getPage(index + 1)
      const { items } = await page.getTextContent({ includeMarkedContent: true })
      const texts = new Map<string, string>()
      const open: string[] = []
      for (const item of items) {
        if ('str' in item) {
          const id = open.findLast((one) => one !== '')
          if (id !== undefined) texts.set(id, (texts.get(id) ?? '') + item.str)
        } else if (item.type === 'endMarkedContent') open.pop()
        else open.push(item.id ?? '')
      }
      return flatten(await page.getStructTree(), texts)
    }),
  )
  await document.loadingTask.destroy()
  return pages
}

function flatten(node: TreeNode, texts: ReadonlyMap<string, string>): readonly TaggedText[] {
  const children = node.children ?? []
  const own = children.flatMap(({ type, id }) =>
    type === 'content' || type === 'annotation' ? [texts.get(id ?? '') ?? ''] : [],
  )
  const role = node.role ?? ''
  const here =
    own.length === 0
      ? []
      : [
          {
            role,
            text: own.join(' ').replaceAll(/\s+/g, ' ').trim(),
            ...(node.alt === undefined ? {} : { alt: node.alt }),
          },
        ]
  return [...here, ...children.flatMap((child) => flatten(child, texts))]
}
