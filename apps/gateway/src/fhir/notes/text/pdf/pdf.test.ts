import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib'
import { describe, expect, it } from 'vitest'
import { defaultTextLimits } from '../note-text.ts'
import { readFile } from '../read-file.ts'

type Draw = readonly (readonly [text: string, x: number, y: number])[]

async function aPdf(
  pages: readonly Draw[],
  options: { readonly scanned?: readonly number[] } = {},
): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  const picture = await pdf.embedPng(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  )
  for (const [index, draws] of pages.entries()) {
    const page = pdf.addPage([612, 792])
    if (options.scanned?.includes(index + 1) === true)
      page.drawImage(picture, { x: 0, y: 0, width: 612, height: 792 })
    for (const [text, x, y] of draws) page.drawText(text, { x, y, size: 11, font })
  }
  return pdf.save()
}

const read = (bytes: Uint8Array, limits = defaultTextLimits) =>
  readFile(bytes, 'application/pdf', limits)

describe('a PDF with a text layer', () => {
  it.each(['No', 'Yes', 'Denies'])(
    'keeps a finding and its answer (%s) on one line, in any drawing order',
    async (answer) => {
      const rows: Draw = [
        ['Leg weakness', 72, 700],
        ['Fever', 72, 684],
        [answer, 300, 700],
        ['No', 300, 684],
      ]

      expect(await read(await aPdf([rows]))).toMatchObject({
        kind: 'text',
        text: `Leg weakness: ${answer}\nFever: No`,
      })
    },
  )

  it('replaces a mark by the name of its column', async () => {
    const rows: Draw = [
      ['Symptom', 72, 700],
      ['Yes', 300, 700],
      ['No', 400, 700],
      ['Leg weakness', 72, 684],
      ['X', 405, 684],
      ['Fever', 72, 668],
      ['X', 305, 668],
    ]

    expect(await read(await aPdf([rows]))).toMatchObject({
      text: 'Symptom: Yes: No\nLeg weakness: No\nFever: Yes',
    })
  })

  it('reads columns of prose one after the other, and pages in order', async () => {
    const left = Array.from(
      { length: 4 },
      (_, index) => [`Left column prose that fills line ${index}`, 50, 700 - index * 14] as const,
    )
    const right = Array.from(
      { length: 4 },
      (_, index) => [`Right column prose that fills line ${index}`, 330, 700 - index * 14] as const,
    )
    const content = await read(await aPdf([[...left, ...right], [['Second page', 72, 700]]]))

    expect(content.kind === 'text' ? content.text.split('\n') : []).toEqual([
      ...left.map(([text]) => text),
      ...right.map(([text]) => text),
      '',
      'Second page',
    ])
  })

  it('reads the values of its form fields', async () => {
    const pdf = await PDFDocument.create()
    const page = pdf.addPage([612, 792])
    page.drawText('Foot drop', { x: 72, y: 700, size: 11 })
    const box = pdf.getForm().createCheckBox('a')
    box.addToPage(page, { x: 50, y: 698, width: 12, height: 12 })
    box.check()
    const field = pdf.getForm().createTextField('b')
    field.setText('since Monday')
    field.addToPage(page, { x: 130, y: 696, width: 200, height: 16 })

    const content = await read(await pdf.save())

    expect(content.kind === 'text' ? content.text.replaceAll(' | ', ' ') : content.reason).toBe(
      '[x] Foot drop since Monday',
    )
  })
})

describe('a PDF that cannot be read', () => {
  it('is unread if all its pages are pictures', async () => {
    expect(await read(await aPdf([[], []], { scanned: [1, 2] }))).toMatchObject({
      kind: 'unread',
      reason: 'pages without a text layer (scanned): 1, 2',
    })
  })

  it('is partly unread if a page is a picture, with or without a fax stamp', async () => {
    const content = await read(
      await aPdf([[['No weakness.', 72, 700]], [['Fax 06/15/2026 page 2', 72, 780]], []], {
        scanned: [2, 3],
      }),
    )

    expect(content).toMatchObject({
      kind: 'text',
      unreadParts: [{ reason: 'pages without a text layer (scanned): 2, 3' }],
    })
  })

  it('an empty page does not count as unread', async () => {
    expect(await read(await aPdf([[['No weakness.', 72, 700]], []]))).toEqual({
      kind: 'text',
      contentType: 'application/pdf',
      text: 'No weakness.',
    })
  })

  it('is unread if it is encrypted', async () => {
    const pdf = await PDFDocument.load(await aPdf([[['No weakness.', 72, 700]]]))
    pdf.encrypt({ userPassword: 'a', ownerPassword: 'b' })

    expect(await read(await pdf.save())).toMatchObject({
      kind: 'unread',
      reason: 'is an encrypted PDF',
    })
  })

  it('is unread if it is truncated', async () => {
    const bytes = await aPdf([[['No weakness.', 72, 700]]])

    expect(await read(bytes.slice(0, 200))).toMatchObject({ kind: 'unread' })
  })

  it('is partly unread past the page limit', async () => {
    const pages: readonly Draw[] = [1, 2, 3].map((number) => [[`Page ${number}`, 72, 700]])

    expect(await read(await aPdf(pages), { ...defaultTextLimits, maxPdfPages: 2 })).toMatchObject({
      text: 'Page 1\n\nPage 2',
      unreadParts: [{ reason: 'pages from 3 on were not read (3 pages)' }],
    })
  })
})
