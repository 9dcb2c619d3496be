import type { Session } from '../api/client.ts'

/**
 * What athenahealth's page and an app in its frame send each other.
 *
 * @see https://docs.athenahealth.com/api/guides/embedded-apps
 */

export type EhrFrame = NonNullable<Session['ehrFrame']>

/** Those of its methods that we use. */
export type EhrMethod = 'notifyPatientDataChange' | 'appResize' | 'appPopout'

/** It accepts each method once in this time, and ignores others. */
export const ehrPauseMs = 10_000

/** The widest of the widths that it knows, in pixels. */
export const widest = '1000'

export const toMessage = (method: EhrMethod) => ({
  type: 'embeddedAppAPIMessage',
  method,
  methodVersion: '1.0.0',
  ...(method === 'appResize' ? { newWidth: widest } : {}),
})

/** The patient whose chart the EHR shows now: null for none. Undefined if it is no message about that. */
export function readContext(data: unknown): string | null | undefined {
  if (typeof data !== 'object' || data === null || !('event' in data)) return undefined
  if (data.event !== 'patientContextChanged') return undefined
  const patient = 'updatedPatient' in data ? data.updatedPatient : undefined
  if (patient === undefined) return null
  if (typeof patient === 'number') return Number.isSafeInteger(patient) ? `${patient}` : undefined
  return typeof patient === 'string' && /^[A-Za-z0-9\-.]{1,128}$/.test(patient)
    ? patient
    : undefined
}

/** The FHIR id of a patient whom the EHR names by its own number, in the practice whose chart it shows. */
export function fhirIdOf(patient: string, { practiceId }: Pick<EhrFrame, 'practiceId'>): string {
  return /^\d+$/.test(patient) ? `a-${practiceId}.E-${patient}` : patient
}

/** Whether an origin is one of the configured ones; `https://*.ehr.example` stands for every host under it. */
export function isHost(origin: string, hosts: readonly string[]): boolean {
  const url = URL.parse(origin)
  if (url === null) return false
  return hosts.some((host) => {
    const [, scheme, domain] = /^(https?:)\/\/\*(\..+)$/.exec(host.toLowerCase()) ?? []
    return domain === undefined
      ? URL.parse(host)?.origin === url.origin
      : url.protocol === scheme && url.host.endsWith(domain)
  })
}
