import { deflateSync } from 'node:zlib'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { createFormFiller } from '../../src/forms/form-filler.ts'
import { stopTime } from '../stopped-time.ts'
import { hostilePdfs } from './hostile-pdfs.ts'

const forms = createFormFiller({ threads: 1 })
/** For files that take all of their time. */
const fileMs = 2000
const hurried = createFormFiller({ threads: 1, fileMs })
afterAll(() => Promise.all([forms.stop(), hurried.stop()]))

const megabyte = 1024 * 1024

/** A form with one box, whose list of boxes is compressed together with many spaces. */
function aForm(spaces: number): Uint8Array {
  const compressed = deflateSync(`11 0 <</Fields[12 0 R]>>${' '.repeat(spaces)}`)
  return Buffer.concat([
    Buffer.from(`%PDF-1.5
1 0 obj <</Type/Catalog/Pages 2 0 R/AcroForm 11 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Annots[12 0 R]>> endobj
12 0 obj <</Subtype/Widget/FT/Tx/T(member)/Rect[10 10 200 30]/P 3 0 R>> endobj
9 0 obj <</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length ${compressed.length}>>
stream
`),
    compressed,
    Buffer.from('\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF'),
  ])
}

const never = new AbortController().signal
const upload = (pdf: Uint8Array, { holder = 'ana', to = forms } = {}) =>
  to.examine({ examine: 'upload', pdf, name: 'a form' }, { holder, signal: never })

describe('a form that somebody uploads', () => {
  it('has its boxes, also when a part of it is compressed', async () => {
    expect(await upload(aForm(megabyte))).toMatchObject({ boxes: [{ name: 'member' }] })
  })

  it('is read within limits: what decompresses to much more than a form is left out', async () => {
    const bomb = aForm(100 * megabyte)
    expect(bomb.length).toBeLessThan(megabyte)

    expect(await upload(bomb)).toMatchObject({
      faults: [expect.stringContaining('no form fields')],
    })
  })

  it.each(Object.entries(hostilePdfs()))(
    'is refused in plain words if it is %s',
    async (_what, pdf) => {
      expect(await upload(pdf, { to: hurried })).toEqual({
        faults: [expect.stringMatching(/^(it|the PDF|cannot) /)],
        warnings: [],
      })
    },
    60_000,
  )

  it('has ten seconds', async () => {
    using time = stopTime()
    const usual = createFormFiller({ threads: 1 })
    onTestFinished(() => usual.stop())
    const { 'numbers of two billion bytes': hanging } = hostilePdfs()

    const answer = upload(hanging, { to: usual })
    await time.useUp(10_000)

    expect(await answer).toEqual({ faults: ['it takes too long to read'], warnings: [] })
  })

  it('does not delay those of other people, however many somebody uploads', async () => {
    const { 'numbers of two billion bytes': hanging } = hostilePdfs()
    // Nobody waits for the end of a hostile one.
    const unhurried = createFormFiller({ threads: 1, fileMs: 600_000 })
    onTestFinished(() => unhurried.stop())
    const stop = new AbortController()
    const hostile = Array.from({ length: 20 }, () =>
      unhurried
        .examine(
          { examine: 'upload', pdf: hanging, name: 'a form' },
          { holder: 'mallory', signal: stop.signal },
        )
        .catch(() => 'stopped'),
    )
    let isHostileRead = false
    void hostile[0]?.then(() => {
      isHostileRead = true
    })

    const answers = await Promise.all(
      ['ana', 'ben', 'cem'].map((holder) => upload(aForm(megabyte), { holder, to: unhurried })),
    )

    expect(answers).toMatchObject([{ boxes: [{}] }, { boxes: [{}] }, { boxes: [{}] }])
    expect(isHostileRead).toBe(false)
    stop.abort(new Error('enough'))
    await Promise.all(hostile)
  }, 60_000)
})
