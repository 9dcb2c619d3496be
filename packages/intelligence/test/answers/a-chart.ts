import {
  type ChartSketch,
  dayBefore,
  orderId,
  toBundle,
  encounterDay,
} from '@authscript/labelled-cases'
import type { ClinicalBundle, OrderEntry } from '@authscript/prior-auth'
import type { AnswerContext } from '../../src/answers/answer-context.ts'
import type { ConceptTree, FactStore } from '../../src/answers/chart-facts.ts'
import type { UnreadNote } from '../../src/facts/fact-store.ts'
import { containsCode } from '../../src/answers/queries/order.ts'
import type {
  Days,
  Fact,
  FactSource,
  Finding,
  FunctionFact,
  Measurement,
  Side,
  Therapy,
} from '../../src/facts/fact.ts'
import type { ConceptKind } from '../../src/lexicon/concept.ts'
import type { Assertion } from '../../src/modifiers/assertion.ts'

export { dayBefore, encounterDay }

/** What a test specifies about a fact; by default it is an affirmed finding of the patient, now. */
type Said = Partial<Assertion> & { readonly side?: Side; readonly sites?: readonly string[] }

/** A fact without a source. */
export interface Loose {
  readonly fact: DistributiveOmit<Fact, 'from'>
  readonly says?: string
  readonly isCopied?: true
}
type DistributiveOmit<T, Key extends PropertyKey> = T extends unknown ? Omit<T, Key> : never

const plain = (said: Said) => {
  const { side, sites, ...assertion } = said
  return {
    sites: sites ?? [],
    ...(side === undefined ? {} : { side }),
    assertion: {
      status: 'affirmed',
      subject: 'patient',
      when: 'now',
      phase: 'not_stated',
      cues: [],
      ...assertion,
    } as Assertion,
  }
}

/** The days this many days before the encounter. */
export const ago = (from: number, to = from): Days => ({
  first: dayBefore(from),
  last: dayBefore(to),
})

export function finding(
  conceptId: string,
  said: Said & Partial<Pick<Finding, 'onset' | 'lastingDays'>> = {},
): Loose {
  const { onset, lastingDays, ...rest } = said
  return {
    fact: {
      kind: 'finding',
      conceptId,
      ...plain(rest),
      ...(onset === undefined ? {} : { onset }),
      ...(lastingDays === undefined ? {} : { lastingDays }),
    },
  }
}

type TherapySaid = Said &
  Partial<
    Pick<
      Therapy,
      | 'start'
      | 'end'
      | 'lastedDays'
      | 'sessions'
      | 'dose'
      | 'outcome'
      | 'reliefPercent'
      | 'reliefDays'
      | 'isOngoing'
    >
  >

export function therapy(conceptId: string, said: TherapySaid = {}): Loose {
  const {
    start,
    end,
    lastedDays,
    sessions,
    dose,
    outcome,
    reliefPercent,
    reliefDays,
    isOngoing,
    ...rest
  } = said
  const own = {
    start,
    end,
    lastedDays,
    sessions,
    dose,
    outcome,
    reliefPercent,
    reliefDays,
    isOngoing,
  }
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
  return {
    fact: { kind: 'therapy', conceptId, ...plain({ phase: 'done', ...rest }), ...given },
  }
}

export function study(
  conceptId: string,
  said: Said & { readonly day?: Days; readonly hasResult?: boolean } = {},
): Loose {
  const { day, hasResult = false, ...rest } = said
  return {
    fact: {
      kind: 'study',
      conceptId,
      ...plain(rest),
      hasResult,
      ...(day === undefined ? {} : { day }),
    },
  }
}

export function measured(
  conceptId: string,
  value: number,
  said: Said &
    Partial<Pick<Measurement, 'comparator' | 'high' | 'unit' | 'conditions' | 'day'>> = {},
): Loose {
  const { comparator, high, unit, conditions = [], day, ...rest } = said
  const own = { comparator, high, unit, day }
  const given = Object.fromEntries(Object.entries(own).filter(([, one]) => one !== undefined))
  return {
    fact: {
      kind: 'measurement',
      conceptId,
      ...plain(rest),
      value,
      conditions,
      ...given,
    },
  }
}

export function ability(conceptId: string, limit: FunctionFact['limit'], said: Said = {}): Loose {
  return { fact: { kind: 'function', conceptId, ...plain(said), limit } }
}

/** The text in the note, or text that an older note contains too. */
export const says = (words: string, loose: Loose): Loose => ({ ...loose, says: words })
export const copied = (loose: Loose): Loose => ({ ...loose, isCopied: true })

type List = Extract<FactSource, { readonly kind: 'coded' }>['list']

export interface Coded {
  readonly loose: Loose
  readonly list: List
  readonly codes: readonly { readonly system: string; readonly code: string }[]
}

/** `icd10cm M54.16` on the problem list, unless another list is given. */
export function coded(loose: Loose, list: List = 'conditions', code?: string): Coded {
  const [system, value] = code?.split(' ') ?? []
  return {
    loose,
    list,
    codes: system === undefined || value === undefined ? [] : [{ system, code: value }],
  }
}

export interface FactChart {
  readonly visit?: readonly Loose[]
  readonly older?: readonly { readonly daysAgo: number; readonly facts: readonly Loose[] }[]
  readonly coded?: readonly Coded[]
  /** Notes that were read only in part: an attachment; `cut`: of the encounter's text itself. */
  readonly unread?: readonly ('visit' | 'older' | 'cut')[]
  readonly incomplete?: readonly string[]
  /** By resource type, how many days back it was read. */
  readonly readBack?: Readonly<Record<string, number>>
  readonly orderSide?: Side
  readonly order?: ChartSketch['order']
  readonly patient?: ChartSketch['patient']
}

export interface TestChart {
  readonly store: FactStore
  readonly context: AnswerContext
}

const widerOf: Readonly<Record<string, readonly string[]>> = {
  naproxen: ['nsaid'],
  ibuprofen: ['nsaid'],
  nsaid: ['pain-medicine'],
  acetaminophen: ['pain-medicine'],
  'physical-therapy': ['conservative-care'],
  'home-exercise': ['conservative-care'],
  chiropractic: ['conservative-care'],
  mri: ['imaging'],
  radiograph: ['imaging'],
  'leg-weakness': ['weakness'],
  knee: ['lower-extremity'],
  hip: ['lower-extremity'],
  'lumbar-spine': ['spine'],
  'cervical-spine': ['spine'],
}
const kindOf: Readonly<Record<string, ConceptKind>> = {
  naproxen: 'drug',
  ibuprofen: 'drug',
  nsaid: 'drug',
  acetaminophen: 'drug',
  'pain-medicine': 'drug',
  methotrexate: 'drug',
  'physical-therapy': 'therapy',
  'home-exercise': 'therapy',
  chiropractic: 'therapy',
  'epidural-injection': 'therapy',
  bracing: 'therapy',
}
const names: Readonly<Record<string, string>> = {
  mri: 'MRI',
  ahi: 'AHI',
  bmi: 'BMI',
  nsaid: 'NSAIDs',
}

export const concepts: ConceptTree = {
  isA: (conceptId, wider) =>
    conceptId === wider || (widerOf[conceptId] ?? []).some((one) => concepts.isA(one, wider)),
  get: (conceptId) => ({
    name: names[conceptId] ?? conceptId.replaceAll('-', ' '),
    ...(kindOf[conceptId] === undefined ? {} : { kind: kindOf[conceptId] }),
    ...(conceptId === 'foot-drop' ? { sites: ['foot'] } : {}),
  }),
}

/** A store over hand-made facts. */
export function storeOf(
  facts: readonly Fact[],
  unreadNotes: readonly UnreadNote[] = [],
): FactStore {
  const isOf = (fact: Fact, ids: readonly string[]) =>
    ids.some((id) => concepts.isA(fact.conceptId, id))
  return {
    unreadNotes,
    mentionsOf: () => [],
    factsOf: (ids) => facts.filter((fact) => isOf(fact, ids)),
    widerFactsOf: (ids) =>
      facts.filter(
        (fact) => !isOf(fact, ids) && ids.some((id) => concepts.isA(id, fact.conceptId)),
      ),
    factsWithCodes: (sets) =>
      facts.filter(
        ({ from }) =>
          from.kind === 'coded' &&
          from.codes.some(({ system, code }) =>
            sets.some((set) => containsCode(set, system, code)),
          ),
      ),
  }
}

/** Facts in notes and lists that can be verified; everything was read completely unless the chart says otherwise. */
export function aChart(chart: FactChart = {}): TestChart {
  const notes = [
    ...(chart.visit === undefined ? [] : [{ daysAgo: 0, facts: chart.visit }]),
    ...(chart.older ?? []),
  ]
  const facts: Fact[] = []
  const texts = notes.map(({ daysAgo, facts: loose }, index) => {
    let text = ''
    for (const one of loose) {
      const sentence = one.says ?? `${one.fact.conceptId} ${one.fact.assertion.status} here.`
      const start = text.length
      text += `${sentence}\n`
      const span = { start, end: start + sentence.length }
      facts.push({
        ...one.fact,
        from: {
          kind: 'note',
          source: noteSource(index),
          quote: span,
          spans: [span],
          day: dayBefore(daysAgo),
          isOfEncounter: daysAgo === 0,
          isCopied: one.isCopied === true,
        },
      })
    }
    return { text, daysAgo }
  })
  const visitText = texts.find((one) => one.daysAgo === 0)?.text
  const entries = (chart.coded ?? []).map((one, index) => ({ ...one, index }))
  const bundle = withCoded(
    toBundle({
      order: { code: '72148', ...chart.order },
      ...(chart.patient === undefined ? {} : { patient: chart.patient }),
      ...(visitText === undefined ? {} : { note: visitText }),
      olderNotes: texts.filter((one) => one.daysAgo > 0),
      ...(chart.incomplete === undefined ? {} : { incomplete: chart.incomplete }),
    }),
    entries,
    chart.readBack ?? {},
  )
  for (const { loose, list, codes, index } of entries)
    facts.push({
      ...loose.fact,
      from: {
        kind: 'coded',
        source: entrySource(list, index),
        path: paths[list],
        list,
        by: codes.length > 0 ? 'code' : 'words',
        codes,
      },
    })
  const unread = (chart.unread ?? []).map((which) => ({
    source: noteSource(99),
    isOfEncounter: which !== 'older',
    ...(which === 'cut' ? { isCut: true as const } : {}),
  }))
  const order = bundle.orders[0] as OrderEntry
  return {
    store: storeOf(facts, unread),
    context: {
      bundle,
      order,
      asOf: encounterDay,
      concepts,
      ...(chart.orderSide === undefined ? {} : { orderSide: chart.orderSide }),
    },
  }
}

function noteSource(index: number) {
  return { resourceType: 'DocumentReference', resourceId: `note-${index + 1}`, versionId: '1' }
}

const paths: Readonly<Record<List, string>> = {
  conditions: 'Condition.code',
  observations: 'Observation.value',
  procedures: 'Procedure.code',
  medications: 'MedicationRequest.medication',
  reports: 'DiagnosticReport.code',
  documents: 'DocumentReference.description',
  order: 'ServiceRequest.code',
  order_reasons: 'ServiceRequest.reasonCode',
}

function entrySource(list: List, index: number) {
  const resourceType = paths[list].split('.')[0] ?? ''
  const isOfOrder = resourceType === 'ServiceRequest'
  return { resourceType, resourceId: isOfOrder ? orderId : `coded-${index}`, versionId: '1' }
}

/** Entries with the minimal shape that a pointer is checked against. */
function withCoded(
  bundle: ClinicalBundle,
  entries: readonly (Coded & { readonly index: number })[],
  readBack: Readonly<Record<string, number>>,
): ClinicalBundle {
  const of = (list: List) =>
    entries
      .filter((one) => one.list === list)
      .map(({ index, codes, loose }) => ({
        source: entrySource(list, index),
        concept: {
          codings: codes.map(({ code }) => ({ code })),
          text: loose.fact.conceptId === '' ? 'an entry' : loose.fact.conceptId,
        },
      }))
  return {
    ...bundle,
    orders: bundle.orders.map((order) => ({
      ...order,
      reasons: of('order_reasons').map((one) => one.concept),
    })),
    conditions: of('conditions').map(({ source, concept }) => ({
      source,
      code: concept,
      categories: [],
    })),
    observations: of('observations').map(({ source, concept }) => ({
      source,
      code: concept,
      categories: [],
      components: [],
    })),
    procedures: of('procedures').map(({ source, concept }) => ({
      source,
      code: concept,
      bodySites: [],
      reasons: [],
      notes: [],
    })),
    medications: of('medications').map(({ source, concept }) => ({ source, medication: concept })),
    reports: of('reports').map(({ source, concept }) => ({ source, code: concept })),
    completeness: bundle.completeness.map((one) => {
      const days = readBack[one.resourceType]
      return days === undefined ? one : { ...one, since: dayBefore(days) }
    }),
  }
}
