import type { ClinicalBundle, DocumentEntry, Evidence } from '@authscript/prior-auth'
import type { NoteRule } from '../policy/policy.ts'
import { isDone, isNotDone, isPlanned, stanceOf } from './context.ts'
import { durationPattern, weeksOf } from './duration.ts'
import { type Sentence, splitSentences } from './sentences.ts'

/** Longer notes are read up to here, and what follows is unknown. */
const maxExamined = 200_000
/** The same is often said several times; the reviewer needs a few. */
const maxEvidence = 4

export interface NoteFindings {
  readonly evidence: readonly Evidence[]
  /** It is spoken of, but not so that it settles the question. */
  readonly isMentioned: boolean
}

/** The chart's notes, split once for all criteria. */
export class NoteReader {
  readonly #documents: readonly {
    readonly document: DocumentEntry
    readonly sentences: readonly Sentence[]
    readonly isOfVisit: boolean
  }[]
  /** Whether every note of the visit could be read to its end: otherwise its silence says nothing. */
  readonly isWhole: boolean

  constructor(bundle: ClinicalBundle, asOf: string) {
    const encounterId = bundle.encounter.source.resourceId
    const relevant = bundle.documents.filter(
      (document) =>
        document.status !== 'superseded' && (document.date ?? asOf).slice(0, 10) <= nextDay(asOf),
    )
    let isWhole = true
    this.#documents = relevant.flatMap((document) => {
      const isOfVisit =
        document.encounterIds.includes(encounterId) || document.date?.slice(0, 10) === asOf
      if (document.content.kind === 'unread') {
        if (isOfVisit) isWhole = false
        return []
      }
      if (document.content.text.length > maxExamined) isWhole = false
      return [
        {
          document,
          isOfVisit,
          sentences: splitSentences(document.content.text.slice(0, maxExamined)),
        },
      ]
    })
    this.isWhole = isWhole
  }

  /** What the notes say to a rule. What is present now is asked of the visit's own notes; what was done, of all. */
  find(rule: NoteRule): NoteFindings {
    const evidence: Evidence[] = []
    let isMentioned = false
    const terms = new RegExp(`\\b(?:${rule.terms.join('|')})\\b`, 'gi')
    const contrary =
      rule.kind === 'finding' && rule.contraryTerms !== undefined
        ? new RegExp(`\\b(?:${rule.contraryTerms.join('|')})`, 'gi')
        : undefined
    for (const { document, sentences, isOfVisit } of this.#documents) {
      if (rule.kind === 'finding' && !isOfVisit) continue
      for (const sentence of sentences) {
        const stance =
          contrary !== undefined && isOwn(sentence, contrary)
            ? 'refutes'
            : readSentence(sentence, rule, terms)
        if (stance === undefined) continue
        isMentioned = true
        // An older note's "has not tried" says nothing about today.
        if (stance === 'mentions' || (stance === 'refutes' && !isOfVisit)) continue
        if (evidence.filter((one) => one.stance === stance).length < maxEvidence)
          evidence.push(toEvidence(document, sentence, stance))
      }
    }
    return { evidence, isMentioned }
  }
}

function isOwn(sentence: Sentence, pattern: RegExp): boolean {
  const match = sentence.text.matchAll(pattern).next().value
  return match !== undefined && stanceOf(sentence, match.index, match.index) !== 'of_another'
}

function readSentence(
  sentence: Sentence,
  rule: NoteRule,
  terms: RegExp,
): 'supports' | 'refutes' | 'mentions' | undefined {
  let found: 'supports' | 'refutes' | 'mentions' | undefined
  for (const match of sentence.text.matchAll(terms)) {
    const end = match.index + match[0].length
    const stance =
      rule.kind === 'finding'
        ? readFinding(sentence, match.index, end)
        : readDone(sentence, rule, match.index, match[0])
    if (stance === 'supports') return stance
    found = found === 'refutes' ? found : (stance ?? found)
  }
  return found
}

function readFinding(
  sentence: Sentence,
  start: number,
  end: number,
): 'supports' | 'refutes' | 'mentions' | undefined {
  switch (stanceOf(sentence, start, end)) {
    case 'affirmed':
      return isPlanned(sentence, start) ? 'mentions' : 'supports'
    case 'denied':
      return 'refutes'
    case 'uncertain':
      return 'mentions'
    case 'of_another':
    case 'planned':
      return undefined
  }
}

function readDone(
  sentence: Sentence,
  rule: Extract<NoteRule, { kind: 'done' }>,
  start: number,
  term: string,
): 'supports' | 'refutes' | 'mentions' | undefined {
  const before = sentence.text.slice(0, start)
  const stance = stanceOf(sentence, start, start + term.length)
  if (stance === 'of_another') return undefined
  if (isNotDone(before)) return 'refutes'
  if (
    stance === 'planned' ||
    stance === 'uncertain' ||
    isPlanned(sentence, start) ||
    !isDone(sentence)
  )
    return 'mentions'
  if (rule.minWeeks === undefined) return 'supports'
  const weeks = durationOfTerm(sentence.text, start, term)
  if (weeks === undefined) return 'mentions'
  return weeks >= rule.minWeeks ? 'supports' : 'refutes'
}

const durationBefore = new RegExp(
  `(${durationPattern})\\s+(?:of|course of|trial of|program of)?\\s*(?:[\\w-]+\\s+){0,4}$`,
  'i',
)
const durationAfter = new RegExp(
  `^(?:\\s+(?!pain|symptoms|and\\b)[\\w()/-]+){0,8}?\\s*(?:for|x|×|over|during|lasting|\\()\\s*(?:the\\s+(?:past|last)\\s+|about\\s+|approximately\\s+|at\\s+least\\s+|over\\s+)*(${durationPattern})`,
  'i',
)

/** Only a duration that is tied to the term: "pain for 8 weeks, tried PT" says nothing of how long the PT was. */
function durationOfTerm(text: string, start: number, term: string): number | undefined {
  const before = durationBefore.exec(text.slice(Math.max(0, start - 120), start))?.[1]
  if (
    before !== undefined &&
    !/\b(?:pain|symptoms?|ago|history)\b/i.test(
      text.slice(text.lastIndexOf(before, start) + before.length, start),
    )
  ) {
    return weeksOf(before)
  }
  const after = durationAfter.exec(text.slice(start + term.length, start + term.length + 160))?.[1]
  return after === undefined ? undefined : weeksOf(after)
}

function toEvidence(
  document: DocumentEntry,
  sentence: Sentence,
  stance: 'supports' | 'refutes',
): Evidence {
  return {
    source: document.source,
    path: 'DocumentReference.content.attachment',
    summary: document.title ?? document.type.text ?? 'note',
    ...(document.date === undefined ? {} : { date: document.date }),
    quote: {
      text: sentence.text,
      start: sentence.start,
      end: sentence.start + sentence.text.length,
    },
    stance,
  }
}

/** A note is often signed the day after the visit. */
function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
