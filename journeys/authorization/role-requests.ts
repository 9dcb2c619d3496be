import type { OperationId } from '../../apps/gateway/src/http/authorization/operations.ts'

/** Things of the first practice, which the requests are about. */
export interface Targets {
  readonly practiceId: string
  readonly patientId: string
  readonly encounterId: string
  readonly workItemId: string
  readonly attachmentId: string
  readonly deadLetterId: string
  readonly failedEncounterId: string
  readonly viewId: string
  readonly viewName: string
  readonly formId: string
  readonly formName: string
  readonly webhookId: string
  /** Somebody who works there. */
  readonly colleague: string
}

export interface SampleRequest {
  /** The URL, and what else the operation needs; a JSON body unless it is bytes. */
  of(targets: Targets): {
    readonly method?: string
    readonly path: string
    readonly body?: object
  }
  /** The statuses for whoever may use it. Changes name a version that is gone, so that they change nothing. */
  readonly granted: readonly number[]
  /** How something of another practice is kept from the caller: a text that is left out of the answer, or a refusal. */
  readonly concealed?: 'not_found' | 'practice_foreign' | ((targets: Targets) => string)
  /** A statement that makes the request possible once more. */
  readonly before?: (targets: Targets) => string
  /** The headers are enough: the answer does not end. */
  readonly isStream?: true
}

const item = (path = '', method = 'GET', body?: object) => ({
  of: ({ workItemId }: Targets) => ({
    method,
    path: `/api/work-items/${workItemId}${path}`,
    ...(body === undefined ? {} : { body }),
  }),
  concealed: 'not_found' as const,
})
const read = [200]
const stale = [412]
const get = (path: string) => ({ of: () => ({ path }), granted: read })
const post = (path: string, body?: object) => ({
  of: () => ({ method: 'POST', path, ...(body === undefined ? {} : { body }) }),
  granted: read,
})
/** Nothing changes: the node is not there. */
const aGoneNode = (act: string, body?: object) => ({
  ...post(`/api/operations/nodes/elsewhere:1/${act}`, body),
  granted: [404],
})
/** The rows of the audit trail about the work item. */
const ofWorkItem = (path: string) => ({
  of: ({ workItemId }: Targets) => ({ path: `${path}?workItem=${workItemId}` }),
  granted: read,
  concealed: ({ encounterId }: Targets) => encounterId,
})
const bytes = Buffer.from('not a file that can be used')
const form = (path = '', method = 'GET', body?: object) => ({
  of: ({ formId }: Targets) => ({
    method,
    path: `/api/forms/${formId}${path}`,
    ...(body === undefined ? {} : { body }),
  }),
  concealed: 'not_found' as const,
})
const formChange = { name: 'Role table', payers: [], codes: [], boxes: [], keptAsPrinted: [] }
/** An address that is never called: nothing is decided here. */
const hook = { url: 'https://93.184.216.34/hook', types: ['payer.decided'] }
const webhook = (path = '', method = 'GET', body?: object) => ({
  of: ({ webhookId }: Targets) => ({
    method,
    path: `/api/webhooks/${webhookId}${path}`,
    ...(body === undefined ? {} : { body }),
  }),
  concealed: 'not_found' as const,
})
/** A key has no account: only a named person has. */
const account = (path: string, method = 'GET', body?: object) => ({
  of: () => ({ method, path: `/api/account${path}`, ...(body === undefined ? {} : { body }) }),
  granted: [403],
})
const personId = 'person-of-the-role-table'
const person = (path = '', method = 'POST', body?: object) => ({
  of: () => ({
    method,
    path: `/api/people/${personId}${path}`,
    ...(body === undefined ? {} : { body }),
  }),
  concealed: 'not_found' as const,
  before: ({ practiceId }: Targets) =>
    `insert into people (person_id, login, label, roles, practice_ids, added_by, added_at)
     values ('${personId}', '${personId}', 'Somebody', '{clinician}', '{${practiceId}}', 'a test', now())
     on conflict (person_id) do update set disabled_at = null, practice_ids = '{${practiceId}}' returning 1 as n`,
})
const passkey = {
  id: 'none',
  rawId: 'none',
  type: 'public-key',
  clientExtensionResults: {},
}
const search = { view: 'open' }

const noneDismissed =
  'with gone as (delete from dismissed_letters returning 1) select count(*)::int as n from gone'

/** One request for each operation. An operation without one does not compile. */
export const requests: Readonly<Record<OperationId, SampleRequest>> = {
  signIn: { ...post('/api/session', { token: 'not a link' }), granted: [401] },
  readSignInWays: get('/api/session/ways'),
  getSession: get('/api/session'),
  signOut: { of: () => ({ method: 'DELETE', path: '/api/session' }), granted: [204] },

  launchFromEhr: { ...get('/launch?iss=https://ehr.example.com&launch=none'), granted: [403] },
  launchStandalone: { ...get('/launch/standalone?iss=https://ehr.example.com'), granted: [403] },
  finishLaunch: { ...get('/launch/callback?state=none'), granted: [403] },

  startOidc: { ...get('/api/session/oidc/start'), granted: [404] },
  finishOidc: { ...get('/api/session/oidc/callback?state=none'), granted: [302] },
  endOidc: { ...get('/api/session/oidc/end'), granted: [302] },
  endByProvider: { ...post('/api/session/oidc/logout'), granted: [400] },
  beginPasskeySignIn: post('/api/session/passkey/begin'),
  signInWithPasskey: { ...post('/api/session/passkey', passkey), granted: [400] },

  readAccount: account(''),
  changePassword: account('/password', 'PUT', { password: 'four plain words here' }),
  prove: account('/prove', 'POST', { password: 'four plain words here' }),
  endMySessions: account('/sessions', 'DELETE'),
  endMySession: account('/sessions/none', 'DELETE'),
  beginPasskey: account('/passkeys/begin', 'POST'),
  addPasskey: { ...account('/passkeys', 'POST', passkey), granted: [400, 403] },
  removePasskey: account('/passkeys/none', 'DELETE'),

  listPeople: { ...person(), ...get('/api/people'), concealed: () => personId },
  addPerson: {
    of: ({ practiceId }) => ({
      method: 'POST',
      path: '/api/people',
      body: { login: personId, label: 'Somebody', roles: ['staff'], practiceIds: [practiceId] },
    }),
    // The login is taken.
    granted: [409],
    concealed: 'practice_foreign',
    before: person().before,
  },
  renamePerson: { ...person('/name', 'PUT', { label: 'Somebody Else' }), granted: read },
  grantPerson: {
    ...person('/grant', 'PUT', { roles: ['staff'], practiceIds: [] }),
    granted: read,
  },
  disablePerson: { ...person('/disable'), granted: read },
  enablePerson: { ...person('/enable'), granted: read },
  endSessionsOfPerson: { ...person('/sessions', 'DELETE'), granted: read },
  removeDevicesOfPerson: { ...person('/devices', 'DELETE'), granted: read },
  makeLinkOfPerson: { ...person('/link'), granted: [201] },
  listKeys: { ...get('/api/keys'), concealed: ({ colleague }) => colleague },
  makeKey: {
    of: ({ practiceId, colleague }) => ({
      method: 'POST',
      path: '/api/keys',
      body: { label: colleague, roles: ['staff'], practiceIds: [practiceId] },
    }),
    // The label is taken.
    granted: [409],
    concealed: 'practice_foreign',
  },
  revokeKey: {
    of: () => ({ method: 'POST', path: '/api/keys/none/revoke' }),
    granted: [404],
    concealed: 'not_found',
  },

  registerEncounter: {
    of: ({ practiceId, patientId, encounterId }) => ({
      method: 'POST',
      path: '/api/patients/register',
      body: { practiceId, patientId, encounterId },
    }),
    granted: read,
    concealed: 'practice_foreign',
  },
  listWatchedEncounters: { ...get('/api/patients'), concealed: ({ patientId }) => patientId },
  listPatientEncounters: {
    of: ({ patientId }) => ({ path: `/api/patients/${patientId}` }),
    granted: read,
    concealed: 'not_found',
  },
  stopWatchingPatient: {
    of: ({ patientId }) => ({ method: 'DELETE', path: `/api/patients/${patientId}` }),
    granted: [204],
    concealed: 'not_found',
    before: ({ patientId }) =>
      `update registrations set watch = 'open', ended_at = null where patient_id = '${patientId}' returning 1 as n`,
  },

  listEncounters: { ...get('/api/encounters'), concealed: ({ encounterId }) => encounterId },
  getEncounter: {
    of: ({ encounterId }) => ({ path: `/api/encounters/${encounterId}` }),
    granted: read,
    concealed: 'not_found',
  },
  unwatchEncounter: {
    of: ({ practiceId, encounterId }) => ({
      method: 'DELETE',
      path: `/api/encounters/${encounterId}/watch?practiceId=${practiceId}`,
    }),
    granted: read,
    concealed: 'not_found',
    before: ({ encounterId }) =>
      `update registrations set watch = 'open', ended_at = null where encounter_id = '${encounterId}' returning 1 as n`,
  },
  reprocessEncounter: {
    of: ({ failedEncounterId }) => ({
      method: 'POST',
      path: `/api/encounters/${failedEncounterId}/reprocess`,
    }),
    granted: [202, 409],
    concealed: 'not_found',
  },

  listWorkItems: { ...get('/api/work-items'), concealed: ({ workItemId }) => workItemId },
  getWorkItem: { ...item(), granted: read },
  getWorkItemSource: { ...item('/source'), granted: read },
  getWorkItemHistory: { ...item('/history'), granted: read },
  getWorkItemForm: { ...item('/form.pdf'), granted: read },
  getDocument: { ...item('/document.pdf'), granted: read },
  resolveWriteBack: {
    ...item('/write-back/resolve', 'POST', { decision: 'send_again' }),
    granted: [409, 412],
  },
  changeAnswer: {
    ...item('/answers/c', 'PUT', { answer: 'met', reason: 'seen on paper' }),
    granted: stale,
  },
  restoreAnswer: { ...item('/answers/c', 'DELETE'), granted: stale },
  changeWorkItemForm: { ...item('/form', 'PUT', { entries: {} }), granted: stale },
  approveWorkItem: { ...item('/approve', 'POST'), granted: stale },
  closeWorkItem: { ...item('/close', 'POST'), granted: stale },
  reopenWorkItem: { ...item('/reopen', 'POST'), granted: stale },
  handOverWorkItem: { ...item('/hand-over', 'POST', { owner: 'somebody' }), granted: [409, 412] },
  askForInformation: {
    ...item('/information-request', 'PUT', { of: 'somebody', what: 'the report' }),
    granted: stale,
  },
  endInformationRequest: {
    ...item('/information-request/result', 'POST', { outcome: 'withdrawn' }),
    granted: stale,
  },
  recordPayerStep: {
    ...item('/payer-steps', 'POST', { kind: 'sent', on: '2026-11-30', method: 'fax' }),
    granted: stale,
  },
  addNote: { ...item('/notes', 'POST', { text: 'called the payer' }), granted: [204] },
  markMentionsRead: { ...item('/mentions/read', 'POST'), granted: [204] },
  addAttachment: { ...item('/attachments', 'POST', bytes), granted: [409, 412] },
  removeAttachment: {
    of: ({ workItemId, attachmentId }) => ({
      method: 'DELETE',
      path: `/api/work-items/${workItemId}/attachments/${attachmentId}`,
    }),
    granted: stale,
    concealed: 'not_found',
  },
  getAttachment: {
    of: ({ workItemId, attachmentId }) => ({
      path: `/api/work-items/${workItemId}/attachments/${attachmentId}`,
    }),
    granted: read,
    concealed: 'not_found',
  },
  getFaxContact: { ...item('/fax-cover'), granted: read },
  changeFaxContact: {
    ...item('/fax-cover', 'PUT', {
      recipient: 'Intake',
      recipientFax: '555-0100',
      sender: 'Practice',
      senderPhone: '',
      senderFax: '',
    }),
    granted: [204, 409],
  },
  getFax: { ...item('/fax.pdf'), granted: [200, 409] },

  recordPrint: {
    of: ({ workItemId }) => ({
      method: 'POST',
      path: '/api/prints',
      body: { workItemIds: [workItemId] },
    }),
    granted: [204],
    concealed: 'not_found',
  },
  getSignature: get('/api/signature'),
  getSignatureImage: { ...get('/api/signature/image'), granted: [404] },
  storeSignature: {
    of: () => ({ method: 'PUT', path: '/api/signature', body: bytes }),
    granted: [409],
  },
  deleteSignature: { of: () => ({ method: 'DELETE', path: '/api/signature' }), granted: [204] },

  listWorkQueue: { ...get('/api/work-queue'), concealed: ({ workItemId }) => workItemId },
  summarizeWorkQueue: {
    ...get('/api/work-queue/summary'),
    concealed: ({ colleague }) => colleague,
  },
  exportWorkQueue: { ...get('/api/work-queue.csv'), concealed: ({ encounterId }) => encounterId },
  recordSent: {
    of: ({ workItemId }) => ({
      method: 'POST',
      path: '/api/work-queue/sent',
      body: { items: [{ workItemId, version: 999 }], on: '2026-11-30', method: 'fax' },
    }),
    granted: read,
    // An order that the caller may see is left alone because it has changed; another one is not known.
    concealed: () => 'version_stale',
  },
  undoSent: {
    of: ({ workItemId }) => ({
      method: 'POST',
      path: '/api/work-queue/sent/undo',
      body: { items: [{ workItemId, version: 999 }] },
    }),
    granted: read,
    concealed: () => 'version_stale',
  },
  assignWorkItems: {
    of: ({ workItemId, colleague }) => ({
      method: 'POST',
      path: '/api/work-queue/assign',
      body: { workItemIds: [workItemId], owner: colleague },
    }),
    granted: read,
    concealed: ({ workItemId }) => workItemId,
    before: ({ workItemId }) =>
      `update work_items set owner = null where work_item_id = '${workItemId}' returning 1 as n`,
  },
  listSavedViews: { ...get('/api/work-queue/views'), concealed: ({ viewName }) => viewName },
  addSavedView: {
    of: ({ practiceId }) => ({
      method: 'POST',
      path: '/api/work-queue/views',
      body: { name: 'Another view', search, sharedWith: practiceId },
    }),
    granted: [200, 409],
    concealed: 'practice_foreign',
  },
  changeSavedView: {
    of: ({ viewId }) => ({ method: 'PUT', path: `/api/work-queue/views/${viewId}`, body: {} }),
    // A colleague's view is seen, and changed by its owner only (view_of_another).
    granted: [200, 403],
    concealed: 'not_found',
  },
  deleteSavedView: {
    of: () => ({ method: 'DELETE', path: '/api/work-queue/views/999999' }),
    granted: [404],
    concealed: 'not_found',
  },

  listPayerForms: { ...get('/api/forms'), concealed: ({ formName }) => formName },
  listFormRoles: { ...get('/api/forms/roles') },
  uploadPayerForm: {
    of: ({ practiceId }) => ({
      method: 'POST',
      path: `/api/forms?practiceId=${practiceId}`,
      body: bytes,
    }),
    granted: [422],
    concealed: 'practice_foreign',
  },
  getPayerForm: { ...form(), granted: read },
  getBlankForm: { ...form('/blank.pdf'), granted: read },
  changePayerForm: { ...form('', 'PUT', formChange), granted: stale },
  testPayerForm: { ...form('/test-fill', 'POST', formChange), granted: [200, 422] },
  activatePayerForm: { ...form('/activate', 'POST'), granted: stale },
  retirePayerForm: { ...form('/retire', 'POST'), granted: stale },
  deleteFormDraft: { ...form('', 'DELETE'), granted: stale },

  streamEvents: {
    of: () => ({ path: '/api/events?lastEventId=0' }),
    granted: read,
    concealed: ({ encounterId }) => encounterId,
    isStream: true,
  },

  getOrchestrator: get('/api/orchestrator'),
  resizeWorkers: post('/api/orchestrator/workers', { count: 2 }),
  pauseOrchestrator: post('/api/orchestrator/pause'),
  resumeOrchestrator: post('/api/orchestrator/resume'),
  getOperations: get('/api/operations'),
  listPolledEncounters: {
    ...get('/api/operations/watched'),
    concealed: ({ encounterId }) => encounterId,
  },
  getEncounterTimeline: {
    of: ({ encounterId }) => ({ path: `/api/operations/encounters/${encounterId}` }),
    granted: read,
    concealed: 'not_found',
  },
  getConfiguration: get('/api/operations/configuration'),
  testDependency: post('/api/operations/dependencies/database/test'),
  drainNode: post('/api/operations/drain'),
  takeUpWork: post('/api/operations/take-up'),
  drainNamedNode: aGoneNode('drain'),
  takeUpWorkOfNode: aGoneNode('take-up'),
  resizeWorkersOfNode: aGoneNode('workers', { count: 2 }),
  listDeadLetters: {
    ...get('/api/dead-letters'),
    concealed: ({ failedEncounterId }) => failedEncounterId,
  },
  redriveDeadLetters: {
    ...post('/api/dead-letters/redrive', { code: 'nothing_has_this_code' }),
    granted: read,
  },
  redriveAllOfCode: {
    ...post('/api/dead-letters/redrives', { code: 'nothing_has_this_code' }),
    granted: [404],
  },
  stopRedrive: {
    ...post('/api/dead-letters/redrives/1/stop'),
    granted: [404],
  },
  dismissDeadLetter: {
    of: ({ deadLetterId }) => ({
      method: 'POST',
      path: `/api/dead-letters/${deadLetterId}/dismiss`,
      body: { note: 'tested' },
    }),
    granted: read,
    concealed: 'not_found',
    before: () => noneDismissed,
  },
  redriveDeadLetter: {
    of: ({ deadLetterId }) => ({
      method: 'POST',
      path: `/api/dead-letters/${deadLetterId}/redrive`,
    }),
    granted: [202, 409],
    concealed: 'not_found',
    before: () => noneDismissed,
  },
  getEhr: get('/api/ehr'),

  listAuditEntries: ofWorkItem('/api/audit'),
  exportAuditCsv: ofWorkItem('/api/audit.csv'),
  exportAuditEvents: ofWorkItem('/api/audit.ndjson'),
  createWebhook: {
    of: ({ practiceId }) => ({
      method: 'POST',
      path: '/api/webhooks',
      body: { practiceId, ...hook },
    }),
    granted: [201, 409],
    concealed: 'practice_foreign',
  },
  listWebhooks: { ...get('/api/webhooks'), concealed: ({ webhookId }) => webhookId },
  getWebhook: { ...webhook(), granted: read },
  changeWebhook: { ...webhook('', 'PATCH', { description: 'of the table' }), granted: read },
  deleteWebhook: {
    of: () => ({ method: 'DELETE', path: '/api/webhooks/999999' }),
    granted: [404],
    concealed: 'not_found',
  },
  rotateWebhookSecret: { ...webhook('/rotate-secret', 'POST'), granted: read },
  testWebhook: { ...webhook('/test', 'POST'), granted: read },
  disableWebhook: { ...webhook('/disable', 'POST'), granted: read },
  enableWebhook: { ...webhook('/enable', 'POST'), granted: read },
  listWebhookDeliveries: { ...webhook('/deliveries'), granted: read },
  redeliverWebhook: { ...webhook('/deliveries/999999/redeliver', 'POST'), granted: [404] },

  getLiveness: get('/health/live'),
  getReadiness: { ...get('/health/ready'), granted: [200, 503] },
  getMetrics: get('/metrics'),
  getPublicKeys: get('/.well-known/jwks.json'),
  getApiDescription: get('/openapi.json'),
  getErrorPage: get('/docs/errors'),
}
