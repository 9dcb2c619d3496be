import type { FormChoice, FormRole } from '@authscript/prior-auth'
import type { NamedPiece } from '../map/box-piece.ts'
import type { ValueKind } from '../map/value-kind.ts'

/** A label and what is written into a box with the role. */
export type Words = readonly [label: string, sentence: string]

export const textWords: Readonly<Record<FormRole, Words>> = {
  'payer.name': ['Payer: name', 'The name of the payer, from the coverage.'],
  'payer.plan': ['Payer: plan', 'The name of the plan, from the coverage.'],
  'payer.phone': ['Payer: phone', 'The phone number of the payer.'],
  'payer.fax': ['Payer: fax', 'The fax number to which the form is sent.'],
  'submission.date': ['Date of the request', 'The day on which the form was filled.'],
  'review.urgentReason': ['Reason for urgency', "The clinician's reason, if the order is urgent."],
  'request.previousAuth': [
    'Previous authorization number',
    'The number of an earlier authorization. A person types it.',
  ],
  'patient.name': ['Patient: full name', 'Family name and given names.'],
  'patient.firstName': ['Patient: first name', 'The given names alone.'],
  'patient.lastName': ['Patient: last name', 'The family name alone.'],
  'patient.birthDate': ['Patient: birth date', 'Month, day and year of birth.'],
  'patient.phone': ['Patient: phone', "The patient's phone number."],
  'patient.address': ['Patient: whole address', 'Street, city, state and ZIP in one box.'],
  'patient.street': ['Patient: street', 'Street and number alone.'],
  'patient.city': ['Patient: city', 'The city alone.'],
  'patient.state': ['Patient: state', 'The state alone.'],
  'patient.zip4': ['Patient: ZIP', 'The ZIP code alone.'],
  'coverage.memberId': ['Member ID', "The number on the patient's insurance card."],
  'coverage.group': ['Group number', 'The group of the coverage.'],
  'coverage.subscriberName': ['Subscriber: name', 'The person who holds the insurance.'],
  'requester.name': ['Requesting provider: name', 'The clinician who ordered it.'],
  'requester.npi': ['Requesting provider: NPI', "The clinician's own NPI."],
  'requester.taxonomy': ['Requesting provider: taxonomy', 'The taxonomy code of the clinician.'],
  'requester.specialty': ['Requesting provider: specialty', 'The specialty of the clinician.'],
  'requester.phone': ['Requesting provider: phone', 'The phone number of the clinician.'],
  'requester.fax': ['Requesting provider: fax', 'The fax number of the clinician.'],
  'requester.directPhone': [
    'Requesting provider: direct phone',
    'A number for a call from the payer to the clinician.',
  ],
  'requester.contactName': ['Contact: name', 'Whom the payer asks about this request.'],
  'requester.contactPhone': ['Contact: phone', 'The phone number of the contact.'],
  'requester.benefitCode': [
    'Requesting provider: benefit code',
    'A code that some states use. A person types it.',
  ],
  'requester.organization': ['Practice: name', 'The practice of the requesting provider.'],
  'requester.organizationNpi': ['Practice: NPI', 'The NPI of the practice.'],
  'requester.organizationPhone': ['Practice: phone', 'The phone number of the practice.'],
  'requester.address': ['Practice: whole address', 'Street, city, state and ZIP in one box.'],
  'requester.street': ['Practice: street', 'Street and number alone.'],
  'requester.city': ['Practice: city', 'The city alone.'],
  'requester.state': ['Practice: state', 'The state alone.'],
  'requester.zip4': ['Practice: ZIP', 'The ZIP code alone.'],
  'servicing.name': ['Servicing provider: name', 'The provider who will perform the order.'],
  'servicing.npi': ['Servicing provider: NPI', 'The NPI of the servicing provider.'],
  'servicing.taxonomy': [
    'Servicing provider: taxonomy',
    'The taxonomy code of the servicing provider.',
  ],
  'servicing.specialty': [
    'Servicing provider: specialty',
    'The specialty of the servicing provider.',
  ],
  'servicing.phone': ['Servicing provider: phone', 'The phone number of the servicing provider.'],
  'servicing.fax': ['Servicing provider: fax', 'The fax number of the servicing provider.'],
  'pcp.name': ['Primary care provider: name', "The patient's primary care provider."],
  'pcp.phone': ['Primary care provider: phone', 'The phone number of primary care.'],
  'pcp.fax': ['Primary care provider: fax', 'The fax number of primary care.'],
  'facility.name': ['Facility: name', 'Where it will be done.'],
  'facility.npi': ['Facility: NPI', 'The NPI of the facility.'],
  'facility.taxId': ['Facility: tax ID', 'The tax number of the facility.'],
  'facility.taxonomy': ['Facility: taxonomy', 'The taxonomy code of the facility.'],
  'facility.benefitCode': [
    'Facility: benefit code',
    'A code that some states use. A person types it.',
  ],
  'facility.contact': ['Facility: contact', 'Whom the payer asks at the facility.'],
  'facility.phone': ['Facility: phone', 'The phone number of the facility.'],
  'facility.fax': ['Facility: fax', 'The fax number of the facility.'],
  'facility.address': ['Facility: whole address', 'Street, city, state and ZIP in one box.'],
  'facility.street': ['Facility: street', 'Street and number alone.'],
  'facility.city': ['Facility: city', 'The city alone.'],
  'facility.state': ['Facility: state', 'The state alone.'],
  'facility.zip4': ['Facility: ZIP', 'The ZIP code alone.'],
  'setting.otherText': ['Other place of service', 'The place, if no box of the form names it.'],
  icdVersion: ['ICD version', 'The version of the diagnosis codes: 10.'],
  'clinical.narrative': [
    'Clinical reason',
    'Why it is needed, from the note. What does not fit continues on a page of its own.',
  ],
}

export const serviceWords: Readonly<Record<string, Words>> = {
  code: ['code', 'The CPT or HCPCS code of this order.'],
  description: ['description', 'What was ordered, in words.'],
  start: ['from', 'The first planned day.'],
  end: ['to', 'The last planned day.'],
  quantity: ['quantity', 'How many units.'],
}

export const wholeWords: Readonly<Record<string, Words>> = {
  from: ['All services: from', 'The first planned day of the whole request.'],
  to: ['All services: to', 'The last planned day of the whole request.'],
  procedures: ['All services: codes', 'Every procedure code in one box.'],
  diagnosisCodes: ['All diagnoses: codes', 'Every diagnosis code in one box.'],
}

export const choiceWords: Readonly<Record<FormChoice, Words>> = {
  'patient.gender': ['Patient: sex', "The patient's sex, as in the chart."],
  review: ['Type of review', 'Standard or urgent. It stays blank if the order does not say.'],
  request: ['Type of request', 'First request or renewal. A person chooses it.'],
  setting: ['Place of service', 'Where it will be done, such as inpatient or office.'],
  action: ['Kind of imaging', 'CT, MRI, PET and the like, where the code says so.'],
}

export const valueWords: Readonly<Record<string, string>> = {
  daySurgery: 'day surgery',
  ct: 'CT',
  cta: 'CTA',
  mri: 'MRI',
  mra: 'MRA',
  pet: 'PET',
  cardiacNuclear: 'cardiac nuclear',
  updateCodes: 'change of codes',
}

/** The pieces of a value that forms give boxes of their own. */
export const pieceWords: Partial<Record<ValueKind, readonly (readonly [NamedPiece, string])[]>> = {
  date: [
    ['month', 'month'],
    ['day', 'day'],
    ['year', 'year'],
  ],
  phone: [
    ['area', 'area code'],
    ['prefix', 'prefix'],
    ['line', 'line number'],
  ],
  zip: [
    ['zip5', 'first five digits'],
    ['plus4', 'last four digits'],
  ],
}
