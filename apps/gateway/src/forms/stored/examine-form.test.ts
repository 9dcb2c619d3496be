import { PDFDocument } from '@cantoo/pdf-lib'
import { afterEach, expect, it, vi } from 'vitest'
import { drawPayerForm } from '../../../test/forms/a-payer-form.ts'
import { examineForm } from './examine-form.ts'

afterEach(() => vi.restoreAllMocks())

it('opens the PDF once for the map editor, and once for an upload', async () => {
  const { pdf } = await drawPayerForm()
  const load = vi.spyOn(PDFDocument, 'load')

  const uploaded = await examineForm({ examine: 'upload', pdf, name: 'prairie' })
  expect(load).toHaveBeenCalledTimes(1)
  const map = { form: 'prairie', fields: [{ name: 'patient.name', role: 'patient.name' }] }
  const edited = await examineForm({ examine: 'edit', pdf, map })

  expect(load).toHaveBeenCalledTimes(2)
  expect(uploaded).toMatchObject({ map: { fields: [{ name: 'signature.provider' }] }, faults: [] })
  expect(edited).toMatchObject({ boxes: expect.any(Array), faults: [] })
})

it('lists the boxes also when the map has faults, and says why a file has none', async () => {
  const { pdf } = await drawPayerForm()

  const edited = await examineForm({ examine: 'edit', pdf, map: { form: 'prairie', fields: [] } })
  const broken = await examineForm({ examine: 'edit', pdf: pdf.slice(0, 500), map: {} })

  expect(edited).toMatchObject({ boxes: { length: 27 }, faults: ['no box has a role yet'] })
  expect(broken).not.toHaveProperty('boxes')
  expect(broken).toMatchObject({ faults: [expect.any(String)] })
})
