import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What docs/errors.md says of one code. */
export interface DocumentedError {
  readonly code: string
  /** The heading that it stands under. */
  readonly section: string
  readonly when: string
  /** What the operator does; undefined where the document gives nothing to do. */
  readonly remedy: string | undefined
}

export type ErrorCatalogue = ReadonlyMap<string, DocumentedError>

const file = join(import.meta.dirname, '../../../../docs/errors.md')

/** An install without its documents has no explanations, and works all the same. */
export function readErrorCatalogue(): ErrorCatalogue {
  try {
    return parseErrorCatalogue(readFileSync(file, 'utf8'))
  } catch {
    return new Map()
  }
}

/** Reads the tables of docs/errors.md, so that pages, the command line and the document say the same. */
export function parseErrorCatalogue(markdown: string): ErrorCatalogue {
  const found = new Map<string, DocumentedError>()
  let section = ''
  let columns: readonly string[] = []
  for (const line of markdown.split('\n')) {
    const heading = /^## (.+)$/.exec(line)?.[1]
    if (heading !== undefined) {
      section = heading
      continue
    }
    if (!line.startsWith('|')) continue
    const cells = line
      .slice(1, line.lastIndexOf('|'))
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim())
    if (cells[0] === 'Code') {
      columns = cells
      continue
    }
    const code = /^`([a-z_]+)`$/.exec(cells[0] ?? '')?.[1]
    if (code === undefined || found.has(code)) continue
    const cell = (name: string) => {
      const text = cells[columns.indexOf(name)]
      return text === undefined || text === '' ? undefined : withoutLinks(text)
    }
    found.set(code, { code, section, when: cell('When') ?? '', remedy: cell('What to do') })
  }
  return found
}

/** `[credentials](operations.md#…)` is "credentials". */
function withoutLinks(text: string): string {
  return text.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1').replaceAll('\\|', '|')
}

/** Where this gateway explains a code. */
export const hrefOf = (catalogue: ErrorCatalogue, code: string | null): string | null =>
  code !== null && catalogue.has(code) ? `/docs/errors#${code}` : null
