import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Role } from '@authscript/prior-auth'
import type { FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Grant } from '../store/sessions.ts'
import type { Store } from '../store/store.ts'
import { HttpProblem } from './problem.ts'

/** Who makes the request, and what they may see: every read for a person is limited to these practices (invariant 7). */
export interface Caller {
  readonly label: string
  /** Of a named person. Undefined for API keys, and for sessions that were opened with a key or a one-time link. */
  readonly personId: string | undefined
  readonly roles: ReadonlySet<Role>
  readonly practiceIds: readonly string[]
  readonly expiresAt: Date | undefined
}

export interface Credential {
  readonly label: string
  readonly keySha256: string
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
}

export interface AuthOptions {
  readonly store: Pick<Store, 'sessions'>
  readonly credentials: readonly Credential[]
  readonly sessionMs: number
  readonly clock: Clock
}

/** Somebody whom orders may be given to. */
export interface Person {
  readonly label: string
  readonly practiceIds: ReadonlySet<string>
}

const workingRoles: readonly Role[] = ['clinician', 'staff']

export const sessionCookie = 'authscript_session'
const linkMs = 24 * 3_600_000

/** Credentials and sessions. Tokens are random, sent once, and kept only as their SHA-256. */
export class Auth {
  readonly #options: AuthOptions
  /** Callers that the rate limit identified, so that the route does not identify them again. Streams ask again later: see `require`. */
  readonly #identified = new WeakMap<FastifyRequest, Caller>()

  constructor(options: AuthOptions) {
    this.#options = options
  }

  /** @throws {HttpProblem} 401 without a valid key or session, 403 without one of the roles */
  async require(request: FastifyRequest, ...roles: readonly Role[]): Promise<Caller> {
    const caller = this.#identified.get(request) ?? (await this.#identify(request))
    // Once only: a stream asks again whether its session still stands.
    this.#identified.delete(request)
    if (caller === undefined)
      throw new HttpProblem(401, 'unauthenticated', 'send an API key (X-API-Key) or sign in')
    if (roles.length > 0 && !roles.some((role) => caller.roles.has(role))) {
      throw new HttpProblem(403, 'role_missing', `this needs one of the roles ${roles.join(', ')}`)
    }
    return caller
  }

  /** Who makes the request, before the route says which roles it needs; undefined without a valid key or session. */
  async callerOf(request: FastifyRequest): Promise<Caller | undefined> {
    const caller = this.#identified.get(request) ?? (await this.#identify(request))
    if (caller !== undefined) this.#identified.set(request, caller)
    return caller
  }

  /** Who works on orders, by label: whoever has a credential or an open session with one of the `workingRoles`. */
  async people(): Promise<readonly Person[]> {
    const { credentials, store, clock } = this.#options
    const known = [
      ...credentials.filter(({ roles }) => roles.some((role) => workingRoles.includes(role))),
      ...(await store.sessions.people(workingRoles, clock.now())),
    ]
    return [...Map.groupBy(known, ({ label }) => label)].map(([label, entries]) => ({
      label,
      practiceIds: new Set(entries.flatMap(({ practiceIds }) => practiceIds)),
    }))
  }

  /** The person with this label; of one that nobody has, without practices. */
  async person(label: string): Promise<Person> {
    const known = (await this.people()).find((person) => person.label === label)
    return known ?? { label, practiceIds: new Set() }
  }

  /**
   * For what changes the gateway as a whole: the caller has every practice of every credential.
   *
   * @throws {HttpProblem} 401 or 403, as `require`, and 403 when a practice is missing
   */
  async requireAllPractices(request: FastifyRequest, ...roles: readonly Role[]): Promise<void> {
    const { practiceIds } = await this.require(request, ...roles)
    const all = this.#options.credentials.flatMap((credential) => credential.practiceIds)
    if (!all.every((practiceId) => practiceIds.includes(practiceId)))
      throw new HttpProblem(
        403,
        'practices_missing',
        'this changes the work of every practice, and needs a credential for all of them',
      )
  }

  /**
   * What a request counts under for the rate limit: its user, or else its address. Only a key or a session that is valid counts as a
   * user; otherwise a client could send a new one with each request.
   */
  async rateLimitKey(request: FastifyRequest): Promise<string> {
    // Where the caller cannot be identified now, the route says why.
    const caller = await this.#identify(request).catch(() => undefined)
    if (caller === undefined) return addressKey(request)
    this.#identified.set(request, caller)
    return `user ${caller.label}`
  }

  /** A token for a link that signs in once. */
  async issueLink(grant: Omit<Grant, 'expiresAt'>): Promise<string> {
    const token = randomToken()
    const expiresAt = new Date(this.#options.clock.now().getTime() + linkMs)
    await this.#options.store.sessions.createLink(sha256(token), { ...grant, expiresAt })
    return token
  }

  /** Opens a session for a link's token; undefined when it is unknown, used or expired. */
  async openByLink(
    token: string,
  ): Promise<{ readonly session: string; readonly grant: Grant } | undefined> {
    const link = await this.#options.store.sessions.redeemLink(
      sha256(token),
      this.#options.clock.now(),
    )
    return link && this.#open(link)
  }

  async openByKey(
    key: string,
  ): Promise<{ readonly session: string; readonly grant: Grant } | undefined> {
    const credential = this.#findCredential(key)
    return credential && this.#open(credential)
  }

  async close(request: FastifyRequest): Promise<void> {
    const token = request.cookies[sessionCookie]
    if (token !== undefined) await this.#options.store.sessions.remove(sha256(token))
  }

  async #open(
    grant: Omit<Grant, 'expiresAt'>,
  ): Promise<{ readonly session: string; readonly grant: Grant }> {
    const session = randomToken()
    const { label, roles, practiceIds } = grant
    const expiresAt = new Date(this.#options.clock.now().getTime() + this.#options.sessionMs)
    const opened = { label, roles, practiceIds, expiresAt }
    await this.#options.store.sessions.create(sha256(session), opened)
    return { session, grant: opened }
  }

  async #identify(request: FastifyRequest): Promise<Caller | undefined> {
    const header =
      request.headers['x-api-key'] ??
      /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (typeof header === 'string') {
      const credential = this.#findCredential(header)
      if (credential === undefined) return undefined
      const roles = new Set(credential.roles)
      return { ...credential, personId: undefined, roles, expiresAt: undefined }
    }
    const token = request.cookies[sessionCookie]
    if (token === undefined) return undefined
    const grant = await this.#options.store.sessions.find(sha256(token), this.#options.clock.now())
    if (grant === undefined) return undefined
    refuseForeignOrigin(request)
    return { ...grant, personId: undefined, roles: new Set(grant.roles) }
  }

  #findCredential(key: string): Credential | undefined {
    const given = Buffer.from(sha256(key), 'hex')
    return this.#options.credentials.find((credential) =>
      timingSafeEqual(Buffer.from(credential.keySha256, 'hex'), given),
    )
  }
}

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

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}
