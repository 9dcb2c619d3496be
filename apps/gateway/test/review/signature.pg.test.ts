import { createHash } from 'node:crypto'
import { PDFDict, PDFDocument, PDFName, PDFStream } from '@cantoo/pdf-lib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { defaultTextLimits } from '../../src/fhir/notes/text/note-text.ts'
import { pdfToText } from '../../src/fhir/notes/text/pdf/pdf.ts'
import { readFields } from '../../src/forms/map/read-fields.ts'
import { aJpeg, aPdf, aPng } from '../forms/files.ts'
import { type Desk, type Draft, openDesk, problemOf } from './a-desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  await desk.draft()
}, 180_000)
afterAll(() => desk[Symbol.asyncDispose]())
beforeEach(() => desk.node.database.db.deleteFrom('signatures').execute())

const reason = 'I examined her myself'
const picture = aPng(300, 80, { texts: ['drawn with Paint by Jane Doe'] })

const ask = (as: string, method: string, path = '', body?: Uint8Array) =>
  fetch(`${desk.address}/api/signature${path}`, {
    method,
    headers: {
      'x-api-key': `key of ${as}`,
      ...(body === undefined ? {} : { 'content-type': 'application/octet-stream' }),
    },
    ...(body === undefined ? {} : { body: Buffer.from(body) }),
  })
const approve = (draft: Draft, as: 'clinician' | 'colleague' | 'staff' | 'program', body: object) =>
  draft.ask('POST', '/approve', { as, body: { reason, ...body } })

async function documentOf(draft: Draft) {
  const pdf = Buffer.from(await (await draft.ask('GET', '/document.pdf')).arrayBuffer())
  const document = await PDFDocument.load(pdf)
  const images = document.context
    .enumerateIndirectObjects()
    .filter(
      ([, object]) =>
        object instanceof PDFStream &&
        object.dict instanceof PDFDict &&
        object.dict.lookup(PDFName.of('Subtype')) === PDFName.of('Image'),
    )
  const text = await pdfToText(pdf, defaultTextLimits)
  return {
    pdf,
    images: images.length,
    fields: readFields(document),
    pages: 'pages' in text ? text.pages : [],
  }
}

describe('a stored signature', () => {
  it("is a clinician's own: kept without what a program wrote beside it, seen, and deleted", async () => {
    const before = await (await ask('clinician', 'GET')).json()
    const kept = await ask('clinician', 'PUT', '', picture)
    const after = await (await ask('clinician', 'GET')).json()
    const image = await ask('clinician', 'GET', '/image')
    const bytes = Buffer.from(await image.arrayBuffer())
    const others = await ask('colleague', 'GET', '/image')
    await ask('clinician', 'DELETE')

    expect([before, kept.status, after]).toEqual([
      { signature: null },
      204,
      { signature: { addedAt: expect.any(String) } },
    ])
    expect(image.headers.get('content-type')).toBe('image/png')
    expect(bytes.toString('latin1')).not.toContain('Jane Doe')
    expect(others.status).toBe(404)
    expect(await (await ask('clinician', 'GET')).json()).toEqual({ signature: null })
  })

  it.each(['staff', 'service', 'program', 'nobody'])(
    'is not for %s: neither to store nor to see',
    async (who) => {
      const answers = [
        await ask(who, 'PUT', '', picture),
        await ask(who, 'GET'),
        await ask(who, 'GET', '/image'),
        await ask(who, 'DELETE'),
      ]

      for (const { status } of answers) expect([401, 403]).toContain(status)
      expect(await desk.node.database.db.selectFrom('signatures').selectAll().execute()).toEqual([])
    },
  )

  it.each([
    { what: 'a PDF', file: () => aPdf('x'), says: /PNG or JPEG/ },
    { what: 'a text', file: async () => Buffer.from('Jane Doe'), says: /PNG or JPEG/ },
    { what: 'a damaged picture', file: async () => picture.subarray(0, 90), says: /damaged/ },
    { what: 'a photo that is turned', file: async () => aJpeg({ orientation: 6 }), says: /turned/ },
    { what: 'a poster', file: async () => aPng(3000, 3000), says: /too large/ },
  ])('is refused with a reason when it is $what', async ({ file, says }) => {
    const refusal = await problemOf(await ask('clinician', 'PUT', '', await file()))

    expect(refusal).toMatchObject({ status: 409, detail: expect.stringMatching(says) })
  })

  it('of more than 1 MB is refused', async () => {
    const refusal = await problemOf(await ask('clinician', 'PUT', '', Buffer.alloc(1_100_000)))

    expect(refusal).toMatchObject({ status: 413 })
  })
})

describe('an approval (invariant 9)', () => {
  it('places nothing without the tick, although the signer has a signature', async () => {
    await ask('clinician', 'PUT', '', picture)
    const draft = await desk.draft()
    const before = await documentOf(draft)

    await approve(draft, 'clinician', {})
    const after = await documentOf(draft)

    expect([before.images, after.images]).toEqual([0, 0])
    expect(after.fields).toEqual(before.fields)
    expect(after.fields.get('attestation.signature')).toBe('')
  })

  it("draws the signer's own signature with the day, and leaves the boxes themselves blank", async () => {
    await ask('clinician', 'PUT', '', picture)
    const draft = await desk.draft()
    const { hasSignatureBox } = await draft.read()
    const before = await documentOf(draft)

    const answer = await approve(draft, 'clinician', { placeSignature: true })
    const after = await documentOf(draft)

    expect([hasSignatureBox, answer.status]).toEqual([true, 202])
    expect(after.images).toBe(1)
    expect(after.fields).toEqual(before.fields)
    const day = new Intl.DateTimeFormat('en-US', {
      timeZone: 'America/New_York',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    }).format(new Date())
    expect(after.pages[0]?.split(day).length).toBeGreaterThan(
      (before.pages[0]?.split(day).length ?? 0) + 1,
    )
    expect(after.pages[0]).toContain('Approved by clinician on')
    const row = await desk.node.store.writeBacks.latest(draft.workItemId)
    expect(row?.form_sha256).toBe(createHash('sha256').update(after.pdf).digest('hex'))
    const history = (await (await draft.ask('GET', '/history')).json()) as { items: object[] }
    expect(history.items.at(-1)).toMatchObject({ kind: 'approved', data: { signature: 'placed' } })
  })

  it('is withdrawn with its signature', async () => {
    await ask('clinician', 'PUT', '', picture)
    const draft = await desk.draft()
    await approve(draft, 'clinician', { placeSignature: true })

    await draft.done('POST', '/reopen')

    expect((await documentOf(draft)).images).toBe(0)
  })

  it("never places anybody else's", async () => {
    await ask('clinician', 'PUT', '', picture)
    const draft = await desk.draft()

    const refusal = await problemOf(await approve(draft, 'colleague', { placeSignature: true }))

    expect(refusal).toMatchObject({ status: 409, code: 'signature_unknown' })
    expect((await draft.read()).review).not.toBe('approved')
  })

  it('of a program or a front desk never places one', async () => {
    await ask('clinician', 'PUT', '', picture)
    const draft = await desk.draft()

    const program = await problemOf(await approve(draft, 'program', { placeSignature: true }))
    const frontDesk = await problemOf(await approve(draft, 'staff', { placeSignature: true }))

    expect([program, frontDesk]).toMatchObject([
      { status: 403, code: 'signature_by_person' },
      { status: 403, code: 'role_missing' },
    ])
  })

  it('does not use the signature of a namesake in another practice', async () => {
    const draft = await desk.draft()
    await desk.node.store.signatures.put(
      { label: 'clinician', practiceIds: ['1959222'] },
      { type: 'png', image: picture },
      new Date(),
    )

    const refusal = await problemOf(await approve(draft, 'clinician', { placeSignature: true }))

    expect(refusal).toMatchObject({ status: 409, code: 'signature_unknown' })
  })

  it('is refused for a form without a box that is known to be for the signature', async () => {
    await ask('clinician', 'PUT', '', picture)
    const draft = await desk.draft()
    await desk.node.database.db
      .updateTable('forms')
      .set({ has_signature_box: false })
      .where('work_item_id', '=', draft.workItemId)
      .execute()

    const refusal = await problemOf(await approve(draft, 'clinician', { placeSignature: true }))

    expect(refusal).toMatchObject({ status: 409, code: 'no_signature_box' })
  })
})
