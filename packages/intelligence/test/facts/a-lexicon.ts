import {
  type NoteDocument,
  type Section,
  type SectionKind,
  textOf,
  type Unit,
} from '../../src/document/note-document.ts'
import type { Stages } from '../../src/facts/stages.ts'
import { tokensOf } from '../../src/facts/values/tokens.ts'
import type { Concept } from '../../src/lexicon/concept.ts'
import type { LexiconView } from '../../src/lexicon/lexicon-view.ts'
import type { Mention } from '../../src/lexicon/mention.ts'
import type { Assertion } from '../../src/modifiers/assertion.ts'

/** A lexicon of about fifty concepts, enough for the sentences of these tests. */
const concepts: readonly Concept[] = [
  {
    id: 'physical-therapy',
    kind: 'therapy',
    name: 'physical therapy',
    synonyms: ['pt', 'therapy'],
    broader: ['conservative-care'],
    codes: { cpt: ['97110', '97140'] },
  },
  {
    id: 'home-exercise',
    kind: 'therapy',
    name: 'home exercise program',
    synonyms: ['hep', 'home exercises'],
    broader: ['conservative-care'],
  },
  {
    id: 'conservative-care',
    kind: 'therapy',
    name: 'conservative care',
    synonyms: ['conservative treatment'],
  },
  {
    id: 'nsaid',
    kind: 'drug',
    name: 'nsaid',
    synonyms: ['nsaids'],
    broader: ['conservative-care'],
  },
  {
    id: 'naproxen',
    kind: 'drug',
    name: 'naproxen',
    broader: ['nsaid'],
    codes: { rxnorm: ['7258'] },
  },
  { id: 'gabapentin', kind: 'drug', name: 'gabapentin' },
  {
    id: 'epidural-injection',
    kind: 'therapy',
    name: 'epidural steroid injection',
    synonyms: ['esi', 'esis', 'epidural', 'epidurals', 'epidural injections', 'epidural injection'],
    codes: { cpt: ['62323'] },
  },
  { id: 'bracing', kind: 'therapy', name: 'bracing' },
  {
    id: 'knee-replacement',
    kind: 'therapy',
    name: 'knee replacement',
    synonyms: ['knee replaced'],
    sites: ['knee'],
    codes: { cpt: ['27447'] },
  },
  {
    id: 'back-pain',
    kind: 'finding',
    name: 'low back pain',
    synonyms: ['back pain', 'lbp'],
    sites: ['lumbar-spine'],
    codes: { icd10cm: ['M54.5'] },
  },
  {
    id: 'knee-pain',
    kind: 'finding',
    name: 'knee pain',
    sites: ['knee'],
    codes: { icd10cm: ['M25.56'] },
  },
  { id: 'neck-pain', kind: 'finding', name: 'neck pain', sites: ['cervical-spine'] },
  { id: 'weakness', kind: 'finding', name: 'weakness' },
  { id: 'numbness', kind: 'finding', name: 'numbness' },
  {
    id: 'foot-drop',
    kind: 'finding',
    name: 'foot drop',
    sites: ['foot'],
    codes: { icd10cm: ['M21.37'] },
  },
  { id: 'fever', kind: 'finding', name: 'fever', codes: { icd10cm: ['R50'] } },
  { id: 'headache', kind: 'finding', name: 'headache', synonyms: ['headaches'] },
  {
    id: 'radiculopathy',
    kind: 'disease',
    name: 'lumbar radiculopathy',
    sites: ['lumbar-spine'],
    codes: { icd10cm: ['M54.16', 'M54.17'] },
  },
  {
    id: 'osteoarthritis',
    kind: 'disease',
    name: 'osteoarthritis',
    synonyms: ['oa'],
    codes: { icd10cm: ['M17'] },
  },
  { id: 'sleep-apnea', kind: 'disease', name: 'sleep apnea', codes: { icd10cm: ['G47.33'] } },
  {
    id: 'straight-leg-raise-positive',
    kind: 'sign',
    name: 'positive straight leg raise',
    synonyms: ['straight leg raise'],
  },
  { id: 'mri', kind: 'study', name: 'mri', codes: { cpt: ['72148', '72141', '70551'] } },
  { id: 'radiograph', kind: 'study', name: 'radiograph', synonyms: ['x-ray', 'xray'] },
  {
    id: 'echocardiogram',
    kind: 'study',
    name: 'echocardiogram',
    synonyms: ['echo'],
    codes: { loinc: ['34552-0'] },
  },
  { id: 'sleep-study', kind: 'study', name: 'sleep study' },
  {
    id: 'ejection-fraction',
    kind: 'measure',
    name: 'ejection fraction',
    synonyms: ['ef', 'lvef'],
    unit: '%',
    range: [3, 95],
    codes: { loinc: ['10230-1'] },
  },
  {
    id: 'apnea-hypopnea-index',
    kind: 'measure',
    name: 'ahi',
    unit: '/h',
    range: [0, 200],
    codes: { loinc: ['69990-0'] },
  },
  {
    id: 'oxygen-saturation',
    kind: 'measure',
    name: 'spo2',
    synonyms: ['oxygen saturation', 'o2 sat'],
    unit: '%',
    range: [30, 100],
    codes: { loinc: ['59408-5', '2708-6'] },
  },
  {
    id: 'body-mass-index',
    kind: 'measure',
    name: 'bmi',
    unit: 'kg/m2',
    range: [8, 120],
    codes: { loinc: ['39156-5'] },
  },
  {
    id: 'hematocrit',
    kind: 'measure',
    name: 'hematocrit',
    synonyms: ['hct'],
    unit: '%',
    range: [10, 75],
    codes: { loinc: ['4544-3'] },
  },
  {
    id: 'height',
    kind: 'measure',
    name: 'height',
    unit: 'cm',
    range: [40, 230],
    codes: { loinc: ['8302-2'] },
  },
  {
    id: 'pain-score',
    kind: 'score',
    name: 'pain score',
    synonyms: ['pain', 'nprs', 'vas'],
    range: [0, 100],
  },
  { id: 'odi', kind: 'score', name: 'odi', synonyms: ['oswestry'], range: [0, 100] },
  { id: 'lefs', kind: 'score', name: 'lefs', range: [0, 80] },
  { id: 'epworth', kind: 'score', name: 'epworth', synonyms: ['ess'], range: [0, 24] },
  { id: 'at-rest', kind: 'observable', name: 'at rest', synonyms: ['resting'] },
  { id: 'exertion', kind: 'observable', name: 'exertion', synonyms: ['with ambulation'] },
  { id: 'room-air', kind: 'observable', name: 'room air', synonyms: ['ra'] },
  { id: 'oxygen', kind: 'device', name: 'oxygen', synonyms: ['2 l'] },
  { id: 'cpap', kind: 'device', name: 'cpap' },
  {
    id: 'stair-climbing',
    kind: 'function',
    name: 'climbing stairs',
    synonyms: ['climb stairs', 'stairs'],
  },
  { id: 'walking', kind: 'function', name: 'walking', synonyms: ['walk', 'walks', 'ambulation'] },
  {
    id: 'lumbar-spine',
    kind: 'site',
    name: 'lumbar spine',
    synonyms: ['lumbar', 'low back', 'back'],
  },
  { id: 'cervical-spine', kind: 'site', name: 'cervical spine', synonyms: ['neck', 'cervical'] },
  { id: 'knee', kind: 'site', name: 'knee', synonyms: ['knees'], broader: ['lower-extremity'] },
  { id: 'hip', kind: 'site', name: 'hip', synonyms: ['hips'], broader: ['lower-extremity'] },
  { id: 'leg', kind: 'site', name: 'leg', synonyms: ['legs', 'le'], broader: ['lower-extremity'] },
  { id: 'shoulder', kind: 'site', name: 'shoulder', synonyms: ['shoulders'] },
  { id: 'foot', kind: 'site', name: 'foot', broader: ['lower-extremity'] },
  { id: 'lower-extremity', kind: 'site', name: 'lower extremity' },
]

class SmallLexicon implements LexiconView {
  readonly concepts = concepts
  readonly #byId = new Map(concepts.map((one) => [one.id, one]))
  readonly #byFirst = new Map<
    string,
    { readonly words: readonly string[]; readonly id: string }[]
  >()

  constructor() {
    for (const { id, name, synonyms = [] } of concepts)
      for (const term of [name, ...synonyms]) {
        const words = tokensOf(term).map((one) => one.text)
        const first = words[0] ?? ''
        this.#byFirst.set(
          first,
          [...(this.#byFirst.get(first) ?? []), { words, id }].sort(
            (a, b) => b.words.length - a.words.length,
          ),
        )
      }
  }

  get(id: string): Concept | undefined {
    return this.#byId.get(id)
  }

  isA(id: string, wider: string): boolean {
    return id === wider || (this.get(id)?.broader ?? []).some((one) => this.isA(one, wider))
  }

  find(document: NoteDocument, unit: Unit): readonly Mention[] {
    return this.findIn(textOf(document, unit)).map((one) => ({
      ...one,
      start: one.start + unit.start,
      end: one.end + unit.start,
    }))
  }

  firstWordsIn(text: string): readonly string[] {
    return tokensOf(text).map((token) => token.text)
  }

  firstWordsOf(id: string): readonly string[] {
    return [...this.#byFirst].flatMap(([word, terms]) =>
      terms.some((term) => term.id === id) ? [word] : [],
    )
  }

  findIn(text: string): readonly Mention[] {
    const tokens = tokensOf(text)
    const found: Mention[] = []
    for (let index = 0; index < tokens.length; index += 1) {
      const term = this.#byFirst
        .get(tokens[index]?.text ?? '')
        ?.find(({ words }) => words.every((word, step) => tokens[index + step]?.text === word))
      if (term === undefined) continue
      const last = tokens[index + term.words.length - 1]
      found.push({ conceptId: term.id, start: tokens[index]?.start ?? 0, end: last?.end ?? 0 })
      index += term.words.length - 1
    }
    return found
  }
}

export const lexicon: LexiconView = new SmallLexicon()

const headings: Readonly<Record<string, SectionKind>> = {
  plan: 'plan',
  results: 'results',
  history: 'history',
  'left knee': 'other',
  'lumbar spine': 'other',
}

/**
 * Splits at line ends and full stops; a known heading with a colon alone on a line begins a section; `a | b` is
 * a row.
 */
function readDocument(source: string): NoteDocument {
  const units: Unit[] = []
  let section: Section = { kind: 'other', start: 0, end: source.length }
  const sections: Section[] = [section]
  const headers: { start: number; end: number }[] = []
  for (const line of source.matchAll(/[^\n]+/g)) {
    const start = line.index
    const [text] = line
    const heading = /^([A-Za-z ]{1,30}):$/.exec(text)?.[1]
    if (heading !== undefined && headings[heading.toLowerCase()] !== undefined) {
      section = {
        kind: headings[heading.toLowerCase()] ?? 'other',
        start,
        end: source.length,
        title: { start, end: start + heading.length },
      }
      sections.push(section)
      continue
    }
    if (text.includes(' | ')) {
      const cells = [...text.matchAll(/[^|]+/g)].map((cell) => {
        const lead = cell[0].length - cell[0].trimStart().length
        return {
          start: start + cell.index + lead,
          end: start + cell.index + lead + cell[0].trim().length,
        }
      })
      if (text.startsWith('#')) {
        headers.splice(0, headers.length, ...cells)
        continue
      }
      const span = { start, end: start + text.length }
      units.push({
        ...span,
        kind: 'row',
        section,
        leads: [],
        quote: span,
        cells: cells.map((cell, at) => ({
          ...cell,
          ...(headers[at] === undefined ? {} : { header: headers[at] }),
        })),
      })
      continue
    }
    for (const sentence of text.matchAll(/[^.]+(?:\.(?!\s|$)[^.]*)*\.?/g)) {
      const lead = sentence[0].length - sentence[0].trimStart().length
      const span = {
        start: start + sentence.index + lead,
        end: start + sentence.index + sentence[0].length,
      }
      if (span.end > span.start)
        units.push({ ...span, kind: 'sentence', section, leads: [], quote: span })
    }
  }
  return { source, sections, units, skipped: [], isWhole: true }
}

/** Recognizes a few cues before a mention, enough for facts. */
function assertionsOf(
  document: NoteDocument,
  unit: Unit,
  mentions: readonly Mention[],
): ReadonlyMap<Mention, Assertion> {
  const text = textOf(document, unit).toLowerCase()
  return new Map(
    mentions.map((one) => {
      const before = text.slice(
        Math.max(0, one.start - unit.start - 60),
        Math.max(0, one.start - unit.start),
      )
      const isDenied =
        /\b(?:no|denies|without)\b[^,;]*$/.test(before) &&
        !/relief|improvement|difficulty/.test(before)
      const isPlanned = /\b(?:will|ordered|recommend|start|schedule|until|requires)\b/.test(before)
      const isDone = /\b(?:completed|tried|failed|attended|did|had|underwent|went|took)\b/.test(
        text,
      )
      return [
        one,
        {
          status: isDenied ? 'denied' : 'affirmed',
          subject: 'patient',
          when: 'now',
          phase: isPlanned ? 'planned' : isDone ? 'done' : 'not_stated',
          cues: [],
        },
      ]
    }),
  )
}

export const stages: Stages = { readDocument, assertionsOf }
export const noteDay = '2026-06-15'
