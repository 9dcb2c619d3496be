import type { FormContent, PayerFormDetail, PayerFormRules } from '@authscript/prior-auth'
import { PDFDocument } from '@cantoo/pdf-lib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFields } from '../../src/forms/map/read-fields.ts'
import { aContent } from './a-content.ts'
import { aDrawnForm } from './a-drawn-form.ts'
import { changeOf, type FormDesk, openFormDesk } from './form-desk.ts'

const never = new AbortController().signal
const noRules: PayerFormRules = { onlyOneOf: [], whenThen: [], refusedCodes: [], sameProvider: '' }
const boxes = [
  { name: 'NPI', role: 'facility.npi*' },
  { name: 'Tax', role: 'facility.taxId*' },
  { name: 'Renewal', role: 'request=renewal' },
  { name: 'Previous', role: 'request.previousAuth' },
  { name: 'Performer', role: 'servicing.name' },
  { name: 'Phone', role: 'servicing.phone' },
]
const practice = (payer: string) => ({ 'patient.name': 'Ann Example', 'payer.name': payer })

let desk: FormDesk
beforeAll(async () => {
  desk = await openFormDesk()
})
afterAll(() => desk[Symbol.asyncDispose]())

function orderOf(content: Partial<FormContent>): FormContent {
  const whole = aContent(content)
  return { ...whole, subject: { ...whole.subject, practiceId: 'p1' } }
}

/** A form in use with these rules, and a payer of its own. */
async function inUse(rules: Partial<PayerFormRules>) {
  const pdf = await aDrawnForm(({ text, form, page }) => {
    for (const [row, name] of ['NPI', 'Tax', 'Previous', 'Performer', 'Phone'].entries())
      text(name, { y: 700 - 30 * row })
    form.createCheckBox('Renewal').addToPage(page, { x: 300, y: 700, width: 10, height: 10 })
  })
  const uploaded = await desk.upload(pdf)
  const payer = `Payer ${uploaded.formId}`
  const saved = await desk.save(uploaded, {
    boxes,
    payers: [payer],
    rules: { ...noRules, ...rules },
  })
  const form = await desk.activate(saved)
  const fillFor = async ({ values, ...content }: Partial<FormContent>) => {
    const filled = await desk.forms.fill(
      orderOf({ values: { ...practice(payer), ...values }, ...content }),
      never,
    )
    const document = await PDFDocument.load(filled.pdf)
    return { filled, texts: Object.fromEntries(readFields(document)) }
  }
  return { form, fillFor }
}

describe('a rule that an operator writes', () => {
  it('only one of these: the first that the order has is filled, and a notice says what was not', async () => {
    const { fillFor } = await inUse({ onlyOneOf: [['facility.npi', 'facility.taxId']] })

    const both = await fillFor({
      values: { 'facility.npi': '1679576722', 'facility.taxId': '12-3' },
    })
    const second = await fillFor({ values: { 'facility.taxId': '12-3' } })
    const none = await fillFor({})

    expect(both.texts).toMatchObject({ NPI: '1679576722', Tax: '' })
    expect(both.filled.notices).toContainEqual(
      expect.stringMatching(/^Facility tax id: left blank although the order has it/),
    )
    expect(second.texts).toMatchObject({ NPI: '', Tax: '12-3' })
    // The one that is filled is enough, and one is enough to be missing.
    expect(both.filled.missingLabels).toEqual([])
    expect(second.filled.missingLabels).toEqual([])
    expect(none.filled.missingLabels).toEqual(['Facility npi'])
  })

  it('when this is ticked then that: without it, the tick is left to the reviewer', async () => {
    const { fillFor } = await inUse({
      whenThen: [{ when: 'request=renewal', also: 'request.previousAuth' }],
    })
    const choices = { request: 'renewal' } as const

    const without = await fillFor({ choices })
    const whole = await fillFor({ choices, values: { 'request.previousAuth': 'A-77' } })

    expect(without.texts).toMatchObject({ Renewal: '', Previous: '' })
    expect(without.filled.missingFields).toContain('values.request.previousAuth')
    expect(without.filled.notices.join()).toContain('Request renewal stays blank until')
    expect(whole.texts).toMatchObject({ Renewal: 'on', Previous: 'A-77' })
    expect(whole.filled.notices.join()).not.toContain('stays blank')
  })

  it('when this is filled then that: the other is reported as missing, and nothing is removed', async () => {
    const { fillFor } = await inUse({
      whenThen: [{ when: 'servicing.name', also: 'servicing.phone' }],
    })

    const { texts, filled } = await fillFor({ values: { 'servicing.name': 'Dr. Morgan' } })
    const other = await fillFor({})

    expect(texts).toMatchObject({ Performer: 'Dr. Morgan', Phone: '' })
    expect(filled.missingLabels).toContain('Servicing phone')
    expect(filled.missingFields).toContain('values.servicing.phone')
    expect(other.filled.missingLabels).not.toContain('Servicing phone')
  })

  it('codes that are refused: their orders get another form, and a notice says why', async () => {
    const { fillFor, form } = await inUse({ refusedCodes: ['J0000-J9999'] })

    const drug = await fillFor({ services: [{ code: 'J1745' }] })
    const scan = await fillFor({ services: [{ code: '72148' }] })

    expect(drug.filled.template).toBe('general-request')
    expect(drug.filled.notices.join()).toContain('it is not for this code (code J1745)')
    expect(scan.filled.payerForm?.formId).toBe(form.formId)
  })

  it('a word for the same provider: it is written instead of the name', async () => {
    const { fillFor } = await inUse({ sameProvider: 'Same' })

    const { texts } = await fillFor({
      values: { 'servicing.name': 'Dr. Casey', 'servicing.phone': '512-555-0150' },
      requesterIs: { servicing: true, pcp: false },
    })

    expect(texts).toMatchObject({ Performer: 'Same', Phone: '' })
  })
})

describe('the rules of a form', () => {
  it('are saved with its map, and tried in a test fill before that', async () => {
    const { form } = await inUse({ sameProvider: 'Same' })
    const rules = { ...noRules, onlyOneOf: [['facility.npi', 'facility.taxId']] }

    const response = await desk.ask('operator', 'POST', `/api/forms/${form.formId}/test-fill`, {
      body: { ...changeOf(form), rules },
    })
    const texts = readFields(await PDFDocument.load(await response.arrayBuffer()))
    const read = await desk.ask('operator', 'GET', `/api/forms/${form.formId}`)

    expect([texts.get('NPI'), texts.get('Tax')]).toEqual(['1679576722', ''])
    expect(decodeURIComponent(response.headers.get('x-notices') ?? '')).toContain(
      'Facility tax id: left blank although the order has it',
    )
    expect(((await read.json()) as PayerFormDetail).rules).toEqual({
      ...noRules,
      sameProvider: 'Same',
    })
  })

  it('stay when a program that does not know them saves the form', async () => {
    const { form } = await inUse({ sameProvider: 'Same' })
    const { rules: _rules, ...body } = changeOf(form)

    const response = await desk.ask('operator', 'PUT', `/api/forms/${form.formId}`, {
      body,
      version: form.version,
    })

    expect(((await response.json()) as PayerFormDetail).rules.sameProvider).toBe('Same')
  })

  it('name only what a box can be for', async () => {
    const { form } = await inUse({})

    const saved = await desk.save(form, {
      rules: { ...noRules, whenThen: [{ when: 'patient.shoeSize', also: 'facility.npi' }] },
    })

    expect(saved.faults).toEqual([
      'a rule names "patient.shoeSize", which is not a use that a box can have',
    ])
  })

  it('that the gateway has for a form of its name are shown as sentences', async () => {
    const { form } = await inUse({})

    const saved = await desk.save(form, { name: 'tmhp-radiology-pa-form' })

    expect(saved.shippedRules).toContain('Facility city is required.')
    expect(saved.shippedRules.join()).toContain('Not for J0000-J9999')
  })
})
