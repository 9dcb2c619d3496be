import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Over TLS: as the operator said with `Http.PublicUrl`, or as a trusted proxy says of this request. */
export const isOverTls = (request: FastifyRequest, secureCookies: boolean): boolean =>
  secureCookies || request.protocol === 'https'

/**
 * A cookie of a window. Over TLS its name has the prefix with which browsers refuse it from other hosts, from other paths and without TLS:
 * nobody beside us (another host of the same domain, somebody on the network) can put their own in its place. Browsers keep no such
 * cookie without TLS, so there it has the plain name.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis (the `__Host-` prefix)
 */
export class WindowCookie {
  readonly plainName: string
  readonly hostName: string

  constructor(name: string) {
    this.plainName = name
    this.hostName = `__Host-${name}`
  }

  read(request: FastifyRequest, secureCookies: boolean): string | undefined {
    const { [this.hostName]: hostValue, [this.plainName]: plainValue } = request.cookies
    if (!isOverTls(request, secureCookies)) return plainValue
    // Until release 0.2 the plain name counts too, so that nobody is signed out by the update.
    return hostValue ?? plainValue
  }

  keep(
    request: FastifyRequest,
    reply: FastifyReply,
    kept: {
      readonly value: string
      readonly secureCookies: boolean
      readonly expires: Date
    },
  ): void {
    const isSecure = isOverTls(request, kept.secureCookies)
    const { value, expires } = kept
    reply.setCookie(isSecure ? this.hostName : this.plainName, value, {
      ...strict(isSecure),
      expires,
    })
    if (isSecure && request.cookies[this.plainName] !== undefined)
      reply.clearCookie(this.plainName, strict(isSecure))
  }

  /** Gives a cookie that was kept before there were two names the other one, until release 0.2. */
  rename(
    request: FastifyRequest,
    reply: FastifyReply,
    kept: { readonly secureCookies: boolean; readonly expires: Date },
  ): void {
    const { [this.hostName]: hostValue, [this.plainName]: value } = request.cookies
    if (!isOverTls(request, kept.secureCookies) || hostValue !== undefined || value === undefined)
      return
    this.keep(request, reply, { value, ...kept })
  }

  forget(request: FastifyRequest, reply: FastifyReply, secureCookies: boolean): void {
    const isSecure = isOverTls(request, secureCookies)
    reply.clearCookie(this.plainName, strict(isSecure))
    if (isSecure) reply.clearCookie(this.hostName, strict(isSecure))
  }
}

/** Scripts cannot read it, and other sites cannot send it. */
const strict = (secure: boolean): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'strict',
  secure,
})

/** The session of somebody who signed in. */
export const sessionCookie = new WindowCookie('authscript_session')
/** Tells a browser in which a person has signed in before from any other, see `SignIn`. */
export const deviceCookie = new WindowCookie('authscript_device')
