import {
  PDFArray,
  type PDFCheckBox,
  PDFDict,
  PDFDocument,
  type PDFForm,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFPage,
  PDFString,
  type PDFTextField,
} from '@cantoo/pdf-lib'
import { getDocument } from 'unpdf/pdfjs'
import { describe, expect, it } from 'vitest'
import { fillForm } from '../../src/forms/fill-form.ts'
import { aContent } from './a-content.ts'
import { aDrawnForm, fillDrawn, loadDrawn } from './a-drawn-form.ts'

const printFlag = 4
const values = {
  'patient.name': 'Ann Testcase',
  'patient.birthDate': '03/02/1970',
  'patient.phone': '512-555-0100',
  'patient.zip4': '78701-1234',
  'requester.npi': '1234567893',
  'facility.taxId': '12-3456789',
  'coverage.memberId': 'M123',
} as const

function flagsOf(document: PDFDocument): readonly number[] {
  return document
    .getForm()
    .getFields()
    .flatMap((field) => field.acroField.getWidgets().map((widget) => widget.getFlags()))
}

function firstWidget(field: PDFTextField | PDFCheckBox) {
  const [widget] = field.acroField.getWidgets()
  if (widget === undefined) throw new Error('no widget')
  return widget
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

describe('a value in the pattern of its box', () => {
  const boxed = async (
    role: keyof typeof values | 'patient.gender',
    limit: number,
    { isComb = true, value = '', pattern = '' } = {},
  ) => {
    const { texts, filled } = await fillDrawn(
      ({ text }) => {
        const field = text('Box')
        field.setMaxLength(limit)
        if (isComb) field.enableCombing()
      },
      [{ name: 'Box', role: `${role}*`, ...(pattern === '' ? {} : { pattern }) }],
      {
        values: value === '' ? values : { ...values, [role]: value },
        choices: { 'patient.gender': 'female' },
      },
    )
    return { text: texts['Box'], filled }
  }

  it.each([
    ['patient.birthDate', 8, '03021970'],
    ['patient.birthDate', 10, '03/02/1970'],
    ['patient.birthDate', 6, '030270'],
    ['patient.phone', 10, '5125550100'],
    ['patient.phone', 12, '512-555-0100'],
    ['patient.phone', 14, '(512) 555-0100'],
    ['patient.zip4', 5, '78701'],
    ['patient.zip4', 9, '787011234'],
    ['patient.zip4', 10, '78701-1234'],
    ['facility.taxId', 9, '123456789'],
    ['requester.npi', 10, '1234567893'],
    ['patient.gender', 1, 'F'],
  ] as const)('%s in a comb of %i is %s', async (role, limit, expected) => {
    const { text, filled } = await boxed(role, limit)

    expect(text).toBe(expected)
    expect(filled.missingLabels).toEqual([])
    expect(filled.pages).toBe(1)
  })

  it.each([
    ['patient.birthDate', 10, '03/02/1970'],
    ['patient.birthDate', 8, '03021970'],
    ['patient.phone', 10, '5125550100'],
    ['facility.taxId', 9, '123456789'],
  ] as const)('%s in a box of %i characters is %s', async (role, limit, expected) => {
    expect((await boxed(role, limit, { isComb: false })).text).toBe(expected)
  })

  it('a state by its code', async () => {
    const { texts } = await fillDrawn(
      ({ text }) => text('State').setMaxLength(2),
      { State: 'patient.state' },
      { values: { 'patient.state': 'Texas' } },
    )

    expect(texts['State']).toBe('TX')
  })

  it('a date as the map says', async () => {
    const value = '1970-03-02'

    expect((await boxed('patient.birthDate', 8, { pattern: 'YYYYMMDD' })).text).toBe('19700302')
    expect((await boxed('patient.birthDate', 10, { value, isComb: false })).text).toBe('03/02/1970')
  })

  it.each([
    ['its tooltip', 'Date of birth (YYYY-MM-DD)', '1970-03-02'],
    ['its format', 'AFDate_FormatEx("m/d/yyyy");', '3/2/1970'],
  ])('a date as %s says', async (_where, hint, expected) => {
    const { texts } = await fillDrawn(
      ({ text, document }) => {
        const { dict } = text('DOB').acroField
        if (!hint.startsWith('AF')) dict.set(PDFName.of('TU'), PDFString.of(hint))
        else
          dict.set(
            PDFName.of('AA'),
            document.context.obj({ F: { S: 'JavaScript', JS: PDFString.of(hint) } }),
          )
      },
      { DOB: 'patient.birthDate' },
      { values },
    )

    expect(texts['DOB']).toBe(expected)
  })

  it.each([
    ['patient.birthDate', 8, '1970'],
    ['patient.birthDate', 8, '03/1970'],
    ['patient.phone', 10, '512-555-0100 x 44'],
    ['patient.phone', 10, '555-0100'],
    ['requester.npi', 10, '12345678935'],
  ] as const)(
    '%s in a comb of %i is blank and missing when the chart has %s',
    async (role, limit, value) => {
      const { text, filled } = await boxed(role, limit, { value })

      expect(text).toBe('')
      expect(filled.missingLabels.length).toBe(1)
      expect(filled.notices.join()).toContain('does not fit its box')
      expect(filled.pages).toBe(2)
    },
  )

  it('rows beyond those of the form are said to the reviewer where the form has no box for it', async () => {
    const { filled } = await fillDrawn(
      ({ text }) => void text('Dx'),
      { Dx: 'diagnosis[1].code' },
      { diagnoses: [{ code: 'M54.16' }, { code: 'M51.26' }] },
    )

    expect(filled.notices).toEqual([
      'further diagnoses: 1 on the addendum, A-1; the form has no box to say so: write it on the form',
    ])
  })

  it('a text that fits none of its boxes is on the addendum once', async () => {
    const { texts, filled } = await fillDrawn(
      ({ text }) => {
        text('Name', { width: 60 })
        text('Again', { width: 60, y: 600 })
      },
      { Name: 'patient.name', Again: 'patient.name' },
      { values: { 'patient.name': 'Ann Testcase of the Very Long Name' } },
    )

    expect(texts).toEqual({ Name: 'see page 2, A-1', Again: 'see page 2, A-1' })
    expect(filled.pages).toBe(2)
  })

  it.each([
    [5, '', ['Coverage member id']],
    [8, 'see A-1', []],
  ] as const)(
    'an id that does not fit %i characters is never A-1',
    async (limit, expected, missing) => {
      const { texts, filled } = await fillDrawn(
        ({ text }) => text('Id').setMaxLength(limit),
        { Id: 'coverage.memberId*' },
        { values: { 'coverage.memberId': 'PHP60191442' } },
      )

      expect(texts['Id']).toBe(expected)
      expect(filled.missingLabels).toEqual(missing)
      expect(filled.notices.length).toBe(1)
    },
  )

  it('an essential text that does not fit is said to the reviewer', async () => {
    const { texts, filled } = await fillDrawn(
      ({ text }) => void text('Name', { width: 60 }),
      { Name: 'patient.name*' },
      { values: { 'patient.name': 'Ann Testcase of the Very Long Name' } },
    )

    expect(texts['Name']).toBe('see page 2, A-1')
    expect(filled.notices.join()).toContain('the form refers to page 2, A-1')
  })
})

describe('a value in several boxes', () => {
  const row = (limits: readonly number[]) => (drawing: { text: (...args: never[]) => unknown }) => {
    const text = drawing.text as (name: string, place: object) => PDFTextField
    for (const [index, limit] of limits.entries()) {
      const field = text(`B${index}`, { x: 40 + index * 60, width: 50 })
      if (limit > 0) field.setMaxLength(limit)
    }
  }
  const all = (count: number, role: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`B${index}`, role]))

  it.each([
    ['patient.birthDate', [2, 2, 4], ['03', '02', '1970']],
    ['patient.birthDate', [2, 2, 2], ['03', '02', '70']],
    ['patient.birthDate', [1, 1, 1, 1, 1, 1, 1, 1], [...'03021970']],
    ['patient.phone', [3, 3, 4], ['512', '555', '0100']],
    ['patient.phone', [3, 7], ['512', '5550100']],
    ['patient.zip4', [5, 4], ['78701', '1234']],
    ['facility.taxId', [2, 7], ['12', '3456789']],
    ['requester.npi', Array.from({ length: 10 }, () => 1), [...'1234567893']],
    ['coverage.memberId', [1, 1, 1, 1, 1, 1], ['M', '1', '2', '3', '', '']],
  ] as const)('%s in boxes of %j', async (role, limits, expected) => {
    const { texts, filled } = await fillDrawn(row(limits), all(limits.length, `${role}*`), {
      values,
    })

    expect(Object.values(texts)).toEqual(expected)
    expect(filled.missingLabels).toEqual([])
    expect(filled.notices).toEqual([])
  })

  it('a ZIP code of five digits leaves the box for the others blank', async () => {
    const { texts, filled } = await fillDrawn(row([5, 4]), all(2, 'patient.zip4*'), {
      values: { ...values, 'patient.zip4': '78701' },
    })

    expect(Object.values(texts)).toEqual(['78701', ''])
    expect(filled.missingLabels).toEqual([])
  })

  it.each([
    [['DOB_Month', 'DOB_Day', 'DOB_Year'], 'patient.birthDate', ['03', '02', '1970']],
    [['BirthDay DD', 'BirthDay MM', 'BirthDay YYYY'], 'patient.birthDate', ['02', '03', '1970']],
    [['Area Code', 'Prefix', 'Line'], 'patient.phone', ['512', '555', '0100']],
  ] as const)('by their names: %j', async (names, role, expected) => {
    const { texts } = await fillDrawn(
      ({ text }) => {
        for (const [index, name] of names.entries()) text(name, { x: 40 + index * 90, width: 80 })
      },
      Object.fromEntries(names.map((name) => [name, role])),
      { values },
    )

    expect(names.map((name) => texts[name])).toEqual(expected)
  })

  it('by roles of the map, in any place', async () => {
    const { texts } = await fillDrawn(
      ({ text }) => {
        for (const [index, name] of ['Y', 'M', 'D', 'A', 'Z'].entries())
          text(name, { y: 700 - index * 30 })
      },
      {
        Y: 'patient.birthDate.year*',
        M: 'patient.birthDate (month)',
        D: 'patient.birthDate: day',
        A: 'patient.phone.area',
        Z: 'patient.zip5',
      },
      { values },
    )

    expect(texts).toEqual({ Y: '1970', M: '03', D: '02', A: '512', Z: '78701' })
  })

  it('beside a box for the whole', async () => {
    const { texts } = await fillDrawn(
      ({ text }) => {
        text('Whole', { x: 300 }).setMaxLength(8)
        for (const [index, limit] of [2, 2, 4].entries())
          text(`B${index}`, { x: 40 + 40 * index, width: 30 }).setMaxLength(limit)
      },
      { Whole: 'patient.birthDate', ...all(3, 'patient.birthDate') },
      { values },
    )

    expect(texts).toEqual({ Whole: '03021970', B0: '03', B1: '02', B2: '1970' })
  })

  it('one below the other', async () => {
    const { texts } = await fillDrawn(
      ({ text }) => {
        for (const [index, limit] of [2, 2, 4].entries())
          text(`B${index}`, { y: 700 - 30 * index }).setMaxLength(limit)
      },
      all(3, 'patient.birthDate*'),
      { values },
    )

    expect(Object.values(texts)).toEqual(['03', '02', '1970'])
  })

  it('in lists', async () => {
    const { texts } = await fillDrawn(
      ({ form, page }) => {
        const options = { M: ['January', 'February', 'March'], D: ['1', '2', '3'], Y: ['1970'] }
        for (const [index, [name, list]] of Object.entries(options).entries()) {
          const field = form.createDropdown(name)
          field.addOptions(list)
          field.addToPage(page, { x: 40 + 80 * index, y: 700, width: 60, height: 16 })
        }
      },
      {
        M: 'patient.birthDate.month',
        D: 'patient.birthDate.day',
        Y: 'patient.birthDate.year',
      },
      { values },
    )

    expect(texts).toEqual({ M: 'March', D: '2', Y: '1970' })
  })

  it('is whole in each box that can hold it', async () => {
    const { texts } = await fillDrawn(row([0, 0]), all(2, 'patient.birthDate'), { values })

    expect(Object.values(texts)).toEqual(['03/02/1970', '03/02/1970'])
  })

  it('stays blank and is on the addendum once when the chart has half of it', async () => {
    const { texts, filled } = await fillDrawn(row([2, 2, 4]), all(3, 'patient.birthDate*'), {
      values: { 'patient.birthDate': '1970' },
    })

    expect(Object.values(texts)).toEqual(['', '', ''])
    expect(filled.missingLabels).toEqual(['Patient birth date'])
    expect(filled.notices.length).toBe(1)
  })
})

describe('a form that cannot be decoded', () => {
  const withDrawing = (bytes: Uint8Array) =>
    aDrawnForm(({ text, document }) => {
      const stream = document.context.register(
        document.context.stream(bytes, { Type: 'XObject', Subtype: 'Form', Filter: 'FlateDecode' }),
      )
      firstWidget(text('Name')).setNormalAppearance(stream)
    })

  it('is filled if only an empty drawing cannot', async () => {
    const { template, faults } = await loadDrawn(await withDrawing(new Uint8Array()), {
      Name: 'patient.name',
    })

    expect(faults).toEqual([])
    expect(template).toBeDefined()
  })

  it('is refused by the name of the field', async () => {
    const pdf = await withDrawing(new Uint8Array([9, 9, 9, 9]))

    expect((await loadDrawn(pdf, { Name: 'patient.name' })).faults).toEqual([
      'field "Name": its drawing cannot be decoded',
    ])
  })

  it.each([
    ['no rectangle', 'Rect', undefined],
    ['a rectangle of one number', 'Rect', [1]],
    ['a parent that is itself', 'MK', 'nothing'],
  ])('is refused, and throws nothing: a field with %s', async (_what, key, value) => {
    const pdf = await aDrawnForm(({ text, document }) => {
      const { dict } = firstWidget(text('Name'))
      if (value === undefined) dict.delete(PDFName.of(key))
      else dict.set(PDFName.of(key), document.context.obj(value as never))
    })

    const { template, faults } = await loadDrawn(pdf, { Name: 'patient.name' })
    expect(template === undefined).toBe(faults.length > 0)
  })

  it('is refused, and throws nothing: a field that is its own parent', async () => {
    const pdf = await aDrawnForm(({ text }) => {
      const { acroField } = text('Name')
      acroField.dict.set(PDFName.of('Parent'), acroField.ref)
    })

    const { template, faults } = await loadDrawn(pdf, { Name: 'patient.name' })
    expect(template === undefined).toBe(faults.length > 0)
  })

  it('is refused, and throws nothing: a file that ends anywhere', async () => {
    const pdf = await aDrawnForm(({ text }) => void text('Name'))
    for (let end = 0; end < pdf.length; end += 97) {
      const { template, faults } = await loadDrawn(pdf.slice(0, end), { Name: 'patient.name' })
      expect(template === undefined).toBe(faults.length > 0)
    }
  })
})

describe('check boxes of one name with several values', () => {
  const boxes =
    (words: readonly string[], exported?: readonly string[]) =>
    ({ document, form, page }: { document: PDFDocument; form: PDFForm; page: PDFPage }) => {
      const field = form.createCheckBox('Box')
      for (const [index, word] of words.entries()) {
        field.addToPage(page, { x: 40 + index * 40, y: 700, width: 10, height: 10 })
        const widget = field.acroField.getWidgets()[index]
        const drawings = widget?.AP()?.lookup(PDFName.of('N'))
        if (!(drawings instanceof PDFDict)) throw new Error('nothing drawn')
        const on = drawings.get(PDFName.of('Yes'))
        drawings.delete(PDFName.of('Yes'))
        if (on !== undefined) drawings.set(PDFName.of(word), on)
      }
      if (exported !== undefined)
        field.acroField.dict.set(
          PDFName.of('Opt'),
          document.context.obj(exported.map((one) => PDFHexString.fromText(one))),
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

describe('a limit of 0 characters', () => {
  it.each(['own', 'parent', 'map'])('is none: %s', async (where) => {
    const { texts, filled } = await fillDrawn(
      ({ text }) => {
        const { acroField } = text('Group.Name')
        if (where === 'own') acroField.setMaxLength(0)
        if (where === 'parent')
          acroField.getParent()?.dict.set(PDFName.of('MaxLen'), PDFNumber.of(0))
      },
      [{ name: 'Group.Name', role: 'patient.name*', ...(where === 'map' ? { maxLength: 0 } : {}) }],
      { values },
    )

    expect(texts['Group.Name']).toBe('Ann Testcase')
    expect(filled.notices).toEqual([])
  })

  it('makes no comb', async () => {
    const { texts } = await fillDrawn(
      ({ text }) => {
        const field = text('Name')
        field.setMaxLength(3)
        field.enableCombing()
        field.acroField.setMaxLength(0)
      },
      { Name: 'patient.name' },
      { values },
    )

    expect(texts['Name']).toBe('Ann Testcase')
  })
})

describe('what the font cannot print', () => {
  it.each(['李小龍', '김철수', 'สมชาย', 'राम', 'Ann 李', 'Jos\uFFFD', '🦴', 'דוד Levi', 'محمد 12'])(
    'stays blank in a box and is said to the reviewer: %s',
    async (name) => {
      const { texts, filled } = await fillDrawn(
        ({ text }) => {
          text('Name')
          text('Plan', { y: 650 })
        },
        { Name: 'patient.name*', Plan: 'payer.plan*' },
        { values: { 'patient.name': name, 'payer.plan': name } },
      )

      expect(texts).toEqual({ Name: '', Plan: '' })
      expect(filled.missingLabels).toEqual(['Patient name', 'Payer plan'])
      // A person may type another name of the plan, and writes the patient's by hand.
      expect(filled.missingFields).toEqual(['values.payer.plan'])
      expect(filled.notices[0]).toContain('Patient name was left blank')
    },
  )

  it.each([
    ['Zoë Đặng-Müller', 'Zoë Đặng-Müller'],
    ['Ａｎｎ', 'Ann'],
    ['Ан\u200Bна', 'Анна'],
    ['Ann\uFE0F', 'Ann'],
    ['Ωμέγα', 'Ωμέγα'],
    ['דוד לוי', 'דוד לוי'],
    ['محمد علي', 'محمد علي'],
  ])('is not %s', async (name, printed) => {
    const { texts, filled } = await fillDrawn(
      ({ text }) => void text('Name'),
      { Name: 'patient.name*' },
      { values: { 'patient.name': name } },
    )

    expect(texts['Name']).toBe(printed)
    expect(filled.notices).toEqual([])
  })

  it('is left out of running text, with the sign for it', async () => {
    const { texts, filled } = await fillDrawn(
      ({ text }) => text('Why').enableMultiline(),
      { Why: 'clinical.narrative' },
      { values: { 'clinical.narrative': 'Pain 🦴🦴 persists.' } },
    )

    expect(texts['Why']).toBe('Pain […] persists.')
    expect(filled.notices.length).toBe(1)
  })
})

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

describe('type sizes', () => {
  const sizesOf = (document: PDFDocument) =>
    document
      .getForm()
      .getFields()
      .map((field) => Number(/([\d.]+) Tf/.exec(field.acroField.getDefaultAppearance() ?? '')?.[1]))

  it('are one for a column, and two at most for the other boxes', async () => {
    const codes = ['M54.50', 'S83.511A', 'W22.01XA']
    const { document } = await fillDrawn(
      ({ text }) => {
        for (const row of [0, 1, 2]) text(`Dx ${row}`, { x: 40, y: 600 - 20 * row, width: 34 })
      },
      Object.fromEntries(codes.map((_, row) => [`Dx ${row}`, `service[${row + 1}].diagnosisCode`])),
      { diagnoses: codes.map((code) => ({ code })) },
    )
    const others = await fillDrawn(
      ({ text }) => {
        for (const [row, width] of [200, 200, 200, 200, 200, 200, 200, 200, 52, 48].entries())
          text(`B${row}`, { x: 40, y: 600 - 20 * row, width })
      },
      Object.fromEntries(Array.from({ length: 10 }, (_, row) => [`B${row}`, 'patient.name'])),
      { values },
    )

    expect(sizesOf(document)).toEqual([7, 7, 6.5])
    expect(sizesOf(others.document).slice(0, 8)).toEqual(Array(8).fill(9))
    expect(new Set(sizesOf(others.document)).size).toBe(2)
  })
})

it.each([
  ['1 g', undefined, '0 g'],
  ['1 1 1 rg', undefined, '0 g'],
  ['0.9 0.9 0.2 rg', undefined, '0 g'],
  ['0 0 0 0 k', undefined, '0 g'],
  ['0 0 0.5 rg', undefined, '0 0 0.5 rg'],
  ['1 g', [0, 0, 0.3], '1 g'],
] as const)('text of the color %s on %j is drawn in %s', async (color, ground, drawn) => {
  const { document } = await fillDrawn(
    ({ text }) => {
      const field = text('Name')
      field.acroField.setDefaultAppearance(`/Helv 9 Tf ${color}`)
      const look = firstWidget(field).getOrCreateAppearanceCharacteristics()
      if (ground === undefined) look.dict.delete(PDFName.of('BG'))
      else look.setBackgroundColor([...ground])
    },
    { Name: 'patient.name' },
    { values },
  )

  const appearance = document.getForm().getTextField('Name').acroField.getDefaultAppearance()
  expect(appearance?.replace(/^.* Tf /, '')).toBe(drawn)
})

it('keeps what screen readers say of a box', async () => {
  const { document } = await fillDrawn(
    ({ text }) =>
      text('Name').acroField.dict.set(PDFName.of('TU'), PDFString.of('Name of the patient')),
    { Name: 'patient.name' },
    { values },
  )

  const tooltip = document.getForm().getTextField('Name').acroField.dict.lookup(PDFName.of('TU'))
  expect(tooltip instanceof PDFString && tooltip.decodeText()).toBe('Name of the patient')
  expect(
    document.catalog.lookup(PDFName.of('Pages'), PDFDict).lookup(PDFName.of('Kids')),
  ).toBeInstanceOf(PDFArray)
})
