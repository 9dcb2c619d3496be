import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { sessionCookie } from '../../src/http/window-cookies.ts'

const expires = new Date('2030-01-01T00:00:00Z')
const overTls = { 'x-forwarded-proto': 'https' }

/** Routes that answer with the cookie that they read. */
async function aServer({ secureCookies = false, trustProxy = false } = {}) {
  const app = Fastify({ trustProxy })
  await app.register(cookie)
  app.get('/keep', (request, reply) => {
    sessionCookie.keep(request, reply, { value: 'new', secureCookies, expires })
    return 'kept'
  })
  app.get('/read', (request, reply) => {
    const value = sessionCookie.read(request, secureCookies)
    sessionCookie.rename(request, reply, { secureCookies, expires })
    return value ?? 'nobody'
  })
  app.get('/forget', (request, reply) => {
    sessionCookie.forget(request, reply, secureCookies)
    return 'forgotten'
  })
  return async (url: string, headers: Readonly<Record<string, string>> = {}) => {
    const { body, headers: answered } = await app.inject({ url, headers })
    return { body, set: [answered['set-cookie'] ?? []].flat() }
  }
}

describe('the cookie of a session in a window', () => {
  it('has the plain name without TLS', async () => {
    const get = await aServer()

    expect((await get('/keep')).set).toEqual([
      'authscript_session=new; Path=/; Expires=Tue, 01 Jan 2030 00:00:00 GMT; HttpOnly; SameSite=Strict',
    ])
    expect((await get('/read', { cookie: 'authscript_session=a' })).body).toBe('a')
  })

  it.each([
    ['where the public address is https', { secureCookies: true }, {}],
    ['where a trusted proxy says so', { trustProxy: true }, overTls],
  ])('cannot be set by other hosts over TLS: %s', async (_what, options, headers) => {
    const get = await aServer(options)

    expect((await get('/keep', headers)).set).toEqual([
      '__Host-authscript_session=new; Path=/; Expires=Tue, 01 Jan 2030 00:00:00 GMT; HttpOnly; Secure; SameSite=Strict',
    ])
  })

  it('is not believed to be over TLS by a header of a client', async () => {
    const get = await aServer()

    expect((await get('/keep', overTls)).set).toEqual([expect.not.stringMatching(/__Host|Secure/)])
  })

  it('wins over one with the plain name, which another host may have set', async () => {
    const get = await aServer({ secureCookies: true })
    const both = { cookie: 'authscript_session=planted; __Host-authscript_session=own' }

    expect(await get('/read', both)).toEqual({ body: 'own', set: [] })
    expect((await get('/keep', both)).set).toEqual([
      expect.stringMatching(/^__Host-authscript_session=new;/),
      expect.stringMatching(/^authscript_session=; .*Expires=Thu, 01 Jan 1970/),
    ])
  })

  it('of the previous release is still accepted, and gets the new name', async () => {
    const get = await aServer({ secureCookies: true })

    expect(await get('/read', { cookie: 'authscript_session=a' })).toEqual({
      body: 'a',
      set: [
        expect.stringMatching(/^__Host-authscript_session=a; .*Secure/),
        expect.stringMatching(/^authscript_session=; .*Expires=Thu, 01 Jan 1970/),
      ],
    })
  })

  it('is not read without TLS under the name that TLS has', async () => {
    const get = await aServer()

    expect((await get('/read', { cookie: '__Host-authscript_session=a' })).body).toBe('nobody')
  })

  it('is forgotten under both names', async () => {
    const get = await aServer({ secureCookies: true })

    expect((await get('/forget')).set).toEqual([
      expect.stringMatching(/^authscript_session=;/),
      expect.stringMatching(/^__Host-authscript_session=;/),
    ])
  })
})
