import { type Role, role } from '@authscript/prior-auth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawPayerForm } from '../../apps/gateway/test/forms/a-payer-form.ts'
import { sha256 } from '../../apps/gateway/src/token.ts'
import type { OperationRule } from '../../apps/gateway/src/http/authorization/operation-rule.ts'
import {
  type OperationId,
  operations,
} from '../../apps/gateway/src/http/authorization/operations.ts'
import { readMessages } from '../event-reader.ts'
import { anEncounter, startWorld, type World } from '../world.ts'
import { requests, type SampleRequest, type Targets } from './role-requests.ts'

/** Every operation, asked over HTTP by every role in the practice that its data belongs to and in another, and compared with the table. */

const own = '195900'
const other = '1959222'
const practicesOf = { own: [own], other: [other], all: [own, other] } as const
type Practices = keyof typeof practicesOf

const drafted = anEncounter(1001, 60178)
const failing = anEncounter(1003, 60180)
const elsewhere = anEncounter(2001, 70001, other)
/** What operators, auditors and administrators never get. */
const chartData = ['Marchetti', 'Donna', '1968-03-15', 'PHP60178442', 'physical therapy']

/** The audit trail names patients by id: auditors answer who saw them. */
const withheldOf = (operationId: OperationId) =>
  rowsOfTrail.includes(operationId) ? chartData : [...chartData, drafted.patientId]
const rowsOfTrail: readonly OperationId[] = [
  'listAuditEntries',
  'exportAuditCsv',
  'exportAuditEvents',
]

const keyOf = (one: Role, practices: Practices) => `key of ${one} of ${practices}`
const labelOf = (one: Role, practices: Practices) => `${one} of ${practices}`

let world: World
let targets: Targets

beforeAll(async () => {
  world = await startWorld({
    config: {
      Auth: {
        Credentials: role.options.flatMap((one) =>
          Object.entries(practicesOf).map(([practices, ids]) => ({
            Label: labelOf(one, practices as Practices),
            KeySha256: sha256(keyOf(one, practices as Practices)),
            Roles: [one],
            Practices: ids,
          })),
        ),
      },
      Events: { HeartbeatSeconds: 1 },
    },
  })
  world.sandbox.control.addFault({
    kind: 'status',
    status: 403,
    match: { resourceType: 'Patient', patientId: failing.patientId },
  })
  await world.sign(drafted, failing, elsewhere)
  for (const { encounterId } of [drafted, failing, elsewhere])
    await world.eventOf(
      ({ eventType, data }) =>
        ['EncounterProcessed', 'EncounterProcessingFailed'].includes(eventType) &&
        data.encounterId === encounterId,
    )
  targets = await makeTargets()
})

afterAll(() => world?.[Symbol.asyncDispose]())

async function json<Answer>(
  path: string,
  key: string,
  init: RequestInit & { readonly json?: object } = {},
): Promise<Answer> {
  const { json: body, ...rest } = init
  const response = await world.ask(path, {
    key,
    ...rest,
    ...(body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Answer
}

async function makeTargets(): Promise<Targets> {
  const key = keyOf('staff', 'own')
  const { items } = await json<{ items: { workItemId: string }[] }>('/api/work-items', key)
  const workItemId = items[0]?.workItemId ?? ''
  const letters = await json<{ items: { deadLetterId: string }[] }>(
    '/api/dead-letters',
    keyOf('operator', 'own'),
  )
  const opened = await world.ask(`/api/work-items/${workItemId}`, { key })
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const attached = await json<object>(`/api/work-items/${workItemId}/attachments`, key, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'x-file-name': 'scan.png',
      'if-match': opened.headers.get('etag') ?? '',
    },
    body: png,
  })
  const view = await json<{ viewId: string }>('/api/work-queue/views', key, {
    json: { name: 'Knees of this week', search: { view: 'open' }, sharedWith: own },
  })
  const { pdf } = await drawPayerForm()
  const form = await json<{ formId: string; name: string }>(
    `/api/forms?practiceId=${own}`,
    keyOf('operator', 'own'),
    {
      method: 'POST',
      headers: { 'content-type': 'application/pdf', 'x-file-name': 'of-the-role-table.pdf' },
      body: Buffer.from(pdf),
    },
  )
  const webhook = await json<{ webhookId: string }>(
    '/api/webhooks',
    keyOf('administrator', 'own'),
    {
      json: {
        practiceId: own,
        url: 'https://93.184.216.34/hook',
        types: ['payer.decided'],
      },
    },
  )
  return {
    ...drafted,
    webhookId: webhook.webhookId,
    workItemId,
    attachmentId: /"attachmentId":"([^"]+)"/.exec(JSON.stringify(attached))?.[1] ?? '',
    deadLetterId: letters.items[0]?.deadLetterId ?? '',
    failedEncounterId: failing.encounterId,
    viewId: view.viewId,
    viewName: 'Knees of this week',
    formId: form.formId,
    formName: 'of-the-role-table',
    colleague: labelOf('staff', 'own'),
  }
}

/** What the table says of this caller. */
function ruled(rule: OperationRule, one: Role, practices: Practices, sample: SampleRequest) {
  if (rule.roles === 'anyone') return 'granted'
  if (rule.roles !== 'signed_in' && !rule.roles.includes(one)) return 'role_missing'
  if (rule.byPerson === true && one === 'service') return 'signature_by_person'
  if (rule.practices === 'all' && practices !== 'all') return 'practices_missing'
  const isConcealed = practices === 'other' && rule.practices !== 'none'
  return isConcealed && sample.concealed !== undefined ? 'concealed' : 'granted'
}

async function send(sample: SampleRequest, key: string | undefined) {
  if (sample.before !== undefined) await world.database(sample.before(targets))
  const { method = 'GET', path, body } = sample.of(targets)
  const isFile = Buffer.isBuffer(body)
  return fetch(`${world.gateway.address}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(key === undefined ? {} : { 'x-api-key': key }),
      'if-match': '"999999"',
      'x-file-name': 'file.pdf',
      ...(body === undefined
        ? {}
        : { 'content-type': isFile ? 'application/pdf' : 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
  })
}

async function textOf(response: Response, { isStream }: SampleRequest): Promise<string> {
  if (isStream !== true || !response.ok) return response.text()
  // Everything that is stored comes before the first heartbeat.
  return JSON.stringify(await readMessages(response, (_messages, comments) => comments > 0))
}

/** What became of a request. */
async function outcomeOf(response: Response, sample: SampleRequest) {
  const text = await textOf(response, sample)
  const code = /"code":"([a-z_]+)"/.exec(text)?.[1] ?? ''
  const refusals = ['role_missing', 'practices_missing', 'signature_by_person', 'unauthenticated']
  const { concealed, granted } = sample
  const outcome = () => {
    if (refusals.includes(code) && response.status < 404) return code
    if (concealed === 'practice_foreign' && code === 'practice_foreign') return 'concealed'
    if (concealed === 'not_found' && response.status === 404) return 'concealed'
    if (!granted.includes(response.status)) return `${response.status} ${text}`
    const isLeftOut = typeof concealed === 'function' && !text.includes(concealed(targets))
    return isLeftOut ? 'concealed' : 'granted'
  }
  return { outcome: outcome(), text }
}

const ids = Object.keys(operations) as OperationId[]

describe.each(ids)('%s', (operationId) => {
  const rule: OperationRule = operations[operationId]
  const sample = requests[operationId]
  const places: readonly Practices[] =
    rule.practices === 'all' || rule.practices === 'own_or_all'
      ? ['own', 'other', 'all']
      : ['own', 'other']

  it('answers every role in both practices as the table says', async () => {
    const answers: Record<string, string> = {}
    const expected: Record<string, string> = {}
    for (const one of role.options)
      for (const practices of places) {
        const name = labelOf(one, practices)
        expected[name] = ruled(rule, one, practices, sample)
        const response = await send(sample, keyOf(one, practices))
        const { outcome, text } = await outcomeOf(response, sample)
        // A thing that is not there looks the same to its own practice.
        answers[name] =
          outcome === 'concealed' && sample.granted.includes(404) ? expected[name] : outcome
        // A refusal repeats the path that was asked.
        if (response.ok && ['operator', 'auditor', 'administrator'].includes(one))
          expect(withheldOf(operationId).filter((word) => text.includes(word))).toEqual([])
      }

    expect(
      answers,
      'an operation that is audited is answered 500 when its route calls neither audit.viewed, audit.listed nor transaction.acted',
    ).toEqual(expected)
  })

  it('answers nobody without a credential, unless it is open to anyone', async () => {
    const { outcome } = await outcomeOf(await send(sample, undefined), sample)

    expect(outcome).toBe(rule.roles === 'anyone' ? 'granted' : 'unauthenticated')
  })
})

describe('what belongs to every practice', () => {
  it('is changed by operators of all practices only', async () => {
    const { pdf } = await drawPayerForm()
    const upload = (practices: Practices) =>
      world.ask('/api/forms', {
        key: keyOf('operator', practices),
        method: 'POST',
        headers: { 'content-type': 'application/pdf', 'x-file-name': 'of-everybody.pdf' },
        body: Buffer.from(pdf),
      })
    const created = (await (await upload('all')).json()) as { formId: string }
    const ask = (verb: string, practices: Practices) =>
      world.ask(`/api/forms/${created.formId}${verb}`, {
        key: keyOf('operator', practices),
        method: verb === '' ? 'GET' : 'POST',
        headers: { 'if-match': '"999999"' },
      })

    expect((await upload('own')).status).toBe(403)
    expect((await ask('', 'own')).status).toBe(200)
    for (const practices of ['own', 'other'] as const)
      expect(await (await ask('/activate', practices)).json()).toMatchObject({
        code: 'practices_missing',
      })
    expect((await ask('/activate', 'all')).status).toBe(412)
  })
})
