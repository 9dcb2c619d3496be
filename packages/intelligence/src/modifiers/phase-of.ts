import type { SectionKind } from '../document/note-document.ts'
import type { ConceptKind } from '../lexicon/concept.ts'
import type { Assertion } from './assertion.ts'
import type { CueCategory } from './cue.ts'
import { acts } from './acts.ts'
import type { CueInScope } from './cue-index.ts'
import type { CueLookup } from './status-of.ts'
import { unmeasuredRow } from './table/unsettled.ts'

type Phase = Assertion['phase']

/** What a section implies about acts if the wording does not say it. */
const bySection: Partial<
  Record<SectionKind, { readonly phase: Phase; readonly kinds: readonly ConceptKind[] }>
> = {
  plan: { phase: 'planned', kinds: ['therapy', 'drug', 'study', 'device'] },
  medications: { phase: 'done', kinds: ['drug'] },
  surgical_history: { phase: 'done', kinds: ['therapy'] },
  results: { phase: 'done', kinds: ['study'] },
}

/** The parts of a mention that determine its phase. */
interface Act {
  readonly kind: ConceptKind | undefined
  readonly section: SectionKind
  /**
   * It begins a statement without a number: "MRI lumbar spine." as an item of an assessment is an order,
   * whatever was done before.
   */
  readonly isEntry: boolean
  /** It is a whole sentence without a verb, without a lead-in. */
  readonly isAlone: boolean
}

/**
 * Whether an act was carried out. The nearest cue decides, except that "never went" also cancels a plan that is
 * nearer.
 */
export function phaseOf(
  act: Act,
  nearestCue: CueLookup,
  isGoverned: (category: CueCategory) => boolean,
): Phase {
  const { kind } = act
  if (kind === undefined || !acts.has(kind)) return 'not_stated'
  if (nearestCue('inquired') !== undefined) return 'not_stated'
  const planned = nearestCue('planned')
  const notDone = nearestCue('not_done') ?? notMade(nearestCue)
  const done = nearestCue('done')
  const byDefault = defaultPhase({ ...act, kind }, isGoverned)
  const isPlanned = planned !== undefined || byDefault === 'planned'
  const isDoubted = isPlanned || notDone !== undefined
  const isOfReason = done?.isBefore === true && isOrder({ ...act, kind })
  const standing = isOfReason || (done?.cue.row.isWeak === true && isDoubted) ? undefined : done
  if (standing !== undefined && planned?.cue.row.isWeak === true && notDone === undefined) {
    return 'done'
  }
  if (notDone !== undefined && (standing === undefined || notDone.distance <= standing.distance)) {
    return 'not_done'
  }
  if (standing !== undefined && (planned === undefined || standing.distance <= planned.distance)) {
    return 'done'
  }
  return planned === undefined ? byDefault : 'planned'
}

/** "Radiographs: not obtained." */
function notMade(nearestCue: CueLookup): CueInScope | undefined {
  const open = nearestCue('unsettled')
  return open?.cue.row === unmeasuredRow ? open : undefined
}

function isOrder({ kind, section, isEntry, isAlone }: Act): boolean {
  if (kind !== 'study') return false
  return section === 'assessment' || section === 'plan' ? isEntry : section === 'other' && isAlone
}

function defaultPhase(
  act: Act & { readonly kind: ConceptKind },
  isGoverned: (category: CueCategory) => boolean,
): Phase {
  if (isGoverned('not_done')) return 'not_done'
  if (isGoverned('done')) return 'done'
  if (isGoverned('planned')) return 'planned'
  if (isOrder(act)) return 'planned'
  const { kind, section } = act
  const usual = bySection[section]
  return usual?.kinds.includes(kind) === true ? usual.phase : 'not_stated'
}
