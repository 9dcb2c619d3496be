import type { NoteTask } from '../../src/fhir/notes/note-worker.ts'
import type { NoteText } from '../../src/fhir/notes/text/note-text.ts'

/** Does to its thread what the file says. */
export default function work({ bytes }: NoteTask): NoteText {
  const wish = Buffer.from(bytes).toString()
  if (wish === 'hang') for (;;) continue
  if (wish === 'crash') process.exit(1)
  if (wish === 'throw') throw new Error('a defect')
  if (wish === 'exhaust') {
    const kept: unknown[] = []
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => ({ index })))
  }
  return { kind: 'text', contentType: 'text/plain', text: wish }
}
