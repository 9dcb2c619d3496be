import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { drawPayerForm } from './a-payer-form.ts'
import { type FormDesk, openFormDesk } from './form-desk.ts'

let desk: FormDesk
beforeEach(async () => {
  desk = await openFormDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const remove = (formId: string, version: number, label = 'operator') =>
  desk.ask(label, 'DELETE', `/api/forms/${formId}`, { version })
const listed = async () => {
  const response = await desk.ask('operator', 'GET', '/api/forms')
  return ((await response.json()) as { forms: { formId: string }[] }).forms.map(
    ({ formId }) => formId,
  )
}

describe('a draft', () => {
  it('can be deleted, and is gone', async () => {
    const { formId, version } = await desk.upload((await drawPayerForm()).pdf)

    const response = await remove(formId, version)

    expect(response.status).toBe(204)
    expect(await listed()).toEqual([])
    expect((await desk.ask('operator', 'GET', `/api/forms/${formId}`)).status).toBe(404)
    expect((await remove(formId, version)).status).toBe(404)
  })

  it('that somebody changed meanwhile stays, and the answer says who', async () => {
    const form = await desk.upload((await drawPayerForm()).pdf)
    await desk.save(form, { payers: ['Prairie'] })

    const stale = await remove(form.formId, form.version)
    const unversioned = await desk.ask('operator', 'DELETE', `/api/forms/${form.formId}`)

    expect(stale.status).toBe(412)
    expect(await stale.json()).toMatchObject({ changedBy: 'operator' })
    expect(unversioned.status).toBe(428)
    expect(await listed()).toEqual([form.formId])
  })

  it('is deleted only by an operator of its practice', async () => {
    const { formId, version } = await desk.upload((await drawPayerForm()).pdf)

    expect((await remove(formId, version, 'clinician')).status).toBe(403)
    expect((await remove(formId, version, 'elsewhere')).status).toBe(404)
    expect(await listed()).toEqual([formId])
  })
})

it('a form that was in use stays, also when it is retired: orders were filled on it', async () => {
  const form = await desk.upload((await drawPayerForm()).pdf)
  const saved = await desk.save(form, {
    payers: ['Prairie'],
    boxes: [{ name: 'patient.name', role: 'patient.name' }],
  })
  const active = await desk.activate(saved)

  const whileActive = await remove(form.formId, active.version)
  await desk.ask('operator', 'POST', `/api/forms/${form.formId}/retire`, {
    version: active.version,
  })
  const retired = await remove(form.formId, active.version + 1)

  expect([whileActive.status, retired.status]).toEqual([409, 409])
  expect(await retired.json()).toMatchObject({ code: 'form_was_used' })
  expect(await listed()).toEqual([form.formId])
})
