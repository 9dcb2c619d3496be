import { PDFDocument, PDFHexString, PDFName } from '@cantoo/pdf-lib'
import type { FormRoleView, MappedBox, PayerFormDetail } from '@authscript/prior-auth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFields } from '../../src/forms/map/read-fields.ts'
import { addBoxesOfOneName, aDrawnForm } from './a-drawn-form.ts'
import { changeOf, type FormDesk, openFormDesk } from './form-desk.ts'

let desk: FormDesk
let roles: readonly FormRoleView[]
beforeAll(async () => {
  desk = await openFormDesk()
  const response = await desk.ask('operator', 'GET', '/api/forms/roles')
  roles = ((await response.json()) as { roles: FormRoleView[] }).roles
})
afterAll(() => desk[Symbol.asyncDispose]())

const named = (label: string) => {
  const found = roles.filter((one) => one.label === label)
  expect(found.length, label).toBe(1)
  return found[0] as FormRoleView
}
/** Maps boxes as an operator does, by the labels and kinds in the list. */
const mapBy = (form: PayerFormDetail, labels: Readonly<Record<string, string>>): MappedBox[] =>
  Object.entries(labels).map(([name, label]) => {
    const { role, kinds } = named(label)
    expect(kinds, `${name}: ${label}`).toContain(form.boxes.find((box) => box.name === name)?.kind)
    return { name, role }
  })
const testFill = async (form: PayerFormDetail, boxes: MappedBox[]) => {
  const response = await desk.ask('operator', 'POST', `/api/forms/${form.formId}/test-fill`, {
    body: { ...changeOf(form), boxes },
  })
  if (response.status !== 200) return { faults: await response.text() }
  const document = await PDFDocument.load(await response.arrayBuffer())
  return { texts: Object.fromEntries(readFields(document)) }
}

describe('boxes of one name', () => {
  it('are one entry with the word and position of each, and one of them is ticked', async () => {
    const form = await desk.upload(
      await aDrawnForm((drawing) => {
        addBoxesOfOneName(drawing, 'Place', ['In', 'Out', 'Office'])
      }),
    )

    expect(form.boxes).toMatchObject([
      {
        name: 'Place',
        kind: 'check boxes',
        options: ['In', 'Out', 'Office'],
        places: [{ option: 'In' }, { option: 'Out' }, { option: 'Office' }],
      },
    ])
    const boxes = mapBy(form, { Place: 'Place of service' })
    expect(await testFill(form, [{ ...boxes[0]!, options: { outpatient: 'Out' } }])).toEqual({
      texts: { Place: 'Out' },
    })
  })

  it('for yes and no take a tick of one value, or the answer to a question', async () => {
    const form = await desk.upload(
      await aDrawnForm((drawing) => {
        addBoxesOfOneName(drawing, 'Routine', ['Yes', 'No'])
        addBoxesOfOneName(drawing, 'Tried', ['Y', 'N'], 600)
      }),
    )

    expect(form.boxes.map(({ kind }) => kind)).toEqual(['yes or no', 'yes or no'])
    const boxes = mapBy(form, {
      Routine: 'Type of review: standard',
      Tried: 'Question 2: answer',
    })
    expect(await testFill(form, boxes)).toEqual({ texts: { Routine: 'Yes', Tried: 'N' } })
  })

  it('may be buttons whose words are numbers: the operator says which is which', async () => {
    const form = await desk.upload(
      await aDrawnForm(({ document, form: drawn, page }) => {
        const group = drawn.createRadioGroup('Sex')
        group.addOptionToPage('0', page, { x: 40, y: 700, width: 10, height: 10 })
        group.addOptionToPage('1', page, { x: 80, y: 700, width: 10, height: 10 })
        group.acroField.dict.set(
          PDFName.of('Opt'),
          document.context.obj([PDFHexString.fromText('1'), PDFHexString.fromText('2')]),
        )
      }),
    )

    expect(form.boxes).toMatchObject([{ kind: 'radio group', options: ['1', '2'] }])
    const boxes = mapBy(form, { Sex: 'Patient: sex' })
    expect((await testFill(form, boxes)).faults).toContain('say which under')
    expect(await testFill(form, [{ ...boxes[0]!, options: { female: '2' } }])).toEqual({
      texts: { Sex: '2' },
    })
  })
})

describe('boxes that hold a value together', () => {
  it('a date in three boxes, a phone number in three, a ZIP code in two', async () => {
    const wide = { width: 60 }
    const form = await desk.upload(
      await aDrawnForm(({ text }) => {
        for (const [index, name] of ['M', 'D', 'Y'].entries())
          text(name, { x: 40 + index * 80, ...wide })
        for (const [index, name] of ['A', 'P', 'L'].entries())
          text(name, { x: 40 + index * 80, y: 600, ...wide })
        text('From M', { y: 500, ...wide })
        text('From Y', { x: 120, y: 500, ...wide })
      }),
    )

    const boxes = mapBy(form, {
      M: 'Patient: birth date, month',
      D: 'Patient: birth date, day',
      Y: 'Patient: birth date, year',
      A: 'Requesting provider: phone, area code',
      P: 'Requesting provider: phone, prefix',
      L: 'Requesting provider: phone, line number',
      'From M': 'Service 1: from, month',
      'From Y': 'All services: from, year',
    })
    expect(await testFill(form, boxes)).toEqual({
      texts: {
        M: '03',
        D: '14',
        Y: '1968',
        A: '512',
        P: '555',
        L: '0150',
        'From M': '12',
        'From Y': '2026',
      },
    })
  })

  const cells = (count: number, width = 16) =>
    aDrawnForm(({ text }) => {
      // Written from right to left: only their positions say which is first.
      for (let index = count - 1; index >= 0; index -= 1)
        text(`c${index}`, { x: 40 + index * 20, width })
    })
  const allAs = (form: PayerFormDetail, label: string) =>
    mapBy(form, Object.fromEntries(form.boxes.map(({ name }) => [name, label])))
  const across = (texts: Readonly<Record<string, string>> | undefined) =>
    Object.keys(texts ?? {})
      .toSorted((one, other) => Number(one.slice(1)) - Number(other.slice(1)))
      .map((name) => texts?.[name] || '_')
      .join('')

  it.each([
    ['Member ID, one character in each box', 12, 'SMP60178442_'],
    ['Patient: birth date, one character in each box', 8, '03141968'],
    ['Patient: birth date, one character in each box', 6, '031468'],
    ['Patient: last name, one character in each box', 8, 'Sample__'],
    ['Requesting provider: name, one character in each box', 16, 'Dr. Casey Sample'],
    ['Patient: ZIP, one character in each box', 5, '78745'],
    ['Diagnosis 1: code, one character in each box', 7, 'M5416__'],
    ['Service 1: code, one character in each box', 5, '72148'],
  ])('%s: %i boxes without limits', async (label, count, expected) => {
    const form = await desk.upload(await cells(count))

    const { texts } = await testFill(form, allAs(form, label))

    expect(across(texts).replaceAll(' ', '_')).toBe(expected.replaceAll(' ', '_'))
  })

  it('are refused where they cannot hold such a value', async () => {
    const form = await desk.upload(await cells(7))

    const { faults } = await testFill(
      form,
      allAs(form, 'Patient: birth date, one character in each box'),
    )

    expect(faults).toContain('is in a row of boxes for 7 characters; a date has 8 or 6 digits')
  })

  it.each([
    ['too few', 10, 16],
    ['too narrow for a letter', 12, 6],
  ])(
    'stay blank together when they are %s: the rest would be another number',
    async (_what, count, width) => {
      const form = await desk.upload(await cells(count, width))

      const { texts } = await testFill(form, allAs(form, 'Member ID, one character in each box'))

      expect(across(texts)).toBe('_'.repeat(count))
    },
  )
})
