import { type ClinicalBundle, isComplete } from '@authscript/prior-auth'
import { type Duration, daysOf } from '../policy/sourced.ts'
import type { FactStore } from './chart-facts.ts'
import { daysBetween } from './days.ts'

export type ListedType =
  | 'Condition'
  | 'Observation'
  | 'Procedure'
  | 'MedicationRequest'
  | 'DiagnosticReport'
  | 'DocumentReference'

/** The kinds of source as a reviewer calls them. */
export const listNames: Readonly<Record<ListedType, string>> = {
  Condition: 'the problem list',
  Observation: 'the results',
  Procedure: 'the procedures',
  MedicationRequest: 'the medication orders',
  DiagnosticReport: 'the reports',
  DocumentReference: 'the notes',
}

/** Prevents even a clinician's own denial from settling a question. */
export const partlyReadNote = "the encounter's note, part of which was set aside,"

/**
 * A window of twelve months is covered by a look-back that began twelve calendar months earlier; a leap day must
 * not make it too short.
 */
const slackDays = 3

/** Reasons that mean that the EHR does not have such resources at all. */
const notServed: ReadonlySet<string> = new Set(['ehr_not_found', 'ehr_not_supported'])

/** The unread sources that a stated denial depends on: the lists and the encounter's own notes. */
export function unreadForDenial(
  types: readonly ListedType[],
  { completeness }: ClinicalBundle,
  store: FactStore,
  needsNotes: boolean,
): readonly string[] {
  const lists = types
    .filter((type) => type !== 'DiagnosticReport' && !isComplete(completeness, type))
    .map((type) => listNames[type])
  const areNotesUnread =
    !isComplete(completeness, 'DocumentReference') ||
    store.unreadNotes.some((note) => note.isOfEncounter && note.isIllegible !== true)
  if (!needsNotes || !areNotesUnread) return lists
  const isCut = store.unreadNotes.some((note) => note.isOfEncounter && note.isCut === true)
  return [...lists, isCut ? partlyReadNote : listNames.DocumentReference]
}

/**
 * The unread sources that silence depends on: every list and every note back to the beginning of the window, or
 * the whole history without a window.
 */
export function unreadForSilence(
  types: readonly ListedType[],
  { completeness }: ClinicalBundle,
  store: FactStore,
  { within, asOf }: { readonly within: Duration | undefined; readonly asOf: string },
): readonly string[] {
  const all = new Set<ListedType>([...types, 'DocumentReference'])
  const unread = [...all].filter((type) => {
    const read = completeness.find((one) => one.resourceType === type)
    if (type === 'DiagnosticReport')
      return (
        read !== undefined &&
        read.outcome !== 'complete' &&
        read.outcome !== 'not_asked' &&
        !notServed.has(read.reason ?? '')
      )
    return !isComplete(completeness, type) || !reachesBack(read?.since, within, asOf)
  })
  const names = unread.map((type) => listNames[type])
  return store.unreadNotes.length > 0 && !names.includes(listNames.DocumentReference)
    ? [...names, listNames.DocumentReference]
    : names
}

export function reachesBack(
  since: string | undefined,
  within: Duration | undefined,
  asOf: string,
): boolean {
  if (since === undefined) return true
  return within !== undefined && daysBetween(since, asOf) >= daysOf(within) - slackDays
}
