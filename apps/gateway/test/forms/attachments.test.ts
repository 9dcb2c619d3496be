import { deflateSync } from 'node:zlib'
import { PDFDocument, PDFName } from '@cantoo/pdf-lib'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { defaultTextLimits } from '../../src/fhir/notes/text/note-text.ts'
import { pdfToText } from '../../src/fhir/notes/text/pdf/pdf.ts'
import { assembleDocument } from '../../src/forms/assemble-document.ts'
import { cleanJpeg } from '../../src/forms/attachments/clean-jpeg.ts'
import { cleanPng } from '../../src/forms/attachments/clean-png.ts'
import {
  type PreparedAttachment,
  prepareAttachment,
} from '../../src/forms/attachments/prepare-attachment.ts'
import { fillForm } from '../../src/forms/fill-form.ts'
import { createFormFiller } from '../../src/forms/form-filler.ts'
import { readFields } from '../../src/forms/map/read-fields.ts'
import { generalTemplate } from '../../src/forms/templates/general-template.ts'
import { aContent } from './a-content.ts'
import { aJpeg, aPdf, aPdfWithMore, aPng } from './files.ts'
import { stopTime } from '../stopped-time.ts'
import { hostilePdfs } from './hostile-pdfs.ts'

const pagesOf = async (pdf: Uint8Array): Promise<readonly string[]> => {
  const text = await pdfToText(pdf, defaultTextLimits)
  if (!('pages' in text)) throw new Error(text.reason)
  return text.pages
}

const refusalOf = async (file: Uint8Array): Promise<string> =>
  prepareAttachment(file).then(
    () => 'it was taken',
    (error: Error) => `${error.name}: ${error.message}`,
  )

describe('a file that a person attaches', () => {
  it('keeps what is printed of a PDF, filled boxes too, and nothing else', async () => {
    const prepared = await prepareAttachment(await aPdfWithMore())

    const [page = ''] = await pagesOf(prepared.pdf)
    expect(page).toContain('Report of the radiologist')
    expect(page).toContain('Filled finding')
    const document = await PDFDocument.load(prepared.pdf)
    const plain = Buffer.from(await document.save({ useObjectStreams: false })).toString('latin1')
    expect(plain).not.toMatch(/EVIL|JavaScript|EmbeddedFile|\/AcroForm|\/Annots \[ \d/)
    expect(document.catalog.keys().map(String).toSorted()).toEqual(['/Pages', '/Type'])
    expect(prepared).toMatchObject({ type: 'pdf', pages: 1 })
  })

  it('shows a turned page upright on letter paper', async () => {
    const source = await PDFDocument.create()
    const page = source.addPage([400, 900])
    page.node.set(PDFName.of('Rotate'), source.context.obj(90))
    page.drawText('Turned', { x: 20, y: 20 })

    const { pdf } = await prepareAttachment(await source.save())

    const [sheet] = (await PDFDocument.load(pdf)).getPages()
    expect([sheet?.getWidth(), sheet?.getHeight()]).toEqual([792, 612])
  })

  it('is the same bytes each time', async () => {
    const file = await aPdf('One', 'Two')

    const [first, again] = [await prepareAttachment(file), await prepareAttachment(file)]

    expect(Buffer.from(first.pdf).equals(again.pdf)).toBe(true)
  })

  it.each([
    { what: 'text', file: async () => Buffer.from('just text'), says: /only PDF, PNG and JPEG/ },
    { what: 'an empty file', file: async () => Buffer.alloc(0), says: /only PDF, PNG and JPEG/ },
    {
      what: 'a program named like a PDF',
      file: async () => Buffer.from('MZ\u0090\u0000 report.pdf'),
      says: /only PDF, PNG and JPEG/,
    },
    {
      what: 'an encrypted PDF',
      async file() {
        const document = await PDFDocument.load(await aPdf('Secret'))
        document.encrypt({ userPassword: 'a', ownerPassword: 'b' })
        return document.save()
      },
      says: /encrypted/,
    },
    {
      what: 'a PDF that was cut off',
      file: async () => (await aPdf('One', 'Two')).subarray(0, 700),
      says: /damaged/,
    },
    {
      what: 'a PDF whose content does not unpack',
      async file() {
        const document = await PDFDocument.create()
        const page = document.addPage()
        const stream = document.context.stream(Buffer.from('not deflated at all'), {
          Filter: 'FlateDecode',
        })
        page.node.set(PDFName.of('Contents'), document.context.register(stream))
        return document.save()
      },
      says: /damaged/,
    },
    {
      what: 'a PDF with a picture that unpacks to gigabytes',
      async file() {
        const document = await PDFDocument.create()
        const page = document.addPage()
        const { context } = document
        const picture = context.stream(deflateSync(Buffer.alloc(1000)), {
          Type: 'XObject',
          Subtype: 'Image',
          Width: 60_000,
          Height: 60_000,
          BitsPerComponent: 8,
          ColorSpace: 'DeviceRGB',
          Filter: 'FlateDecode',
        })
        page.node.newXObject('Huge', context.register(picture))
        return document.save()
      },
      says: /120 million pixels/,
    },
    {
      what: 'a PDF with 101 pages',
      file: () => aPdf(...Array.from({ length: 101 }, () => 'x')),
      says: /101 pages; at most 100/,
    },
    {
      what: 'a form whose boxes are not drawn',
      async file() {
        const document = await PDFDocument.load(await aPdfWithMore())
        const [widget] = document.getForm().getTextField('finding').acroField.getWidgets()
        widget?.dict.delete(PDFName.of('AP'))
        return document.save({ updateFieldAppearances: false })
      },
      says: /filled and not drawn/,
    },
    {
      what: 'a PNG that was cut off',
      file: async () => aPng(40, 40).subarray(0, 60),
      says: /damaged/,
    },
    {
      what: 'a PNG with a wrong byte',
      async file() {
        const bytes = Buffer.from(aPng(40, 40))
        bytes[50] = (bytes[50] ?? 0) ^ 0xff
        return bytes
      },
      says: /damaged/,
    },
    { what: 'a PNG of 25 million pixels', file: async () => aPng(5000, 5000), says: /12 million/ },
    {
      what: 'a JPEG that was cut off',
      file: async () => aJpeg({ orientation: 1 }).slice(0, -2),
      says: /damaged/,
    },
  ])('refuses $what with a reason', async ({ file, says }) => {
    expect(await refusalOf(await file())).toMatch(says)
    expect(await refusalOf(await file())).toMatch(/^UnusableFile/)
  })

  it('removes the metadata that a camera or a program wrote into the file', () => {
    const jpeg = cleanJpeg(aJpeg({ orientation: 6, place: 'GPS 40.7 -74.0' }))
    const png = cleanPng(aPng(4, 4, { texts: ['Jane Doe'] }))

    expect(jpeg).toMatchObject({ width: 8, height: 8, orientation: 6 })
    expect(Buffer.from(jpeg.bytes).toString('latin1')).not.toMatch(/GPS|Exif/)
    expect(Buffer.from(png.bytes).toString('latin1')).not.toContain('Jane Doe')
  })

  it('takes pictures', async () => {
    const jpeg = await prepareAttachment(aJpeg({ orientation: 8 }))
    const png = await prepareAttachment(aPng(1000, 500))

    expect([jpeg, png].map(({ type, pages }) => [type, pages])).toEqual([
      ['jpeg', 1],
      ['png', 1],
    ])
    expect((await PDFDocument.load(png.pdf)).getPage(0).getWidth()).toBe(792)
  })
})

describe('a hostile file', () => {
  const forms = createFormFiller({ threads: 1 })
  /** For files that take all of their time. */
  const fileMs = 2000
  const hurried = createFormFiller({ threads: 1, fileMs })
  afterAll(() => Promise.all([forms.stop(), hurried.stop()]))
  const reading = { holder: 'ana', signal: new AbortController().signal }

  it.each([
    { megabytes: 300, times: 1 },
    { megabytes: 20, times: 300 },
  ])(
    'ends its own process at most: $megabytes MB, $times times',
    async (size) => {
      const bomb = await aBomb(size)

      const [answer, form] = await Promise.all([
        forms.prepareAttachment(bomb, reading),
        forms.fill(aContent(), AbortSignal.timeout(60_000)),
      ])
      const after = await forms.prepareAttachment(await aPdf('Harmless'), reading)

      expect(answer).toEqual({ unusable: expect.stringMatching(/ (PDF|file) /) })
      expect(form.pages).toBeGreaterThan(0)
      expect(after).toMatchObject({ type: 'pdf', pages: 1 })
    },
    90_000,
  )

  it.each(Object.entries(hostilePdfs()))(
    'is read or refused if it is %s',
    async (_what, file) => {
      const answer = await hurried.prepareAttachment(file, reading)

      if ('unusable' in answer) expect(answer.unusable).toMatch(/^the (PDF|file) /)
      else expect(answer.pages).toBe(1)
    },
    60_000,
  )

  it('has ten seconds', async () => {
    using time = stopTime()
    const usual = createFormFiller({ threads: 1 })
    onTestFinished(() => usual.stop())
    const { 'numbers of two billion bytes': hanging } = hostilePdfs()

    const answer = usual.prepareAttachment(hanging, reading)
    await time.useUp(10_000)

    expect(await answer).toEqual({ unusable: expect.stringMatching(/^the file takes too long/) })
  })
})

/** A small page that unpacks to much more. */
async function aBomb({
  megabytes,
  times,
}: {
  readonly megabytes: number
  readonly times: number
}): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const page = document.addPage()
  const { context } = document
  const packed = deflateSync(Buffer.alloc(megabytes * 1024 * 1024, 0x20))
  const ref = context.register(context.stream(packed, { Filter: 'FlateDecode' }))
  page.node.set(PDFName.of('Contents'), context.obj(Array.from({ length: times }, () => ref)))
  return document.save()
}

describe('the document that is sent', () => {
  it('has the form, then each attachment with a label on every page, and the mark on all', async () => {
    const template = await generalTemplate()
    const form = await fillForm(aContent(), template)
    const prepared: readonly PreparedAttachment[] = [
      await prepareAttachment(await aPdf('Page one', 'Page two')),
      await prepareAttachment(aPng(40, 40)),
    ]
    const names = ['report.pdf', `צילום ${'x'.repeat(300)}.png`]

    const document = await assembleDocument(
      {
        pdf: form.pdf,
        attachments: prepared.map(({ pdf }, index) => ({ name: names[index] ?? '', pdf })),
      },
      [template],
    )

    const pages = await pagesOf(document.pdf)
    expect(pages).toHaveLength(form.pages + 3)
    expect(document.pages).toBe(form.pages + 3)
    for (const page of pages) expect(page).toContain('Draft prepared from the chart. Not approved.')
    const [one = '', two = '', three = ''] = pages.slice(form.pages)
    expect(one).toMatch(/Attachment 1 of 2: report\.pdf.*page 1 of 2/s)
    expect(one).toContain('Page one')
    expect(two).toMatch(/Attachment 1 of 2: report\.pdf.*page 2 of 2/s)
    expect(three).toContain('Attachment 2 of 2: ')
    const fields = async (pdf: Uint8Array) => readFields(await PDFDocument.load(pdf))
    expect(await fields(document.pdf)).toEqual(await fields(form.pdf))
  })
})
