import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFRef,
} from '@cantoo/pdf-lib'
import { getDocument } from 'unpdf/pdfjs'
import { describe, expect, it } from 'vitest'
import { assembleDocument, type DocumentParts } from '../../src/forms/assemble-document.ts'
import { prepareAttachment } from '../../src/forms/attachments/prepare-attachment.ts'
import { fillForm } from '../../src/forms/fill-form.ts'
import { Tagging } from '../../src/forms/paper/tagging.ts'
import { generalTemplate } from '../../src/forms/templates/general-template.ts'
import { aContent } from './a-content.ts'
import { aDrawnForm, loadDrawn } from './a-drawn-form.ts'
import { aPdf, aPng } from './files.ts'
import { readTags } from './read-tags.ts'

/** A report that some other program tagged. */
async function aTaggedPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const page = document.addPage([612, 792])
  const tagging = Tagging.begin(document)
  tagging.mark(page, tagging.add('H1'), () => page.drawText('Report', { x: 72, y: 700 }))
  tagging.mark(page, tagging.add('P'), () => page.drawText('Finding', { x: 72, y: 650 }))
  return document.save()
}

async function assembled(parts: Omit<DocumentParts, 'pdf'> = {}) {
  const template = await generalTemplate()
  const form = await fillForm(aContent(), template)
  const files = [await aPdf('One', 'Two', 'Three'), aPng(40, 40), await aTaggedPdf()]
  const attachments = await Promise.all(
    files.map(async (file, index) => ({
      name: ['report.pdf', 'photo.png', 'tagged.pdf'][index] ?? '',
      pdf: (await prepareAttachment(file)).pdf,
    })),
  )
  const { pdf } = await assembleDocument({ pdf: form.pdf, attachments, ...parts }, [template])
  return { pdf, form }
}

/** Each marked content sequence of each page leads to an element that refers to it, and no key of the parent tree is used twice. */
async function expectWholeTree(pdf: Uint8Array): Promise<void> {
  const document = await PDFDocument.load(pdf)
  const { context, catalog } = document
  const root = catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict)
  const pairs = root.lookup(PDFName.of('ParentTree'), PDFDict).lookup(PDFName.of('Nums'), PDFArray)
  const keys = pairs.asArray().filter((_, index) => index % 2 === 0)
  expect(keys.map(String)).toEqual([...new Set(keys.map(String))])
  const byKey = (key: PDFNumber): PDFObject | undefined =>
    pairs.asArray()[
      pairs.asArray().findIndex((one) => one === key || String(one) === String(key)) + 1
    ]
  const piecesOf = (element: PDFDict, page: PDFRef) =>
    element
      .lookup(PDFName.of('K'), PDFArray)
      .asArray()
      .map((one) => context.lookup(one))
      .flatMap((one) =>
        one instanceof PDFDict && one.get(PDFName.of('Pg')) === page
          ? [String(one.get(PDFName.of('MCID')))]
          : [],
      )
  for (const page of document.getPages()) {
    const own = page.node.lookup(PDFName.of('StructParents'), PDFNumber)
    const pieces = context.lookup(byKey(own), PDFArray)
    for (const [id, ref] of pieces.asArray().entries()) {
      const element = context.lookup(ref, PDFDict)
      expect(piecesOf(element, page.ref)).toContain(String(id))
    }
  }
}

describe('the pages of attachments', () => {
  it('are figures that say which page of which attachment they are, under a heading for each', async () => {
    const { pdf, form } = await assembled()

    const tags = (await readTags(pdf)).slice(form.pages)

    expect(tags.map((page) => page.map(({ role, alt }) => alt ?? role))).toEqual([
      ['H2', 'Attachment: report.pdf, page 1 of 3'],
      ['Attachment: report.pdf, page 2 of 3'],
      ['Attachment: report.pdf, page 3 of 3'],
      ['H2', 'Attachment: photo.png, page 1 of 1'],
      ['H2', 'Attachment: tagged.pdf, page 1 of 1'],
    ])
    expect(tags[0]?.[0]).toEqual({ role: 'H2', text: 'Attachment 1 of 3: report.pdf' })
    expect(tags[1]?.[0]).toMatchObject({ role: 'Figure', text: 'Two' })
    await expectWholeTree(pdf)
  })

  it('leave no drawn letter outside of the tags', async () => {
    const { pdf } = await assembled()
    const document = await getDocument({ data: Uint8Array.from(pdf), verbosity: 0 }).promise
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number)
      let depth = 0
      for (const item of (await page.getTextContent({ includeMarkedContent: true })).items) {
        if ('str' in item) expect(item.str === '' || depth > 0, item.str).toBe(true)
        else depth += item.type === 'endMarkedContent' ? -1 : 1
      }
      expect(depth).toBe(0)
    }
    await document.loadingTask.destroy()
  })

  it('are untagged as the form is, if a payer made it so', async () => {
    const pdf = await aDrawnForm(({ text }) => void text('Name'))
    const { template } = await loadDrawn(pdf, { Name: 'patient.name' })
    if (template === undefined) throw new Error('not loaded')
    const form = await fillForm(aContent(), template)
    const attachments = [{ name: 'a.pdf', pdf: (await prepareAttachment(await aPdf('One'))).pdf }]

    const document = await assembleDocument({ pdf: form.pdf, attachments }, [template])

    const { catalog } = await PDFDocument.load(document.pdf)
    expect(catalog.has(PDFName.of('StructTreeRoot'))).toBe(false)
  })
})

describe('what is added to a tagged form', () => {
  it('a fax page is read first, line by line', async () => {
    const { pdf } = await assembled({
      cover: {
        to: { name: 'Prairie Health', fax: '800-555-0101' },
        from: { practice: 'Hill Country' },
        date: '11/30/2026',
        reference: 'R-1',
      },
    })

    const [cover = []] = await readTags(pdf)

    expect(cover.slice(0, 3)).toEqual([
      { role: 'H1', text: 'Fax' },
      { role: 'P', text: 'To Prairie Health' },
      { role: 'P', text: 'Fax 800-555-0101' },
    ])
    expect(cover.some(({ text }) => text.startsWith('CONFIDENTIAL'))).toBe(true)
    await expectWholeTree(pdf)
  })

  it('a signature is a figure with its day beside it', async () => {
    const { pdf } = await assembled({
      signature: { type: 'png', image: aPng(60, 20), on: '11/30/2026' },
    })

    const [first = []] = await readTags(pdf)

    const at = first.findIndex(({ alt }) => alt === 'Signature of the requesting provider')
    expect(at).toBeGreaterThan(0)
    expect(first[at + 1]).toEqual({ role: 'P', text: '11/30/2026' })
    await expectWholeTree(pdf)
  })
})
