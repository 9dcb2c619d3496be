import { timingSafeEqual } from 'node:crypto'
import type { Role, SignInMethod } from '@authscript/prior-auth'
import type { FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import type { RecordSecurityEvent } from '../people/security-events.ts'
import type { PersonRow } from '../store/people.ts'
import type { SessionContext } from '../store/session-context.ts'
import type { OpenSession } from '../store/sessions.ts'
import type { Grant } from '../store/sign-in-links.ts'
import type { Store, StoreTransaction } from '../store/store.ts'
import { isProgram, type OperationRule } from './authorization/operation-rule.ts'
import { ruleFor } from './authorization/operations.ts'
import { frameSessionCookie, refuseUnnamedOrigin } from './frame-session.ts'
import { randomToken, sha256 } from '../token.ts'
import { originOf } from './origin.ts'
import { HttpProblem } from './problem.ts'
import { sessionCookie } from './window-cookies.ts'

/** Who makes the request, and what they may see: every read for a person is limited to these practices (invariant 7). */
export interface Caller {
  readonly label: string
  /** The id of a named person. Undefined for API keys, and for sessions that were opened with a key or a one-time link. */
  readonly personId: string | undefined
  readonly roles: ReadonlySet<Role>
  readonly practiceIds: readonly string[]
  readonly expiresAt: Date | undefined
  /** Undefined for an API key that comes with the request. */
  readonly session: CallerSession | undefined
}

export interface CallerSession {
  readonly sessionId: string
  readonly method: SignInMethod
  /** When the person last proved who they are; undefined: not in this session. */
  readonly provedAt: Date | undefined
  /** The chart from which an EHR opened us, or the session at the identity provider. */
  readonly context: SessionContext | undefined
  /** When somebody last used it, as stored: not every use is written. */
  readonly usedAt: Date
  /** The person has to choose a password before anything else. */
  readonly isTemporary: boolean
}

export interface Credential {
  readonly label: string
  readonly keySha256: string
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
}

/** Everybody with the role; named people where the practice has one with it; or named people only. */
export type ApprovalBy = 'anybody' | 'people_where_there_are' | 'people'

export interface AuthOptions {
  readonly store: Pick<Store, 'sessions' | 'signInLinks' | 'people' | 'keys' | 'transaction'>
  readonly credentials: readonly Credential[]
  readonly sessionMs: number
  /** A session that nobody uses for this long ends. @default it does not */
  readonly idleMs?: number
  /** Who may approve. @default 'anybody' with the role */
  readonly approvalBy?: ApprovalBy
  /** By practice, or `*` for all: for how long a proof of identity is valid for an approval. @default no proof is needed */
  readonly proofMinutes?: Readonly<Record<string, number>>
  /** Whether browsers reach us over TLS, whatever the connection of a request is. @default as each request says */
  readonly secureCookies?: boolean
  /** @default nothing is recorded */
  readonly record?: RecordSecurityEvent
  readonly clock: Clock
}

/** A session that was opened, with the token for its cookie. */
export interface Opened {
  readonly session: string
  readonly grant: Grant
  readonly usedAt: Date
  readonly isTemporary: boolean
}

/** Somebody to whom orders may be assigned. */
export interface Person {
  readonly label: string
  readonly practiceIds: ReadonlySet<string>
}

const workingRoles: readonly Role[] = ['clinician', 'staff']

/** A page sends it when nobody has touched the page for a minute, so that its own refreshes keep no session open. */
const unattendedHeader = 'x-unattended'
const linkMs = 24 * 3_600_000
/** The precision of the time at which a session was last used: not every request writes it. */
const touchMs = 60_000
/** For a session that ends soon, a finer one. */
const touchesInIdle = 10
const warnMs = { least: 20_000, most: 120_000, shareOfIdle: 0.2 } as const

/** Credentials and sessions. Tokens are random, sent once, and kept only as their SHA-256. */
export class Auth {
  readonly #options: AuthOptions
  /** Callers that the rate limit identified, so that the route does not identify them again. Streams ask again later: see `authorize`. */
  readonly #identified = new WeakMap<FastifyRequest, Caller>()
  /** Callers who may use the operation of their request. */
  readonly #callers = new WeakMap<FastifyRequest, Caller>()
  /** Requests that counted as use of their session. A stream asks many times, and is one request. */
  readonly #counted = new WeakSet<FastifyRequest>()

  constructor(options: AuthOptions) {
    this.#options = options
  }

  /**
   * Whether the caller may use the operation of this request, by the table of operations. It is asked before each route. Asked again, it
   * says whether the caller's session still stands.
   *
   * @throws {HttpProblem} 401 without a valid key or session, 403 without one of the roles or one of the practices
   */
  async authorize(request: FastifyRequest): Promise<Caller | undefined> {
    const rule = ruleFor(request)
    if (rule?.roles === 'anyone') {
      // Another site must not sign somebody in either: they would work under a name that is not theirs.
      refuseForeignOrigin(request)
      return undefined
    }
    const caller = this.#identified.get(request) ?? (await this.#identify(request))
    // Once only: a stream asks again whether its session still stands.
    this.#identified.delete(request)
    if (caller === undefined)
      throw new HttpProblem(401, 'unauthenticated', 'send an API key (X-API-Key) or sign in')
    this.#callers.set(request, caller)
    refuseTemporary(caller, rule)
    refuseWithoutRole(caller, rule)
    if (rule?.practices === 'all') await this.requireAllPractices(request)
    return caller
  }

  /** Who makes the request, for operations that need a credential. */
  caller(request: FastifyRequest): Caller {
    const caller = this.#callers.get(request)
    if (caller === undefined) throw new TypeError('this operation is open to anyone')
    return caller
  }

  /** Who makes the request; undefined for operations that are open to anyone. */
  callerOf(request: FastifyRequest): Caller | undefined {
    return this.#callers.get(request)
  }

  /** Sessions that were not used since this time have ended. */
  idleSince(): Date {
    const { idleMs, clock } = this.#options
    return new Date(idleMs === undefined ? 0 : clock.now().getTime() - idleMs)
  }

  /** When a session ends that was last used at this time. `@see` WCAG 2.2, 2.2.1: a person is warned at least 20 s before. */
  idleTimes(usedAt: Date | undefined): {
    readonly idleEndsAt: Date | undefined
    readonly warnSeconds: number
  } {
    const { idleMs } = this.#options
    if (idleMs === undefined || usedAt === undefined)
      return { idleEndsAt: undefined, warnSeconds: warnMs.most / 1000 }
    const share = Math.max(warnMs.least, idleMs * warnMs.shareOfIdle)
    return {
      idleEndsAt: new Date(usedAt.getTime() + idleMs),
      warnSeconds: Math.round(Math.min(warnMs.most, share) / 1000),
    }
  }

  /** The configured keys, for the page that shows them. */
  get credentials(): readonly Credential[] {
    return this.#options.credentials
  }

  /** Who works on orders, by label: named people, credentials and open sessions with one of these roles. */
  async people(roles: readonly Role[] = workingRoles): Promise<readonly Person[]> {
    const { credentials, store, clock } = this.#options
    const people = await store.people.withRoles(roles)
    const known = [
      ...credentials.filter((credential) => credential.roles.some((role) => roles.includes(role))),
      ...people.map(({ label, practice_ids: practiceIds }) => ({ label, practiceIds })),
      ...(await store.sessions.people(roles, clock.now())),
    ]
    return [...Map.groupBy(known, ({ label }) => label)].map(([label, entries]) => ({
      label,
      practiceIds: new Set(entries.flatMap(({ practiceIds }) => practiceIds)),
    }))
  }

  /** The person with this label; without practices if nobody has it. */
  async person(label: string, roles?: readonly Role[]): Promise<Person> {
    const known = (await this.people(roles)).find((person) => person.label === label)
    return known ?? { label, practiceIds: new Set() }
  }

  /**
   * For what changes the gateway as a whole: the caller has every practice of every credential and person.
   *
   * @throws {HttpProblem} 403 when a practice is missing
   */
  async requireAllPractices(request: FastifyRequest): Promise<Caller> {
    const caller = this.caller(request)
    const { credentials, store } = this.#options
    const all = [
      ...credentials.flatMap((credential) => credential.practiceIds),
      ...(await store.people.practiceIds()),
    ]
    if (!all.every((practiceId) => caller.practiceIds.includes(practiceId)))
      throw new HttpProblem(
        403,
        'practices_missing',
        'this changes the work of every practice, and needs a credential for all of them',
      )
    return caller
  }

  /**
   * Somebody must answer for a statement to a payer: shared keys and links do not approve where people have names.
   *
   * @throws {HttpProblem} 403
   */
  async requireApprover({ personId }: Caller, practiceId: string): Promise<void> {
    const { store, approvalBy = 'anybody' } = this.#options
    if (personId !== undefined || approvalBy === 'anybody') return
    if (approvalBy === 'people' || (await store.people.hasSomebody('clinician', practiceId)))
      throw new HttpProblem(
        403,
        'approval_by_person',
        'a form is approved by a named person, and you are signed in with a shared key or link; sign in with your own name and approve again',
      )
  }

  /**
   * Where a practice asks for it, the approver must have proved who they are a short time ago.
   *
   * @throws {HttpProblem} 403
   */
  requireProof({ session, personId }: Caller, practiceId: string): void {
    const { proofMinutes = {}, clock } = this.#options
    const minutes = proofMinutes[practiceId] ?? proofMinutes['*']
    // A key that comes with its request is its own proof; whether it may approve was checked before.
    if (minutes === undefined || personId === undefined || session === undefined) return
    const since = clock.now().getTime() - minutes * 60_000
    if (session.provedAt === undefined || session.provedAt.getTime() < since)
      throw new HttpProblem(
        403,
        'proof_needed',
        `your practice requires that a person who approves has proved who they are within the last ${minutes} minutes; enter your password again`,
      )
  }

  /** Records that the person of this session has just proved who they are. */
  async recordProof(caller: Caller, method: SignInMethod, request: FastifyRequest): Promise<void> {
    const { store, record, clock } = this.#options
    const { session, label, personId, practiceIds } = caller
    if (session === undefined) return
    await store.transaction('Auth', async (transaction) => {
      await transaction.sessions.recordProof(session.sessionId, clock.now())
      const actor = { label, personId }
      const origin = originOf(request)
      await record?.({ kind: 'proved_again', actor, practiceIds, method, origin }, transaction)
    })
  }

  /**
   * What a request counts under for the rate limit: its user, or else its address. Only a key or a session that is valid counts as a
   * user; otherwise a client could send a new one with each request.
   */
  async rateLimitKey(request: FastifyRequest): Promise<string> {
    // If the caller cannot be identified now, the route answers why.
    const caller = await this.#identify(request).catch(() => undefined)
    if (caller === undefined) return addressKey(request)
    this.#identified.set(request, caller)
    return `user ${caller.label}`
  }

  /** A token for a link that signs in once. With a `personId` it signs in that person, with what they may do then. */
  async issueLink(grant: Omit<Grant, 'expiresAt'>): Promise<string> {
    const token = randomToken()
    const expiresAt = new Date(this.#options.clock.now().getTime() + linkMs)
    await this.#options.store.signInLinks.create(sha256(token), { ...grant, expiresAt })
    return token
  }

  /** Opens a session for a link's token; undefined when it is unknown, used or expired, or its person may not sign in. */
  async openByLink(token: string, request?: FastifyRequest): Promise<Opened | undefined> {
    const link = await this.#options.store.signInLinks.redeem(
      sha256(token),
      this.#options.clock.now(),
    )
    return link && this.#open(link, { method: 'link', request })
  }

  async openByKey(key: string, request?: FastifyRequest): Promise<Opened | undefined> {
    const credential = await this.#findKey(sha256(key))
    const keySha256 = credential?.keySha256
    return credential && this.#open(credential, { method: 'key', keySha256, request })
  }

  /** Opens a session for a person who has proved who they are; undefined if they were disabled meanwhile. */
  async openForPerson(
    { person_id: personId, label, roles, practice_ids: practiceIds }: PersonRow,
    how: {
      readonly method: SignInMethod
      readonly request: FastifyRequest
      readonly context?: SessionContext
      /** Is written together with the session. */
      alongside?(transaction: StoreTransaction): Promise<void>
    },
  ): Promise<Opened | undefined> {
    return this.#open({ personId, label, roles, practiceIds }, { ...how, isProved: true })
  }

  /** Records that nobody was signed in, and why. */
  async recordRefusal(refusal: {
    readonly method: SignInMethod
    /** Of docs/errors.md. */
    readonly code: string
    readonly request: FastifyRequest
  }): Promise<void> {
    const { store, record } = this.#options
    const { method, code, request } = refusal
    if (record === undefined) return
    const origin = originOf(request)
    await store.transaction('Auth', (transaction) =>
      record({ kind: 'sign_in_refused', actor: undefined, method, code, origin }, transaction),
    )
  }

  async close(request: FastifyRequest): Promise<void> {
    await this.#options.store.transaction('Auth', (transaction) =>
      this.#endSessionsOf(request, transaction),
    )
  }

  /** The sessions for which the browser of the request has cookies: in a window, and in a frame. */
  async #endSessionsOf(request: FastifyRequest, transaction: StoreTransaction): Promise<void> {
    const { hostName, plainName } = sessionCookie
    for (const name of [hostName, plainName, frameSessionCookie]) {
      const token = request.cookies[name]
      const actor = token && (await transaction.sessions.remove(sha256(token)))
      if (actor)
        await this.#options.record?.(
          { kind: 'signed_out', actor, origin: originOf(request) },
          transaction,
        )
    }
  }

  async #open(
    grant: Omit<Grant, 'expiresAt'>,
    how: {
      readonly method: SignInMethod
      readonly keySha256?: string | undefined
      readonly isProved?: boolean
      readonly request?: FastifyRequest | undefined
      readonly context?: SessionContext
      alongside?(transaction: StoreTransaction): Promise<void>
    },
  ): Promise<Opened | undefined> {
    const { store, sessionMs, record, clock } = this.#options
    const { method, keySha256, isProved, request, context } = how
    const session = randomToken()
    const { label, personId, roles, practiceIds } = grant
    const now = clock.now()
    const expiresAt = new Date(now.getTime() + sessionMs)
    const opened = { label, personId, roles, practiceIds, expiresAt }
    const origin = originOf(request)
    const { address, browser } = origin
    const opening = {
      method,
      keySha256,
      now,
      address,
      browser,
      context,
      ...(isProved && { isProved }),
    }
    return store.transaction('Auth', async (transaction) => {
      await transaction.sessions.create(sha256(session), opened, opening)
      // Read again: a person who was disabled meanwhile has none.
      const found =
        personId === undefined
          ? { ...opened, isTemporary: false }
          : await transaction.sessions.find(sha256(session), now, new Date(0))
      if (found === undefined) return undefined
      // The browser loses the cookie of its earlier session, so nobody could sign out of that one.
      if (request !== undefined) await this.#endSessionsOf(request, transaction)
      await how.alongside?.(transaction)
      if (personId !== undefined) await transaction.people.signedIn(personId, now)
      const actor = { label: found.label, personId }
      await record?.(
        { kind: 'signed_in', actor, practiceIds: found.practiceIds, method, origin },
        transaction,
      )
      return {
        session,
        grant: { ...opened, ...pick(found) },
        usedAt: now,
        isTemporary: found.isTemporary,
      }
    })
  }

  async #identify(request: FastifyRequest): Promise<Caller | undefined> {
    const header =
      request.headers['x-api-key'] ??
      /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (typeof header === 'string') {
      const credential = await this.#findKey(sha256(header))
      if (credential === undefined) return undefined
      const roles = new Set(credential.roles)
      return { ...credential, personId: undefined, roles, expiresAt: undefined, session: undefined }
    }
    const { store, clock, secureCookies = false } = this.#options
    const inWindow = sessionCookie.read(request, secureCookies)
    const token = inWindow ?? request.cookies[frameSessionCookie]
    if (token === undefined) return undefined
    if (inWindow === undefined) refuseUnnamedOrigin(request)
    const now = clock.now()
    const found = await store.sessions.find(sha256(token), now, this.idleSince())
    const grant = found && (await this.#asItIsNow(found))
    if (grant === undefined) return undefined
    refuseForeignOrigin(request)
    const usedAt = await this.#countUse(request, grant, now)
    return {
      label: grant.label,
      personId: grant.personId,
      roles: new Set(grant.roles),
      practiceIds: grant.practiceIds,
      expiresAt: grant.expiresAt,
      session: { ...grant, usedAt },
    }
  }

  /** A session that a key opened may do what the key may do now, and ends with it. */
  async #asItIsNow(session: OpenSession): Promise<OpenSession | undefined> {
    if (session.keySha256 === undefined) return session
    const credential = await this.#findKey(session.keySha256)
    return credential && { ...session, ...pick(credential) }
  }

  /**
   * Requests that a page makes by itself, and streams, do not count: only people keep their session open. Returns when the session was
   * last used.
   */
  async #countUse(
    request: FastifyRequest,
    { sessionId, usedAt }: OpenSession,
    now: Date,
  ): Promise<Date> {
    const { store, idleMs = Number.POSITIVE_INFINITY } = this.#options
    if (this.#counted.has(request)) return usedAt
    this.#counted.add(request)
    if (request.headers[unattendedHeader] !== undefined || isStream(request)) return usedAt
    if (now.getTime() - usedAt.getTime() < Math.min(touchMs, idleMs / touchesInIdle)) return usedAt
    await store.sessions.touch(sessionId, now)
    return now
  }

  /** A key of the configuration, or one that was made on the page and not revoked. */
  async #findKey(keySha256: string): Promise<Credential | undefined> {
    const given = Buffer.from(keySha256, 'hex')
    const configured = this.#options.credentials.find((credential) =>
      timingSafeEqual(Buffer.from(credential.keySha256, 'hex'), given),
    )
    if (configured !== undefined) return configured
    const { store, clock } = this.#options
    // It is looked up by a hash, so how long that takes says nothing about the key.
    const made = await store.keys.findValid(keySha256)
    if (made === undefined) return undefined
    const now = clock.now()
    if (made.used_at === null || now.getTime() - made.used_at.getTime() >= touchMs)
      await store.keys.touch(made.key_id, now)
    const { label, roles, practice_ids: practiceIds } = made
    return { label, keySha256, roles, practiceIds }
  }
}

/**
 * @throws {HttpProblem} 403: otherwise the maker of the password could act as this person, and a person who came by a link could not sign
 * in again
 */
function refuseTemporary({ session }: Caller, rule: OperationRule | undefined): void {
  if (session?.isTemporary === true && rule?.withTemporaryPassword !== true)
    throw new HttpProblem(
      403,
      'password_temporary',
      'choose a password of your own first, or add a passkey: nobody else may know how you sign in',
    )
}

/** @throws {HttpProblem} 403 */
function refuseWithoutRole({ roles }: Caller, rule: OperationRule | undefined): void {
  // A route without a row does not get this far: the start fails.
  const allowed = rule?.roles ?? []
  if (allowed !== 'signed_in' && allowed !== 'anyone' && !allowed.some((role) => roles.has(role)))
    throw new HttpProblem(403, 'role_missing', `this needs one of the roles ${allowed.join(', ')}`)
  if (rule?.byPerson === true && isProgram(roles))
    throw new HttpProblem(
      403,
      'signature_by_person',
      'a signature is stored and placed by the signer, never by a program',
    )
}
const pick = ({ label, roles, practiceIds }: Pick<Grant, 'label' | 'roles' | 'practiceIds'>) => ({
  label,
  roles,
  practiceIds,
})

const isStream = (request: FastifyRequest) => request.routeOptions.url === '/api/events'

export function addressKey(request: FastifyRequest): string {
  return `address ${request.ip}`
}

/**
 * Browsers send cookies with every request, so a request that changes something must come from our own page. Behind a trusted proxy,
 * host and protocol are the forwarded ones. An unconfigured proxy may end TLS without our knowledge, so https: is required only if we
 * know of it.
 */
function refuseForeignOrigin(request: FastifyRequest): void {
  const { origin } = request.headers
  if (request.method === 'GET' || request.method === 'HEAD' || origin === undefined) return
  const page = URL.parse(origin)
  const ours = URL.parse(`${page?.protocol}//${request.host}`)
  const isDowngraded = request.protocol === 'https' && page?.protocol !== 'https:'
  if (page === null || page.host !== ours?.host || isDowngraded)
    throw new HttpProblem(403, 'foreign_origin', 'the request comes from another site')
}
