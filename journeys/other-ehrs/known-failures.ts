import type { BehaviourName } from '../independent-ehr/behaviours/behaviours.ts'
import type { Situation } from './situation.ts'

interface KnownFailure {
  readonly reason: string
  readonly profiles: readonly BehaviourName[]
  fails(situation: Situation): boolean
}

const named =
  (pattern: RegExp) =>
  ({ name }: Situation) =>
    pattern.test(name)

const needsToBeWritten = ({ may, path }: Situation) => path === 'write' && !may.includes('person')

const findsByIdentifier: readonly BehaviourName[] = ['medplum', 'hapi', 'azure']
const exceptUsCore: readonly BehaviourName[] = [
  'athenahealth',
  'epic',
  'oracle-health',
  ...findsByIdentifier,
]
const takenForOurs =
  /^the search (ignores|outcome|provenance|binary|other|longer|another|without subject|entered|superseded|doc)/

/**
 * What fails today. A situation on this list that holds fails the journey, as one that does not hold and is not on it: the list cannot
 * grow old. It is empty, and goes, when the statements of issue E are done.
 */
const knownFailures: readonly KnownFailure[] = []

export function isKnownFailure(profile: BehaviourName, situation: Situation): boolean {
  return knownFailures.some((one) => one.profiles.includes(profile) && one.fails(situation))
}

/** Whether nothing at all is read there today. */
export function isUnreadable(profile: BehaviourName): boolean {
  return false
}
