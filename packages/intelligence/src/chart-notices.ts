import {
  americanDate,
  type ClinicalBundle,
  type OrderEntry,
  type PatientEntry,
} from '@authscript/prior-auth'
import { chooseCoverage } from './primary-coverage.ts'

/**
 * What a reviewer must know about the chart before anything else: whether there is a coverage, and which payer
 * to ask.
 */
export function chartNotices(bundle: ClinicalBundle, order: OrderEntry): string[] {
  return [...patientNotices(bundle.patient), ...coverageNotices(bundle, order)]
}

function patientNotices(patient: PatientEntry): string[] {
  const notices: string[] = []
  if (patient.isDeceased === true) {
    const day = patient.deceasedOn === undefined ? '' : ` on ${americanDate(patient.deceasedOn)}`
    notices.push(
      `the chart says that the patient died${day} (deceased); check before anything is sent`,
    )
  }
  if (patient.replacedByIds !== undefined) {
    const others = patient.replacedByIds.filter((id) => id !== 'unknown')
    const by = others.length === 0 ? 'another record' : `record ${others.join(', ')}`
    notices.push(`this patient record was merged into ${by} (replaced); the request belongs there`)
  }
  if (patient.isInactive === true)
    notices.push('this patient record is marked as inactive; check that it is still in use')
  return notices
}

function coverageNotices(bundle: ClinicalBundle, order: OrderEntry): string[] {
  const { coverage, others } = chooseCoverage(bundle, order)
  if (coverage === undefined || others.length === 0) return []
  const ids = others.map((one) => one.source.resourceId).join(', ')
  return [
    `the insurance is ambiguous: coverage ${coverage.source.resourceId} was used, but ${ids} would be equally valid; the chart does not say which is primary`,
  ]
}
