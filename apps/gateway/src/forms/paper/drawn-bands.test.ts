import { PDFDocument, PDFName, type PDFPage, StandardFonts } from '@cantoo/pdf-lib'
import { describe, expect, it } from 'vitest'
import { contentSteps } from './content-tokens.ts'
import { drawnBands } from './drawn-bands.ts'
import { embedFont, measureOnce } from './font.ts'
import { writeMark } from './form-mark.ts'

async function aPage(draw: (page: PDFPage) => void): Promise<PDFPage> {
  const document = await PDFDocument.create()
  const page = document.addPage([612, 792])
  page.setFont(await document.embedFont(StandardFonts.Helvetica))
  draw(page)
  const saved = await PDFDocument.load(await document.save())
  return saved.getPage(0)
}

describe('the heights at which a page is drawn on', () => {
  it('are those of texts, lines, and the edges of frames', async () => {
    const page = await aPage((one) => {
      one.drawText('F00078 (05/2024)', { x: 36, y: 20, size: 10 })
      one.drawLine({ start: { x: 36, y: 34 }, end: { x: 500, y: 34 } })
      one.drawRectangle({ x: 36, y: 100, width: 500, height: 500, borderWidth: 1 })
    })
    const near = (height: number) =>
      drawnBands(page).some(({ low, high }) => low <= height && height <= high)

    for (const height of [20, 26, 34, 100, 600]) expect(near(height)).toBe(true)
    for (const height of [14, 31, 40, 300, 700]) expect(near(height)).toBe(false)
  })

  it('are followed into drawings and transformations', async () => {
    const inner = await PDFDocument.create()
    const drawing = inner.addPage([200, 100])
    drawing.drawText('inside', { x: 10, y: 40, size: 10 })
    const document = await PDFDocument.create()
    const page = document.addPage([612, 792])
    const [embedded] = await document.embedPdf(await inner.save())
    if (embedded === undefined) throw new Error('nothing embedded')
    page.drawPage(embedded, { x: 0, y: 100, xScale: 0.5, yScale: 0.5 })
    await document.flush()

    const bands = drawnBands(page)
    expect(bands.some(({ low, high }) => low < 120 && high > 121)).toBe(true)
  })

  it('ignore strings that look like operators', () => {
    const steps = [
      ...contentSteps(String.raw`BT (\) 1 2 Td (x) ) Tj [(a Tj) -3 (b)] TJ /F1 9 Tf ET`),
    ]

    expect(steps.map(({ operator }) => operator)).toEqual(['BT', 'Tj', 'TJ', 'Tf', 'ET'])
    expect(steps[3]).toMatchObject({ numbers: [9], names: ['F1'] })
  })

  it('are none where the content cannot be read', async () => {
    const page = await aPage((one) => one.drawText('text', { x: 36, y: 20 }))
    const contents = page.node.context.stream(new Uint8Array([1, 2, 3]), { Filter: 'FlateDecode' })
    page.node.set(PDFName.of('Contents'), contents)

    expect(() => drawnBands(page)).not.toThrow()
  })
})

describe('the mark of a form', () => {
  const markedBottom = async (draw: (page: PDFPage) => void) => {
    const page = await aPage(draw)
    const font = await embedFont(page.doc)
    const before = drawnBands(page)
    writeMark(page.doc, { kind: 'draft' }, font, measureOnce(font))
    return drawnBands(page).slice(before.length)[0]?.low ?? 0
  }

  it.each([
    ['an empty page', [], 15, 17],
    ['a footer at the usual place', [18], 27, 32],
    ['a page that is full at its foot', Array.from({ length: 12 }, (_, row) => row * 6), 765, 775],
  ] as const)('is written beside what is printed: %s', async (_what, lines, least, most) => {
    const bottom = await markedBottom((page) => {
      for (const y of lines) page.drawText('printed', { x: 300, y, size: 10 })
    })

    expect(bottom).toBeGreaterThanOrEqual(least)
    expect(bottom).toBeLessThanOrEqual(most)
  })
})
