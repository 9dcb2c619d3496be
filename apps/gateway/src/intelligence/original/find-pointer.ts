import type { ClinicalBundle, Concept, Evidence, ResourceSource } from '@authscript/prior-auth'
import { findPassage, type Passage } from '../find-passage.ts'
import type { EvidenceItem } from './pa-form-data.ts'

/** A shorter passage occurs in every note, so it proves nothing. */
const minPassageWords = 3
/** A longer text is the service's own, not a passage of a note. */
const maxPassageLength = 2000

/**
 * Words near a passage that reverse its meaning: the service may quote "saddle anesthesia" from a sentence that denies it.
 */
const reversesBefore =
  /\b(?:no|not|none|never|without|denie[sd]|deny|denying|negative for|absence of|ruled? out|if|unless|will|plans?|planned|should|consider|mother|father|brother|sister|family)\b/i
const reversesAfter =
  /\b(?:denied|absent|negative|ruled out|not (?:present|seen|found|tried|done)|(?:mother|father|brother|sister)(?:'s)?)\b/i
/** How many characters of the sentence are read before and after the passage. */
const sentenceReach = 300

/**
 * Finds the evidence in the chart that the service's free text refers to: a passage of a note, or else a resource that it names. The
 * result is copied from the chart, never from the service.
 */
export function findPointer(
  item: EvidenceItem,
  stance: Evidence['stance'],
  bundle: ClinicalBundle,
): Evidence | undefined {
  return quotedIn(bundle, item.evidence ?? '', stance) ?? namedIn(bundle, item.source ?? '', stance)
}

function quotedIn(
  bundle: ClinicalBundle,
  text: string,
  stance: Evidence['stance'],
): Evidence | undefined {
  if (text.length > maxPassageLength) return undefined
  // The whole text first, then the parts in quotation marks.
  const candidates = [
    text,
    ...[...text.matchAll(/["“]([^"“”]+)["”]/g)].map(([, inner = '']) => inner),
  ]
  for (const candidate of candidates) {
    if (candidate.trim().split(/\s+/).length < minPassageWords) continue
    for (const { source, content, title, type, date } of bundle.documents) {
      if (content.kind !== 'text') continue
      const passage = findPassage(content.text, candidate)
      if (passage === undefined || isReversed(content.text, passage)) continue
      return {
        source,
        path: 'DocumentReference.content.attachment',
        summary: title ?? type.text ?? 'note',
        ...(date === undefined ? {} : { date }),
        quote: { text: content.text.slice(passage.start, passage.end), ...passage },
        stance,
        proposedBy: 'model',
      }
    }
  }
  return undefined
}

/** Reads the rest of the passage's sentence: up to its end or an empty line, because notes break lines anywhere. */
function isReversed(text: string, { start, end }: Passage): boolean {
  const before = text.slice(Math.max(0, start - sentenceReach), start)
  const after = text.slice(end, end + sentenceReach)
  const leadIn = before.split(/[.!?;]|\n\s*\n/).at(-1) ?? ''
  const leadOut = after.split(/[.!?;]|\n\s*\n/)[0] ?? ''
  return reversesBefore.test(leadIn) || reversesAfter.test(leadOut)
}

function namedIn(
  bundle: ClinicalBundle,
  text: string,
  stance: Evidence['stance'],
): Evidence | undefined {
  const words = new Set(text.split(/[\s,;()[\]"]+/).flatMap((word) => [word, ...word.split('/')]))
  const named = facts(bundle).find(({ source }) => words.has(source.resourceId))
  return named === undefined
    ? undefined
    : {
        source: named.source,
        path: named.path,
        summary: named.summary,
        stance,
        proposedBy: 'model',
      }
}

interface Fact {
  readonly source: ResourceSource
  readonly path: string
  readonly summary: string
}

/** Resources whose code states a fact. A note only counts if a passage of it is quoted. */
function facts(bundle: ClinicalBundle): readonly Fact[] {
  const from = (path: string, source: ResourceSource, code: Concept): Fact => ({
    source,
    path,
    summary: summaryOf(code),
  })
  return [
    ...bundle.conditions.map(({ source, code }) => from('Condition.code', source, code)),
    ...bundle.observations.map(({ source, code }) => from('Observation.code', source, code)),
    ...bundle.procedures.map(({ source, code }) => from('Procedure.code', source, code)),
    ...bundle.medications.map(({ source, medication }) =>
      from('MedicationRequest.medication', source, medication),
    ),
    ...bundle.orders.map(({ source, code }) => from('ServiceRequest.code', source, code)),
  ]
}

function summaryOf({ codings, text }: Concept): string {
  const [coding] = codings
  return [coding?.code, coding?.display ?? text].filter((part) => part !== undefined).join(' ')
}
