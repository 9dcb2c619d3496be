import type { FaxContactView } from '@authscript/prior-auth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultTextLimits } from '../../src/fhir/notes/text/note-text.ts'
import { pdfToText } from '../../src/fhir/notes/text/pdf/pdf.ts'
import { aPdf } from '../forms/files.ts'
import { type Desk, type Draft, openDesk, problemOf } from './a-desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  await desk.draft()
}, 180_000)
afterAll(() => desk[Symbol.asyncDispose]())

const contact = {
  recipient: 'Utilization management',
  recipientFax: '(555) 010-4477',
  sender: 'Spine Clinic of Prairie City',
  senderPhone: '555-010-1000',
  senderFax: '555-010-1001',
}
async function drafted(payerName: string | null = 'Prairie Health Plan'): Promise<Draft> {
  const draft = await desk.draft()
  await desk.node.database.db
    .updateTable('work_items')
    .set({ payer_name: payerName, provider_name: 'Ngozi Okafor', patient_name: 'Karin Lindqvist' })
    .where('work_item_id', '=', draft.workItemId)
    .execute()
  return draft
}
const contactOf = async (draft: Draft) =>
  (await (await draft.ask('GET', '/fax-cover')).json()) as FaxContactView
const keep = (draft: Draft, body: object, as: 'staff' | 'outsider' | 'service' = 'staff') =>
  draft.ask('PUT', '/fax-cover', { as, body })
async function pagesOf(draft: Draft, path: string): Promise<readonly string[]> {
  const response = await draft.ask('GET', path)
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  const text = await pdfToText(Buffer.from(await response.arrayBuffer()), defaultTextLimits)
  return 'pages' in text ? text.pages : []
}
async function approved(): Promise<Draft> {
  const draft = await drafted()
  await draft.done('POST', '/approve', { as: 'clinician', body: { reason: 'examined' } })
  return draft
}

describe('a fax', () => {
  it('begins with a page that names sender and recipient, and says nothing about the patient', async () => {
    const draft = await drafted()
    await draft.done('POST', '/attachments', {
      file: { name: 'Karin Lindqvist MRI.pdf', bytes: await aPdf('Finding') },
    })
    await draft.done('POST', '/approve', { as: 'clinician', body: { reason: 'examined' } })
    await keep(draft, contact)

    const fax = await pagesOf(draft, '/fax.pdf')
    const document = await pagesOf(draft, '/document.pdf')

    expect(fax).toHaveLength(document.length + 1)
    const [cover = '', ...rest] = fax
    expect(rest).toEqual(document)
    for (const text of Object.values(contact)) expect(cover).toContain(text)
    expect(cover).toContain(`${fax.length}, this one included`)
    expect(cover).toMatch(/CONFIDENTIAL/)
    const { patientName, memberId, orderDescription, procedureCode, providerName, birthDate } =
      await draft.read()
    expect(cover).toContain(providerName ?? 'no provider')
    for (const secret of [patientName, memberId, orderDescription, procedureCode, birthDate, 'MRI'])
      expect(cover).not.toContain(secret ?? '\u0000')
  })

  it('is remembered for the payer, and the sender for the practice', async () => {
    const draft = await approved()
    await keep(draft, contact)
    const other = await drafted()

    expect(await contactOf(other)).toEqual({ ...contact, isRemembered: true })
    await keep(other, { ...contact, recipientFax: '555 010 9999' })
    expect(await contactOf(draft)).toMatchObject({ recipientFax: '555 010 9999' })
    const elsewhere = await drafted('Another payer')
    expect(await contactOf(elsewhere)).toMatchObject({
      recipient: 'Another payer',
      sender: contact.sender,
      isRemembered: false,
    })
    expect((await contactOf(elsewhere)).recipientFax).not.toContain('010 9999')
  })

  it('of an order without a payer goes to no number that was typed for another order', async () => {
    const [draft, other] = [await drafted(null), await drafted(null)]
    await keep(draft, contact)

    expect(await contactOf(draft)).toMatchObject({ isRemembered: true })
    expect(await contactOf(other)).toMatchObject({ isRemembered: false, recipient: '' })
  })

  it('is refused for a draft, and without a number', async () => {
    const draft = await desk.draft()
    const ofDraft = await problemOf(await draft.ask('GET', '/fax.pdf'))
    await desk.node.database.db.deleteFrom('fax_contacts').execute()
    const withoutNumber = await problemOf(await (await approved()).ask('GET', '/fax.pdf'))

    expect([ofDraft, withoutNumber]).toMatchObject([
      { status: 409, code: 'not_approved' },
      { status: 409, code: 'fax_contact_needed' },
    ])
  })

  it.each([
    { body: { ...contact, recipientFax: 'ask Maria' } },
    { body: { ...contact, recipient: ' ' } },
    { body: { ...contact, sender: 'x'.repeat(300) } },
    { body: { ...contact, senderPhone: 'a\nb' } },
    { body: { ...contact, more: 1 } },
  ])('is not remembered with $body', async ({ body }) => {
    const refusal = await problemOf(await keep(await desk.draft(), body))

    expect(refusal).toMatchObject({ status: 400, code: 'request_invalid' })
  })

  it('prints a name from right to left and of any length', async () => {
    const draft = await approved()
    await keep(draft, { ...contact, recipient: `מחלקת אישורים ${'ו'.repeat(150)}` })

    expect((await pagesOf(draft, '/fax.pdf'))[0]).toContain('Our reference')
  })

  it('of another practice is not there', async () => {
    const draft = await approved()

    const answers = [
      await draft.ask('GET', '/fax-cover', { as: 'outsider' }),
      await keep(draft, contact, 'outsider'),
      await draft.ask('GET', '/fax.pdf', { as: 'outsider' }),
    ]

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    expect((await keep(draft, contact, 'service')).status).toBe(403)
  })
})
