import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseYaml } from '../yaml/parse-yaml.ts'
import type { LexiconRow } from './lint-lexicon.ts'
import { valueWords, type ValueWords } from './value-words.ts'

const lexiconDirectory = join(import.meta.dirname, '../../lexicon')
const valuesFile = 'values.yaml'

function readYaml(directory: string, file: string): unknown {
  return parseYaml(readFileSync(join(directory, file), 'utf8'))
}

/** The rows of all field files, unchecked, in the order of files and rows. */
export function readLexiconRows(directory: string = lexiconDirectory): readonly LexiconRow[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.yaml') && file !== valuesFile)
    .sort()
    .flatMap((file) => {
      const rows = readYaml(directory, file)
      return Array.isArray(rows) ? rows.map((row: unknown) => ({ file, row })) : []
    })
}

/** The words of `values.yaml`. */
export function readValueWords(): ValueWords {
  return valueWords.parse(readYaml(lexiconDirectory, valuesFile))
}
