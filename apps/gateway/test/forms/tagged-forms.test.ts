import {
  PDFArray,
  PDFBool,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib'
import type { FormContent } from '@authscript/prior-auth'
import { getDocument } from 'unpdf/pdfjs'
import { describe, expect, it } from 'vitest'
import { fillForm } from '../../src/forms/fill-form.ts'
import { markForm } from '../../src/forms/mark-form.ts'
import { Tagging } from '../../src/forms/paper/tagging.ts'
import { generalTemplate } from '../../src/forms/templates/general-template.ts'
import { aContent } from './a-content.ts'
import { fillDrawn } from './a-drawn-form.ts'
import { readTags } from './read-tags.ts'

const criteria: FormContent['criteria'] = Array.from({ length: 24 }, (_, index) => ({
  question: `Question number ${index + 1}?`,
  answer: 'met' as const,
  reason: 'the chart says so',
  evidence: [`"piece ${index + 1}"`, '"the same for all"'],
}))
const content = aContent({
  values: { 'patient.name': 'Ann Example', 'clinical.narrative': 'Long. '.repeat(400).trim() },
  criteria,
})

describe('the tags of our own form', () => {
  it('give the text in reading order, with title, headings and boxes', async () => {
    const { pdf } = await fillForm(content, await generalTemplate())
    const [first = []] = await readTags(pdf)

    expect(first[0]).toEqual({ role: 'H1', text: 'Prior Authorization Request' })
    expect(first.filter(({ role }) => role === 'H2').map(({ text }) => text)).toEqual([
      'REQUEST',
      'PATIENT AND MEMBER',
      'REQUESTING PROVIDER',
      'SERVICE AND DIAGNOSIS',
      'WHERE THE SERVICE IS PROVIDED',
      'CRITERIA',
      'CLINICAL JUSTIFICATION',
      'ATTESTATION: FOR THE REQUESTING PROVIDER',
    ])
    const name = first.findIndex(({ text }) => text === 'Patient name')
    expect(first.slice(name, name + 4).map(({ role, text }) => `${role} ${text}`.trim())).toEqual([
      'P Patient name',
      'Form',
      'P Date of birth',
      'Form',
    ])
  })

  it('cover every box, and each says what it is', async () => {
    const { pdf } = await fillForm(content, await generalTemplate())
    const [first = []] = await readTags(pdf)
    const document = await PDFDocument.load(pdf)
    const fields = document.getForm().getFields()

    expect(first.filter(({ role }) => role === 'Form').length).toBe(fields.length)
    for (const { acroField } of fields) {
      expect(acroField.dict.lookup(PDFName.of('TU'), PDFHexString).decodeText()).not.toBe('')
      expect(acroField.getWidgets()[0]?.dict.lookup(PDFName.of('StructParent'))).toBeInstanceOf(
        PDFNumber,
      )
    }
  })

  it('continue in the addendum: a heading for each part, and paragraphs over the end of a page', async () => {
    const { pdf, pages } = await fillForm(content, await generalTemplate())
    const tree = await readTags(pdf)
    const addendum = tree.slice(1).flat()

    expect(pages).toBeGreaterThan(2)
    expect(addendum[0]).toMatchObject({ role: 'H2' })
    expect(addendum[0]?.text).toContain('Addendum, page 1 of')
    expect(addendum.filter(({ role }) => role === 'H3').map(({ text }) => text)).toEqual([
      'A-1 Clinical narrative',
      ...criteria.map(({ question }, index) => `${index + 1}. ${question} Yes`),
    ])
    // The heads of further pages are no text of the document.
    expect(addendum.filter(({ text }) => text.startsWith('Addendum')).length).toBe(1)
  })

  it('stand beside language and title, and stay with the mark of the approval', async () => {
    const { pdf } = await fillForm(content, await generalTemplate())
    const marked = await markForm(pdf, { kind: 'approved', by: 'A. Okafor', on: '11/29/2026' })
    const { catalog } = await PDFDocument.load(marked.pdf)

    expect(catalog.lookup(PDFName.of('Lang'), PDFString).asString()).toBe('en-US')
    expect(
      catalog
        .lookup(PDFName.of('ViewerPreferences'), PDFDict)
        .lookup(PDFName.of('DisplayDocTitle')),
    ).toBe(PDFBool.True)
    expect(catalog.lookup(PDFName.of('MarkInfo'), PDFDict).lookup(PDFName.of('Marked'))).toBe(
      PDFBool.True,
    )
    const [draft = []] = await readTags(pdf)
    const [approved = []] = await readTags(marked.pdf)
    expect(draft.at(-1)?.text).toBe('Draft prepared from the chart. Not approved.')
    expect(approved.at(-1)?.text).toBe('Approved by A. Okafor on 11/29/2026.')
    expect(approved.slice(0, -1)).toEqual(draft.slice(0, -1))
  })

  it('leave no drawn letter outside of them, and every font is embedded', async () => {
    const { pdf } = await fillForm(content, await generalTemplate())
    const document = await getDocument({ data: Uint8Array.from(pdf), verbosity: 0 }).promise
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number)
      let depth = 0
      for (const item of (await page.getTextContent({ includeMarkedContent: true })).items) {
        if ('str' in item) expect(item.str === '' || depth > 0).toBe(true)
        else depth += item.type === 'endMarkedContent' ? -1 : 1
      }
    }
    await document.loadingTask.destroy()
    const loaded = await PDFDocument.load(pdf)
    const fonts = loaded.context
      .enumerateIndirectObjects()
      .flatMap(([, one]) =>
        one instanceof PDFDict && String(one.lookup(PDFName.of('Subtype'))) === '/Type1'
          ? [one]
          : [],
      )
    expect(fonts.map((one) => String(one.lookup(PDFName.of('BaseFont'))))).toEqual(
      // Drawn by viewers for the marks of check boxes only.
      fonts.map(() => '/ZapfDingbats'),
    )
  })
})

describe("the tags of a payer's form", () => {
  const criteriaRow = { Question: 'criterion[1].question', Name: 'patient.name' }
  const draw =
    (change: (document: PDFDocument) => void) =>
    ({ document, page, text }: Parameters<Parameters<typeof fillDrawn>[0]>[0]) => {
      const tagging = Tagging.begin(document)
      tagging.mark(page, tagging.add('P'), () => page.drawText('The form of a payer', { y: 750 }))
      text('Question')
      text('Name', { y: 600 })
      change(document)
    }

  it('stay, and the addendum is added to them', async () => {
    const { filled } = await fillDrawn(
      draw(() => undefined),
      criteriaRow,
      content,
    )
    const [first = [], second = []] = await readTags(filled.pdf)

    expect(first).toEqual([
      { role: 'P', text: 'The form of a payer' },
      { role: 'P', text: 'Draft prepared from the chart. Not approved.' },
    ])
    expect(second[0]).toMatchObject({ role: 'H2' })
  })

  it('can be read when a button with a tag was removed', async () => {
    const { filled } = await fillDrawn(
      ({ document, page, form, text }) => {
        const tagging = Tagging.begin(document)
        tagging.mark(page, tagging.add('P'), () => page.drawText('The form of a payer', { y: 750 }))
        text('Question')
        const button = form.createButton('Print')
        button.addToPage('Print', page, { x: 300, y: 650, width: 60, height: 16 })
        const [widget] = button.acroField.getWidgets()
        const ref = button.acroField.Kids()?.get(0)
        if (widget !== undefined && ref instanceof PDFRef)
          tagging.markWidget(page, tagging.add('Form'), widget, ref)
      },
      { Question: 'criterion[1].question' },
      content,
    )
    const [first = []] = await readTags(filled.pdf)

    expect(first[0]).toEqual({ role: 'P', text: 'The form of a payer' })
  })

  it('may be written in other ways: branches, no next key, one child', async () => {
    const { filled, document } = await fillDrawn(
      draw(({ catalog, context }) => {
        const root = catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict)
        const tree = root.lookup(PDFName.of('ParentTree'), PDFDict)
        const branch = context.register(
          context.obj({ Nums: tree.lookup(PDFName.of('Nums'), PDFArray), Limits: [0, 0] }),
        )
        root.set(PDFName.of('ParentTree'), context.obj({ Kids: [branch] }))
        root.delete(PDFName.of('ParentTreeNextKey'))
        const only = root.lookup(PDFName.of('K'), PDFArray).get(0)
        root.set(PDFName.of('K'), only)
      }),
      criteriaRow,
      content,
    )
    const [first = [], second = []] = await readTags(filled.pdf)

    expect(first).toEqual([
      { role: 'P', text: 'The form of a payer' },
      { role: 'P', text: 'Draft prepared from the chart. Not approved.' },
    ])
    expect(second[0]).toMatchObject({ role: 'H2' })
    const root = document.catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict)
    expect(root.lookup(PDFName.of('ParentTreeNextKey'), PDFNumber).asNumber()).toBeGreaterThan(1)
  })

  it('are not made up where it has none', async () => {
    const { document } = await fillDrawn(
      ({ text }) => void text('Question'),
      { Question: 'criterion[1].question' },
      content,
    )

    expect(document.catalog.has(PDFName.of('StructTreeRoot'))).toBe(false)
    expect(document.catalog.has(PDFName.of('MarkInfo'))).toBe(false)
  })
})
