import { deflateSync, crc32 } from 'node:zlib'
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib'

/** A PDF with a text on each of its pages. */
export async function aPdf(...texts: readonly string[]): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  for (const text of texts) document.addPage([612, 792]).drawText(text, { x: 72, y: 700, size: 14 })
  return document.save()
}

/** A PDF with scripts, a file inside and a box that was filled. */
export async function aPdfWithMore(): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const page = document.addPage([612, 792])
  page.drawText('Report of the radiologist', { x: 72, y: 700, size: 14 })
  const field = document.getForm().createTextField('finding')
  field.setText('Filled finding')
  field.addToPage(page, { x: 72, y: 600, width: 300, height: 20 })
  document.addJavaScript('open', 'app.alert("EVIL-SCRIPT")')
  await document.attach(Buffer.from('EVIL-FILE'), 'evil.exe', {
    mimeType: 'application/x-msdownload',
  })
  page.node.set(
    PDFName.of('AA'),
    document.context.obj({ O: { S: 'JavaScript', JS: PDFString.of('EVIL-SCRIPT') } }),
  )
  return document.save({ useObjectStreams: false })
}

/** A gray picture. */
export function aPng(
  width: number,
  height: number,
  { texts = [] }: { readonly texts?: readonly string[] } = {},
): Uint8Array {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc((width + 1) * height, 0x80)
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    ...texts.map((text) => chunk('tEXt', Buffer.from(`Author\0${text}`))),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}

/** A baseline JPEG of 8 by 8 gray pixels, with the metadata that a camera writes. */
export function aJpeg({
  orientation,
  place = '',
}: {
  readonly orientation: number
  readonly place?: string
}): Uint8Array {
  const exif = Buffer.concat([
    Buffer.from('Exif\0\0', 'latin1'),
    Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex'),
    Buffer.from(place, 'latin1'),
  ])
  exif.writeUInt16BE(orientation, 6 + 8 + 2 + 8)
  const segment = (marker: number, content: Buffer) => {
    const head = Buffer.from([0xff, marker, 0, 0])
    head.writeUInt16BE(content.length + 2, 2)
    return Buffer.concat([head, content])
  }
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('4a46494600010100000100010000', 'hex')),
    segment(0xe1, exif),
    segment(0xfe, Buffer.from(`comment ${place}`, 'latin1')),
    segment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)])),
    segment(0xc0, Buffer.from([8, 0, 8, 0, 8, 1, 1, 0x11, 0])),
    segment(0xc4, Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(15), Buffer.from([0])])),
    segment(0xc4, Buffer.concat([Buffer.from([0x10, 1]), Buffer.alloc(15), Buffer.from([0])])),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x3f, 0xff, 0x00, 0xff, 0xd9]),
  ])
}

export const pageCountOf = async (pdf: ArrayBuffer | Uint8Array): Promise<number> =>
  (await PDFDocument.load(pdf)).getPageCount()
