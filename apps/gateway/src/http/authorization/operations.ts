import type { Role } from '@authscript/prior-auth'
import type { FastifyRequest } from 'fastify'
import { chartRoles, type OperationRule } from './operation-rule.ts'

const people = ['clinician', 'staff'] satisfies Role[]
const operator = ['operator'] satisfies Role[]

/** Chart data, for people and programs. */
const charts = { roles: chartRoles, practices: 'own', chart: true } as const
/** Chart data and work on orders, for people only. */
const orders = { roles: people, practices: 'own', chart: true } as const
/** What a person keeps for the work on orders, without chart data. */
const ownThings = { roles: people, practices: 'own', chart: false } as const
/** The caller's own signature. */
const signature = {
  roles: ['clinician'],
  practices: 'none',
  chart: false,
  byPerson: true,
} as const
/** How the gateway runs, without chart data. */
const running = { roles: operator, practices: 'own', chart: false } as const
/** What changes the work of every practice. */
const control = { roles: operator, practices: 'all', chart: false } as const
const forms = { roles: operator, practices: 'own', chart: false } as const
const formChanges = { roles: operator, practices: 'own_or_all', chart: false } as const
/** Webhooks of the caller's practices: ids only. */
const webhooks = { roles: ['administrator', 'service'], practices: 'own', chart: false } as const
/** Operators see why one is disabled. */
const webhookStates = { ...webhooks, roles: [...webhooks.roles, ...operator] } as const
/** One's own account. Only a named person has one. */
const account = { roles: 'signed_in', practices: 'none', chart: false } as const
/** People and API keys of the caller's practices. */
const peopleChanges = { roles: ['administrator'], practices: 'own', chart: false } as const
/** Without a credential. */
const open = { roles: 'anyone', practices: 'none', chart: false } as const

/**
 * Who may do what: a row for each operation, by the `operationId` of its route. Routes name no roles. A route without a row, or a row
 * without a route, ends the start.
 */
export const operations = {
  signIn: open,
  readSignInWays: open,
  getSession: { roles: 'signed_in', practices: 'none', chart: false },
  signOut: open,
  launchFromEhr: open,
  launchStandalone: open,
  finishLaunch: open,

  startOidc: open,
  finishOidc: open,
  endOidc: open,
  beginPasskeySignIn: open,
  signInWithPasskey: open,

  readAccount: account,
  changePassword: account,
  prove: account,
  endMySessions: account,
  endMySession: account,
  beginPasskey: account,
  addPasskey: account,
  removePasskey: account,

  listPeople: peopleChanges,
  addPerson: peopleChanges,
  grantPerson: peopleChanges,
  disablePerson: peopleChanges,
  enablePerson: peopleChanges,
  endSessionsOfPerson: peopleChanges,
  makeLinkOfPerson: peopleChanges,
  listKeys: peopleChanges,
  makeKey: peopleChanges,
  revokeKey: peopleChanges,

  registerEncounter: charts,
  listWatchedEncounters: charts,
  listPatientEncounters: charts,
  stopWatchingPatient: orders,

  listEncounters: charts,
  getEncounter: charts,
  unwatchEncounter: orders,
  reprocessEncounter: orders,

  listWorkItems: charts,
  getWorkItem: charts,
  getWorkItemSource: orders,
  getWorkItemHistory: orders,
  getWorkItemForm: charts,
  getDocument: charts,
  resolveWriteBack: orders,
  changeAnswer: orders,
  restoreAnswer: orders,
  changeWorkItemForm: orders,
  approveWorkItem: { ...orders, roles: ['clinician'] },
  closeWorkItem: orders,
  reopenWorkItem: orders,
  handOverWorkItem: orders,
  askForInformation: orders,
  endInformationRequest: orders,
  recordPayerStep: orders,
  addNote: orders,
  markMentionsRead: orders,
  addAttachment: orders,
  removeAttachment: orders,
  getAttachment: orders,
  getFaxContact: orders,
  changeFaxContact: orders,
  getFax: orders,

  getSignature: signature,
  getSignatureImage: signature,
  storeSignature: signature,
  deleteSignature: signature,

  listWorkQueue: charts,
  summarizeWorkQueue: charts,
  exportWorkQueue: orders,
  assignWorkItems: orders,
  recordSent: orders,
  undoSent: orders,
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

  // Operators get a stream of their own, without chart data.
  streamEvents: { roles: [...chartRoles, ...operator], practices: 'own', chart: false },

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
  listDeadLetters: running,
  redriveDeadLetter: running,
  redriveDeadLetters: running,
  dismissDeadLetter: running,
  getEhr: { roles: [...people, ...operator], practices: 'none', chart: false },

  createWebhook: webhooks,
  listWebhooks: webhookStates,
  getWebhook: webhookStates,
  changeWebhook: webhooks,
  deleteWebhook: webhooks,
  rotateWebhookSecret: webhooks,
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
