import type { AnnotatedMention } from './annotation.ts'
import type { ComparedExcerpt } from './compare-excerpt.ts'
import type { ReadMention } from './read-mentions.ts'

/** How many were annotated, how many were read, and how many of each were right. */
export interface Figure {
  readonly name: string
  readonly annotated: number
  readonly read: number
  readonly rightOfAnnotated: number
  readonly rightOfRead: number
}

/** An annotated mention with the mention that was read there. */
export interface Matched {
  readonly mention: AnnotatedMention
  readonly read: ReadMention
}

const acts = new Set(['therapy', 'drug', 'study', 'device'])
const isAct = ({ read }: Matched) => acts.has(read.kind)

/** A modifier, compared on mentions that both have: whether the annotator states it, and whether our code does. */
const modifiers: readonly {
  readonly name: string
  readonly of?: (one: Matched) => boolean
  readonly annotated: (mention: AnnotatedMention) => boolean
  readonly read: (mention: ReadMention) => boolean
}[] = [
  {
    name: 'affirmed',
    annotated: ({ status }) => status === undefined,
    read: ({ assertion }) => assertion.status === 'affirmed',
  },
  ...(['denied', 'possible', 'hypothetical'] as const).map((name) => ({
    name,
    annotated: ({ status }: AnnotatedMention) => status === name,
    read: ({ assertion }: ReadMention) => assertion.status === name,
  })),
  {
    name: 'of another person',
    annotated: ({ subject }) => subject === 'other',
    read: ({ assertion }) => assertion.subject === 'other',
  },
  {
    name: 'past',
    of: (one) => !isAct(one),
    annotated: ({ when }) => when === 'past',
    read: ({ assertion }) => assertion.when !== 'now',
  },
  ...(['done', 'planned'] as const).map((name) => ({
    name,
    of: (one: Matched) => isAct(one) && one.mention.phase !== undefined,
    annotated: ({ phase }: AnnotatedMention) => phase === name,
    read: ({ assertion }: ReadMention) => assertion.phase === name,
  })),
  ...(['left', 'right', 'both'] as const).map((name) => ({
    name: `side: ${name}`,
    annotated: ({ side }: AnnotatedMention) => side === name,
    read: ({ side }: ReadMention) => side === name,
  })),
]

/**
 * The table of the sample: mentions of the same concept, mentions of the same or a related one, then each
 * modifier.
 */
export function figuresOf(compared: readonly ComparedExcerpt[]): readonly Figure[] {
  const annotated = compared.flatMap((one) => one.annotated)
  const found = compared.flatMap((one) => one.found)
  const mentions = (name: string, isRight: (likeness: string) => boolean): Figure => ({
    name,
    annotated: annotated.length,
    read: found.length,
    rightOfAnnotated: annotated.filter(({ likeness }) => isRight(likeness)).length,
    rightOfRead: found.filter(({ likeness }) => isRight(likeness)).length,
  })
  const matched = annotated.flatMap(({ mention, read }) =>
    read === undefined || mention.isOpen === true ? [] : [{ mention, read }],
  )
  return [
    mentions('mentions, same concept', (likeness) => likeness === 'same'),
    mentions('mentions, same or wider or narrower', (likeness) => likeness !== 'none'),
    ...modifiers.map((modifier): Figure => {
      const asked = matched.filter((one) => modifier.of?.(one) ?? true)
      const both = asked.filter(
        ({ mention, read }) => modifier.annotated(mention) && modifier.read(read),
      ).length
      return {
        name: modifier.name,
        annotated: asked.filter(({ mention }) => modifier.annotated(mention)).length,
        read: asked.filter(({ read }) => modifier.read(read)).length,
        rightOfAnnotated: both,
        rightOfRead: both,
      }
    }),
  ]
}

/** The modifiers on which the annotator and our code differ. */
export function differencesOf(one: Matched): readonly string[] {
  if (one.mention.isOpen === true) return []
  return modifiers
    .filter((modifier) => modifier.of?.(one) ?? true)
    .filter(({ annotated, read }) => annotated(one.mention) !== read(one.read))
    .map(({ name }) => name)
}

export const precisionOf = ({ read, rightOfRead }: Figure) => (read === 0 ? 1 : rightOfRead / read)
export const recallOf = ({ annotated, rightOfAnnotated }: Figure) =>
  annotated === 0 ? 1 : rightOfAnnotated / annotated
export const f1Of = (figure: Figure) => {
  const [precision, recall] = [precisionOf(figure), recallOf(figure)]
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
}
