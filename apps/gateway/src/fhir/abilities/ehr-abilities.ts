import type { EhrProfile } from '../profiles/ehr-profile.ts'
import { searchedKinds } from '../profiles/search-plan.ts'
import type { CapabilityStatement } from './capability-statement.ts'

/** Whether the gateway can read or write one resource type at this EHR, according to the EHR. */
export interface EhrAbility {
  readonly resourceType: string
  readonly can: 'yes' | 'no' | 'unknown'
  /** Why not, or why it is unknown, and what that means for the gateway. */
  readonly reason: string | undefined
}

export interface EhrAbilities {
  readonly reads: readonly EhrAbility[]
  readonly write: EhrAbility
}

/** Types that are read one at a time, by id. */
const readTypes = [
  'Patient',
  'Encounter',
  'Practitioner',
  'PractitionerRole',
  'Organization',
] as const

/** What the gateway cannot do if a type cannot be read. */
const consequences: Readonly<Record<string, string>> = {
  Patient: 'no chart can be read',
  Encounter: 'no encounter can be watched or read',
  ServiceRequest: 'no order can be found',
  DeviceRequest: 'orders of equipment (CPAP, oxygen) are found only where they are ServiceRequests',
  MedicationRequest:
    'questions about medications stay unanswered, and infusion orders are not found',
  Condition: 'questions about diagnoses stay unanswered',
  Observation: 'questions about measurements stay unanswered',
  Procedure: 'questions about procedures and earlier imaging stay unanswered',
  DiagnosticReport: 'reports are not searched for earlier imaging',
  DocumentReference: 'notes cannot be read: most questions stay unanswered',
  Coverage: 'payer and member id stay empty on the form',
  Practitioner: "the requester's name and NPI stay empty on the form",
  PractitionerRole: 'requesters that are referenced by their role stay empty on the form',
  Organization: "the facility's and payer's details stay empty on the form",
}

export interface AbilityQuestion {
  readonly profile: Pick<EhrProfile, 'title'>
  /** The API that documents are written with. */
  readonly writer: 'fhir' | 'athena_v1'
  /** Undefined if the EHR returned none. */
  readonly statement: CapabilityStatement | undefined
  /** Scopes that were requested and not granted, as written in the request. */
  readonly missingScopes: readonly string[]
}

/** What the gateway can and cannot read and write, from the EHR's capability statement and the granted scopes. */
export function abilitiesOf(question: AbilityQuestion): EhrAbilities {
  return {
    reads: [
      ...readTypes.map((type) => abilityOf(type, 'read', question)),
      ...searchedKinds.map((type) => abilityOf(type, 'search-type', question)),
    ],
    write:
      question.writer === 'athena_v1'
        ? writeByV1(question)
        : {
            ...abilityOf('DocumentReference', 'create', question),
            resourceType: 'DocumentReference',
          },
  }
}

function writeByV1({ missingScopes }: AbilityQuestion): EhrAbility {
  const missing = missingScopes.find((scope) => scope.startsWith('athena/'))
  return missing === undefined
    ? { resourceType: 'v1 document', can: 'yes', reason: undefined }
    : {
        resourceType: 'v1 document',
        can: 'no',
        reason: `scope ${missing} was not granted: forms cannot be written to the chart`,
      }
}

function abilityOf(
  resourceType: string,
  interaction: 'read' | 'search-type' | 'create',
  { statement, missingScopes }: AbilityQuestion,
): EhrAbility {
  const consequence =
    interaction === 'create'
      ? 'forms cannot be written to the chart'
      : (consequences[resourceType] ?? 'it stays unknown')
  const missing = missingScopes.find((scope) => isAbout(scope, resourceType, interaction))
  if (missing !== undefined)
    return { resourceType, can: 'no', reason: `scope ${missing} was not granted: ${consequence}` }
  if (statement === undefined || statement.resources.size === 0)
    return {
      resourceType,
      can: 'unknown',
      reason: 'the EHR does not say what it serves (/metadata)',
    }
  const capability = statement.resources.get(resourceType)
  if (capability === undefined)
    return {
      resourceType,
      can: 'no',
      reason: `the EHR does not list ${resourceType}: ${consequence}`,
    }
  if (capability.interactions.size === 0 || capability.interactions.has(interaction))
    return { resourceType, can: 'yes', reason: undefined }
  return {
    resourceType,
    can: 'no',
    reason: `the EHR does not list ${interaction} of ${resourceType}: ${consequence}`,
  }
}

/** SMART v1 (`system/Patient.read`) and v2 (`system/Patient.rs`) scopes. */
function isAbout(
  scope: string,
  resourceType: string,
  interaction: 'read' | 'search-type' | 'create',
): boolean {
  const [, type, rights = ''] = /^[a-z]+\/([A-Za-z*]+)\.([a-z*]+)/.exec(scope) ?? []
  if (type !== resourceType && type !== '*') return false
  const isRead = interaction !== 'create'
  switch (rights) {
    case '*':
      return true
    case 'read':
      return isRead
    case 'write':
      return !isRead
    default:
      return rights.includes(interaction === 'read' ? 'r' : interaction === 'create' ? 'c' : 's')
  }
}
