import { type Role, role } from '@authscript/prior-auth'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { drawPayerForm } from '../../apps/gateway/test/forms/a-payer-form.ts'
import { aPng } from '../../apps/gateway/test/forms/files.ts'
import { sessionCookie } from '../../apps/gateway/src/http/window-cookies.ts'
import { onServer } from '../../apps/gateway/test/database/template-database.ts'
import { sha256 } from '../../apps/gateway/src/token.ts'
import type { OperationRule } from '../../apps/gateway/src/http/authorization/operation-rule.ts'
import {
  type OperationId,
  operations,
} from '../../apps/gateway/src/http/authorization/operations.ts'
import { readMessages } from '../event-reader.ts'
import { anEncounter, startWorld, type World } from '../world.ts'

/** Every operation that is audited, used once so that it takes effect: its row is in the trail. */

const practiceId = '195900'
const order = anEncounter(1001, 60178)
const another = anEncounter(1002, 60179)
const failing = anEncounter(1003, 60180)
/** A person of every role; roles that see no charts are no obstacle. */
const label = 'Everybody'
const key = 'the key of everybody'

/** They need a provider, a passkey or a person's own session. One function records them all, and it is asked here by `signIn` and `addPerson`. */
const elsewhere: readonly OperationId[] = [
  'finishLaunch',
  'finishOidc',
  'endOidc',
  'endByProvider',
  'signInWithPasskey',
  'changePassword',
  'prove',
  'endMySessions',
  'endMySession',
  'addPasskey',
  'removePasskey',
]

const audited = Object.entries<OperationRule>(operations)
  .filter(([, rule]) => rule.audited !== 'no')
  .map(([operationId]) => operationId as OperationId)
  .filter((operationId) => !elsewhere.includes(operationId))

let world: World
const answers = new Map<OperationId, number>()

interface Ask {
  readonly method?: string
  readonly path: string
  readonly body?: object
  readonly bytes?: Uint8Array
  readonly type?: string
  readonly version?: string
  readonly cookie?: string
}

/** Sends the request of an operation and remembers how it was answered. */
async function use(operationId: OperationId, ask: Ask): Promise<Response> {
  const { method = 'GET', path, body, bytes, type = 'application/pdf', version, cookie } = ask
  const response = await fetch(`${world.gateway.address}${path}`, {
    method,
    headers: {
      ...(cookie === undefined ? { 'x-api-key': key } : { cookie }),
      'x-file-name': 'file.png',
      ...(version === undefined ? {} : { 'if-match': version }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(bytes === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(bytes === undefined ? {} : { body: Buffer.from(bytes) }),
  })
  answers.set(operationId, response.status)
  if (response.status >= 300)
    throw new Error(`${operationId}: ${response.status} ${await response.text()}`)
  return response
}

const json = async <Answer>(response: Response): Promise<Answer> =>
  (await response.json()) as Answer

const rowsOf = (condition: string) =>
  world.database(`select count(*)::int as n from audit_log where ${condition}`)

beforeAll(async () => {
  world = await startWorld({
    config: {
      Auth: {
        Credentials: [
          {
            Label: label,
            KeySha256: sha256(key),
            // Not a program: it stores a signature.
            Roles: role.options.filter((one: Role) => one !== 'service'),
            Practices: [practiceId],
          },
        ],
      },
      Events: { HeartbeatSeconds: 0.2 },
      Webhooks: { AllowedNetworks: ['127.0.0.0/8'] },
    },
  })
  world.sandbox.control.addFault({
    kind: 'status',
    status: 403,
    match: { resourceType: 'Patient', patientId: failing.patientId },
  })
  await world.sign(order, another, failing)
  for (const { encounterId } of [order, another, failing])
    await world.eventOf(
      ({ eventType, data }) =>
        ['EncounterProcessed', 'EncounterProcessingFailed'].includes(eventType) &&
        data.encounterId === encounterId,
    )
  await useSessions()
  await useOrders()
  await useForms()
  await usePeople()
  await useOperations()
})

afterAll(() => world?.[Symbol.asyncDispose]())

async function useSessions(): Promise<void> {
  const signedIn = await use('signIn', {
    method: 'POST',
    path: '/api/session',
    body: { apiKey: key },
  })
  const session = new RegExp(`${sessionCookie.plainName}=[^;]+`).exec(
    signedIn.headers.get('set-cookie') ?? '',
  )?.[0]
  await use('signOut', { method: 'DELETE', path: '/api/session', cookie: session ?? '' })
  const stream = await use('streamEvents', { path: '/api/events?contract=event-message' })
  await readMessages(stream, (_messages, comments) => comments > 0)
}

async function useOrders(): Promise<void> {
  await use('registerEncounter', { method: 'POST', path: '/api/patients/register', body: order })
  await use('listWatchedEncounters', { path: '/api/patients' })
  await use('listPatientEncounters', { path: `/api/patients/${another.patientId}` })
  await use('listEncounters', { path: '/api/encounters' })
  await use('getEncounter', { path: `/api/encounters/${failing.encounterId}` })
  await use('listWorkQueue', { path: '/api/work-queue' })
  await use('exportWorkQueue', { path: '/api/work-queue.csv' })
  const { items } = await json<{
    items: { workItemId: string; encounterId: string }[]
  }>(await use('listWorkItems', { path: '/api/work-items' }))
  const itemOf = (encounterId: string) =>
    items.find((one) => one.encounterId === encounterId)?.workItemId ?? ''
  const workItemId = itemOf(order.encounterId)
  const path = `/api/work-items/${workItemId}`
  const { analysis } = await json<{ analysis: { answers: { criterionId: string }[] } }>(
    await use('getWorkItem', { path }),
  )
  const answer = `${path}/answers/${analysis.answers[0]?.criterionId}`
  await use('getWorkItemSource', { path: `${path}/source` })
  await use('getWorkItemHistory', { path: `${path}/history` })
  await use('getWorkItemForm', { path: `${path}/form.pdf` })
  await use('getDocument', { path: `${path}/document.pdf` })
  await use('getFaxContact', { path: `${path}/fax-cover` })

  const versionNow = async () => (await world.ask(path, { key })).headers.get('etag') ?? ''
  const change = async (
    operationId: OperationId,
    method: string,
    target: string,
    given: Partial<Ask> = {},
  ) => use(operationId, { method, path: target, version: await versionNow(), ...given })

  await change('changeAnswer', 'PUT', answer, { body: { answer: 'met', reason: 'seen on paper' } })
  await change('restoreAnswer', 'DELETE', answer)
  await change('changeWorkItemForm', 'PUT', `${path}/form`, {
    body: { entries: { 'values.facility.name': 'Lakeside' } },
  })
  const attached = await change('addAttachment', 'POST', `${path}/attachments`, {
    bytes: aPng(200, 60),
    type: 'application/octet-stream',
  })
  const attachmentId = /"attachmentId":"([^"]+)"/.exec(await attached.text())?.[1] ?? ''
  await use('getAttachment', { path: `${path}/attachments/${attachmentId}` })
  await change('removeAttachment', 'DELETE', `${path}/attachments/${attachmentId}`)
  await use('addNote', { method: 'POST', path: `${path}/notes`, body: { text: 'called' } })
  await use('markMentionsRead', { method: 'POST', path: `${path}/mentions/read` })
  await use('assignWorkItems', {
    method: 'POST',
    path: '/api/work-queue/assign',
    body: { workItemIds: [workItemId], owner: label },
  })
  await change('askForInformation', 'PUT', `${path}/information-request`, {
    body: { of: 'the referring practice', what: 'the report' },
  })
  await change('endInformationRequest', 'POST', `${path}/information-request/result`, {
    body: { outcome: 'withdrawn' },
  })
  await change('handOverWorkItem', 'POST', `${path}/hand-over`, { body: { owner: label } })
  await change('closeWorkItem', 'POST', `${path}/close`)
  await change('reopenWorkItem', 'POST', `${path}/reopen`)
  await change('approveWorkItem', 'POST', `${path}/approve`, { body: { reason: 'checked' } })
  await world.eventOf(({ eventType }) => eventType === 'FormInChart')
  await use('changeFaxContact', {
    method: 'PUT',
    path: `${path}/fax-cover`,
    body: {
      recipient: 'Intake',
      recipientFax: '555-0100',
      sender: 'Practice',
      senderPhone: '',
      senderFax: '',
    },
  })
  await use('recordPrint', {
    method: 'POST',
    path: '/api/prints',
    body: { workItemIds: [path.split('/').at(-1)] },
  })
  await use('getFax', { path: `${path}/fax.pdf?for=print` })
  const on = new Date().toISOString().slice(0, 10)
  const seen = async () => ({ workItemId, version: Number(JSON.parse(await versionNow())) })
  await use('recordSent', {
    method: 'POST',
    path: '/api/work-queue/sent',
    body: { items: [await seen()], on, method: 'fax' },
  })
  await use('undoSent', {
    method: 'POST',
    path: '/api/work-queue/sent/undo',
    body: { items: [await seen()] },
  })
  await change('recordPayerStep', 'POST', `${path}/payer-steps`, {
    body: { kind: 'sent', on, method: 'fax' },
  })
  await world.database(
    `update write_backs set state = 'ambiguous', sending_since = now() where work_item_id = '${workItemId}' returning 1 as n`,
  )
  const filed = await (await world.ask(path, { key })).text()
  const documentId = /"documentId":"([^"]+)"/.exec(filed)?.[1]
  await change('resolveWriteBack', 'POST', `${path}/write-back/resolve`, {
    body: { decision: 'present', documentId },
  })
  await use('unwatchEncounter', {
    method: 'DELETE',
    path: `/api/encounters/${order.encounterId}/watch?practiceId=${practiceId}`,
  })
  await use('stopWatchingPatient', { method: 'DELETE', path: `/api/patients/${another.patientId}` })
  await use('storeSignature', {
    method: 'PUT',
    path: '/api/signature',
    bytes: aPng(200, 60),
    type: 'application/octet-stream',
  })
  await use('deleteSignature', { method: 'DELETE', path: '/api/signature' })
}

async function usePeople(): Promise<void> {
  const post = (operationId: OperationId, path: string, body?: object) =>
    use(operationId, { method: 'POST', path, ...(body === undefined ? {} : { body }) })
  const fields = { roles: ['staff'], practiceIds: [practiceId] }
  const added = await post('addPerson', '/api/people', {
    login: 'm.silva',
    label: 'M. Silva',
    ...fields,
  })
  const personId = /"personId":"([^"]+)"/.exec(await added.text())?.[1]
  const path = `/api/people/${personId}`
  await use('renamePerson', {
    method: 'PUT',
    path: `${path}/name`,
    body: { label: 'Another Name' },
  })
  await use('grantPerson', { method: 'PUT', path: `${path}/grant`, body: fields })
  await post('makeLinkOfPerson', `${path}/link`)
  await use('endSessionsOfPerson', { method: 'DELETE', path: `${path}/sessions` })
  await use('removeDevicesOfPerson', { method: 'DELETE', path: `${path}/devices` })
  await post('disablePerson', `${path}/disable`)
  await post('enablePerson', `${path}/enable`)
  const made = await post('makeKey', '/api/keys', { label: 'Scheduler', ...fields })
  const keyId = /"keyId":"([^"]+)"/.exec(await made.text())?.[1]
  await post('revokeKey', `/api/keys/${keyId}/revoke`)
}

async function useForms(): Promise<void> {
  const { pdf } = await drawPayerForm()
  const upload = () => use('uploadPayerForm', { method: 'POST', path: '/api/forms', bytes: pdf })
  const form = await json<{ formId: string; version: number }>(await upload())
  const path = `/api/forms/${form.formId}`
  const changed = await json<{ version: number }>(
    await use('changePayerForm', {
      method: 'PUT',
      path,
      version: `"${form.version}"`,
      body: {
        name: 'audited-form',
        payers: ['Prairie Health Plan'],
        codes: [],
        boxes: [
          { name: 'patient.name', role: 'patient.name*' },
          { name: 'coverage.memberId', role: 'coverage.memberId' },
          { name: 'signature.provider', role: 'attestation' },
        ],
        keptAsPrinted: [],
      },
    }),
  )
  const active = await use('activatePayerForm', {
    method: 'POST',
    path: `${path}/activate`,
    version: `"${changed.version}"`,
  })
  await use('retirePayerForm', {
    method: 'POST',
    path: `${path}/retire`,
    version: active.headers.get('etag') ?? '',
  })
  const draft = await json<{ formId: string; version: number }>(await upload())
  await use('deleteFormDraft', {
    method: 'DELETE',
    path: `/api/forms/${draft.formId}`,
    version: `"${draft.version}"`,
  })
}

async function useOperations(): Promise<void> {
  const post = (operationId: OperationId, path: string, body?: object) =>
    use(operationId, { method: 'POST', path, ...(body === undefined ? {} : { body }) })
  await post('resizeWorkers', '/api/orchestrator/workers', { count: 3 })
  await post('pauseOrchestrator', '/api/orchestrator/pause')
  await post('resumeOrchestrator', '/api/orchestrator/resume')
  await post('drainNode', '/api/operations/drain')
  await post('takeUpWork', '/api/operations/take-up')
  const { nodeId } = await json<{ nodeId: string }>(
    await use('getOperations', { path: '/api/operations' }),
  )
  const node = `/api/operations/nodes/${nodeId}`
  await post('drainNamedNode', `${node}/drain`)
  await post('takeUpWorkOfNode', `${node}/take-up`)
  await post('resizeWorkersOfNode', `${node}/workers`, { count: 2 })

  const url = 'http://127.0.0.1:9/hook'
  const { webhookId } = await json<{ webhookId: string }>(
    await post('createWebhook', '/api/webhooks', { practiceId, url }),
  )
  const path = `/api/webhooks/${webhookId}`
  await use('changeWebhook', { method: 'PATCH', path, body: { description: 'portal' } })
  await post('rotateWebhookSecret', `${path}/rotate-secret`)
  await post('testWebhook', `${path}/test`)
  await post('disableWebhook', `${path}/disable`)
  await post('enableWebhook', `${path}/enable`)

  const letters = async () =>
    (
      await json<{ items: { deadLetterId: string; code: string }[] }>(
        await world.ask('/api/dead-letters', { key }),
      )
    ).items
  const failAgain = async () => {
    for (;;) {
      const [letter] = await letters()
      if (letter !== undefined) return letter
      await new Promise((resolve) => {
        setTimeout(resolve, 50)
      })
    }
  }
  const first = await failAgain()
  await post('redriveDeadLetter', `/api/dead-letters/${first.deadLetterId}/redrive`)
  const second = await failAgain()
  await post('redriveDeadLetters', '/api/dead-letters/redrive', { code: second.code })
  const third = await failAgain()
  // Locked by somebody, so that there is something to stop.
  await onServer(world.connection, async (client) => {
    await client.query('begin')
    await client.query('select from encounters where encounter_id = $1 for update', [
      failing.encounterId,
    ])
    const redrive = await json<{ redriveId: string }>(
      await post('redriveAllOfCode', '/api/dead-letters/redrives', { code: third.code }),
    )
    await post('stopRedrive', `/api/dead-letters/redrives/${redrive.redriveId}/stop`)
    return client.query('commit')
  })
  // It ends as stopped when it had not come to the one that was locked, else as done.
  await vi.waitUntil(
    async () =>
      (await rowsOf(
        "operation = 'redriveAllOfCode' and (count, split_part(detail, ' ', 3)) in ((0, 'stopped'), (1, 'done'))",
      )) === 1,
    { timeout: 20_000, interval: 50 },
  )
  await failAgain()
  await post('reprocessEncounter', `/api/encounters/${failing.encounterId}/reprocess`)
  const last = await failAgain()
  await post('dismissDeadLetter', `/api/dead-letters/${last.deadLetterId}/dismiss`, {
    note: 'known',
  })

  await use('redeliverWebhook', {
    method: 'POST',
    path: `${path}/deliveries/${await aDelivery(webhookId)}/redeliver`,
  })
  await use('deleteWebhook', { method: 'DELETE', path })

  await use('listAuditEntries', { path: '/api/audit' })
  await use('exportAuditCsv', { path: '/api/audit.csv' })
  await use('exportAuditEvents', { path: '/api/audit.ndjson' })
}

/** One that was sent and failed. */
async function aDelivery(webhookId: string): Promise<string> {
  await world.database(
    `insert into webhook_deliveries (delivery_id, webhook_id, event_id, sequence, type, encounter_id, body, state)
     values ('delivery-1', '${webhookId}', 'event-1', 1, 'form.ready', 'e', '{}', 'failed') returning 1 as n`,
  )
  return 'delivery-1'
}

describe('an operation that is audited', () => {
  it.each(audited)('leaves a row: %s', async (operationId) => {
    const rule: OperationRule = operations[operationId]
    const isSent = operationId === 'recordPayerStep' || operationId === 'recordSent'
    const action = isSent ? 'send' : rule.audited
    const shown = operationId === 'getFax' ? 'print' : action
    // A chart is in the trail once a minute: another operation may have recorded it.
    const ofThisMinute = ['view', 'list'].includes(shown)
      ? `action = '${shown}'`
      : `operation = '${operationId}' and action ${shown === 'settings' ? "in ('settings', 'sign_out')" : `= '${shown}'`}`

    expect(
      answers.get(operationId),
      `send ${operationId} once in audited-operations.test.ts`,
    ).toBeLessThan(300)
    expect(
      await rowsOf(`${ofThisMinute} and outcome = 'done' and label = '${label}'`),
    ).toBeGreaterThan(0)
  })

  it('is named by the order, its encounter and its patient', async () => {
    expect(
      await rowsOf(`operation = 'approveWorkItem' and action = 'approve'
        and patient_ids = '{${order.patientId}}' and encounter_ids = '{${order.encounterId}}'
        and cardinality(work_item_ids) = 1 and practice_ids = '{${practiceId}}'
        and address = '127.0.0.1' and request_id is not null`),
    ).toBe(1)
  })

  it('is recorded for the person who approved, when a job brings the form to the chart', async () => {
    expect(
      await rowsOf(`action = 'send' and detail = 'chart' and label = '${label}'
        and operation is null and patient_ids = '{${order.patientId}}'`),
    ).toBe(1)
  })

  it('says nothing of the patient but ids', async () => {
    for (const word of ['Marchetti', 'Donna', '1968-03-15', 'seen on paper', 'Lakeside'])
      expect(await rowsOf(`audit_log::text ilike '%${word}%'`)).toBe(0)
  })
})
