import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { z } from 'zod'
import { whyUnreadable } from '../../config/named-file.ts'
import { type FieldMap, fieldMap } from './field-map.ts'
import { type FormRules, formRules, noRules } from './form-rules.ts'
import type { FormTemplate, LoadedForms, OfferedTemplate, RefusedForm } from './form-template.ts'
import { loadTemplate } from './load-template.ts'

/** A payer's form as configured. */
export interface TemplateSource {
  readonly mapFile: string
  readonly pdfFile: string
  /** Undefined: the shipped rules for a form of this name, if there are any. */
  readonly rulesFile?: string | undefined
  readonly payers: readonly string[]
  readonly codes: readonly string[]
}

interface LoadOptions {
  /** Receives problems that do not prevent using a form. */
  readonly warn?: (template: string, warning: string) => void
  readonly keyName?: (key: string) => string
  /** Test-fills a form that fits its map. */
  readonly whyUnfillable?: (template: FormTemplate) => Promise<string | undefined>
}

const shippedRules = new URL('../templates/rules/', import.meta.url)

/**
 * Reads every configured form once, at startup. A form with a fault is refused by name; the others and the general form are used.
 */
export async function loadOfferedTemplates(
  sources: readonly TemplateSource[],
  {
    warn = () => undefined,
    keyName = (key) => key,
    whyUnfillable = () => Promise.resolve(undefined),
  }: LoadOptions = {},
): Promise<LoadedForms> {
  const offered: OfferedTemplate[] = []
  const refused: RefusedForm[] = []
  for (const [index, source] of sources.entries()) {
    const faults: string[] = []
    const at = (key: string, file: string | URL, what: string) =>
      faults.push(`${keyName(`Forms.Templates.${index}.${key}`)} (${String(file)}): ${what}`)
    const map = await readJson(source.mapFile, fieldMap, (what) => at('Map', source.mapFile, what))
    const pdf = await readBytes(source.pdfFile, (what) => at('Pdf', source.pdfFile, what))
    const rules = await readRules(source, map, (what) =>
      at('Rules', source.rulesFile ?? 'shipped', what),
    )
    if (map !== undefined && pdf !== undefined && rules !== undefined) {
      const loaded = await loadTemplate(pdf, map, rules)
      for (const fault of loaded.faults) {
        if (loaded.isUnreadable) at('Pdf', source.pdfFile, fault)
        else at('Map', source.mapFile, fault)
      }
      for (const warning of loaded.warnings) warn(map.form, warning)
      const { template } = loaded
      const fault = template === undefined ? undefined : await whyUnfillable(template)
      if (fault !== undefined) at('Pdf', source.pdfFile, fault)
      else if (template !== undefined)
        offered.push({ template, payers: source.payers, codes: source.codes })
    }
    if (faults.length === 0) continue
    refused.push({
      name: map?.form ?? basename(source.pdfFile),
      key: keyName(`Forms.Templates.${index}`),
      file: basename(source.pdfFile),
      payers: source.payers,
      faults,
    })
  }
  return { offered, refused }
}

async function readRules(
  { rulesFile }: TemplateSource,
  map: FieldMap | undefined,
  fault: (what: string) => void,
): Promise<FormRules | undefined> {
  if (rulesFile !== undefined) return readJson(rulesFile, formRules, fault)
  if (map === undefined) return noRules
  const shipped = new URL(`${encodeURIComponent(map.form)}.json`, shippedRules)
  try {
    return formRules.parse(JSON.parse(await readFile(shipped, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return noRules
    throw error
  }
}

async function readJson<Output>(
  file: string,
  schema: z.ZodType<Output>,
  fault: (what: string) => void,
): Promise<Output | undefined> {
  const bytes = await readBytes(file, fault)
  if (bytes === undefined) return undefined
  let value: unknown
  try {
    value = JSON.parse(
      Buffer.from(bytes)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    )
  } catch {
    fault('is not JSON')
    return undefined
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) fault(`${issue.path.join('.')}: ${issue.message}`)
  return undefined
}

async function readBytes(
  file: string,
  fault: (what: string) => void,
): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(file))
  } catch (error) {
    fault(`${whyUnreadable(error)}; expected a file`)
    return undefined
  }
}
