import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { loadLexicon } from '../../src/lexicon/lexicon.ts'
import { readAnnotations } from './annotation.ts'
import { compareExcerpt, placeOf } from './compare-excerpt.ts'
import { figuresOf, precisionOf, recallOf } from './figures.ts'
import { defaultNoteFolder, openNoteFolder } from './note-folder.ts'

const excerpts = readAnnotations()
const open = openNoteFolder(defaultNoteFolder)

test('at least 120 public notes are annotated, each once', () => {
  const notes = new Set(excerpts.map(({ note }) => note))
  expect(notes.size).toBe(excerpts.length)
  expect(notes.size).toBeGreaterThanOrEqual(120)
})

test('every annotated concept is in the lexicon and says something by itself', () => {
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

  test('every excerpt is the one that was annotated, and holds the words of its mentions', () => {
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

  // Each just under the first reading (2026-11-29, at 9e008bc), which README.md keeps. A floor goes up with a better reading, and never down.
  const floors: readonly (readonly [name: string, precision: number, recall: number])[] = [
    ['mentions, same concept', 0.79, 0.77],
    ['mentions, same or wider or narrower', 0.84, 0.82],
    ['affirmed', 0.98, 0.92],
    ['denied', 0.93, 0.9],
    ['possible', 0.39, 0.56],
    ['hypothetical', 0.41, 0.78],
    ['of another person', 0.54, 0.91],
    ['past', 0.66, 0.73],
    ['done', 0.95, 0.69],
    ['planned', 0.86, 0.94],
    ['side: left', 0.7, 0.95],
    ['side: right', 0.7, 0.87],
    ['side: both', 0.74, 0.95],
  ]
  const figures =
    open === undefined ? [] : figuresOf(excerpts.map((one) => compareExcerpt(one, open(one.note))))

  test('every figure has a floor', () => {
    expect(figures.map(({ name }) => name)).toEqual(floors.map(([name]) => name))
  })

  test.each(floors)('%s: precision at least %d, recall at least %d', (name, precision, recall) => {
    const figure = figures.find((one) => one.name === name)
    expect(figure && precisionOf(figure)).toBeGreaterThanOrEqual(precision)
    expect(figure && recallOf(figure)).toBeGreaterThanOrEqual(recall)
  })
})
