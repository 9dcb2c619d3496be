import type { CodeEntry, CodeSystemName, Side } from './code-entry.ts'
import { encounterWords, suffixSets } from './suffixes.ts'

interface Row {
  readonly code: string
  readonly display: string
  readonly validFrom: string
  readonly validTo?: string
  readonly side?: Side
  readonly hasUnlistedChildren?: true
}

const rowPattern =
  /^(?<stem>[A-Z0-9.]+)(?<plus>\+)?(?:=(?<side>[LRB]))?(?:<(?<set>\w+)(?:@(?<setFrom>[\d-]{10}))?>)?(?::(?<encounters>[A-Z]+))? +(?<words>.+?)(?: +@(?<from>[\d-]{10})?(?:\.\.(?<to>[\d-]{10}))?)?$/

const sides: Readonly<Record<string, Side>> = { L: 'left', R: 'right', B: 'bilateral' }

/**
 * Reads a family table: one code a row, `CODE words`, expanded where the classification repeats itself.
 *
 *     M25.56<RL9> pain in * knee        a header, then 1 right, 2 left, 9 unspecified; * takes the words
 *     S83.51<RL9>:ADS sprain of * ACL   seventh characters, padded with X where the code is short
 *     M17.0=B osteoarthritis of knees   names a side: L, R or B
 *     M50.02<midCervical@2016-10-01>  …       the longer codes came later than the header
 *     C50+ breast cancer                a header whose longer codes are not in the table
 *     M54.50 low back pain @2021-10-01  valid from; `@..2021-09-30` valid until; `@from..to`
 *
 * Sets and seventh characters stand behind a code that has its dot already. Whether a code is a header is never written: it is one while
 * a longer code of the table is valid.
 *
 * @throws {SyntaxError} a row that cannot be read, or that names an unknown set or seventh character
 */
export function readFamily(
  system: CodeSystemName | 'procedure',
  firstDay: string,
  table: string,
): readonly CodeEntry[] {
  const rows = table
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => readRow(line, firstDay))
  return withHeaders(rows, (code) => (system === 'procedure' ? procedureSystem(code) : system))
}

/** CPT codes begin with a digit, HCPCS level II codes with a letter. */
function procedureSystem(code: string): CodeSystemName {
  return /^\d/.test(code) ? 'cpt' : 'hcpcs'
}

function readRow(line: string, firstDay: string): Row[] {
  const parts = rowPattern.exec(line)?.groups
  if (parts === undefined) throw new SyntaxError(`cannot read the code table row "${line}"`)
  const { stem = '', words = '', plus, side, set, setFrom, encounters, from, to } = parts
  const head: Row = {
    code: stem,
    display: words.replaceAll(/\* ?/g, ''),
    validFrom: from ?? firstDay,
    ...(to === undefined ? {} : { validTo: to }),
    ...(side === undefined ? {} : { side: sides[side] as Side }), // the pattern allows no other letter
    ...(plus === undefined ? {} : { hasUnlistedChildren: true }),
  }
  const stems =
    set === undefined
      ? [head]
      : [
          head,
          ...withSuffixes(
            setFrom === undefined ? head : { ...head, validFrom: setFrom },
            words,
            set,
            line,
          ),
        ]
  return encounters === undefined
    ? stems
    : stems.flatMap((row) => perEncounter(row, stems, encounters, line))
}

function withSuffixes(head: Row, words: string, set: string, line: string): Row[] {
  const suffixes = suffixSets[set]
  if (suffixes === undefined) throw new SyntaxError(`unknown set <${set}> in "${line}"`)
  return suffixes.map((suffix) => ({
    ...head,
    code: `${head.code}${suffix.characters}`,
    display: words.includes('*') ? words.replace('*', suffix.words) : `${words}, ${suffix.words}`,
    ...(suffix.side === undefined ? {} : { side: suffix.side }),
  }))
}

/** The row and its rows with seventh characters, unless the same line already has a longer row for one. */
function perEncounter(row: Row, all: readonly Row[], letters: string, line: string): Row[] {
  if (all.some((other) => other !== row && other.code.startsWith(row.code))) return [row]
  // The seventh character follows six characters and the dot.
  const stem = row.code.padEnd(7, 'X')
  const children = [...letters].map((letter) => {
    const encounter = encounterWords[letter]
    if (encounter === undefined) throw new SyntaxError(`unknown seventh character in "${line}"`)
    return { ...row, code: `${stem}${letter}`, display: `${row.display}, ${encounter}` }
  })
  return [row, ...children]
}

function withHeaders(
  rows: readonly Row[],
  systemOf: (code: string) => CodeSystemName,
): CodeEntry[] {
  const firstChild = firstDaysOfChildren(rows)
  return rows.flatMap((row): CodeEntry[] => {
    const entry = { system: systemOf(row.code), ...row }
    const headerFrom = row.hasUnlistedChildren === true ? row.validFrom : firstChild.get(row.code)
    if (headerFrom === undefined) return [{ ...entry, billable: true }]
    if (headerFrom <= row.validFrom) return [{ ...entry, billable: false }]
    return [
      { ...entry, billable: true, validTo: dayBefore(headerFrom) },
      { ...entry, billable: false, validFrom: headerFrom },
    ]
  })
}

/** For each code that longer codes of the table extend: the first day on which one of them is valid. */
function firstDaysOfChildren(rows: readonly Row[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>()
  for (const row of rows) {
    for (let length = 3; length < row.code.length; length += 1) {
      const parent = row.code.slice(0, length).replace(/\.$/, '')
      const known = first.get(parent)
      if (known === undefined || row.validFrom < known) first.set(parent, row.validFrom)
    }
  }
  return first
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}
