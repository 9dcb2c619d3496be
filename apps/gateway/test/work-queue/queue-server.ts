import type { Role } from '@authscript/prior-auth'
import { systemClock } from '../../src/clock.ts'
import { Auth } from '../../src/http/auth.ts'
import { sha256 } from '../../src/token.ts'
import type { RouteDependencies } from '../../src/http/routes.ts'
import { createHttpServer } from '../../src/http/server.ts'
import { createLog } from '../../src/log.ts'
import { assignWorkItems } from '../../src/review/assign-work-items.ts'
import { type Node, openNode } from '../database/node.ts'
import { createTestDatabase } from '../database/test-database.ts'

const people: readonly [label: string, roles: readonly Role[], practiceIds: readonly string[]][] = [
  ['J. Ruiz', ['staff'], ['p1']],
  ['Dr. Okafor', ['clinician'], ['p1', 'p2']],
  ['elsewhere', ['staff'], ['p2']],
  ['scheduler', ['service'], ['p1']],
  ['operator', ['operator'], ['p1']],
]

export interface QueueServer extends AsyncDisposable {
  readonly address: string
  readonly node: Node
  /** What was logged so far. */
  readonly log: readonly string[]
  /** A request as the person with this label, whose key it is; a body makes it a POST unless another method is given. */
  ask(
    label: string,
    path: string,
    body?: object,
    method?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>
}

/** The server with its real routes on a database of its own. */
export async function openQueueServer(): Promise<QueueServer> {
  const parts = new AsyncDisposableStack()
  const node = parts.use(await openNode(parts.use(await createTestDatabase()).connection))
  const log: string[] = []
  const { store } = node
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
    assign: (scope, assignment) =>
      assignWorkItems(scope, assignment, { store, clock: systemClock }),
    attachmentLimits: { maxFileBytes: 100_000, maxFiles: 1, maxTotalBytes: 100_000 },
    streamLimits: { heartbeatMs: 1000, maxStreams: 1, maxBufferBytes: 1024 },
    publicKeys: [],
    secureCookies: false,
    clock: systemClock,
    log: createLog({ level: 'debug', pretty: false, stream: { write: (line) => log.push(line) } }),
    // The routes of the queue use no more.
  } as Partial<RouteDependencies> as RouteDependencies
  const server = await createHttpServer(
    {
      host: '127.0.0.1',
      port: 0,
      maxBodyBytes: 65_536,
      requestsPerMinute: 100_000,
      trustedProxies: [],
      dashboardDirectory: undefined,
      keyName: (name) => name,
    },
    dependencies,
  )
  const address = await server.start()
  parts.defer(() => server.stop())
  return {
    address,
    node,
    log,
    ask: (label, path, body, method = body === undefined ? 'GET' : 'POST', headers = {}) =>
      fetch(`${address}${path}`, {
        method,
        headers: {
          'x-api-key': label,
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body && { body: JSON.stringify(body) }),
      }),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}
