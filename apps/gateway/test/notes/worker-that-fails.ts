import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NoteTask } from '../../src/fhir/notes/note-worker.ts'
import type { NoteText } from '../../src/fhir/notes/text/note-text.ts'

/** Fails in the way that the file names; otherwise returns its text. */
export default function work({ bytes }: NoteTask): NoteText {
  const wish = Buffer.from(bytes).toString()
  if (wish === 'hang') for (;;) continue
  if (wish === 'crash') process.exit(1)
  if (wish === 'throw') throw new Error('a defect')
  if (wish === 'exhaust') {
    const kept: unknown[] = []
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => ({ index })))
  }
  if (wish === 'grow') {
    // One list that doubles: past the limit of a thread's heap it ended the whole process.
    const kept: number[] = []
    for (;;) kept.push(kept.length / 3)
  }
  if (wish === 'hoard') {
    // Outside of the heap.
    const kept: Uint8Array[] = []
    for (;;) kept.push(new Uint8Array(8 * 1024 * 1024).fill(1))
  }
  if (wish === 'reach') return { kind: 'text', contentType: 'text/plain', text: reached().join() }
  return { kind: 'text', contentType: 'text/plain', text: wish }
}

/** What it can reach on the machine: environment variables, files, programs. */
function reached(): readonly string[] {
  const found = Object.keys(process.env).filter((name) => /^(PATH|HOME|.*__.*)$/.test(name))
  const ways = {
    'wrote a file': () => writeFileSync(join(tmpdir(), 'reached-by-a-note'), ''),
    'started a program': () => execFileSync(process.execPath, ['--version']),
  }
  for (const [name, way] of Object.entries(ways))
    try {
      way()
      found.push(name)
    } catch {
      continue
    }
  return found
}
