/** Codes of docs/errors.md, by status. */
export type ProblemsByStatus = Readonly<Record<number, readonly string[]>>

const notFound = { 404: ['not_found'] } as const
const namedNode = {
  403: ['practices_missing'],
  404: ['not_found'],
  409: ['node_silent'],
} as const
/** Of one order: `If-Match` is required, and the answer says what others did since. */
const change = {
  404: ['not_found'],
  412: ['version_stale'],
  428: ['version_needed'],
} as const
const draftChange = {
  ...change,
  409: ['not_drafted', 'chart_not_kept', 'form_not_filled'],
} as const
const formChange = {
  404: ['not_found'],
  412: ['version_stale'],
  422: ['form_unusable'],
  428: ['version_needed'],
} as const
const encounter = { 404: ['not_found'], 409: ['practice_needed'] } as const
/** Of the caller's own account. */
const named = { 403: ['person_needed'] } as const
/** An administrator may lack a practice of the person or the key. */
const foreignPerson = { 403: ['practice_foreign'], 404: ['not_found'] } as const
const signer = { 403: ['signature_by_person'] } as const

/** The codes that an operation can answer with, besides those of every operation of its kind. A test compares it with the routes. */
export const operationProblems: Readonly<Record<string, ProblemsByStatus>> = {
  signIn: {
    401: ['sign_in_refused'],
    403: ['account_disabled', 'practice_missing'],
    429: ['sign_in_delayed'],
    503: ['sign_in_busy'],
  },

  startOidc: notFound,
  endByProvider: { ...notFound, 400: ['logout_token_invalid'] },
  signInWithPasskey: {
    401: ['sign_in_refused'],
    403: ['account_disabled', 'practice_missing', 'person_from_provider'],
  },
  readAccount: named,
  changePassword: {
    403: ['person_needed', 'proof_needed', 'person_from_provider'],
    409: ['proof_refused', 'password_weak'],
    429: ['sign_in_delayed'],
    503: ['sign_in_busy'],
  },
  prove: {
    ...named,
    409: ['proof_refused'],
    429: ['sign_in_delayed'],
    503: ['sign_in_busy'],
  },
  endMySessions: named,
  endMySession: { ...named, 404: ['not_found'] },
  beginPasskey: { 403: ['person_needed', 'proof_needed'] },
  addPasskey: { ...named, 409: ['passkey_refused'] },
  removePasskey: { ...named, 404: ['not_found'] },

  addPerson: {
    403: ['practice_foreign'],
    409: ['person_invalid', 'login_taken', 'label_taken'],
  },
  grantPerson: { ...foreignPerson, 409: ['last_administrator'] },
  renamePerson: { ...foreignPerson, 409: ['person_invalid', 'label_taken'] },
  disablePerson: { ...foreignPerson, 409: ['last_administrator'] },
  enablePerson: foreignPerson,
  endSessionsOfPerson: foreignPerson,
  removeDevicesOfPerson: foreignPerson,
  makeLinkOfPerson: { ...foreignPerson, 403: ['practice_foreign', 'person_from_provider'] },
  makeKey: { 403: ['practice_foreign'], 409: ['person_invalid', 'label_taken'] },
  revokeKey: foreignPerson,

  registerEncounter: { 403: ['practice_foreign'], 409: ['registration_conflict'] },
  listPatientEncounters: notFound,
  stopWatchingPatient: notFound,

  getEncounter: encounter,
  reprocessEncounter: { 404: ['not_found'], 409: ['practice_needed', 'already_under_way'] },

  recordPrint: encounter,

  getWorkItem: notFound,
  getWorkItemSource: { 404: ['not_found', 'chart_not_kept'] },
  getWorkItemHistory: notFound,
  getWorkItemForm: notFound,
  getDocument: { 404: ['not_found', 'document_not_kept'] },
  unwatchEncounter: notFound,
  askForInformation: {
    ...change,
    409: ['not_drafted', 'asked_already', 'owner_unknown', 'date_implausible'],
  },
  endInformationRequest: { ...change, 409: ['nothing_asked', 'not_drafted'] },
  resolveWriteBack: {
    ...change,
    409: ['nothing_to_decide', 'approval_gone', 'document_not_ours'],
  },
  changeAnswer: { ...draftChange, 409: [...draftChange[409], 'evidence_not_in_chart'] },
  restoreAnswer: draftChange,
  changeWorkItemForm: { ...draftChange, 409: [...draftChange[409], 'identity_from_chart'] },
  approveWorkItem: {
    ...change,
    403: ['signature_by_person', 'approval_by_person', 'proof_needed'],
    409: [
      'not_approvable',
      'reason_required',
      'signature_unknown',
      'no_signature_box',
      'attachment_unusable',
    ],
  },
  closeWorkItem: { ...change, 409: ['not_closable'] },
  reopenWorkItem: { ...change, 409: ['not_reopenable', 'form_on_its_way'] },
  handOverWorkItem: { ...change, 409: ['not_drafted', 'owner_unknown'] },
  recordPayerStep: {
    ...change,
    409: ['not_in_chart', 'sent_already', 'not_sent_yet', 'date_implausible'],
  },
  addNote: { 404: ['not_found'], 409: ['owner_unknown'] },
  markMentionsRead: notFound,
  addAttachment: {
    ...change,
    400: ['file_missing', 'text_invalid'],
    409: ['not_drafted', 'attachment_unusable', 'too_many_attachments', 'attachments_too_large'],
    413: ['attachment_too_large'],
    503: ['uploads_busy'],
  },
  removeAttachment: { ...change, 409: ['not_drafted'] },
  getAttachment: notFound,
  getFaxContact: notFound,
  changeFaxContact: notFound,
  getFax: {
    404: ['not_found', 'document_not_kept'],
    409: ['not_approved', 'fax_contact_needed'],
  },

  getSignature: signer,
  getSignatureImage: { ...signer, 404: ['not_found'] },
  storeSignature: {
    ...signer,
    400: ['file_missing'],
    409: ['attachment_unusable'],
    503: ['uploads_busy'],
    413: ['attachment_too_large'],
  },
  deleteSignature: signer,

  listWorkQueue: { 409: ['page_outdated'] },
  exportWorkQueue: {},
  assignWorkItems: { 409: ['owner_unknown'] },
  addSavedView: { 403: ['practice_foreign'], 409: ['views_full', 'view_name_taken'] },
  changeSavedView: {
    403: ['practice_foreign', 'view_of_another'],
    404: ['view_gone'],
    409: ['view_name_taken'],
  },
  deleteSavedView: { 403: ['view_of_another'], 404: ['view_gone'] },

  listPayerForms: {},
  uploadPayerForm: {
    400: ['file_missing', 'text_invalid'],
    503: ['uploads_busy'],
    403: ['practice_foreign', 'practices_missing'],
    413: ['form_too_large'],
    422: ['form_unusable'],
  },
  getPayerForm: notFound,
  getBlankForm: notFound,
  changePayerForm: { ...formChange, 403: ['practices_missing'] },
  testPayerForm: { 404: ['not_found'], 422: ['form_unusable'] },
  activatePayerForm: { ...formChange, 403: ['practices_missing'] },
  retirePayerForm: { ...formChange, 403: ['practices_missing'] },

  deleteFormDraft: {
    403: ['practices_missing'],
    404: ['not_found'],
    409: ['form_was_used'],
    412: ['version_stale'],
    428: ['version_needed'],
  },

  streamEvents: { 400: ['last_event_id_invalid'], 503: ['too_many_streams'] },

  resizeWorkers: { 403: ['practices_missing'], 409: ['node_silent'] },
  pauseOrchestrator: { 403: ['practices_missing'] },
  resumeOrchestrator: { 403: ['practices_missing'] },
  getEncounterTimeline: encounter,
  testDependency: notFound,
  drainNode: { 403: ['practices_missing'], 409: ['node_silent'] },
  takeUpWork: { 403: ['practices_missing'], 409: ['node_silent'] },
  drainNamedNode: namedNode,
  takeUpWorkOfNode: namedNode,
  resizeWorkersOfNode: namedNode,
  dismissDeadLetter: notFound,
  redriveAllOfCode: notFound,
  stopRedrive: notFound,
  redriveDeadLetter: { 404: ['not_found'], 409: ['already_under_way'] },

  createWebhook: {
    403: ['practice_foreign'],
    409: ['webhooks_full'],
    422: ['webhook_url_refused'],
  },
  getWebhook: notFound,
  changeWebhook: { 404: ['not_found'], 422: ['webhook_url_refused'] },
  deleteWebhook: notFound,
  rotateWebhookSecret: notFound,
  testWebhook: notFound,
  disableWebhook: notFound,
  enableWebhook: notFound,
  listWebhookDeliveries: notFound,
  redeliverWebhook: { 404: ['not_found'], 409: ['webhook_off', 'already_under_way'] },
}
