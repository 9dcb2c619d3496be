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
const knownFailures: readonly KnownFailure[] = [
  {
    reason: 'polls ask for Encounter by patient and _id together, which is no US Core combination',
    profiles: ['us-core'],
    fails: () => true,
  },
  {
    reason: 'the same; compressed answers and redirects are not understood by the polls either',
    profiles: exceptUsCore,
    fails: named(/^reading: (US Core combinations only|gzip|deflate|redirect 30[78])$/),
  },
  {
    reason: 'MedicationRequest is asked for without intent',
    profiles: exceptUsCore,
    fails: named(/^reading: MedicationRequest needs intent$/),
  },
  {
    reason: 'Bundle.total is not compared with what came',
    profiles: exceptUsCore,
    fails: named(/^reading: total larger, Observation$/),
  },
  {
    reason: 'a 403 for too many requests is taken for a refusal',
    profiles: exceptUsCore,
    fails: named(/^reading: over rate 403 once, Condition$/),
  },
  {
    reason: 'the first entry of a search by identifier is taken for our document',
    profiles: [...findsByIdentifier, 'oracle-health'],
    fails: named(takenForOurs),
  },
  {
    reason: 'the same, and Epic leaves a search by identifier unfiltered',
    profiles: ['epic'],
    fails: ({ path, faults: { find } }) =>
      path === 'write' && (find === undefined || find === 'ignores_identifier'),
  },
  {
    reason: 'as on the others, where the search is answered otherwise',
    profiles: ['epic'],
    fails: named(takenForOurs),
  },
  {
    reason:
      'documents go to the FHIR API, which is read-only; or are searched by identifier, which is refused',
    profiles: ['athenahealth', 'oracle-health'],
    fails: needsToBeWritten,
  },
  {
    reason: 'what was created is not read back and compared',
    profiles: findsByIdentifier,
    fails: named(
      /^(keeps other bytes|puts it into another chart|keeps it as|not kept, 201 with the document)/,
    ),
  },
  {
    reason: 'a search that finds nothing is taken for proof that nothing is there',
    profiles: findsByIdentifier,
    fails: named(
      /^(keeps no identifier|found after \d+ searches|the search empty); (201 without|kept,)/,
    ),
  },
]

export function isKnownFailure(profile: BehaviourName, situation: Situation): boolean {
  return knownFailures.some((one) => one.profiles.includes(profile) && one.fails(situation))
}

/** Whether nothing at all is read there today. */
export function isUnreadable(profile: BehaviourName): boolean {
  return profile === 'us-core'
}
