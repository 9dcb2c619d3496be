import { once } from 'node:events'
import type { Role, SessionView } from '@authscript/prior-auth'
import { systemClock } from '../../src/clock.ts'
import { createSmallFetch } from '../../src/fhir/client/small-fetch.ts'
import { type ApprovalBy, Auth } from '../../src/http/auth.ts'
import { sha256 } from '../../src/token.ts'
import type { RouteDependencies } from '../../src/http/routes.ts'
import { createHttpServer } from '../../src/http/server.ts'
import { createLog } from '../../src/log.ts'
import type { SmallFetch } from '../../src/openid/open-id-server.ts'
import { People } from '../../src/people/change-people.ts'
import { Passwords } from '../../src/people/password-hash.ts'
import {
  commandLine,
  type RecordSecurityEvent,
  type SecurityEvent,
} from '../../src/people/security-events.ts'
import { MadeKeys } from '../../src/people/made-keys.ts'
import { Oidc } from '../../src/people/oidc.ts'
import { oidcSection } from '../../src/people/oidc-config.ts'
import { Passkeys } from '../../src/people/passkeys.ts'
import { SignIn } from '../../src/people/sign-in.ts'
import type { PersonRow } from '../../src/store/people.ts'
import { type Node, openNode } from '../database/node.ts'
import { createTestDatabase } from '../database/test-database.ts'

export const minuteMs = 60_000
export const heartbeatMs = 50
/** Shared, with the roles clinician, staff and operator in the practices p1 and p2. */
export const sharedKey = 'a shared key'

/** A browser: it keeps its cookies, and comes from an address of its own. */
export interface Browser {
  ask(path: string, body?: object, method?: string): Promise<Response>
  signIn(login: string, password: string): Promise<Response>
  /** Who is signed in; undefined: nobody. */
  session(): Promise<SessionView | undefined>
  readonly cookies: Map<string, string>
}

export interface PeopleServer extends AsyncDisposable {
  readonly node: Node
  readonly auth: Auth
  readonly people: People
  readonly address: string
  readonly recorded: readonly SecurityEvent[]
  /** Every line that the server logged. */
  readonly logged: readonly string[]
  /** Advances the server's clock. */
  advance(ms: number): void
  /** From now on, its clock moves by `advance` alone. */
  stopTime(): void
  add(login: string, changes?: Partial<NewPerson>): Promise<PersonRow>
  browser(address?: string): Browser
}

interface NewPerson {
  readonly label: string
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
  readonly password: string
  readonly isPasswordTemporary: boolean
}

export const passwordOf = (login: string) => `correct horse of ${[...login].toReversed().join('')}`
export const by = { actor: { label: 'test', personId: undefined }, origin: commandLine }

/** The server with its real routes on a database of its own, behind a proxy that forwards the browser's address. */
export async function openPeopleServer(
  options: {
    readonly approvalBy?: ApprovalBy
    readonly proofMinutes?: Readonly<Record<string, number>>
    readonly oidc?: object
    /** How the identity provider is reached. */
    readonly fetch?: SmallFetch
    readonly idleMs?: number
    /** Called in addition to what fills `recorded`. */
    readonly record?: RecordSecurityEvent
    /** The address at which a proxy would serve it. */
    readonly publicUrl?: string
  } = {},
): Promise<PeopleServer> {
  const parts = new AsyncDisposableStack()
  const node = parts.use(await openNode(parts.use(await createTestDatabase()).connection))
  const { store } = node
  let aheadMs = 0
  let stoppedAt: number | undefined
  const clock = { ...systemClock, now: () => new Date((stoppedAt ?? Date.now()) + aheadMs) }
  const recorded: SecurityEvent[] = []
  const record: RecordSecurityEvent = async (event, transaction) => {
    recorded.push(event)
    await options.record?.(event, transaction)
  }
  // As cheap as argon2id can be: what it costs in production is not tested here.
  const passwords = new Passwords({ cost: { memoryKib: 8, passes: 1, lanes: 1 } })
  const auth = new Auth({
    store,
    credentials: [
      {
        label: 'shared',
        keySha256: sha256(sharedKey),
        roles: ['clinician', 'staff', 'operator'],
        practiceIds: ['p1', 'p2'],
      },
    ],
    sessionMs: 12 * 60 * minuteMs,
    idleMs: 30 * minuteMs,
    ...options,
    record,
    clock,
  })
  const people = new People({ store, passwords, labelsOfKeys: ['shared'], record, clock })
  const logged: string[] = []
  const stream = { write: (line: string) => logged.push(line) }
  const log = createLog({ level: 'info', pretty: false, stream })
  const small = createSmallFetch(
    {
      maxConnections: 4,
      requestTimeoutMs: 5000,
      httpProxy: undefined,
      httpsProxy: undefined,
      noProxy: '',
      ca: undefined,
      client: undefined,
    },
    { what: 'the identity provider', check: 'Oidc.Issuer', keyName: () => undefined },
  )
  parts.defer(() => small.close())
  const server = await createHttpServer(
    {
      host: '127.0.0.1',
      port: 0,
      maxBodyBytes: 65_536,
      requestsPerMinute: 100_000,
      trustedProxies: ['127.0.0.1'],
      dashboardDirectory: undefined,
      keyName: (name) => name,
    },
    {
      store,
      auth,
      signIn: new SignIn({ store, passwords, record, clock }),
      people,
      oidc: new Oidc({
        settings: oidcSection.parse(options.oidc ?? {}),
        store,
        people,
        record,
        fetch: options.fetch ?? ((url, request) => small.fetch(url, request)),
        clock,
        log,
      }),
      passkeys: new Passkeys({ store, record, clock }),
      madeKeys: new MadeKeys({ store, labelsOfKeys: ['shared'], record, clock }),
      record,
      publicUrl: options.publicUrl,
      attachmentLimits: { maxFileBytes: 100_000, maxFiles: 1, maxTotalBytes: 100_000 },
      streamLimits: { heartbeatMs, maxStreams: 10, maxBufferBytes: 1024 },
      async stream(reader, { signal }) {
        await reader.write(': open\n\n')
        await once(signal, 'abort')
      },
      publicKeys: [],
      secureCookies: false,
      clock,
      log,
      // The routes of people use no more.
    } as Partial<RouteDependencies> as RouteDependencies,
  )
  const address = await server.start()
  parts.defer(() => server.stop())

  function browser(from = '192.0.2.1'): Browser {
    const cookies = new Map<string, string>()
    const ask: Browser['ask'] = async (
      path,
      body,
      method = body === undefined ? 'GET' : 'POST',
    ) => {
      const response = await fetch(`${address}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          'x-forwarded-for': from,
          'user-agent': 'a browser',
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (value === '') cookies.delete(name)
        else cookies.set(name, value)
      }
      return response
    }
    return {
      ask,
      cookies,
      signIn: (login, password) => ask('/api/session', { login, password }),
      async session() {
        const response = await ask('/api/session')
        return response.status === 200 ? ((await response.json()) as SessionView) : undefined
      },
    }
  }

  return {
    node,
    auth,
    people,
    address,
    recorded,
    logged,
    advance(ms) {
      aheadMs += ms
    },
    stopTime() {
      stoppedAt ??= Date.now()
    },
    async add(login, changes = {}) {
      const outcome = await people.add(
        {
          login,
          label: `Person ${login}`,
          roles: ['staff'],
          practiceIds: ['p1'],
          password: passwordOf(login),
          ...changes,
        },
        by,
      )
      if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome))
      return outcome.person
    },
    browser,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}
