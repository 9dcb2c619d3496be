import { parseArgs } from 'node:util'
import { readAnnotations } from './annotation.ts'
import { type ComparedExcerpt, compareExcerpt } from './compare-excerpt.ts'
import { differencesOf } from './figures.ts'
import { defaultNoteFolder, openNoteFolder } from './note-folder.ts'
import type { ReadMention } from './read-mentions.ts'
import { tableOf } from './table.ts'

/**
 * Prints precision, recall and F1 of mentions and modifiers on the annotated sample. `--notes DIR` names the
 * folder of the public notes; `--held-out` selects the other part; `--verbose` prints every difference, only for
 * the open part.
 */

const { values } = parseArgs({
  options: {
    notes: { type: 'string', default: defaultNoteFolder },
    'held-out': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})
const open = openNoteFolder(values.notes)
if (open === undefined) throw new Error(`${values.notes} holds no public notes`)
const part = values['held-out'] ? 'held-out' : 'open'
const compared = readAnnotations(part).map((one) => compareExcerpt(one, open(one.note)))
const differences = values.verbose && part === 'open' ? compared.flatMap(differencesIn) : []
process.stdout.write(`${[...differences, ...tableOf(compared)].join('\n')}\n`)

function differencesIn({ excerpt, text, annotated, found }: ComparedExcerpt): readonly string[] {
  const lines = [
    ...annotated.flatMap(({ mention, likeness, read }) => {
      const { says, is } = mention
      if (read === undefined) return [`missed: "${says}" ${is}`]
      const differences = differencesOf({ mention, read })
      return [
        ...(likeness === 'related' ? [`related: "${says}" ${is}, read ${read.conceptId}`] : []),
        ...(differences.length > 0
          ? [`"${says}" ${is}: ${differences.join(', ')}; read ${howRead(read)}`]
          : []),
      ]
    }),
    ...found.flatMap(({ read, words, likeness }) =>
      likeness === 'none' ? [`not annotated: "${words}" ${read.conceptId} ${howRead(read)}`] : [],
    ),
  ]
  if (lines.length === 0) return []
  return [`${excerpt.note} [${excerpt.section}] ${text}`, ...lines.map((line) => `  ${line}`)]
}

function howRead({ assertion: { status, subject, when, phase }, side }: ReadMention): string {
  return [status, subject, when, phase, side ?? 'no side'].join(' ')
}
