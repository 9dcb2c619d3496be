import type {
  ClinicalBundle,
  EncounterEntry,
  FormContent,
  FormRole,
  NamedParticipant,
  NamedPlace,
  NamedProfessional,
  OrderEntry,
  OrganizationEntry,
} from '@authscript/prior-auth'

interface People {
  readonly values: Partial<Record<FormRole, string | undefined>>
  readonly requesterIs: FormContent['requesterIs']
  /** Family name first, where the chart says which part of the name that is. */
  readonly requesterSortName: string | undefined
}

type Professional = NamedProfessional | undefined

/**
 * The requester, the rendering provider and facility, and the patient's own physician. Each is the one that the
 * chart names for that role: the practice of the encounter is the requester's, and is the rendering facility
 * only if the order says so.
 */
export function peopleOf(bundle: ClinicalBundle, order: OrderEntry | undefined): People {
  const person = (id: string | undefined): Professional => {
    const found = bundle.practitioners.find((one) => one.source.resourceId === id)
    return found === undefined || id === undefined ? undefined : { ...found, practitionerId: id }
  }
  const place = (id: string | undefined) =>
    bundle.organizations.find((one) => one.source.resourceId === id)
  const requester = requesterOf(bundle.encounter, order, person)
  const performer = order?.performer ?? person(order?.performerIds[0])
  const facility = order?.facility ?? place(order?.performerOrganizationIds?.[0])
  const pcp = person(bundle.patient.generalPractitionerIds?.[0])
  const practice = practiceOf(bundle, order, requester, place)

  return {
    values: {
      ...professional('requester', requester),
      'requester.organization': practice?.name,
      'requester.organizationNpi': practice?.npi,
      'requester.organizationPhone': practice?.phone,
      ...address('requester', practice),
      ...professional('servicing', performer),
      'pcp.name': pcp?.name,
      'pcp.phone': pcp?.phone,
      'pcp.fax': pcp?.fax,
      'facility.name': facility?.name,
      'facility.npi': facility?.npi,
      'facility.taxId': facility?.taxId,
      'facility.phone': facility?.phone,
      'facility.fax': facility?.fax,
      ...address('facility', facility),
    },
    requesterSortName: requester?.sortName,
    requesterIs: {
      servicing: isSamePerson(requester, performer),
      pcp: isSamePerson(requester, pcp),
    },
  }
}

/**
 * The person named on the order, even if unknown; only if it names nobody, the person responsible for the
 * encounter. A named but unknown person is never replaced by another.
 */
function requesterOf(
  encounter: EncounterEntry,
  order: OrderEntry | undefined,
  person: (id: string | undefined) => Professional,
): Professional {
  if (order?.requester !== undefined) return order.requester
  if (order?.requesterId !== undefined) return person(order.requesterId)
  if (encounter.participants !== undefined) return responsible(encounter.participants)
  const [only, another] = encounter.practitionerIds
  return another === undefined ? person(only) : undefined
}

/** In order of responsibility. @see http://terminology.hl7.org/CodeSystem/v3-ParticipationType */
const responsibleRoles: readonly RegExp[] = [
  /^(?:PPRF|primary performer|rendering(?: provider| physician)?)$/i,
  /^(?:ATND|attender|attending(?: provider| physician)?)$/i,
]

/** Roles that do not show responsibility. */
const anyRole = /^(?:PART|participation|participant|provider|physician)$/i

/**
 * The primary performer, else the attending, else the only participant whose role is not a helper's; nobody if
 * two have the same role.
 */
function responsible(participants: readonly NamedParticipant[]): Professional {
  const known = participants.filter((one) => one.name !== undefined || one.npi !== undefined)
  for (const role of responsibleRoles) {
    const found = known.filter((one) => one.roles.some((name) => role.test(name)))
    if (found.length > 0) return onlyOne(found)
  }
  return onlyOne(known.filter((one) => one.roles.every((name) => anyRole.test(name))))
}

function onlyOne(found: readonly NamedParticipant[]): Professional {
  const [first, ...others] = found
  return others.every((one) => isSamePerson(first, one)) ? first : undefined
}

/**
 * The requester's own organization; the encounter's organization only for a participant of the encounter,
 * because another requester may work elsewhere.
 */
function practiceOf(
  bundle: ClinicalBundle,
  order: OrderEntry | undefined,
  requester: Professional,
  place: (id: string | undefined) => OrganizationEntry | undefined,
): Partial<OrganizationEntry> | undefined {
  const { encounter } = bundle
  const own = place(requester?.organizationId)
  if (own !== undefined) return own
  if (requester?.organizationName !== undefined) return { name: requester.organizationName }
  const isNamed = order?.requester !== undefined || order?.requesterId !== undefined
  const tookPart =
    !isNamed ||
    (encounter.practitionerIds.length === 0 && encounter.participants === undefined) ||
    (requester?.practitionerId !== undefined &&
      encounter.practitionerIds.includes(requester.practitionerId)) ||
    (encounter.participants ?? []).some((one) => isSamePerson(requester, one))
  return tookPart ? place(encounter.organizationId) : undefined
}

function isSamePerson(one: Professional, other: Professional): boolean {
  if (one === undefined || other === undefined) return false
  const isSame = (key: 'practitionerId' | 'npi') =>
    one[key] !== undefined && one[key] === other[key]
  return isSame('practitionerId') || isSame('npi')
}

function professional(part: 'requester' | 'servicing', person: Professional) {
  return {
    [`${part}.name`]: person?.name,
    [`${part}.npi`]: person?.npi,
    [`${part}.taxonomy`]: person?.taxonomy,
    [`${part}.specialty`]: person?.specialty,
    [`${part}.phone`]: person?.phone,
    [`${part}.fax`]: person?.fax,
  }
}

function address(
  part: 'requester' | 'facility',
  place: Pick<NamedPlace, 'address' | 'postalAddress'> | undefined,
) {
  return {
    [`${part}.address`]: place?.address,
    [`${part}.street`]: place?.postalAddress?.street,
    [`${part}.city`]: place?.postalAddress?.city,
    [`${part}.state`]: place?.postalAddress?.state,
    [`${part}.zip4`]: place?.postalAddress?.postalCode,
  }
}
