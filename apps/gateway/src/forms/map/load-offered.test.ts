import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aContent } from '../../../test/forms/a-content.ts'
import { anOutsideForm, outsideMap } from '../../../test/forms/an-outside-form.ts'
import { FormReadBackError, FormTemplateError } from '../form-errors.ts'
import { createFormFiller } from '../form-filler.ts'
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
const load = (...sources: readonly TemplateSource[]) =>
  loadOfferedTemplates(sources, () => undefined)
const faultsOf = async (...sources: readonly TemplateSource[]) => {
  const error = await load(...sources).catch((thrown: unknown) => thrown)
  return error instanceof FormTemplateError ? error.faults : error
}

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
  it('rejects with every fault, each with its key and file', async () => {
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
      expect.stringMatching(/^Forms\.Templates\.2\.Map .*: cannot be read as a PDF/),
    ])
  })

  it('finds the shipped rules by the form’s name', async () => {
    // The shipped rules name fields that only the original state form has.
    expect(await faultsOf(source({ mapFile: file('texas.json') }))).toEqual([
      `Forms.Templates.0.Map (${file('texas.json')}): field "Requesting Provider's Signature and Date if required": is in the rules and not in the PDF`,
    ])
  })

  it('fills the payer’s form in a thread, and the general form for other payers', async () => {
    await using stack = new AsyncDisposableStack()
    const filler = createFormFiller({ threads: 1, offered: await load(source()) })
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
