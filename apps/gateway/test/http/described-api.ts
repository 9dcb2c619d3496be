import { role } from '@authscript/prior-auth'
import { systemClock } from '../../src/clock.ts'
import { Auth } from '../../src/http/auth.ts'
import { sha256 } from '../../src/token.ts'
import type { RouteDependencies } from '../../src/http/routes.ts'
import { createHttpServer } from '../../src/http/server.ts'
import { createLog } from '../../src/log.ts'
import type { Store } from '../../src/store/store.ts'
import { parseErrorCatalogue } from '../../src/operations/error-catalogue.ts'
import { unauditedStore } from './unaudited-store.ts'

export interface DescribedApi extends AsyncDisposable {
  readonly address: string
  /** Has every role except that of a program. */
  readonly key: string
}

/** The server with its real routes and without a store: for its description, and for requests that are refused before anything is read. */
export async function startDescribedApi(): Promise<DescribedApi> {
  const key = 'a key with every role of people'
  const roles = role.options.filter((one) => one !== 'service')
  // Every query returns no rows.
  const rows = new Proxy({}, { get: () => async () => [] })
  const unaudited = unauditedStore()
  const store = new Proxy(unaudited as Store, {
    get: (_target, name) => (name in unaudited ? Reflect.get(unaudited, name) : rows),
  })
  const dependencies = {
    auth: new Auth({
      store,
      credentials: [{ label: 'desk', keySha256: sha256(key), roles, practiceIds: ['p1'] }],
      sessionMs: 1000,
      clock: systemClock,
    }),
    store,
    attachmentLimits: { maxFileBytes: 100_000, maxFiles: 1, maxTotalBytes: 100_000 },
    streamLimits: { heartbeatMs: 1000, maxStreams: 1, maxBufferBytes: 1024 },
    errorCatalogue: parseErrorCatalogue(''),
    publicKeys: [],
    secureCookies: false,
    clock: systemClock,
    log: createLog({ level: 'silent', pretty: false }),
  } as unknown as RouteDependencies
  const server = await createHttpServer(
    {
      host: '127.0.0.1',
      port: 0,
      maxBodyBytes: 4096,
      requestsPerMinute: 1_000_000,
      trustedProxies: [],
      dashboardDirectory: undefined,
      keyName: (name) => name,
    },
    dependencies,
  )
  const address = await server.start()
  return { address, key, [Symbol.asyncDispose]: () => server.stop() }
}
