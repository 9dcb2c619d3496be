import type { PayerFormChange, PayerFormDetail, Role } from '@authscript/prior-auth'
import { systemClock } from '../../src/clock.ts'
import { createFormFiller, type FormFiller } from '../../src/forms/form-filler.ts'
import { createFormEditor } from '../../src/forms/stored/form-editor.ts'
import { roleViews } from '../../src/forms/stored/role-views.ts'
import { StoredForms } from '../../src/forms/stored/stored-forms.ts'
import { withStoredForms } from '../../src/forms/stored/with-stored-forms.ts'
import { Auth } from '../../src/http/auth.ts'
import { sha256 } from '../../src/token.ts'
import type { RouteDependencies } from '../../src/http/routes.ts'
import { createHttpServer } from '../../src/http/server.ts'
import { createLog } from '../../src/log.ts'
import { createNotifications } from '../../src/store/notifications.ts'
import { payerFormChannel } from '../../src/store/payer-forms.ts'
import type { TestConnection } from '../database/template-database.ts'
import { type Node, openNode } from '../database/node.ts'
import { createTestDatabase } from '../database/test-database.ts'

const people: readonly [label: string, roles: readonly Role[], practiceIds: readonly string[]][] = [
  ['operator', ['operator'], ['p1']],
  ['everywhere', ['operator'], ['p1', 'p2']],
  ['elsewhere', ['operator'], ['p2']],
  ['clinician', ['clinician', 'staff'], ['p1']],
  ['service', ['service'], ['p1']],
]

export interface FormDesk extends AsyncDisposable {
  readonly node: Node
  readonly connection: TestConnection
  readonly stored: StoredForms
  readonly forms: FormFiller
  readonly log: readonly string[]
  ask(label: string, method: string, path: string, options?: AskOptions): Promise<Response>
  upload(pdf: Uint8Array, options?: UploadOptions): Promise<PayerFormDetail>
  save(form: PayerFormDetail, change: Partial<PayerFormChange>): Promise<PayerFormDetail>
  activate(form: PayerFormDetail): Promise<PayerFormDetail>
}

interface AskOptions {
  readonly body?: object
  readonly pdf?: Uint8Array
  readonly fileName?: string
  readonly version?: number
}

interface UploadOptions {
  readonly label?: string
  readonly fileName?: string
  readonly practiceId?: string | null
}

/** Shared by all desks, because a thread takes a second to load the PDF library. */
const threads = createFormFiller({ threads: 1 })

/** A node with the routes of the map editor, on a database of its own unless one is given. */
export async function openFormDesk(given?: TestConnection): Promise<FormDesk> {
  await using starting = new AsyncDisposableStack()
  const connection = given ?? starting.use(await createTestDatabase()).connection
  const node = starting.use(await openNode(connection))
  const lines: string[] = []
  const log = createLog({
    level: 'info',
    pretty: false,
    stream: { write: (line) => lines.push(line) },
  })
  const { store } = node
  const stored = new StoredForms({
    rows: store.payerForms,
    examiner: threads,
    clock: systemClock,
    log,
  })
  stored.start()
  starting.defer(() => stored.stop())
  const notifications = createNotifications({
    connect: node.database.connectListener,
    channels: [payerFormChannel],
    reconnectMs: 1000,
    clock: systemClock,
    onDisconnect: () => undefined,
  })
  await notifications.start()
  starting.defer(() => notifications.stop())
  notifications.subscribe(payerFormChannel, () => void stored.reload())
  const dependencies = {
    store,
    auth: new Auth({
      store,
      credentials: people.map(([label, roles, practiceIds]) => ({
        label,
        keySha256: sha256(label),
        roles,
        practiceIds,
      })),
      sessionMs: 60_000,
      clock: systemClock,
    }),
    attachmentLimits: { maxFileBytes: 100_000, maxFiles: 1, maxTotalBytes: 100_000 },
    formEditor: createFormEditor({ store, examiner: threads, stored, clock: systemClock }),
    roleViews,
    streamLimits: { heartbeatMs: 1000, maxStreams: 1, maxBufferBytes: 1024 },
    publicKeys: [],
    secureCookies: false,
    clock: systemClock,
    log,
    // The routes of the map editor use no more.
  } as Partial<RouteDependencies> as RouteDependencies
  const server = await createHttpServer(
    {
      host: '127.0.0.1',
      port: 0,
      maxBodyBytes: 1024 * 1024,
      requestsPerMinute: 100_000,
      trustedProxies: [],
      dashboardDirectory: undefined,
      keyName: (name) => name,
    },
    dependencies,
  )
  const address = await server.start()
  starting.defer(() => server.stop())
  const parts = starting.move()

  const ask: FormDesk['ask'] = (label, method, path, options = {}) => {
    const { body, pdf, fileName, version } = options
    return fetch(`${address}${path}`, {
      method,
      headers: {
        'x-api-key': label,
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        ...(fileName === undefined ? {} : { 'x-file-name': encodeURIComponent(fileName) }),
        ...(pdf === undefined ? {} : { 'content-type': 'application/pdf' }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(pdf === undefined ? {} : { body: Buffer.from(pdf) }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }
  const detailOf = async (response: Response) => {
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    return (await response.json()) as PayerFormDetail
  }
  return {
    node,
    connection,
    stored,
    forms: withStoredForms(threads, stored),
    log: lines,
    ask,
    async upload(pdf, { label = 'operator', fileName = 'prairie.pdf', practiceId = 'p1' } = {}) {
      const query = practiceId === null ? '' : `?practiceId=${practiceId}`
      return detailOf(await ask(label, 'POST', `/api/forms${query}`, { pdf, fileName }))
    },
    async save(form, change) {
      const { version } = form
      const body = { ...changeOf(form), ...change }
      return detailOf(await ask('operator', 'PUT', `/api/forms/${form.formId}`, { body, version }))
    },
    async activate({ formId, version }) {
      const path = `/api/forms/${formId}/activate`
      return detailOf(await ask('operator', 'POST', path, { version }))
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}

/** The present state of the form as a change request. */
export function changeOf(form: PayerFormDetail): PayerFormChange {
  const { name, payers, codes, map, keptAsPrinted, rules } = form
  return { name, payers, codes, boxes: map, keptAsPrinted, rules }
}
