import { type PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib'
import { getDocument } from 'unpdf/pdfjs'
import { describe, expect, it } from 'vitest'
import { aDrawnForm, fillDrawn, loadDrawn } from '../a-drawn-form.ts'
import { firstWidget, values } from './chart-values.ts'

const printFlag = 4

function flagsOf(document: PDFDocument): readonly number[] {
  return document
    .getForm()
    .getFields()
    .flatMap((field) => field.acroField.getWidgets().map((widget) => widget.getFlags()))
}

describe('a box that is seen and not printed', () => {
  it.each([0, 1, 8, 64])('is printed when filled, with the flags %i', async (flags) => {
    const { document, texts } = await fillDrawn(
      ({ text, form, page }) => {
        firstWidget(text('Name')).setFlags(flags)
        const box = form.createCheckBox('F')
        box.addToPage(page, { x: 300, y: 700, width: 10, height: 10 })
        firstWidget(box).setFlags(flags)
      },
      { Name: 'patient.name', F: 'patient.gender=female' },
      { values, choices: { 'patient.gender': 'female' } },
    )

    expect(texts).toEqual({ Name: 'Ann Testcase', F: 'on' })
    for (const one of flagsOf(document)) expect(one & (printFlag | 1)).toBe(printFlag)
  })

  it('is on the paper that a viewer prints', async () => {
    const { filled } = await fillDrawn(
      ({ text }) => firstWidget(text('Name')).setFlags(0),
      { Name: 'patient.name' },
      { values },
    )
    const document = await getDocument({ data: Uint8Array.from(filled.pdf), verbosity: 0 }).promise
    const page = await document.getPage(1)
    const printed = (await page.getAnnotations({ intent: 'print' })) as { fieldValue: unknown }[]
    await document.loadingTask.destroy()

    expect(printed.map(({ fieldValue }) => fieldValue)).toEqual(['Ann Testcase'])
  })

  it.each([
    ['printed', 'Print', 'PrintState', true],
    ['seen', 'View', 'ViewState', false],
  ])('in a layer that is not %s', async (_what, event, state, isUsable) => {
    const pdf = await aDrawnForm(({ document, text }) => {
      const layer = document.context.register(
        document.context.obj({
          Type: 'OCG',
          Name: PDFString.of('screen'),
          Usage: { [event]: { [state]: 'OFF' } },
        }),
      )
      document.catalog.set(
        PDFName.of('OCProperties'),
        document.context.obj({ OCGs: [layer], D: { ON: [layer] } }),
      )
      firstWidget(text('Name')).dict.set(PDFName.of('OC'), layer)
    })
    const { template, faults } = await loadDrawn(pdf, { Name: 'patient.name' })

    expect(template !== undefined).toBe(isUsable)
    expect(faults.join()).toContain(isUsable ? '' : 'would not be visible')
  })

  it('stays for the screen alone if nobody can change it and the map does not name it', async () => {
    const { document } = await fillDrawn(
      ({ text }) => {
        text('Name')
        const hint = text('Hint', { y: 600 })
        hint.enableReadOnly()
        firstWidget(hint).setFlags(0)
      },
      { Name: 'patient.name' },
      { values },
    )

    expect(firstWidget(document.getForm().getTextField('Hint')).getFlags()).toBe(0)
  })

  it('leaves its layer when filled, if the layer is not printed', async () => {
    const { document } = await fillDrawn(
      ({ document: blank, text }) => {
        const { context } = blank
        const layer = context.register(context.obj({ Usage: { Print: { PrintState: 'OFF' } } }))
        blank.catalog.set(PDFName.of('OCProperties'), context.obj({ OCGs: [layer], D: {} }))
        firstWidget(text('Name')).dict.set(PDFName.of('OC'), layer)
      },
      { Name: 'patient.name' },
      { values },
    )

    expect(firstWidget(document.getForm().getTextField('Name')).dict.has(PDFName.of('OC'))).toBe(
      false,
    )
  })

  it.each([
    ['hidden', 2],
    ['printed and not seen', 32 | printFlag],
  ])('that is %s is refused', async (_what, flags) => {
    const pdf = await aDrawnForm(({ text }) => firstWidget(text('Name')).setFlags(flags))

    expect((await loadDrawn(pdf, { Name: 'patient.name' })).faults).toEqual([
      'field "Name": is on no page, is hidden, or has no size: its text would not be visible',
    ])
  })

  it('outside of the page is refused', async () => {
    const pdf = await aDrawnForm(({ text }) => void text('Name', { x: 620 }))

    expect((await loadDrawn(pdf, { Name: 'patient.name' })).faults[0]).toContain('not be visible')
  })
})
