import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import type { ReviewView } from '@authscript/prior-auth'
import { PDFDocument } from '@cantoo/pdf-lib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultTextLimits } from '../../src/fhir/notes/text/note-text.ts'
import { pdfToText } from '../../src/fhir/notes/text/pdf/pdf.ts'
import { readFields } from '../../src/forms/map/read-fields.ts'
import { aPdf, aPng } from '../forms/files.ts'
import { type Ask, type Desk, type Draft, openDesk, problemOf } from './a-desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  await desk.draft()
}, 180_000)
afterAll(() => desk[Symbol.asyncDispose]())

const approval = { as: 'clinician', body: { reason: 'I examined her myself' } } as const

const attach = (draft: Draft, name: string, bytes: Uint8Array, options: Ask = {}) =>
  draft.ask('POST', '/attachments', { ...options, file: { name, bytes } })
async function attached(draft: Draft, name: string, bytes: Uint8Array): Promise<ReviewView> {
  return draft.done('POST', '/attachments', { file: { name, bytes } })
}
const pdfOf = async (draft: Draft, path: string, options?: Ask) => {
  const response = await draft.ask('GET', path, options)
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return Buffer.from(await response.arrayBuffer())
}
async function textOf(pdf: Uint8Array): Promise<readonly string[]> {
  const text = await pdfToText(pdf, defaultTextLimits)
  if (!('pages' in text)) throw new Error(text.reason)
  return text.pages
}
const historyOf = async (draft: Draft) =>
  (
    (await (await draft.ask('GET', '/history')).json()) as {
      items: { kind: string; data: Record<string, unknown> }[]
    }
  ).items

describe('an attachment', () => {
  it('is kept with the order, and travels with the form', async () => {
    const draft = await desk.draft()
    const before = await draft.read()

    const after = await attached(draft, 'report of MRI.pdf', await aPdf('Finding A', 'Finding B'))

    expect(after.version).toBe(before.version + 1)
    expect(after.attachments).toMatchObject([
      { name: 'report of MRI.pdf', type: 'pdf', pages: 2, addedBy: 'colleague' },
    ])
    expect(after.documentPages).toBe((before.form?.pages ?? 0) + 2)
    const [one] = after.attachments
    expect(await textOf(await pdfOf(draft, `/attachments/${one?.attachmentId}`))).toEqual([
      'Finding A',
      'Finding B',
    ])
    const pages = await textOf(await pdfOf(draft, '/document.pdf'))
    expect(pages).toHaveLength(after.documentPages)
    expect(pages.at(-2)).toContain('Attachment 1 of 1: report of MRI.pdf')
    expect(pages.at(-1)).toContain('Draft prepared from the chart. Not approved.')
    expect((await historyOf(draft)).at(-1)).toMatchObject({
      kind: 'attached',
      data: { name: 'report of MRI.pdf', pages: 2 },
    })
  })

  it('is part of what is approved: the chart gets form and attachments as one document', async () => {
    const draft = await desk.draft()
    await attached(draft, 'one.pdf', await aPdf('Finding A'))
    const seen = await draft.done('POST', '/attachments', {
      file: { name: 'two.png', bytes: aPng(80, 40) },
    })
    const form = await pdfOf(draft, '/form.pdf')

    await draft.done('POST', '/approve', approval)

    const document = await pdfOf(draft, '/document.pdf')
    const pages = await textOf(document)
    expect(pages).toHaveLength(seen.documentPages)
    for (const page of pages) expect(page).toMatch(/Approved by clinician on /)
    expect(pages.at(-2)).toContain('Attachment 1 of 2: one.pdf')
    expect(pages.at(-1)).toContain('Attachment 2 of 2: two.png')
    const row = await desk.node.store.writeBacks.latest(draft.workItemId)
    expect(row?.form_sha256).toBe(createHash('sha256').update(document).digest('hex'))
    expect(readFields(await PDFDocument.load(document))).toEqual(
      readFields(await PDFDocument.load(form)),
    )
  })

  it('is covered by the version: an approval of what was seen before is refused', async () => {
    const draft = await desk.draft()
    const { version } = await draft.read()
    await attached(draft, 'late.pdf', await aPdf('Late'))

    const refusal = await problemOf(await draft.ask('POST', '/approve', { ...approval, version }))

    expect(refusal).toMatchObject({
      status: 412,
      changedBy: 'colleague',
      changes: [{ kind: 'attached', data: { name: 'late.pdf' } }],
    })
  })

  it('outlives another run of the encounter, and a change of the form', async () => {
    const draft = await desk.draft()
    await attached(draft, 'kept.pdf', await aPdf('Kept'))

    await desk.draft(undefined, draft.encounterId)
    const after = await draft.done('PUT', '/form', {
      body: { entries: { 'values.facility.name': 'St. Mary' } },
    })

    expect(after.attachments).toMatchObject([{ name: 'kept.pdf' }])
  })

  it('can be removed until the approval, and not after it', async () => {
    const draft = await desk.draft()
    await attached(draft, 'wrong.pdf', await aPdf('Wrong'))
    const { attachments } = await attached(draft, 'right.pdf', await aPdf('Right'))
    const [wrong, right] = attachments

    const removed = await draft.done('DELETE', `/attachments/${wrong?.attachmentId}`)
    await draft.done('POST', '/approve', approval)
    const late = await problemOf(await draft.ask('DELETE', `/attachments/${right?.attachmentId}`))
    const more = await problemOf(await attach(draft, 'more.pdf', await aPdf('More')))
    const again = await draft.ask('DELETE', `/attachments/${wrong?.attachmentId}`)

    expect(removed.attachments.map(({ name }) => name)).toEqual(['right.pdf'])
    expect([late, more]).toMatchObject([
      { status: 409, code: 'not_drafted' },
      { status: 409, code: 'not_drafted' },
    ])
    expect(again.status).toBe(404)
    expect((await textOf(await pdfOf(draft, '/document.pdf'))).at(-1)).toContain(
      'Attachment 1 of 1: right.pdf',
    )
  })

  it('is removable again after the approval was withdrawn', async () => {
    const draft = await desk.draft()
    const { attachments } = await attached(draft, 'one.pdf', await aPdf('One'))
    await draft.done('POST', '/approve', approval)
    await draft.done('POST', '/reopen')

    const pages = await textOf(await pdfOf(draft, '/document.pdf'))
    const after = await draft.done('DELETE', `/attachments/${attachments[0]?.attachmentId}`)

    expect(pages.at(-1)).toContain('Draft prepared from the chart. Not approved.')
    expect(after.attachments).toEqual([])
  })

  it('is added once by a button that is pressed twice', async () => {
    const draft = await desk.draft()
    const { version } = await draft.read()
    const file = await aPdf('Once')
    await attach(draft, 'once.pdf', file, { version })

    const again = await attach(draft, 'once.pdf', file, { version })

    expect(again.status).toBe(200)
    expect((await draft.read()).attachments).toHaveLength(1)
  })

  it.each([
    { given: `${'a'.repeat(300)}.pdf`, kept: `${'a'.repeat(195)}….pdf` },
    { given: 'C:\\scans\\..\\מסמך‮gpj.pdf', kept: 'מסמך gpj.pdf' },
    { given: '../../etc/\u0007\n', kept: 'file.pdf' },
  ])('has a name that can be shown: $kept', async ({ given, kept }) => {
    const draft = await desk.draft()

    const { attachments } = await attached(draft, given, await aPdf('x'))

    expect(attachments[0]?.name).toBe(kept)
  })

  it('is refused with a reason that a person understands, and changes nothing', async () => {
    const draft = await desk.draft()
    const { version } = await draft.read()
    const refusals = [
      await problemOf(await attach(draft, 'report.pdf', Buffer.from('MZ not a PDF'))),
      await problemOf(await attach(draft, 'scan.pdf', (await aPdf('cut')).subarray(0, 500))),
      await problemOf(await attach(draft, 'empty.pdf', Buffer.alloc(0))),
      await problemOf(await attach(draft, 'stale.pdf', await aPdf('x'), { version: version + 7 })),
    ]

    expect(refusals).toMatchObject([
      { status: 409, code: 'attachment_unusable', detail: expect.stringContaining('PDF, PNG and') },
      { status: 409, code: 'attachment_unusable', detail: expect.stringContaining('damaged') },
      { status: 400, code: 'file_missing' },
      { status: 412 },
    ])
    expect(await draft.read()).toMatchObject({ version, attachments: [] })
  })

  it('is refused beyond the number and the size that an order may have', async () => {
    const draft = await desk.draft()
    for (const name of ['1', '2', '3']) await attached(draft, `${name}.pdf`, await aPdf(name))

    const fourth = await problemOf(await attach(draft, '4.pdf', await aPdf('4')))

    expect(fourth).toMatchObject({
      status: 409,
      code: 'too_many_attachments',
      detail: 'this order has 3 files already; at most 3 can be attached',
    })
  })

  it('of 40 MB is refused before it is read', async () => {
    const draft = await desk.draft()

    const answer = await headOnly(desk.address, {
      path: `/api/work-items/${draft.workItemId}/attachments`,
      length: 40 * 1024 * 1024,
      key: 'key of colleague',
    })
    const anonymous = await headOnly(desk.address, {
      path: `/api/work-items/${draft.workItemId}/attachments`,
      length: 1000,
      key: 'nobody',
    })

    expect(answer).toContain('HTTP/1.1 413')
    expect(answer).toContain('the file is larger than 1.9 MB')
    expect(anonymous).toContain('HTTP/1.1 401')
  })

  it('waits while several others are read, so that they never fill the memory', async () => {
    const draft = await desk.draft()
    const { hostname, port } = new URL(desk.address)
    const slow = Array.from({ length: 6 }, () => {
      const socket = connect(Number(port), hostname)
      socket.on('error', () => undefined)
      socket.write(headOf(hostname, `/api/work-items/${draft.workItemId}/attachments`, 1000))
      return socket
    })
    const file = await aPdf('Patient')

    await expect
      .poll(async () => (await attach(draft, 'x.pdf', file, { as: 'service' })).status)
      .toBe(403)
    await expect.poll(async () => (await attach(draft, 'x.pdf', file)).status).toBe(503)
    for (const socket of slow) socket.destroy()

    await expect.poll(async () => (await attach(draft, 'x.pdf', file)).status).toBe(200)
  })

  it('of another practice is not there', async () => {
    const draft = await desk.draft()
    const { attachments } = await attached(draft, 'one.pdf', await aPdf('One'))
    const path = `/attachments/${attachments[0]?.attachmentId}`
    const other = await desk.draft()

    const answers = [
      await draft.ask('GET', path, { as: 'outsider' }),
      await draft.ask('DELETE', path, { as: 'outsider' }),
      await attach(draft, 'x.pdf', await aPdf('x'), { as: 'outsider' }),
      await draft.ask('GET', '/document.pdf', { as: 'outsider' }),
      await other.ask('GET', path),
      await other.ask('DELETE', path),
    ]
    const service = await attach(draft, 'x.pdf', await aPdf('x'), { as: 'service' })

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404])
    expect(service.status).toBe(403)
  })

  it('is deleted with the chart, and with it the document that contains it', async () => {
    const draft = await desk.draft()
    await attached(draft, 'one.pdf', await aPdf('One'))
    await draft.done('POST', '/approve', approval)
    await draft.done('POST', '/close', { body: { reason: 'no longer needed' } })
    const { db } = desk.node.database
    const { store } = desk.node
    const days = 30
    const tooEarly = await store.attachments.forget({ days })
    await db
      .updateTable('work_items')
      .set({ updated_at: new Date(Date.now() - 31 * 86_400_000) })
      .where('work_item_id', '=', draft.workItemId)
      .execute()
    const withChart = await store.attachments.forget({ days })
    await db.deleteFrom('charts').where('encounter_id', '=', draft.encounterId).execute()

    const deleted = await store.attachments.forget({ days })

    expect([tooEarly, withChart, deleted]).toEqual([0, 0, 1])
    expect(await problemOf(await draft.ask('GET', '/document.pdf'))).toMatchObject({
      status: 404,
      code: 'document_not_kept',
    })
  })
})

/** Sends the head of a request and nothing of its body. */
async function headOnly(
  address: string,
  { path, length, key }: { readonly path: string; readonly length: number; readonly key: string },
): Promise<string> {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname)
  socket.write(headOf(hostname, path, length, key))
  const parts: Buffer[] = []
  for await (const part of socket) {
    parts.push(part as Buffer)
    if (Buffer.concat(parts).includes('}')) break
  }
  return Buffer.concat(parts).toString()
}

const headOf = (host: string, path: string, length: number, key = 'key of colleague') =>
  `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nX-API-Key: ${key}\r\nX-File-Name: big.pdf\r\nIf-Match: "1"\r\nContent-Type: application/octet-stream\r\nContent-Length: ${length}\r\n\r\n`
