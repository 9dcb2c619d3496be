import type {
  ClinicalBundle,
  FormContent,
  FormRole,
  OrderEntry,
  OrganizationEntry,
  PractitionerEntry,
} from '@authscript/prior-auth'

interface People {
  readonly values: Partial<Record<FormRole, string | undefined>>
  readonly requesterIs: FormContent['requesterIs']
}

/**
 * Who asks, who renders, where, and who is the patient's own physician. Each is whom the chart names for exactly that part:
 * the practice of the visit is the requester's, never the rendering facility, unless the order says so.
 */
export function peopleOf(bundle: ClinicalBundle, order: OrderEntry | undefined): People {
  const requesterId = order?.requesterId ?? bundle.encounter.practitionerIds[0]
  const [performerId] = order?.performerIds ?? []
  const [pcpId] = bundle.patient.generalPractitionerIds ?? []
  const person = (id: string | undefined) =>
    bundle.practitioners.find((one) => one.source.resourceId === id)
  const place = (id: string | undefined) =>
    bundle.organizations.find((one) => one.source.resourceId === id)
  const requester = person(requesterId)
  const facility = place(order?.performerOrganizationIds?.[0])
  const pcp = person(pcpId)
  // A requester who was not at the visit may work elsewhere.
  const isOfVisit =
    order?.requesterId === undefined ||
    bundle.encounter.practitionerIds.length === 0 ||
    bundle.encounter.practitionerIds.includes(order.requesterId)
  const practice = isOfVisit ? place(bundle.encounter.organizationId) : undefined

  return {
    values: {
      ...professional('requester', requester),
      'requester.organization': practice?.name,
      'requester.organizationNpi': practice?.npi,
      'requester.organizationPhone': practice?.phone,
      ...address('requester', practice),
      ...professional('servicing', person(performerId)),
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
    requesterIs: {
      servicing: requesterId !== undefined && performerId === requesterId,
      pcp: requesterId !== undefined && pcpId === requesterId,
    },
  }
}

function professional(part: 'requester' | 'servicing', person: PractitionerEntry | undefined) {
  return {
    [`${part}.name`]: person?.name,
    [`${part}.npi`]: person?.npi,
    [`${part}.taxonomy`]: person?.taxonomy,
    [`${part}.specialty`]: person?.specialty,
    [`${part}.phone`]: person?.phone,
    [`${part}.fax`]: person?.fax,
  }
}

function address(part: 'requester' | 'facility', place: OrganizationEntry | undefined) {
  return {
    [`${part}.address`]: place?.address,
    [`${part}.street`]: place?.postalAddress?.street,
    [`${part}.city`]: place?.postalAddress?.city,
    [`${part}.state`]: place?.postalAddress?.state,
    [`${part}.zip4`]: place?.postalAddress?.postalCode,
  }
}
