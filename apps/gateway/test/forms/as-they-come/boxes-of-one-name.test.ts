import { PDFDict, type PDFDocument, PDFHexString, PDFName } from '@cantoo/pdf-lib'
import { describe, expect, it } from 'vitest'
import {
  addBoxesOfOneName,
  aDrawnForm,
  type Drawing,
  fillDrawn,
  loadDrawn,
} from '../a-drawn-form.ts'
import { firstWidget } from './chart-values.ts'

describe('check boxes of one name with several values', () => {
  const boxes = (words: readonly string[], exported?: readonly string[]) => (drawing: Drawing) => {
    const field = addBoxesOfOneName(drawing, 'Box', words)
    if (exported !== undefined)
      field.acroField.dict.set(
        PDFName.of('Opt'),
        drawing.document.context.obj(exported.map((one) => PDFHexString.fromText(one))),
      )
  }
  const tickedOf = (document: PDFDocument) =>
    document
      .getForm()
      .getFields()
      .flatMap((field) =>
        field.acroField.getWidgets().map((one) => String(one.getAppearanceState())),
      )

  it.each([
    ['female', '/F'],
    ['male', '/M'],
  ] as const)('has the box of %s ticked, and no other', async (gender, state) => {
    const { document, texts } = await fillDrawn(
      boxes(['M', 'F']),
      { Box: 'patient.gender*' },
      { choices: { 'patient.gender': gender } },
    )

    expect(texts).toEqual({ Box: state.slice(1) })
    expect(tickedOf(document)).toEqual(['/M', '/F'].map((one) => (one === state ? one : '/Off')))
    expect(
      String(document.getForm().getCheckBox('Box').acroField.dict.lookup(PDFName.of('V'))),
    ).toBe(state)
  })

  it('by export values, and by options of the map', async () => {
    const exported = await fillDrawn(
      boxes(['0', '1'], ['Male', 'Female']),
      { Box: 'patient.gender' },
      { choices: { 'patient.gender': 'female' } },
    )
    const mapped = await fillDrawn(
      boxes(['Yes', 'No']),
      [{ name: 'Box', role: 'review', options: { urgent: 'Yes', standard: 'No' } }],
      { choices: { review: 'standard' } },
    )

    expect(tickedOf(exported.document)).toEqual(['/Off', '/1'])
    expect(tickedOf(mapped.document)).toEqual(['/Off', '/No'])
  })

  it('by a role for each box, by its place or its option', async () => {
    const byPlace = await fillDrawn(
      boxes(['Choice1', 'Choice2']),
      [
        { name: 'Box', page: 1, x: 40, y: 700, role: 'setting.inpatient' },
        { name: 'Box', page: 1, x: 80, y: 700, role: 'setting.outpatient' },
      ],
      { choices: { setting: 'outpatient' } },
    )
    const byOption = await fillDrawn(
      boxes(['a', 'b']),
      [
        { name: 'Box', option: 'b', role: 'setting.inpatient' },
        { name: 'Box', option: 'a', role: 'setting.outpatient' },
      ],
      { choices: { setting: 'outpatient' } },
    )

    expect(tickedOf(byPlace.document)).toEqual(['/Off', '/Choice2'])
    expect(tickedOf(byOption.document)).toEqual(['/a', '/Off'])
  })

  it.each([
    ['met', ['/Yes', '/Off']],
    ['not_met', ['/Off', '/No']],
    ['unclear', ['/Off', '/Off']],
  ] as const)('for a question that is %s', async (answer, expected) => {
    const { document } = await fillDrawn(
      boxes(['Yes', 'No']),
      { Box: 'criterion[1].answer' },
      { criteria: [{ question: 'Six weeks?', answer, reason: 'so', evidence: [] }] },
    )

    expect(tickedOf(document)).toEqual(expected)
  })

  it.each([
    ['urgent', ['/Yes', '/Off']],
    ['standard', ['/Off', '/No']],
    [undefined, ['/Off', '/Off']],
  ] as const)('for one value, yes or no: %s', async (review, expected) => {
    const { document } = await fillDrawn(
      boxes(['Yes', 'No']),
      { Box: 'review.urgent' },
      { choices: review === undefined ? {} : { review } },
    )

    expect(tickedOf(document)).toEqual(expected)
  })

  it('as fields of the same name', async () => {
    const { document } = await fillDrawn(
      (drawing) => {
        boxes(['M'])(drawing)
        const other = drawing.form.createCheckBox('Other')
        other.addToPage(drawing.page, { x: 80, y: 700, width: 10, height: 10 })
        const drawings = firstWidget(other).AP()?.lookup(PDFName.of('N'), PDFDict)
        const on = drawings?.get(PDFName.of('Yes'))
        drawings?.delete(PDFName.of('Yes'))
        if (on !== undefined) drawings?.set(PDFName.of('F'), on)
        other.acroField.setPartialName('Box')
      },
      { Box: 'patient.gender' },
      { choices: { 'patient.gender': 'female' } },
    )

    expect(tickedOf(document)).toEqual(['/Off', '/F'])
  })

  it('may also have names of their own, for the answer to a question', async () => {
    const { texts } = await fillDrawn(
      ({ form, page }) => {
        for (const [index, name] of ['1 Y', '1 N', '2 Y', '2 N'].entries())
          form
            .createCheckBox(name)
            .addToPage(page, { x: 40 + 30 * index, y: 700, width: 10, height: 10 })
      },
      {
        '1 Y': 'criterion[1].answer=yes',
        '1 N': 'criterion[1].answer=no',
        '2 Y': 'criterion[2].answer=yes',
        '2 N': 'criterion[2].answer=no',
      },
      {
        criteria: (['not_met', 'unclear'] as const).map((answer) => ({
          question: 'Six weeks?',
          answer,
          reason: 'so',
          evidence: [],
        })),
      },
    )

    expect(texts).toEqual({ '1 Y': '', '1 N': 'on', '2 Y': '', '2 N': '' })
  })

  it('as a radio group with a role for each button', async () => {
    const { document } = await fillDrawn(
      ({ form, page }) => {
        const group = form.createRadioGroup('Sex')
        group.addOptionToPage('M', page, { x: 40, y: 700, width: 10, height: 10 })
        group.addOptionToPage('F', page, { x: 80, y: 700, width: 10, height: 10 })
      },
      [
        { name: 'Sex', page: 1, x: 40, y: 700, role: 'patient.gender=male' },
        { name: 'Sex', page: 1, x: 80, y: 700, role: 'patient.gender=female' },
      ],
      { choices: { 'patient.gender': 'female' } },
    )

    expect(document.getForm().getRadioGroup('Sex').getSelected()).toBe('F')
  })

  it('stays blank for a value that no box has, and a notice says so', async () => {
    const { document, filled } = await fillDrawn(
      boxes(['M', 'F']),
      { Box: 'patient.gender*' },
      { choices: { 'patient.gender': 'other' } },
    )

    expect(tickedOf(document)).toEqual(['/Off', '/Off'])
    expect(filled.notices[0]).toContain('Patient gender was left blank')
    expect(filled.missingLabels).toEqual(['Patient gender'])
  })

  it('is refused when nothing says which box is which, or one arrives ticked', async () => {
    const unknown = await aDrawnForm(boxes(['a', 'b']))
    const ticked = await aDrawnForm((drawing) => {
      boxes(['M', 'F'])(drawing)
      const [, second] = drawing.form.getCheckBox('Box').acroField.getWidgets()
      second?.setAppearanceState(PDFName.of('F'))
    })

    expect((await loadDrawn(unknown, { Box: 'patient.gender' })).faults[0]).toContain(
      'none of its options (a, b)',
    )
    expect((await loadDrawn(ticked, { Box: 'patient.gender' })).faults[0]).toContain(
      'already filled',
    )
  })
})
