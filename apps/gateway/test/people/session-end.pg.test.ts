import type { SessionView } from '@authscript/prior-auth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPeopleServer, type PeopleServer, minuteMs, passwordOf } from './people-server.ts'

/** When a session ends, as it reports. The page warns by that time. */

let server: PeopleServer
let quick: PeopleServer

beforeAll(async () => {
  server = await openPeopleServer()
  quick = await openPeopleServer({ idleMs: minuteMs })
  for (const one of [server, quick]) await one.add('j.ruiz')
})
afterAll(async () => {
  await quick[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

async function signedIn(at: PeopleServer) {
  const browser = at.browser()
  const response = await browser.signIn('j.ruiz', passwordOf('j.ruiz'))
  expect(response.status).toBe(200)
  return { browser, opened: (await response.json()) as SessionView }
}

/** Rounded: the clock of the server continues while it answers. */
const minutesLeft = (session: SessionView | undefined) =>
  Math.round((Date.parse(session?.idleEndsAt ?? '') - Date.parse(session?.now ?? '')) / minuteMs)

const unattended = async (
  at: PeopleServer,
  cookies: ReadonlyMap<string, string>,
): Promise<SessionView> => {
  const response = await fetch(`${at.address}/api/session`, {
    headers: {
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'x-unattended': '1',
    },
  })
  return (await response.json()) as SessionView
}

describe('the end of a session', () => {
  it('is in the answer to the sign-in, by the clock of the gateway, and moves on with use', async () => {
    const { browser, opened } = await signedIn(server)

    expect(minutesLeft(opened)).toBe(30)
    expect(opened.warnSeconds).toBe(120)
    server.advance(20 * minuteMs)
    expect(minutesLeft(await browser.session())).toBe(30)
  })

  it('does not move when only the page asks', async () => {
    const { browser } = await signedIn(server)
    server.advance(20 * minuteMs)

    expect(minutesLeft(await unattended(server, browser.cookies))).toBe(10)
    expect(minutesLeft(await unattended(server, browser.cookies))).toBe(10)
  })

  it('does not move beyond the absolute time', async () => {
    const { browser, opened } = await signedIn(server)
    for (let hour = 0; hour < 11 * 3; hour += 1) {
      server.advance(20 * minuteMs)
      await browser.session()
    }

    const session = await browser.session()
    expect(session?.expiresAt).toBe(opened.expiresAt)
    expect(minutesLeft(session)).toBe(30)
  })

  it('is a minute away where the setting says so, with the twenty seconds that people need, and use counts', async () => {
    const { browser, opened } = await signedIn(quick)
    expect(opened.warnSeconds).toBe(20)

    quick.advance(50_000)
    expect(minutesLeft(await browser.session())).toBe(1)
    quick.advance(50_000)

    expect(await browser.session()).toBeDefined()
  })
})
