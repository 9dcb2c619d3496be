import type { ClinicalBundle, OrderDetails, OrderKey } from '@authscript/prior-auth'
import { orderIdOf } from '@authscript/prior-auth'
import { findOrder } from '../find-order.ts'
import { primaryCoverage } from '../primary-coverage.ts'
import { peopleOf } from './people.ts'

/** `providerSortName`: family name first; null where the chart does not say which part of the name that is. */
export type ChartedDetails = OrderDetails & { readonly providerSortName: string | null }

/** What people recognize an order by in a list. A value that the chart does not have is null, as on the form. */
export function orderDetailsOf(bundle: ClinicalBundle, key: OrderKey): ChartedDetails {
  const { patient } = bundle
  const order = findOrder(bundle, orderIdOf(key))
  const coverage = primaryCoverage(bundle, order)
  const { values, requesterSortName } = peopleOf(bundle, order)
  const name = [...patient.givenNames, patient.familyName]
    .filter((part) => part !== undefined && part.trim() !== '')
    .join(' ')
  return {
    patientName: name === '' ? null : name,
    birthDate: patient.birthDate ?? null,
    recordNumber: patient.recordNumber ?? null,
    memberId: coverage?.memberId ?? null,
    payerName: coverage?.payerName ?? null,
    planName: coverage?.planName ?? null,
    providerName: values['requester.name'] ?? null,
    providerSortName: requesterSortName ?? null,
    plannedOn: dayOf(order?.occurrenceStart),
    urgency:
      order?.priority === undefined ? null : order.priority === 'routine' ? 'standard' : 'urgent',
  }
}

/** The day of a FHIR date that has one; a month or a year alone is no due date. */
function dayOf(date: string | undefined): string | null {
  const day = date?.slice(0, 10) ?? ''
  // A database has no year 0.
  return /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : null
}
