import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aContent } from '../../../test/forms/a-content.ts'
import { anOutsideForm, outsideMap } from '../../../test/forms/an-outside-form.ts'
import { FormReadBackError } from '../form-errors.ts'
import { createFormFiller } from '../form-filler.ts'
import { whyUnfillable } from '../try-form.ts'
import { loadOfferedTemplates, type TemplateSource } from './load-offered.ts'

const never = new AbortController().signal
let folder = ''
const file = (name: string) => join(folder, name)
const source = (more: Partial<TemplateSource> = {}): TemplateSource => ({
  mapFile: file('map.json'),
  pdfFile: file('form.pdf'),
  payers: ['Aetna'],
  codes: [],
  ...more,
})
const load = (...sources: readonly TemplateSource[]) => loadOfferedTemplates(sources)
const faultsOf = async (...sources: readonly TemplateSource[]) =>
  (await load(...sources)).refused.flatMap(({ faults }) => faults)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forms-'))
  await writeFile(file('form.pdf'), await anOutsideForm())
  await writeFile(file('map.json'), JSON.stringify(outsideMap))
  await writeFile(file('broken.json'), '{')
  await writeFile(file('rules.json'), JSON.stringify({ source: 'x', refuse: [] }))
  await writeFile(
    file('texas.json'),
    JSON.stringify({ ...outsideMap, form: 'tx-standard-pa-form' }),
  )
})
afterAll(() => rm(folder, { recursive: true }))

describe("loading payers' forms", () => {
  it('refuses a form with every fault, each with its key and file', async () => {
    expect(
      await faultsOf(
        source({ mapFile: file('broken.json') }),
        source({ pdfFile: file('nowhere.pdf'), rulesFile: file('rules.json') }),
        source({ pdfFile: file('map.json') }),
      ),
    ).toEqual([
      `Forms.Templates.0.Map (${file('broken.json')}): is not JSON`,
      `Forms.Templates.1.Pdf (${file('nowhere.pdf')}): there is no such file or directory (ENOENT); expected a file`,
      `Forms.Templates.1.Rules (${file('rules.json')}): : Unrecognized key: "refuse"`,
      expect.stringMatching(/^Forms\.Templates\.2\.Pdf .*map\.json\): cannot be read as a PDF/),
    ])
  })

  it('uses the other forms, and says in a notice why the general form was filled', async () => {
    await using stack = new AsyncDisposableStack()
    const loaded = await load(
      source({ pdfFile: file('map.json'), payers: ['Cigna'] }),
      source({ mapFile: file('broken.json'), payers: ['Humana'] }),
      source(),
    )
    const filler = createFormFiller({ threads: 1, ...loaded })
    stack.defer(() => filler.stop())
    const of = (payer: string) => aContent({ values: { 'payer.name': payer } })

    expect(loaded.refused.map(({ name, key, file: pdf }) => [name, key, pdf])).toEqual([
      ['outside', 'Forms.Templates.0', 'map.json'],
      ['form.pdf', 'Forms.Templates.1', 'form.pdf'],
    ])
    expect((await filler.fill(of('Aetna'), never)).template).toBe('outside')
    const general = await filler.fill(of('Cigna'), never)
    expect(general.template).toBe('general-request')
    expect(general.notices[0]).toBe('the form outside was not used: the gateway cannot read it')
  })

  it('fills the general form for a payer whose form breaks while it is filled', async () => {
    await using stack = new AsyncDisposableStack()
    const { offered } = await load(source())
    const broken = offered.map((one) => ({
      ...one,
      template: { ...one.template, pdf: Buffer.from('%PDF-1.7 nothing') },
    }))
    const filler = createFormFiller({ threads: 1, offered: broken })
    stack.defer(() => filler.stop())

    const form = await filler.fill(aContent({ values: { 'payer.name': 'Aetna' } }), never)

    expect(form.template).toBe('general-request')
    expect(form.notices[0]).toBe('the form outside was not used: it could not be filled')
  })

  it('tries to fill a form before it is offered', async () => {
    const unfillable = await loadOfferedTemplates([source()], {
      whyUnfillable: () => Promise.resolve('cannot be filled (Error)'),
    })
    const tried = await loadOfferedTemplates([source()], { whyUnfillable })

    expect(unfillable.offered).toEqual([])
    expect(unfillable.refused[0]?.faults).toEqual([
      `Forms.Templates.0.Pdf (${file('form.pdf')}): cannot be filled (Error)`,
    ])
    expect(tried.offered.length).toBe(1)
  })

  it('finds the shipped rules by the form’s name', async () => {
    // The shipped rules name fields that only the original state form has.
    expect(await faultsOf(source({ mapFile: file('texas.json') }))).toEqual([
      `Forms.Templates.0.Map (${file('texas.json')}): field "Requesting Provider's Signature and Date if required": is in the rules and not in the PDF`,
    ])
  })

  it('fills the payer’s form in a thread, and the general form for other payers', async () => {
    await using stack = new AsyncDisposableStack()
    const filler = createFormFiller({ threads: 1, ...(await load(source())) })
    stack.defer(() => filler.stop())
    const of = (payer: string) =>
      aContent({ values: { 'payer.name': payer, 'patient.name': 'Ann Example' } })

    expect((await filler.fill(of('AETNA BETTER HEALTH'), never)).template).toBe('outside')
    expect((await filler.fill(of('Cigna'), never)).template).toBe('general-request')
    const ann = of('Aetna')
    const mixed = () => ({ ...ann, subject: { ...ann.subject, name: 'Bob Other' } })
    await expect(filler.fill(mixed(), never)).rejects.toThrow(FormReadBackError)
  })
})
