import type { EhrProfile } from '../profiles/ehr-profile.ts'
import { searchedKinds } from '../profiles/search-plan.ts'
import type { CapabilityStatement } from './capability-statement.ts'

/** What the gateway can do with one type of resource at this EHR, as far as the EHR says so. */
export interface EhrAbility {
  readonly resourceType: string
  readonly can: 'yes' | 'no' | 'unknown'
  /** Why not, or why it is not known, and what that means for the gateway. */
  readonly reason: string | undefined
}

export interface EhrAbilities {
  readonly reads: readonly EhrAbility[]
  readonly write: EhrAbility
}

/** Types that are read one by one, by reference. */
const readTypes = [
  'Patient',
  'Encounter',
  'Practitioner',
  'PractitionerRole',
  'Organization',
] as const

/** What follows for the gateway where a type cannot be read. */
const consequences: Readonly<Record<string, string>> = {
  Patient: 'no chart can be read',
  Encounter: 'no encounter can be watched or read',
  ServiceRequest: 'no order can be found',
  DeviceRequest: 'orders of equipment (CPAP, oxygen) are found only where they are ServiceRequests',
  MedicationRequest: 'questions about medicines stay open, and infusion orders are not found',
  Condition: 'questions about diagnoses stay open',
  Observation: 'questions about measurements stay open',
  Procedure: 'questions about procedures and earlier imaging stay open',
  DiagnosticReport: 'reports are not looked at for earlier imaging',
  DocumentReference: 'notes cannot be read: most questions stay open',
  Coverage: 'payer and member id stay empty on the form',
  Practitioner: "the requester's name and NPI stay empty on the form",
  PractitionerRole: 'requesters that are named by their role stay empty on the form',
  Organization: "the facility's and payer's details stay empty on the form",
}

export interface AbilityQuestion {
  readonly profile: Pick<EhrProfile, 'title'>
  /** How documents are written. */
  readonly writer: 'fhir' | 'athena_v1'
  /** Undefined where the EHR gave none. */
  readonly statement: CapabilityStatement | undefined
  /** Scopes that were asked for and not granted, as they were asked for. */
  readonly missingScopes: readonly string[]
}

/** What the gateway will and will not be able to read and write, from what the EHR says of itself and what it granted. */
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
