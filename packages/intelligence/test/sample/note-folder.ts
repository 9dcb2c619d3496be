import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A public note as it is read. */
export interface PublicNote {
  readonly text: string
  /** The offset at which the text of the excerpts begins. */
  readonly start: number
}

/** The public notes are beside the repository; `NOTES_FOLDER` names another folder. */
export const defaultNoteFolder =
  process.env.NOTES_FOLDER ??
  join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data', 'notes')

/** The headings that the README of MTS-Dialog gives for its section codes. */
const headings: Readonly<Record<string, string>> = {
  'FAM/SOCHX': 'FAMILY HISTORY/SOCIAL HISTORY',
  GENHX: 'HISTORY OF PRESENT ILLNESS',
  PASTMEDICALHX: 'PAST MEDICAL HISTORY',
  PASTSURGICAL: 'PAST SURGICAL HISTORY',
  CC: 'CHIEF COMPLAINT',
  ROS: 'REVIEW OF SYSTEMS',
  EDCOURSE: 'EMERGENCY DEPARTMENT COURSE',
  ALLERGY: 'ALLERGIES',
}

/**
 * Returns a note of the folder by its annotation id. A note of ACI-Bench is a file; a section of MTS-Dialog is a
 * row of a table, read under its heading.
 */
export function openNoteFolder(folder: string): ((id: string) => PublicNote) | undefined {
  const table = join(folder, 'mts-dialog', 'MTS-Dialog-TestSet-1-MEDIQA-Chat-2023.csv')
  if (!existsSync(table)) return undefined
  const rows = new Map(rowsOf(readFileSync(table, 'utf8')).map((row) => [row[0], row]))
  return (id) => {
    const [source, key = ''] = id.split('-')
    if (source === 'aci')
      return { text: readFileSync(join(folder, 'aci-bench', `${key}.txt`), 'utf8'), start: 0 }
    const [, code = '', section = ''] = rows.get(String(Number(key))) ?? []
    const heading = `${headings[code] ?? code}:\n`
    return { text: heading + section, start: heading.length }
  }
}

/** Rows of a comma-separated table: quoted fields may contain commas, line ends and doubled quotes. */
function rowsOf(csv: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain = '', end] of csv.matchAll(
    /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g,
  )) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end !== ',') rows.push([])
  }
  return rows
}
