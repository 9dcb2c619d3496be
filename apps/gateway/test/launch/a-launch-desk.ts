import { onTestFinished } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { Auth } from '../../src/http/auth.ts'
import type { RouteDependencies } from '../../src/http/routes.ts'
import { createHttpServer } from '../../src/http/server.ts'
import { athenahealth } from '../../src/fhir/profiles/athenahealth.ts'
import type { EhrIssuer } from '../../src/launch/ehr-issuer.ts'
import { Launches, type LaunchStates } from '../../src/launch/launches.ts'
import type { KnownCharts } from '../../src/launch/open-context.ts'
import type { EhrPerson, EhrPersonOutcome } from '../../src/launch/people-of-ehr.ts'
import { unauditedStore } from '../http/unaudited-store.ts'
import { createLog } from '../../src/log.ts'
import type { SecurityEvent } from '../../src/people/security-events.ts'
import type { PersonRow } from '../../src/store/people.ts'
import type { SessionOpening } from '../../src/store/sessions.ts'
import type { Grant } from '../../src/store/sign-in-links.ts'

type KeptSession = Grant & Pick<SessionOpening, 'method' | 'context'>

/** The gateway's own routes for launches, with a database in memory. */
export interface LaunchDesk {
  readonly address: string
  readonly redirectUri: string
  /** Everybody whom an EHR has signed in. */
  readonly people: EhrPerson[]
  readonly logged: string[]
  /** Addresses that the gateway asked. */
  readonly asked: string[]
  /** Why every sign-in is refused; undefined: all are accepted. */
  refusal: Exclude<EhrPersonOutcome['outcome'], 'found'> | undefined
  /** The practices of everyone whose sign-in is accepted. */
  practiceIds: readonly string[]
  readonly recorded: SecurityEvent[]
  readonly charts: { -readonly [Name in keyof KnownCharts]: KnownCharts[Name] }
  /** Sessions that are open. */
  readonly sessions: ReadonlyMap<string, KeptSession>
  readonly states: ReadonlyMap<string, object>
  /** Changes the clock of the gateway's own checks. */
  advance(ms: number): void
}

export async function aLaunchDesk({
  issuers,
  frameHosts = [],
}: {
  /** Made when the redirect URI is known. */
  issuers(desk: { readonly redirectUri: string }): Promise<readonly EhrIssuer[]>
  readonly frameHosts?: readonly string[]
}): Promise<LaunchDesk> {
  let aheadMs = 0
  const clock = { ...systemClock, now: () => new Date(systemClock.now().getTime() + aheadMs) }
  const logged: string[] = []
  const log = createLog({
    level: 'trace',
    pretty: false,
    stream: { write: (line) => logged.push(line) },
  })
  const sessions = new Map<string, KeptSession>()
  const { states, rows } = statesInMemory()
  const people: EhrPerson[] = []
  const asked: string[] = []
  const recorded: SecurityEvent[] = []
  const desk: Pick<LaunchDesk, 'refusal' | 'practiceIds'> = {
    refusal: undefined,
    practiceIds: ['195900'],
  }
  const charts: LaunchDesk['charts'] = {
    encounters: async () => [],
    practicesOfPatient: async () => [],
    orders: async () => [],
  }
  let launches: Launches | undefined
  const dependencies = {
    store: unauditedStore() as RouteDependencies['store'],
    auth: new Auth({
      store: storeInMemory(sessions) as never,
      record: async (event) => void recorded.push(event),
      credentials: [],
      sessionMs: 3_600_000,
      clock,
    }),
    launches: {
      check: (...given) => required(launches).check(...given),
      begin: (...given) => required(launches).begin(...given),
      finish: (...given) => required(launches).finish(...given),
      frameOf: (...given) => required(launches).frameOf(...given),
    },
    attachmentLimits: { maxFileBytes: 100_000, maxFiles: 1, maxTotalBytes: 100_000 },
    streamLimits: { heartbeatMs: 1000, maxStreams: 1, maxBufferBytes: 1024 },
    publicKeys: [],
    secureCookies: false,
    clock,
    log,
  } as Partial<RouteDependencies> as RouteDependencies
  const server = await createHttpServer(
    {
      host: '127.0.0.1',
      port: 0,
      maxBodyBytes: 4096,
      requestsPerMinute: 100_000,
      trustedProxies: [],
      frameHosts,
      dashboardDirectory: undefined,
      keyName: (name) => name,
    },
    dependencies,
  )
  onTestFinished(() => server.stop())
  const address = await server.start()
  const redirectUri = `${address}/launch/callback`
  launches = new Launches({
    issuers: await issuers({ redirectUri }),
    redirectUri,
    states,
    people: {
      async find(person) {
        people.push(person)
        if (desk.refusal !== undefined) return { outcome: desk.refusal, reason: 'a reason' }
        const found = aPerson(person.name ?? person.subject)
        return { outcome: 'found', person: { ...found, practice_ids: [...desk.practiceIds] } }
      },
    },
    charts: {
      encounters: (id) => charts.encounters(id),
      practicesOfPatient: (id) => charts.practicesOfPatient(id),
      orders: (practiceId, id) => charts.orders(practiceId, id),
    },
    practices: {
      ofId: (id) => athenahealth.practiceNames?.inIds.exec(id)?.[1],
      ofClaim: (claim) => athenahealth.practiceNames?.inClaims.exec(String(claim))?.[1],
    },
    fetch(url, request) {
      asked.push(url)
      return fetch(url, {
        redirect: 'manual',
        ...(request?.method === undefined ? {} : { method: request.method }),
        ...(request?.headers === undefined ? {} : { headers: request.headers }),
        ...(request?.body === undefined ? {} : { body: request.body }),
      })
    },
    clock,
  })
  return Object.assign(desk, {
    address,
    redirectUri,
    people,
    logged,
    asked,
    recorded,
    charts,
    sessions,
    states: rows,
    advance(ms: number) {
      aheadMs += ms
    },
  })
}

const aPerson = (label: string): PersonRow => ({
  person_id: 'person-1',
  login: 'ehr-1',
  label,
  roles: ['clinician'],
  practice_ids: ['195900'],
  password_hash: null,
  password_changed_at: null,
  password_is_temporary: false,
  issuer: null,
  subject: null,
  disabled_at: null,
  added_by: 'SMART launch',
  added_at: new Date(0),
  signed_in_at: null,
})

function statesInMemory() {
  const rows = new Map<string, Parameters<LaunchStates['add']>[0]>()
  const states: LaunchStates = {
    async add(state) {
      rows.set(state.stateSha256, state)
    },
    async take({ stateSha256, browserSha256 }, now) {
      const row = rows.get(stateSha256)
      if (row?.browserSha256 !== browserSha256) return undefined
      rows.delete(stateSha256)
      return row.expiresAt > now ? { fhirBaseUrl: row.fhirBaseUrl } : undefined
    },
  }
  return { states, rows }
}

function storeInMemory(sessions: Map<string, KeptSession>) {
  const tables = {
    sessions: {
      async create(tokenSha256: string, grant: Grant, { method, context }: SessionOpening) {
        sessions.set(tokenSha256, { ...grant, ...(method && { method }), context })
      },
      async find(tokenSha256: string) {
        const grant = sessions.get(tokenSha256)
        return grant && { ...grant, usedAt: systemClock.now() }
      },
      async remove(tokenSha256: string) {
        sessions.delete(tokenSha256)
      },
    },
    people: { find: async () => aPerson('x'), signedIn: async () => undefined },
  }
  const transaction = <Result>(_source: string, work: (rows: typeof tables) => Promise<Result>) =>
    work(tables)
  return { ...tables, transaction }
}

function required(launches: Launches | undefined): Launches {
  if (launches === undefined) throw new Error('not started yet')
  return launches
}
