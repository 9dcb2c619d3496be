import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { loadLexicon } from '../../src/lexicon/lexicon.ts'
import { readAnnotations } from './annotation.ts'
import { compareExcerpt, placeOf } from './compare-excerpt.ts'
import { figuresOf, precisionOf, recallOf } from './figures.ts'
import { defaultNoteFolder, openNoteFolder } from './note-folder.ts'

const parts = { open: readAnnotations('open'), 'held-out': readAnnotations('held-out') }
const excerpts = [...parts.open, ...parts['held-out']]
const open = openNoteFolder(defaultNoteFolder)

test('at least 120 public notes are annotated, each once', () => {
  const notes = new Set(excerpts.map(({ note }) => note))
  expect(notes.size).toBe(excerpts.length)
  expect(parts.open.length).toBeGreaterThanOrEqual(120)
})

test('every annotated concept is in the lexicon and is meaningful alone', () => {
  const lexicon = loadLexicon()
  const wrong = excerpts.flatMap(({ note, mentions }) =>
    mentions
      .filter(({ is }) => /^(?:undefined|site|observable)$/.test(String(lexicon.get(is)?.kind)))
      .map(({ is }) => `${note}: ${is}`),
  )
  expect(wrong).toEqual([])
})

// The notes are not part of the repository: README.md.
describe.skipIf(open === undefined)('with the public notes beside the repository', () => {
  const read = open ?? (() => ({ text: '', start: 0 }))

  test('every excerpt is unchanged and contains its annotated words', () => {
    const wrong = excerpts.flatMap((excerpt) => {
      const { text, start } = read(excerpt.note)
      const piece = text.slice(start + excerpt.from, start + excerpt.to)
      const digest = createHash('sha256').update(piece).digest('hex').slice(0, 12)
      if (digest !== excerpt.digest) return [`${excerpt.note}: other text`]
      return excerpt.mentions
        .filter((mention) => placeOf(piece, mention) === -1)
        .map(({ says }) => `${excerpt.note}: ${says}`)
    })
    expect(wrong).toEqual([])
  })

  const figuresIn = (part: keyof typeof parts) =>
    open === undefined
      ? []
      : figuresOf(parts[part].map((one) => compareExcerpt(one, open(one.note))))
  const figures = { open: figuresIn('open'), 'held-out': figuresIn('held-out') }

  // Each limit is just below the first reading, which README.md documents (2026-11-29: open part at 9e008bc,
  // held-out part at ef33933). A limit is raised after a better reading. The precision of the four mention rows
  // was lowered by 0.01 at 8a6f558 (2026-11-29), below the measurement there, because the lexicon that grew for
  // the policies reads more than was annotated. The held-out part includes only rows with at least ten
  // annotations.
  test.each([
    ['open', 'mentions, same concept', 0.78, 0.77],
    ['open', 'mentions, same or wider or narrower', 0.83, 0.82],
    ['open', 'affirmed', 0.98, 0.92],
    ['open', 'denied', 0.93, 0.9],
    ['open', 'possible', 0.39, 0.56],
    ['open', 'hypothetical', 0.41, 0.78],
    ['open', 'of another person', 0.54, 0.91],
    ['open', 'past', 0.66, 0.73],
    ['open', 'done', 0.95, 0.69],
    ['open', 'planned', 0.86, 0.94],
    ['open', 'side: left', 0.7, 0.95],
    ['open', 'side: right', 0.7, 0.87],
    ['open', 'side: both', 0.74, 0.95],
    ['held-out', 'mentions, same concept', 0.74, 0.79],
    ['held-out', 'mentions, same or wider or narrower', 0.77, 0.82],
    ['held-out', 'affirmed', 0.97, 0.94],
    ['held-out', 'denied', 0.94, 0.92],
    ['held-out', 'of another person', 0.44, 0.95],
    ['held-out', 'done', 0.96, 0.87],
    ['held-out', 'planned', 0.71, 0.8],
    ['held-out', 'side: right', 0.89, 0.89],
  ] as const)(
    '%s: %s: precision at least %d, recall at least %d',
    (part, name, precision, recall) => {
      const figure = figures[part].find((one) => one.name === name)
      expect(figure && precisionOf(figure)).toBeGreaterThanOrEqual(precision)
      expect(figure && recallOf(figure)).toBeGreaterThanOrEqual(recall)
    },
  )
})
