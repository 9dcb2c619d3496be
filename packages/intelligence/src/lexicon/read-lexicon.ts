import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseYaml } from '../yaml/parse-yaml.ts'
import { alternativesOf } from './alternatives.ts'
import type { LexiconRow } from './lint-lexicon.ts'
import { valueWords, type ValueWords } from './value-words.ts'

const lexiconDirectory = join(import.meta.dirname, '../../lexicon')
const valuesFile = 'values.yaml'

function readYaml(directory: string, file: string): unknown {
  return parseYaml(readFileSync(join(directory, file), 'utf8'))
}

/** The rows of all lexicon files, unchecked, in file and row order, with all alternatives expanded. */
export function readLexiconRows(directory: string = lexiconDirectory): readonly LexiconRow[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.yaml') && file !== valuesFile)
    .sort()
    .flatMap((file) => {
      const rows = readYaml(directory, file)
      return Array.isArray(rows)
        ? rows.map((row: unknown) => ({ file, row: withAlternatives(row) }))
        : []
    })
}

/** `{care/treatment}` in a synonym or abbreviation stands for each of its alternatives. */
function withAlternatives(row: unknown): unknown {
  if (!isRecord(row)) return row
  const { synonyms, abbreviations } = row
  return {
    ...row,
    ...(Array.isArray(synonyms) ? { synonyms: synonyms.flatMap(termsOf) } : {}),
    ...(Array.isArray(abbreviations) ? { abbreviations: abbreviations.flatMap(shortFormsOf) } : {}),
  }
}

function termsOf(term: unknown): readonly unknown[] {
  return typeof term === 'string' && term.includes('{') ? alternativesOf(term) : [term]
}

function shortFormsOf(form: unknown): readonly unknown[] {
  if (!isRecord(form)) return [form]
  return termsOf(form['text']).map((text) => ({ ...form, text }))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The words of `values.yaml`. */
export function readValueWords(): ValueWords {
  return valueWords.parse(readYaml(lexiconDirectory, valuesFile))
}
