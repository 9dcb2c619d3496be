import { deflateSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { createFormFiller } from '../../src/forms/form-filler.ts'
import { examineWithinLimits } from '../../src/forms/stored/examine-within-limits.ts'

const forms = createFormFiller({ threads: 1 })
afterAll(() => forms.stop())

const megabyte = 1024 * 1024

/** A form with one box, whose list of boxes is packed together with many spaces. */
function aForm(spaces: number): Uint8Array {
  const packed = deflateSync(`11 0 <</Fields[12 0 R]>>${' '.repeat(spaces)}`)
  return Buffer.concat([
    Buffer.from(`%PDF-1.5
1 0 obj <</Type/Catalog/Pages 2 0 R/AcroForm 11 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Annots[12 0 R]>> endobj
12 0 obj <</Subtype/Widget/FT/Tx/T(member)/Rect[10 10 200 30]/P 3 0 R>> endobj
9 0 obj <</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length ${packed.length}>>
stream
`),
    packed,
    Buffer.from('\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF'),
  ])
}

const upload = (pdf: Uint8Array) =>
  examineWithinLimits(forms, { examine: 'upload', pdf, name: 'a form' })

describe('a form that somebody uploads', () => {
  it('has its boxes, also when a part of it is packed', async () => {
    expect(await upload(aForm(megabyte))).toMatchObject({ boxes: [{ name: 'member' }] })
  })

  it('is read within limits: what unpacks to much more than a form is left out', async () => {
    const bomb = aForm(100 * megabyte)
    expect(bomb.length).toBeLessThan(megabyte)

    expect(await upload(bomb)).toMatchObject({
      faults: [expect.stringContaining('no form fields')],
    })
  })
})
