import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { analyze, isQuoted, policies } from '@authscript/intelligence'
import { orderId, toBundle } from '@authscript/labelled-cases'

export interface Sweep {
  readonly notes: number
  readonly analyses: number
  readonly quotes: number
  readonly unverifiedQuotes: number
  readonly errors: number
}

/**
 * Assesses every note of a folder by every policy: no errors, and every quote is where it says. Undefined if
 * there is no folder.
 */
export function sweepNotes(folder: string): Sweep | undefined {
  if (!existsSync(folder)) return undefined
  const texts = notesIn(folder)
  const switchedOn = policies.map((policy) => policy.policyId)
  let analyses = 0
  let quotes = 0
  let unverifiedQuotes = 0
  let errors = 0
  for (const note of texts) {
    for (const policy of policies) {
      const bundle = toBundle({ note, order: { code: policy.procedureCodes[0] ?? '' } })
      analyses += 1
      try {
        const analysis = analyze(bundle, orderId, { switchedOn })
        if (analysis.outcome !== 'assessed') throw new Error(analysis.outcome)
        for (const found of analysis.answers.flatMap((answer) => answer.evidence)) {
          if (found.quote === undefined) continue
          quotes += 1
          if (!isQuoted(found, bundle)) unverifiedQuotes += 1
        }
      } catch {
        errors += 1
      }
    }
  }
  return { notes: texts.length, analyses, quotes, unverifiedQuotes, errors }
}

/** Each text file is a note; in a CSV file, each field longer than a line is. */
function notesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .flatMap((name) => {
      if (name.endsWith('.txt')) return [readFileSync(join(folder, name), 'utf8')]
      if (name.endsWith('.csv')) return fieldsOf(readFileSync(join(folder, name), 'utf8'))
      return []
    })
}

function fieldsOf(csv: string): readonly string[] {
  const fields = csv.match(/"(?:[^"]|"")*"|[^,\n]+/g) ?? []
  return fields
    .map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field))
    .filter((field) => field.length > 40)
}
