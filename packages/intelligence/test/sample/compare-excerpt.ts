import { loadLexicon } from '../../src/lexicon/lexicon.ts'
import type { AnnotatedExcerpt, AnnotatedMention } from './annotation.ts'
import type { PublicNote } from './note-folder.ts'
import { type ReadMention, readMentions } from './read-mentions.ts'

/** Whether the same text was read as the same concept, as a wider or narrower one, or as an unrelated one. */
export type Likeness = 'same' | 'related' | 'none'

export interface ComparedExcerpt {
  readonly excerpt: AnnotatedExcerpt
  readonly text: string
  /** Each annotated mention with the mention that was read there. */
  readonly annotated: readonly {
    readonly mention: AnnotatedMention
    readonly likeness: Likeness
    readonly read?: ReadMention
  }[]
  /** Each mention that was read within the excerpt. */
  readonly found: readonly {
    readonly read: ReadMention
    readonly words: string
    readonly likeness: Likeness
  }[]
}

const rank = { same: 2, related: 1, none: 0 } as const

/** Reads the whole note, and compares the excerpt. */
export function compareExcerpt(excerpt: AnnotatedExcerpt, note: PublicNote): ComparedExcerpt {
  const lexicon = loadLexicon()
  const [from, to] = [note.start + excerpt.from, note.start + excerpt.to]
  const text = note.text.slice(from, to)
  const reads = readMentions(note.text).filter(({ start, end }) => start < to && end > from)
  const annotations = excerpt.mentions.map((mention) => {
    const start = from + placeOf(text, mention)
    return { mention, start, end: start + mention.says.length }
  })
  const likenessOf = (mention: AnnotatedMention, read: ReadMention): Likeness => {
    if (mention.is === read.conceptId) return 'same'
    const isRelated =
      lexicon.isA(mention.is, read.conceptId) || lexicon.isA(read.conceptId, mention.is)
    return isRelated ? 'related' : 'none'
  }
  const pairs = annotations.flatMap((annotation) =>
    reads
      .filter(({ start, end }) => start < annotation.end && end > annotation.start)
      .map((read) => ({ annotation, read, likeness: likenessOf(annotation.mention, read) }))
      .filter(({ likeness }) => likeness !== 'none'),
  )
  pairs.sort((one, other) => rank[other.likeness] - rank[one.likeness])
  return {
    excerpt,
    text,
    annotated: annotations.map((annotation) => {
      const best = pairs.find((pair) => pair.annotation === annotation)
      return {
        mention: annotation.mention,
        likeness: best?.likeness ?? 'none',
        ...(best === undefined ? {} : { read: best.read }),
      }
    }),
    found: reads.map((read) => ({
      read,
      words: note.text.slice(read.start, read.end),
      likeness: pairs.find((pair) => pair.read === read)?.likeness ?? 'none',
    })),
  }
}

/** Where the annotated text begins in the excerpt; -1 if it is missing. */
export function placeOf(text: string, { says, nth = 1 }: AnnotatedMention): number {
  let place = -1
  for (let count = 0; count < nth; count += 1) {
    place = text.indexOf(says, place + 1)
    if (place === -1) return -1
  }
  return place
}
