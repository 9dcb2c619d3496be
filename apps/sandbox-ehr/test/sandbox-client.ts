import type { ModeSwitches } from '../src/modes/mode.ts'
import { createSandbox, type Sandbox, type SandboxSettings } from '../src/server.ts'

/** A started sandbox with a token for every scope of its mode, and methods to send requests. */
export interface SandboxClient extends AsyncDisposable {
  readonly sandbox: Sandbox
  /** Adds the practice parameter if the mode requires it. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  bundle(path: string): Promise<Bundle>
  create(document: object): Promise<Response>
  v1(path: string, form?: Readonly<Record<string, string>>): Promise<Response>
  /** Follows a link unchanged. */
  follow(url: string): Promise<Response>
}

export interface Bundle {
  readonly resourceType: string
  readonly total?: number
  readonly link: readonly { readonly relation: string; readonly url: string }[]
  readonly entry: readonly {
    readonly resource: { readonly resourceType: string; readonly id: string }
    readonly search: { readonly mode: string }
  }[]
  readonly issue: readonly { readonly diagnostics: string }[]
}

export const practiceId = '195900'
export const patientId = 'a-195900.E-60178'
export const encounterId = 'a-195900.encounter-8801'
export const pdf = Buffer.from('%PDF-1.7 an approved form')

const types =
  'Patient Encounter Condition Observation Procedure MedicationRequest DocumentReference Binary ServiceRequest DeviceRequest DiagnosticReport Coverage Practitioner PractitionerRole Organization Location Medication'

export async function openSandbox(settings: Partial<SandboxSettings> = {}): Promise<SandboxClient> {
  const sandbox = createSandbox({ switches: lenientAthenahealth(settings), ...settings })
  await sandbox.start()
  const { mode } = sandbox
  const scopes = types
    .split(' ')
    .map((type) => `system/${type}.${type === 'DocumentReference' ? 'crs' : 'rs'}`)
  if (mode.hasV1Api) scopes.push('athena/service/Athenanet.MDP.*')
  const issued = await fetch(sandbox.tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('sandbox-client:sandbox-secret')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: scopes.join(' ') }),
  })
  const { access_token: token } = (await issued.json()) as { access_token: string }
  const authorization = `Bearer ${token}`
  const practice =
    mode.practiceParameter === undefined
      ? ''
      : `${mode.practiceParameter}=Organization/a-1.Practice-${practiceId}`
  const urlOf = (path: string) => {
    const joint = path.includes('?') ? '&' : '?'
    return `${sandbox.fhirBaseUrl}${path}${practice === '' ? '' : joint + practice}`
  }
  const get: SandboxClient['get'] = (path, headers = {}) =>
    fetch(urlOf(path), { headers: { authorization, ...headers } })
  return {
    sandbox,
    get,
    bundle: async (path) => (await (await get(path)).json()) as Bundle,
    create: (document) =>
      fetch(urlOf('DocumentReference'), {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/fhir+json' },
        body: JSON.stringify(document),
      }),
    v1: (path, form) =>
      fetch(`${sandbox.baseUrl}/v1/${practiceId}/patients/${path}`, {
        headers: { authorization },
        ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
      }),
    follow: (url) => fetch(url, { headers: { authorization } }),
    [Symbol.asyncDispose]: () => sandbox.stop(),
  }
}

/** Other tests cover athenahealth's defaults; here FHIR is writable and searches are not restricted. */
function lenientAthenahealth({
  as = 'athenahealth',
}: Partial<SandboxSettings>): Partial<ModeSwitches> {
  return as === 'athenahealth' ? { readOnlyFhir: false, strictSearch: false, fhirLag: true } : {}
}

/** A document that every mode accepts. */
export function aDocument(over: object = {}): object {
  return {
    resourceType: 'DocumentReference',
    status: 'current',
    docStatus: 'final',
    identifier: [{ system: 'urn:test', value: 'form-1' }],
    type: { coding: [{ system: 'http://loinc.org', code: '64289-6' }] },
    category: [{ coding: [{ code: 'clinical-note' }] }],
    subject: { reference: `Patient/${patientId}` },
    date: '2026-03-01T10:00:00Z',
    context: {
      encounter: [{ reference: `Encounter/${encounterId}` }],
      period: { start: '2026-03-01T09:00:00Z', end: '2026-03-01T09:30:00Z' },
    },
    content: [{ attachment: { contentType: 'application/pdf', data: pdf.toString('base64') } }],
    ...over,
  }
}
