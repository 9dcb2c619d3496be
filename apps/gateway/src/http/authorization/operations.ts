import type { Role } from '@authscript/prior-auth'
import type { FastifyRequest } from 'fastify'
import { chartRoles, type OperationRule } from './operation-rule.ts'

const people = ['clinician', 'staff'] satisfies Role[]
const operator = ['operator'] satisfies Role[]

/** Charts of patients, for people and programs. */
const charts = { roles: chartRoles, practices: 'own', chart: true, audited: 'view' } as const
/** Patients in lists. */
const lists = { ...charts, audited: 'list' } as const
/** Charts, for people only. */
const orders = { roles: people, practices: 'own', chart: true, audited: 'view' } as const
/** Work on orders. */
const changes = { ...orders, audited: 'change' } as const
/** What a person keeps for the work on orders, without chart data. */
const ownThings = { roles: people, practices: 'own', chart: false, audited: 'no' } as const
/** The caller's own signature. */
const signature = {
  roles: ['clinician'],
  practices: 'none',
  chart: false,
  audited: 'no',
  byPerson: true,
} as const
/** How the gateway runs, without chart data. */
const running = { roles: operator, practices: 'own', chart: false, audited: 'no' } as const
/** For operations that change the work of every practice. */
const control = { roles: operator, practices: 'all', chart: false, audited: 'settings' } as const
const forms = { roles: operator, practices: 'own', chart: false, audited: 'no' } as const
const formChanges = {
  roles: operator,
  practices: 'own_or_all',
  chart: false,
  audited: 'settings',
} as const
/** Webhooks of the caller's practices: ids only. */
const webhooks = {
  roles: ['administrator', 'service'],
  practices: 'own',
  chart: false,
  audited: 'settings',
} as const
/** Operators see why one is disabled. */
const webhookStates = {
  ...webhooks,
  roles: [...webhooks.roles, ...operator],
  audited: 'no',
} as const
/** The caller's own account. Only a named person has one. */
const account = { roles: 'signed_in', practices: 'none', chart: false, audited: 'no' } as const
const accountChanges = { ...account, audited: 'settings' } as const
/** What somebody needs to choose a password of their own. */
const ownPassword = { ...account, withTemporaryPassword: true } as const
/** People and API keys of the caller's practices. */
const peopleChanges = {
  roles: ['administrator'],
  practices: 'own',
  chart: false,
  audited: 'settings',
} as const
/** Who did what, by ids: no chart. */
const trail = { roles: ['auditor'], practices: 'own', chart: false, audited: 'list' } as const
/** Without a credential. */
const open = { roles: 'anyone', practices: 'none', chart: false, audited: 'no' } as const

/**
 * Who may do what: a row for each operation, by the `operationId` of its route. Routes name no roles. A route without a row, or a row
 * without a route, ends the start.
 */
export const operations = {
  signIn: { ...open, audited: 'sign_in' },
  readSignInWays: open,
  getSession: ownPassword,
  signOut: { ...open, audited: 'sign_out' },
  launchFromEhr: open,
  launchStandalone: open,
  finishLaunch: { ...open, audited: 'sign_in' },

  startOidc: open,
  finishOidc: { ...open, audited: 'sign_in' },
  endOidc: { ...open, audited: 'sign_out' },
  endByProvider: { ...open, audited: 'sign_out' },
  beginPasskeySignIn: open,
  signInWithPasskey: { ...open, audited: 'sign_in' },

  readAccount: ownPassword,
  changePassword: { ...ownPassword, audited: 'settings' },
  prove: { ...ownPassword, audited: 'sign_in' },
  endMySessions: { ...account, audited: 'sign_out' },
  endMySession: { ...account, audited: 'sign_out' },
  beginPasskey: ownPassword,
  addPasskey: { ...ownPassword, audited: 'settings' },
  removePasskey: accountChanges,

  listPeople: { ...peopleChanges, audited: 'no' },
  addPerson: peopleChanges,
  grantPerson: peopleChanges,
  renamePerson: peopleChanges,
  disablePerson: peopleChanges,
  enablePerson: peopleChanges,
  endSessionsOfPerson: peopleChanges,
  removeDevicesOfPerson: peopleChanges,
  makeLinkOfPerson: peopleChanges,
  listKeys: { ...peopleChanges, audited: 'no' },
  makeKey: peopleChanges,
  revokeKey: peopleChanges,

  registerEncounter: { ...charts, audited: 'change' },
  listWatchedEncounters: lists,
  listPatientEncounters: charts,
  stopWatchingPatient: changes,

  listEncounters: lists,
  getEncounter: charts,
  unwatchEncounter: changes,
  reprocessEncounter: changes,

  listWorkItems: lists,
  getWorkItem: charts,
  getWorkItemSource: orders,
  getWorkItemHistory: orders,
  getWorkItemForm: charts,
  getDocument: { ...charts, audited: 'export' },
  resolveWriteBack: changes,
  changeAnswer: changes,
  restoreAnswer: changes,
  changeWorkItemForm: changes,
  approveWorkItem: { ...orders, roles: ['clinician'], audited: 'approve' },
  closeWorkItem: changes,
  reopenWorkItem: changes,
  handOverWorkItem: changes,
  askForInformation: changes,
  endInformationRequest: changes,
  recordPayerStep: changes,
  addNote: changes,
  markMentionsRead: orders,
  addAttachment: changes,
  removeAttachment: changes,
  getAttachment: orders,
  getFaxContact: orders,
  changeFaxContact: changes,
  getFax: { ...orders, audited: 'export' },

  recordPrint: { ...orders, audited: 'print' },

  getSignature: signature,
  getSignatureImage: signature,
  storeSignature: { ...signature, audited: 'settings' },
  deleteSignature: { ...signature, audited: 'settings' },

  listWorkQueue: lists,
  // Counts, and names of payers, providers and owners: no patient.
  summarizeWorkQueue: { ...charts, chart: false, audited: 'no' },
  exportWorkQueue: { ...orders, audited: 'export' },
  assignWorkItems: changes,
  recordSent: changes,
  undoSent: changes,
  listSavedViews: ownThings,
  addSavedView: ownThings,
  changeSavedView: ownThings,
  deleteSavedView: ownThings,

  listPayerForms: forms,
  listFormRoles: forms,
  uploadPayerForm: formChanges,
  getPayerForm: forms,
  getBlankForm: forms,
  changePayerForm: formChanges,
  testPayerForm: forms,
  activatePayerForm: formChanges,
  retirePayerForm: formChanges,
  deleteFormDraft: formChanges,

  // A caller who sees no charts gets a stream without chart data.
  streamEvents: {
    roles: [...chartRoles, ...operator, 'auditor', 'administrator'],
    practices: 'own',
    chart: false,
    audited: 'list',
  },

  getOrchestrator: { ...running, practices: 'none' },
  resizeWorkers: control,
  pauseOrchestrator: control,
  resumeOrchestrator: control,
  getOperations: running,
  listPolledEncounters: running,
  getEncounterTimeline: running,
  getConfiguration: { ...running, practices: 'none' },
  testDependency: { ...running, practices: 'none' },
  drainNode: control,
  takeUpWork: control,
  drainNamedNode: control,
  takeUpWorkOfNode: control,
  resizeWorkersOfNode: control,
  listDeadLetters: running,
  redriveDeadLetter: { ...running, audited: 'change' },
  redriveDeadLetters: { ...running, audited: 'change' },
  redriveAllOfCode: { ...running, audited: 'change' },
  stopRedrive: { ...running, audited: 'change' },
  dismissDeadLetter: { ...running, audited: 'change' },
  getEhr: { roles: [...people, ...operator], practices: 'none', chart: false, audited: 'no' },

  listAuditEntries: trail,
  exportAuditCsv: { ...trail, audited: 'export' },
  exportAuditEvents: { ...trail, audited: 'export' },

  createWebhook: webhooks,
  listWebhooks: webhookStates,
  getWebhook: webhookStates,
  changeWebhook: webhooks,
  deleteWebhook: webhooks,
  rotateWebhookSecret: webhooks,
  testWebhook: webhooks,
  disableWebhook: webhooks,
  enableWebhook: webhooks,
  listWebhookDeliveries: webhookStates,
  redeliverWebhook: webhooks,

  getLiveness: open,
  getReadiness: open,
  getMetrics: open,
  getPublicKeys: open,
  getApiDescription: open,
  getErrorPage: open,
} as const satisfies Readonly<Record<string, OperationRule>>

export type OperationId = keyof typeof operations

/** The row of the operation that a request is for; undefined for a path without a route. */
export function ruleFor({
  routeOptions,
}: Pick<FastifyRequest, 'routeOptions'>): OperationRule | undefined {
  return ruleOf(routeOptions.schema?.operationId)
}

export function ruleOf(operationId: string | undefined): OperationRule | undefined {
  return operationId !== undefined && Object.hasOwn(operations, operationId)
    ? operations[operationId as OperationId]
    : undefined
}
