import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib'
import { maxFormBytes, type PayerFormDetail } from '@authscript/prior-auth'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { knownRoles, readRole } from '../../src/forms/map/field-role.ts'
import { roleViews } from '../../src/forms/stored/role-views.ts'
import { onServer } from '../database/template-database.ts'
import { aContent } from './a-content.ts'
import { drawPayerForm, textOfBox } from './a-payer-form.ts'
import { asXfa, encrypted } from './unusable-forms.ts'
import { changeOf, type FormDesk, openFormDesk } from './form-desk.ts'

const never = new AbortController().signal
let desk: FormDesk
beforeEach(async () => {
  desk = await openFormDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const boxes = [
  { name: 'patient.name', role: 'patient.name*' },
  { name: 'coverage.memberId', role: 'coverage.memberId' },
  { name: 'signature.provider', role: 'attestation' },
]
const payers = ['Prairie Health Plan']

const anOrder = (payer = 'Prairie Health Plan of Texas', practiceId = 'p1') => {
  const content = aContent({ values: { 'patient.name': 'Ann Example', 'payer.name': payer } })
  return { ...content, subject: { ...content.subject, practiceId } }
}
const fill = (content = anOrder(), on = desk) => on.forms.fill(content, never)
const bytes = (pdf: Uint8Array) =>
  pdf.buffer.slice(pdf.byteOffset, pdf.byteOffset + pdf.byteLength) as ArrayBuffer

async function anActiveForm(practiceId: string | null = 'p1'): Promise<PayerFormDetail> {
  const { pdf } = await drawPayerForm()
  const form = await desk.upload(pdf, {
    practiceId,
    ...(practiceId === null ? { label: 'everywhere' } : {}),
  })
  const label = practiceId === null ? 'everywhere' : 'operator'
  const saved = await desk.ask(label, 'PUT', `/api/forms/${form.formId}`, {
    body: { ...changeOf(form), boxes, payers },
    version: form.version,
  })
  const { version } = (await saved.json()) as PayerFormDetail
  const active = await desk.ask(label, 'POST', `/api/forms/${form.formId}/activate`, { version })
  return (await active.json()) as PayerFormDetail
}

describe('uploading a form', () => {
  it('keeps it as a draft, with its boxes in reading order, and leaves signatures to people', async () => {
    const { pdf } = await drawPayerForm()

    const form = await desk.upload(pdf, { fileName: 'Präirie form (2026).pdf' })

    expect(form).toMatchObject({
      state: 'draft',
      version: 1,
      activeVersion: null,
      practiceId: 'p1',
      name: 'Prairie form  2026',
      fileName: 'Präirie form (2026).pdf',
      changedBy: 'operator',
    })
    expect(form.boxes.map(({ name }) => name).slice(0, 3)).toEqual([
      'patient.name',
      'coverage.memberId',
      'facility.name',
    ])
    expect(form.boxes[0]).toMatchObject({
      kind: 'text',
      printed: '',
      // With its border.
      places: [{ page: 1, x: 179.5, y: 729.5, width: 391, height: 17 }],
    })
    expect(form.map).toEqual([{ name: 'signature.provider', role: 'attestation' }])
    expect(form.faults).toEqual(['no payer is named whose orders get this form'])
    const blank = await desk.ask('operator', 'GET', `/api/forms/${form.formId}/blank.pdf`)
    expect(Buffer.from(await blank.arrayBuffer())).toEqual(Buffer.from(pdf))
  })

  it('reports kind, options, limit and tooltip of each box', async () => {
    const document = await PDFDocument.create()
    const page = document.addPage([612, 792])
    const form = document.getForm()
    const text = form.createTextField('NPI')
    text.addToPage(page, { x: 40, y: 700, width: 100, height: 14 })
    text.setMaxLength(10)
    text.acroField.dict.set(PDFName.of('TU'), PDFString.of('Provider NPI'))
    form.createCheckBox('Urgent').addToPage(page, { x: 200, y: 700, width: 10, height: 10 })
    const list = form.createDropdown('Setting')
    list.addOptions(['Inpatient', 'Outpatient'])
    list.addToPage(page, { x: 300, y: 700, width: 100, height: 14 })

    const uploaded = await desk.upload(await document.save())

    expect(uploaded.boxes).toMatchObject([
      { name: 'NPI', kind: 'text', maxLength: 10, tooltip: 'Provider NPI' },
      { name: 'Urgent', kind: 'check box' },
      { name: 'Setting', kind: 'list', options: ['Inpatient', 'Outpatient'] },
    ])
  })

  const withoutBoxes = async () => {
    const document = await PDFDocument.create()
    document.addPage()
    return document.save()
  }
  it.each([
    {
      what: 'an encrypted PDF',
      make: async () => encrypted((await drawPayerForm()).pdf),
      says: /is encrypted/,
    },
    { what: 'an XFA form', make: async () => asXfa((await drawPayerForm()).pdf), says: /XFA/ },
    { what: 'a PDF without boxes', make: withoutBoxes, says: /no form fields/ },
    {
      what: 'another file',
      make: async () => Buffer.from('GIF89a'),
      says: /it is not a PDF/,
    },
    {
      what: 'a damaged PDF',
      make: async () => Buffer.from('%PDF-1.7\n%damaged'),
      says: /cannot be read as a PDF/,
    },
    { what: 'an empty file', make: async () => Buffer.from(''), says: /empty/ },
  ])('refuses $what by its name, with the reason', async ({ make, says }) => {
    const response = await desk.ask('operator', 'POST', '/api/forms?practiceId=p1', {
      pdf: await make(),
      fileName: 'Ünion form.pdf',
    })

    expect(response.status).toBe(422)
    const problem = (await response.json()) as { code: string; detail: string }
    expect(problem.code).toBe('form_unusable')
    expect(problem.detail).toMatch(/^Ünion form\.pdf cannot be used: /)
    expect(problem.detail).toMatch(says)
    const { forms } = (await (await desk.ask('operator', 'GET', '/api/forms')).json()) as {
      forms: []
    }
    expect(forms).toEqual([])
  })

  it('refuses 40 MB by its name, and a cut name of 300 characters is kept', async () => {
    const response = await desk.ask('operator', 'POST', '/api/forms?practiceId=p1', {
      pdf: Buffer.alloc(2 * maxFormBytes),
      fileName: 'huge.pdf',
    })
    const long = await desk.upload((await drawPayerForm()).pdf, { fileName: 'n'.repeat(300) })

    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({
      code: 'form_too_large',
      detail: expect.stringMatching(/^huge\.pdf is larger than 20 MB/),
    })
    expect([long.name.length, long.fileName.length]).toEqual([80, 200])
  })
})

describe('who may', () => {
  it('is only an operator: not a clinician, and not a program', async () => {
    const form = await anActiveForm()
    const { formId, version } = form
    for (const label of ['clinician', 'service']) {
      const asked = [
        desk.ask(label, 'GET', '/api/forms'),
        desk.ask(label, 'GET', '/api/forms/roles'),
        desk.ask(label, 'POST', '/api/forms?practiceId=p1', { pdf: Buffer.from('x') }),
        desk.ask(label, 'GET', `/api/forms/${formId}`),
        desk.ask(label, 'GET', `/api/forms/${formId}/blank.pdf`),
        desk.ask(label, 'PUT', `/api/forms/${formId}`, { version, body: changeOf(form) }),
        desk.ask(label, 'POST', `/api/forms/${formId}/test-fill`, { body: changeOf(form) }),
        desk.ask(label, 'POST', `/api/forms/${formId}/activate`, { version }),
        desk.ask(label, 'POST', `/api/forms/${formId}/retire`, { version }),
      ]
      for (const response of await Promise.all(asked)) expect(response.status).toBe(403)
    }
  })

  it('is an operator of the practice; for a form of every practice, an operator of all of them', async () => {
    const own = await anActiveForm()
    const sharedForm = await anActiveForm(null)
    const { pdf } = await drawPayerForm()
    const status = async (label: string, method: string, path: string, version = 1) =>
      (await desk.ask(label, method, path, { version })).status

    expect(await status('elsewhere', 'GET', `/api/forms/${own.formId}`)).toBe(404)
    expect(await status('elsewhere', 'POST', `/api/forms/${own.formId}/retire`)).toBe(404)
    expect(await status('elsewhere', 'GET', `/api/forms/${sharedForm.formId}`)).toBe(200)
    expect(await status('elsewhere', 'POST', `/api/forms/${sharedForm.formId}/retire`)).toBe(403)
    expect((await desk.ask('operator', 'POST', '/api/forms', { pdf })).status).toBe(403)
    expect((await desk.ask('operator', 'POST', '/api/forms?practiceId=p2', { pdf })).status).toBe(
      403,
    )
  })
})

describe('the map', () => {
  it('is saved by compare-and-set, also when it is not complete', async () => {
    const form = await desk.upload((await drawPayerForm()).pdf)
    const saved = await desk.save(form, { boxes, payers })

    const stale = await desk.ask('operator', 'PUT', `/api/forms/${form.formId}`, {
      body: changeOf(form),
      version: form.version,
    })

    expect(saved).toMatchObject({ version: 2, map: boxes, payers, faults: [] })
    expect(stale.status).toBe(412)
    expect(await stale.json()).toMatchObject({ code: 'version_stale', changedBy: 'operator' })
    const none = await desk.ask('operator', 'PUT', `/api/forms/${form.formId}`, {
      body: changeOf(form),
    })
    expect(none.status).toBe(428)
  })

  it('is checked as that of a file is: every fault in a sentence, and no activation before', async () => {
    const form = await desk.upload((await drawPayerForm()).pdf)
    const saved = await desk.save(form, {
      payers,
      boxes: [
        { name: 'patient.name', role: 'patient.shoeSize' },
        { name: 'facility.name', role: 'setting=inpatient' },
        { name: 'gone', role: 'patient.name' },
      ],
    })

    const refused = await desk.ask('operator', 'POST', `/api/forms/${form.formId}/activate`, {
      version: saved.version,
    })

    expect(saved.faults).toEqual([
      expect.stringMatching(/^field "patient\.name": role "patient\.shoeSize" is unknown/),
      expect.stringMatching(/^field "facility\.name": is a text field/),
      'field "gone": is in the map and not in the PDF',
    ])
    expect(refused.status).toBe(422)
    expect(await desk.node.store.payerForms.inUse()).toEqual([])
  })

  it("keeps what the blank form says only where the operator wants it, and takes the form's own options", async () => {
    const document = await PDFDocument.create()
    const page = document.addPage([612, 792])
    const form = document.getForm()
    const printed = form.createTextField('Plan')
    printed.setText('Prairie')
    printed.addToPage(page, { x: 40, y: 700, width: 100, height: 14 })
    const list = form.createDropdown('Where')
    list.addOptions(['Bed', 'No bed'])
    list.addToPage(page, { x: 200, y: 700, width: 100, height: 14 })
    const uploaded = await desk.upload(await document.save())
    const mapped = [{ name: 'Where', role: 'setting' }]

    const before = await desk.save(uploaded, { payers, boxes: mapped })
    const after = await desk.save(before, {
      boxes: [{ name: 'Where', role: 'setting', options: { outpatient: 'No bed' } }],
      keptAsPrinted: ['Plan'],
    })
    const filled = await desk.ask('operator', 'POST', `/api/forms/${after.formId}/test-fill`, {
      body: changeOf(after),
    })

    expect(before.faults).toEqual([
      expect.stringMatching(/^field "Where": none of its options \(Bed, No bed\)/),
      expect.stringMatching(/^field "Plan": the blank form is already filled there/),
    ])
    expect(after.faults).toEqual([])
    const opened = (await PDFDocument.load(await filled.arrayBuffer())).getForm()
    expect(opened.getDropdown('Where').getSelected()).toEqual(['No bed'])
    expect(opened.getTextField('Plan').getText()).toBe('Prairie')
  })

  it('says in a sentence why a name or a code is refused, and keeps the rest', async () => {
    const form = await desk.upload((await drawPayerForm()).pdf)

    const response = await desk.ask('operator', 'PUT', `/api/forms/${form.formId}`, {
      body: { ...changeOf(form), name: 'n'.repeat(300), codes: ['knees'] },
      version: form.version,
    })

    expect(response.status).toBe(400)
    const { issues } = (await response.json()) as { issues: { path: string; message: string }[] }
    expect(issues.map(({ path }) => path)).toEqual(['name', 'codes.0'])
    expect(issues[0]?.message).toContain('up to 80 characters')
  })

  it('is tried out with an invented patient before anything is saved', async () => {
    const form = await desk.upload((await drawPayerForm()).pdf)

    const response = await desk.ask('operator', 'POST', `/api/forms/${form.formId}/test-fill`, {
      body: { ...changeOf(form), boxes },
    })

    expect(response.headers.get('content-type')).toBe('application/pdf')
    const pdf = await response.arrayBuffer()
    expect(await textOfBox(pdf, 'patient.name')).toContain('Sample')
    expect(await textOfBox(pdf, 'signature.provider')).toBeUndefined()
    const read = await desk.ask('operator', 'GET', `/api/forms/${form.formId}`)
    expect(await read.json()).toMatchObject({ version: 1, map: form.map })
  })

  it('names every known role in words, once', () => {
    const meaning = (spelling: string) => {
      const { role, piece } = readRole(spelling) ?? {}
      return JSON.stringify({ role, piece })
    }
    const listed = new Set(roleViews.map(({ role }) => meaning(role)))

    for (const role of knownRoles) expect(listed, role).toContain(meaning(role))
    expect(listed.size).toBe(roleViews.length)
    for (const { role, sentence, label } of roleViews) {
      expect(readRole(role), role).toBeDefined()
      expect(sentence).toMatch(/^[A-Z].*\.$/)
      expect(label).not.toBe('')
    }
  })
})

describe('a form in use', () => {
  it("is filled for its payer's orders, with its version", async () => {
    const form = await anActiveForm()

    const filled = await fill()
    const other = await fill(anOrder('Blue Mesa'))
    const elsewhere = await fill(anOrder(undefined, 'p2'))

    expect(form).toMatchObject({ state: 'active', version: 3, activeVersion: 3 })
    expect(filled.template).toBe('prairie')
    expect(filled.payerForm).toEqual({ formId: form.formId, version: 3 })
    expect(await textOfBox(bytes(filled.pdf), 'patient.name')).toBe('Ann Example')
    expect([other.template, other.payerForm]).toEqual(['general-request', undefined])
    expect(elsewhere.template).toBe('general-request')
  })

  it('of every practice is filled for each of them', async () => {
    const form = await anActiveForm(null)

    const filled = await fill(anOrder(undefined, 'p2'))

    expect(filled.payerForm?.formId).toBe(form.formId)
  })

  it('stays as it is while its next version is edited, and until that is activated', async () => {
    const form = await anActiveForm()
    const edited = await desk.save(form, {
      boxes: [{ name: 'facility.name', role: 'patient.name' }],
    })
    const before = await fill()

    const again = await desk.activate(edited)
    const after = await fill()

    expect(edited).toMatchObject({ state: 'active', version: 4, activeVersion: 3 })
    expect(before.payerForm?.version).toBe(3)
    expect(again).toMatchObject({ version: 5, activeVersion: 5 })
    expect(after.payerForm?.version).toBe(5)
    expect(await textOfBox(bytes(after.pdf), 'facility.name')).toBe('Ann Example')
  })

  it('stays with the orders that were filled on it: same version, also when it is retired', async () => {
    const form = await anActiveForm()
    const { payerForm } = await fill()
    const edited = await desk.save(form, {
      boxes: [{ name: 'facility.name', role: 'patient.name' }],
      payers: ['Another'],
    })
    const { version } = await desk.activate(edited)
    await desk.ask('operator', 'POST', `/api/forms/${form.formId}/retire`, { version })

    const refilled = await desk.forms.fill(anOrder(), never, payerForm)
    const { values } = await desk.forms.boxesOf(anOrder(), payerForm)
    const filledBefore = await desk.forms.fill(anOrder(), never, null)
    const chosen = await fill()

    expect(refilled.payerForm).toEqual({ formId: form.formId, version: 3 })
    expect(await textOfBox(bytes(refilled.pdf), 'patient.name')).toBe('Ann Example')
    expect(values).toHaveProperty(['values.coverage.memberId'])
    expect([filledBefore.template, chosen.template]).toEqual(['general-request', 'general-request'])
  })

  it('is read by another node when it is activated, and left when it is retired', async () => {
    await using other = await openFormDesk(desk.connection)
    expect((await fill(anOrder(), other)).payerForm).toBeUndefined()
    const { formId, version } = await anActiveForm()
    const inUse = async () => (await fill(anOrder(), other)).payerForm

    await expect.poll(inUse).toEqual({ formId, version: 3 })
    await desk.ask('operator', 'POST', `/api/forms/${formId}/retire`, { version })

    await expect.poll(inUse).toBeUndefined()
  })

  it('that cannot be decoded any more is named, stops no start, and its orders say so', async () => {
    const form = await anActiveForm()
    await onServer(desk.connection, (client) =>
      client.query(`update payer_forms set pdf = substring(pdf from 1 for 4)`),
    )
    await using other = await openFormDesk(desk.connection)

    const filled = await fill(anOrder(), other)

    expect(filled.template).toBe('general-request')
    expect(filled.notices).toContainEqual(
      expect.stringMatching(/^the form prairie was not used: cannot be read as a PDF/),
    )
    await expect.poll(() => other.log.join('')).toContain('an uploaded form cannot be used')
    expect(other.log.join('')).toContain('prairie: cannot be read')
    const listed = (await (await other.ask('operator', 'GET', '/api/forms')).json()) as {
      forms: PayerFormDetail[]
    }
    expect(listed.forms).toMatchObject([
      { formId: form.formId, state: 'active', fault: expect.stringContaining('cannot be read') },
    ])
  })

  it('that cannot be decoded any more keeps no order from being read; it only cannot be filled again', async () => {
    await anActiveForm()
    const { payerForm } = await fill()
    await onServer(desk.connection, (client) =>
      client.query(`update payer_forms set pdf = substring(pdf from 1 for 4)`),
    )
    await using other = await openFormDesk(desk.connection)

    expect(await other.forms.boxesOf(anOrder(), payerForm)).toEqual({ values: {}, purposes: {} })
    await expect(other.forms.fill(anOrder(), never, payerForm)).rejects.toThrow(
      /^the form prairie cannot be used: cannot be read as a PDF/,
    )
  })

  it('is replaced by nobody who saw an earlier version', async () => {
    const form = await anActiveForm()

    const stale = await desk.ask('operator', 'POST', `/api/forms/${form.formId}/retire`, {
      version: form.version - 1,
    })

    expect(stale.status).toBe(412)
    expect((await fill()).payerForm?.formId).toBe(form.formId)
  })
})
