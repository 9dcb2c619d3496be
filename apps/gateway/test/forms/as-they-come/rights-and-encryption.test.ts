import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib'
import { describe, expect, it } from 'vitest'
import { fillForm } from '../../../src/forms/fill-form.ts'
import { aContent } from '../a-content.ts'
import { aDrawnForm, fillDrawn, loadDrawn } from '../a-drawn-form.ts'
import { values } from './chart-values.ts'

describe('a form that is encrypted', () => {
  const encrypted = async (options: object) => {
    const document = await PDFDocument.load(await aDrawnForm(({ text }) => void text('Name')))
    document.encrypt({ ownerPassword: 'owner', userPassword: '', ...options })
    // The library encrypts strings only in streams.
    return document.save({ useObjectStreams: true })
  }

  it('against other changes than filling is filled, and the filled form is not', async () => {
    const pdf = await encrypted({ permissions: { fillingForms: true } })
    const { template, faults } = await loadDrawn(pdf, { Name: 'patient.name' })

    expect(faults).toEqual([])
    expect(Buffer.from(template?.pdf ?? []).toString('latin1')).not.toContain('/Encrypt')
    if (template === undefined) return
    const { pdf: filled } = await fillForm(aContent({ values }), template)
    const reread = await PDFDocument.load(filled)
    expect(reread.isEncrypted).toBe(false)
    expect(reread.getForm().getTextField('Name').getText()).toBe('Ann Testcase')
  })

  it.each([
    ['filling', { permissions: { fillingForms: false, annotating: false } }],
    ['opening', { userPassword: 'secret', permissions: { fillingForms: true } }],
  ])('against %s is refused', async (_what, options) => {
    const { faults } = await loadDrawn(await encrypted(options), { Name: 'patient.name' })

    expect(faults[0]).toMatch(/^the PDF is encrypted/)
  })
})

describe('rights granted for the blank form', () => {
  it.each(['UR3', 'UR', 'DocMDP'])('of the kind %s do not stay in the filled one', async (kind) => {
    const { document, filled } = await fillDrawn(
      ({ document: blank, form, text }) => {
        text('Name')
        const { context } = blank
        const signature = context.register(
          context.obj({ Type: 'Sig', Filter: 'Adobe.PPKLite', Contents: PDFString.of('granted') }),
        )
        const perms = context.register(context.obj({ [kind]: signature }))
        blank.catalog.set(PDFName.of('Perms'), perms)
        blank.catalog.set(PDFName.of('NeedsRendering'), context.obj(true))
        form.acroForm.dict.set(PDFName.of('SigFlags'), context.obj(3))
        form.acroForm.dict.set(PDFName.of('NeedAppearances'), context.obj(true))
      },
      { Name: 'patient.name' },
      { values },
    )

    for (const key of ['Perms', 'NeedsRendering', 'DSS'])
      expect(document.catalog.has(PDFName.of(key))).toBe(false)
    for (const key of ['SigFlags', 'NeedAppearances', 'XFA'])
      expect(document.getForm().acroForm.dict.has(PDFName.of(key))).toBe(false)
    const objects = document.context.enumerateIndirectObjects().map(([, one]) => String(one))
    expect(objects.join()).not.toContain('granted')
    expect(Buffer.from(filled.pdf).toString('latin1')).not.toContain('/Encrypt')
  })
})
