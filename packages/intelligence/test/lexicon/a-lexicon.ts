import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { concept } from '../../src/lexicon/concept.ts'
import { createLexicon, type Lexicon } from '../../src/lexicon/lexicon.ts'
import { type LexiconRow } from '../../src/lexicon/lint-lexicon.ts'
import { readLexiconRows } from '../../src/lexicon/read-lexicon.ts'
import { parseYaml } from '../../src/yaml/parse-yaml.ts'

const rows: unknown = parseYaml(readFileSync(join(import.meta.dirname, 'fixture.yaml'), 'utf8'))

/** Sixty of our own concepts with the product's parts of the body, for the tests of the engine. */
export const fixtureRows: readonly LexiconRow[] = [
  ...(Array.isArray(rows) ? rows.map((row: unknown) => ({ file: 'fixture.yaml', row })) : []),
  ...readLexiconRows().filter(({ file }) => file === 'sites.yaml'),
]

export const aLexicon: Lexicon = createLexicon(fixtureRows.map(({ row }) => concept.parse(row)))
