/** An event as docs/events.md describes it. */
export interface DocumentedEvent {
  readonly name: string
  /** The fields of its data, in the order of the schema. */
  readonly fields: readonly string[]
  /** Whether it is also sent as a message of the deprecated hub. */
  readonly hasLegacyMessage: boolean
}

/** The names in backticks that begin the rows of a document's tables; a comment in parentheses may follow. */
export function firstCells(document: string): ReadonlySet<string> {
  return new Set(
    [...document.matchAll(/^\| `([A-Za-z_-]+)`(?: \([^|]*\))? \|/gm)].map(([, cell = '']) => cell),
  )
}

/** The names in backticks in the first cells of a chapter's table, which may have several: `gateway_workers{label}`. */
export function namesOfChapter(document: string, chapter: string): ReadonlySet<string> {
  const text = document.split(`\n## ${chapter}\n`)[1]?.split('\n## ')[0] ?? ''
  const cells = [...text.matchAll(/^\| ([^|]*) \|/gm)].map(([, cell = '']) => cell)
  return new Set(
    cells.flatMap((cell) => [...cell.matchAll(/`(\w+)[`{]/g)].map(([, name = '']) => name)),
  )
}

/** What is in the code and not in the document, and what is in the document and not in the code. */
export function compareNames(
  file: string,
  documented: ReadonlySet<string>,
  existing: ReadonlySet<string>,
): readonly string[] {
  return [
    ...[...existing]
      .filter((name) => !documented.has(name))
      .map((name) => `${file} does not document ${name}`),
    ...[...documented]
      .filter((name) => !existing.has(name))
      .map((name) => `${file} documents ${name}, which does not exist in the code`),
  ]
}

/**
 * Each row of docs/events.md lists the fields of the event's data in order, and its legacy message if it has one. A row of four cells
 * is expected for every event.
 */
export function compareEventRows(
  file: string,
  document: string,
  events: readonly DocumentedEvent[],
): readonly string[] {
  const rows = new Map(
    [...document.matchAll(/^\| `(\w+)` \|[^|]*\|([^|]*)\|([^|]*)\|$/gm)].map(
      ([, name = '', fields = '', message = '']) => [name, { fields, message }],
    ),
  )
  return events.flatMap(({ name, fields, hasLegacyMessage }) => {
    const row = rows.get(name)
    const expected = fields.join(', ')
    if (row === undefined) {
      const cells = [`\`${name}\``, 'WHEN IT HAPPENS', expected, hasLegacyMessage ? 'LEGACY' : '']
      return [`${file} has no row of four cells for ${name}; add "| ${cells.join(' | ')} |"`]
    }
    const problems: string[] = []
    if (row.fields.trim() !== expected)
      problems.push(`${file}, row ${name}: the data must be "${expected}"`)
    if ((row.message.trim() !== '') !== hasLegacyMessage)
      problems.push(
        `${file}, row ${name}: the last column must name the legacy message, or be empty if there is none`,
      )
    return problems
  })
}
