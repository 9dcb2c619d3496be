import { PDFDocument } from '@cantoo/pdf-lib'
import { describe, expect, it } from 'vitest'
import { aContent } from '../../test/forms/a-content.ts'
import { anOutsideTemplate } from '../../test/forms/an-outside-form.ts'
import { defaultTextLimits } from '../fhir/notes/text/note-text.ts'
import { pdfToText } from '../fhir/notes/text/pdf/pdf.ts'
import { fillForm } from './fill-form.ts'
import { readFields } from './map/read-fields.ts'
import { markForm } from './mark-form.ts'
import { generalTemplate } from './templates/general-template.ts'

const approval = { kind: 'approved', by: 'A. Okafor', on: '12/01/2026, 2:02 PM EST' } as const
const long = aContent({
  values: { 'patient.name': 'Ann Example', 'clinical.narrative': 'Without relief. '.repeat(900) },
})

async function pagesOf(pdf: Uint8Array): Promise<readonly string[]> {
  const text = await pdfToText(pdf, defaultTextLimits)
  if (!('pages' in text)) throw new Error(text.reason)
  return text.pages
}

describe.each([
  { form: 'our own form', template: generalTemplate },
  { form: 'a payer’s form', template: anOutsideTemplate },
])('the mark of $form', ({ template }) => {
  it('says draft on every page, and after approval by whom and when', async () => {
    const draft = await fillForm(long, await template())
    const approved = await markForm(draft.pdf, approval)

    const before = await pagesOf(draft.pdf)
    const after = await pagesOf(approved.pdf)
    expect(before.length).toBeGreaterThan(1)
    for (const page of before)
      expect(page).toContain('Draft prepared from the chart. Not approved.')
    for (const page of after) {
      expect(page).toContain('Approved by A. Okafor on 12/01/2026, 2:02 PM EST.')
      expect(page.toLowerCase()).not.toContain('draft')
    }
  })

  it('is all that changes, and changes back', async () => {
    const draft = await fillForm(long, await template())
    const approved = await markForm(draft.pdf, approval)
    const again = await markForm(approved.pdf, { kind: 'draft' })

    const plain = async (pdf: Uint8Array) =>
      (await pagesOf(pdf)).map((page) => page.replace(/Draft prepared.*|Approved by.*/, ''))
    expect(await plain(approved.pdf)).toEqual(await plain(draft.pdf))
    expect(await pagesOf(again.pdf)).toEqual(await pagesOf(draft.pdf))
    const fields = await Promise.all(
      [draft, approved, again].map(async ({ pdf }) => readFields(await PDFDocument.load(pdf))),
    )
    expect(fields[1]).toEqual(fields[0])
    expect(fields[2]).toEqual(fields[0])
  })
})

it('gives the same bytes for the same approval', async () => {
  const draft = await fillForm(aContent(), await generalTemplate())

  expect((await markForm(draft.pdf, approval)).sha256).toBe(
    (await markForm(draft.pdf, approval)).sha256,
  )
})

it('says in words that a part of a name cannot be printed', async () => {
  const draft = await fillForm(aContent(), await generalTemplate())

  const { pdf } = await markForm(draft.pdf, { ...approval, by: 'Dr. Nguyễn 李' })

  expect((await pagesOf(pdf))[0]).toContain('Approved by Dr. Nguyễn […] on')
})

it('is added to a form of an earlier release', async () => {
  const { pdf } = await generalTemplate()

  const marked = await markForm(pdf, approval)

  expect((await pagesOf(marked.pdf))[0]).toContain('Approved by A. Okafor')
})
