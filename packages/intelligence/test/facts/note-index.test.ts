import { caseTables } from '@authscript/labelled-cases'
import { expect, it } from 'vitest'
import { readDocument } from '../../src/document/read-document.ts'
import { selectConcepts } from '../../src/facts/concept-selection.ts'
import { factsOfNote, NoteFactReader } from '../../src/facts/facts-of-note.ts'
import { NoteIndex } from '../../src/facts/note-index.ts'
import { loadLexicon } from '../../src/lexicon/lexicon.ts'
import { assertionsOf } from '../../src/modifiers/assertions-of.ts'

const lexicon = loadLexicon()
const stages = { readDocument, assertionsOf }
const day = '2026-06-15'
const origin = {
  source: { resourceType: 'DocumentReference', resourceId: 'n' },
  isOfEncounter: true,
}

const tables = caseTables.map(({ policyId, cases }) => ({
  policyId,
  notes: cases.flatMap((one) => one.chart.note ?? []),
}))

it.each(tables)(
  'gives of each concept asked for what reading every unit gives: $policyId',
  ({ notes }) => {
    for (const note of notes) {
      const document = readDocument(note)
      const all = factsOfNote(document, origin, lexicon, day, stages)
      for (const conceptId of new Set(all.map((fact) => fact.conceptId))) {
        const { narrower } = selectConcepts([conceptId], lexicon)
        const reading = new NoteFactReader(document, origin, lexicon, day, stages)
        const index = new NoteIndex([reading], lexicon, 0)

        expect(index.factsOf(narrower)).toEqual(
          all.filter((one) => narrower.ids.has(one.conceptId)),
        )
      }
    }
  },
)
