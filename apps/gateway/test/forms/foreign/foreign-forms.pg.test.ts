import type { FormContent, MappedBox, PayerFormDetail } from '@authscript/prior-auth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aContent } from '../a-content.ts'
import { changeOf, type FormDesk, openFormDesk } from '../form-desk.ts'
import { fileForms, refusedForms, valueForms } from './files.ts'
import type { ForeignForm } from './foreign-form.ts'
import { kindForms } from './kinds.ts'
import { appearanceForms } from './appearances.ts'
import { type OtherReading, readByOthers } from './other-reader.ts'
import { treeForms } from './trees.ts'

const never = new AbortController().signal
/** The height of the mark at the foot of a page, in pixels from the bottom edge. */
const footPixels = 60
/** A border is drawn on the edge of its box. */
const edgePixels = 3

let desk: FormDesk
beforeAll(async () => {
  desk = await openFormDesk()
})
afterAll(() => desk[Symbol.asyncDispose]())

const entriesOf = (map: ForeignForm['map']): MappedBox[] =>
  Array.isArray(map)
    ? [...(map as readonly MappedBox[])]
    : Object.entries(map).map(([name, role]) => ({ name, role: role as string }))

/** Uploads a form, maps it and saves it, as an operator does. */
async function mapped({ make, map, keptAsPrinted = [] }: ForeignForm): Promise<PayerFormDetail> {
  const form = await desk.upload(await make())
  return desk.save(form, {
    boxes: [
      ...form.map.filter(({ name }) => !entriesOf(map).some((one) => one.name === name)),
      ...entriesOf(map),
    ],
    keptAsPrinted: [...keptAsPrinted],
    payers: [`Payer ${form.formId}`],
  })
}

/** The form with the sample patient, or for an order when it is in use. */
async function filledBy(form: PayerFormDetail, order: Partial<FormContent> | undefined) {
  if (order === undefined) {
    const response = await desk.ask('operator', 'POST', `/api/forms/${form.formId}/test-fill`, {
      body: changeOf(form),
    })
    const body = await response.arrayBuffer()
    if (response.status !== 200) throw new Error(Buffer.from(body).toString())
    return { pdf: new Uint8Array(body), notices: [] }
  }
  const active = await desk.activate(form)
  const values = {
    'patient.name': 'Ann Example',
    ...order.values,
    'payer.name': `Payer ${form.formId}`,
  }
  const content = aContent({ ...order, values })
  const subject = { ...content.subject, practiceId: 'p1' }
  const filled = await desk.forms.fill(Object.assign(content, { subject }), never)
  expect(filled.payerForm).toEqual({ formId: form.formId, version: active.version })
  return filled
}

/** Each value is in its box and nowhere else: there is ink in each filled box, and no new ink around it. */
async function expectDrawn(
  blank: OtherReading,
  filled: OtherReading,
  { ticked, notMeasured = [] }: ForeignForm,
): Promise<void> {
  for (const page of new Set(blank.boxes.map((box) => box.page))) {
    const [before, after] = [await blank.draw(page), await filled.draw(page)]
    const own = filled.boxes.filter((box) => box.page === page)
    const inked = new Map<string, { low: number; high: number; pixels: number }>()
    const strayInk: string[] = []
    for (let y = 0; y < after.height; y += 1)
      for (let x = 0; x < after.width; x += 1) {
        if (!after.isInk(x, y) || before.isInk(x, y)) continue
        const box = own.find(
          ({ left, top, width, height }) =>
            x >= left - edgePixels &&
            x <= left + width + edgePixels &&
            y >= top - edgePixels &&
            y <= top + height + edgePixels,
        )
        if (box === undefined) {
          const edges = [y, x, after.height - y, after.width - x]
          if (Math.min(...edges) > footPixels * 2) strayInk.push(`${x},${y}`)
          continue
        }
        const key = `${box.name} ${box.left} ${box.top}`
        const known = inked.get(key) ?? { low: y, high: y, pixels: 0 }
        inked.set(key, {
          low: Math.min(known.low, y),
          high: Math.max(known.high, y),
          pixels: known.pixels + 1,
        })
      }
    expect(strayInk.slice(0, 5), 'ink outside of every box').toEqual([])
    if (ticked !== undefined) {
      const fromLeft = own.toSorted((one, other) => one.left - other.left)
      const marked = fromLeft.flatMap((box, index) =>
        inked.has(`${box.name} ${box.left} ${box.top}`) ? [index] : [],
      )
      expect(marked, 'boxes with a mark').toEqual(ticked)
    }
    for (const box of own) {
      if (notMeasured.includes(box.name) || box.width * box.height === 0) continue
      const ink = inked.get(`${box.name} ${box.left} ${box.top}`)
      const said = filled.values[box.name] ?? ''
      if (ticked !== undefined) continue
      if (said === '') expect(ink?.pixels ?? 0, `${box.name} is blank`).toBe(0)
      else expect(ink?.pixels ?? 0, `${box.name} says ${said}`).toBeGreaterThan(20)
    }
  }
}

async function expectFilled(foreign: ForeignForm): Promise<void> {
  const form = await mapped(foreign)
  expect(form.faults).toEqual([])

  const { pdf, notices } = await filledBy(form, foreign.order)

  await using blank = await readByOthers(await foreign.make())
  await using filled = await readByOthers(pdf)
  for (const [name, expected] of Object.entries(foreign.says))
    if (typeof expected === 'string') expect(filled.values[name], name).toBe(expected)
    else expect(filled.values[name], name).toMatch(expected)
  const after = filled.texts.slice(blank.texts.length).join(' ').replaceAll(/\s+/g, ' ')
  for (const text of foreign.continues ?? []) expect(after).toContain(text)
  if (foreign.order !== undefined)
    for (const notice of foreign.notices ?? [])
      expect(notices).toContainEqual(expect.stringMatching(notice))
  await expectDrawn(blank, filled, foreign)
}

describe.each([
  ['trees of fields', treeForms],
  ['appearances', appearanceForms],
  ['kinds of boxes', kindForms],
  ['files', fileForms],
  ['values', valueForms],
])('foreign %s', (_what, forms) => {
  it.each(forms.map((form) => [form.kind.slice(0, 80), form] as const))('%s', (_kind, form) =>
    expectFilled(form),
  )
})

describe('a foreign form that cannot be used', () => {
  it.each(refusedForms)('is refused in a sentence: $kind', async ({ make, map, because }) => {
    const response = await desk.ask('operator', 'POST', '/api/forms?practiceId=p1', {
      pdf: await make(),
      fileName: 'foreign.pdf',
    })
    if (response.status !== 201) {
      expect(((await response.json()) as { detail: string }).detail).toMatch(because)
      return
    }
    const form = (await response.json()) as PayerFormDetail
    const saved = await desk.save(form, { boxes: entriesOf(map ?? {}), payers: ['P'] })
    expect(saved.faults.join('\n')).toMatch(because)
  })
})
