import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { parseConfig } from '../../src/config.ts'
import { FhirClient } from '../../src/fhir/client/fhir-client.ts'
import { toEhrSettings } from '../../src/fhir/ehr-settings.ts'
import { SignedUrls } from '../../src/fhir/notes/signed-urls.ts'
import { anEhrSettings } from '../ehr/an-ehr-settings.ts'
import { aRateShare } from '../rate/a-rate-share.ts'

const never = new AbortController().signal
const opened: { close(): unknown }[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
})

/** A server on loopback that answers by path; its requests are kept. */
async function aServer(answers: Readonly<Record<string, (response: ServerResponse) => void>>) {
  const requests: { readonly path: string; readonly authorization: string | undefined }[] = []
  const server: Server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? ''
    requests.push({ path, authorization: request.headers.authorization })
    const answer = answers[path]
    if (answer === undefined) response.writeHead(404).end()
    else answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  opened.push({
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  })
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

/** Sends without an end and counts what the reader took. */
function endless(): { readonly answer: (response: ServerResponse) => void; sent(): number } {
  let bytes = 0
  const chunk = Buffer.alloc(16_384, 'a')
  return {
    sent: () => bytes,
    answer(response) {
      response.writeHead(200, { 'content-type': 'text/plain' })
      const push = () => {
        while (!response.destroyed) {
          bytes += chunk.length
          if (!response.write(chunk)) break
        }
      }
      response.on('drain', push)
      push()
    },
  }
}

const redirectTo = (location: string) => (response: ServerResponse) => {
  response.writeHead(302, { location }).end()
}

function signedUrls(): SignedUrls {
  const made = new SignedUrls(
    anEhrSettings(
      { fhirBaseUrl: 'https://ehr.test/fhir', tokenUrl: 'https://ehr.test/token' },
      { RequestTimeoutSeconds: 5 },
    ),
  )
  opened.push(made)
  return made
}

describe('a signed link', () => {
  it('is read without our token', async () => {
    const { base, requests } = await aServer({
      '/n': (response) => response.writeHead(200, { 'content-type': 'text/rtf' }).end('note'),
    })

    const { bytes, contentType } = await signedUrls().read(new URL(`${base}/n?key=1`), 100, never)

    expect([Buffer.from(bytes).toString(), contentType]).toEqual(['note', 'text/rtf'])
    expect(requests).toEqual([{ path: '/n', authorization: undefined }])
  })

  it('is followed to the same host only', async () => {
    const other = await aServer({ '/n': (response) => response.end('of another') })
    const { base } = await aServer({
      '/here': redirectTo('/n'),
      '/there': redirectTo(`${other.base}/n`),
      '/round': redirectTo('/round'),
      '/n': (response) => response.end('note'),
    })

    const read = (path: string) => signedUrls().read(new URL(path, base), 100, never)

    expect(Buffer.from((await read('/here')).bytes).toString()).toBe('note')
    await expect(read('/there')).rejects.toMatchObject({ code: 'ehr_malformed' })
    await expect(read('/round')).rejects.toMatchObject({ code: 'ehr_malformed' })
    await expect(read('/nowhere')).rejects.toMatchObject({ code: 'ehr_malformed' })
    expect(other.requests).toEqual([])
  })

  it('is read up to the limit only', async () => {
    const source = endless()
    const { base } = await aServer({ '/n': source.answer })

    await expect(signedUrls().read(new URL(`${base}/n`), 50_000, never)).rejects.toMatchObject({
      code: 'ehr_too_large',
    })

    expect(source.sent()).toBeLessThan(20_000_000)
  })
})

describe('a Binary', () => {
  it('is read up to its own limit, however much the EHR sends', async () => {
    const source = endless()
    const { base } = await aServer({
      '/fhir/Binary/b1': source.answer,
      '/token': (response) =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"access_token":"a","token_type":"Bearer","expires_in":3600}'),
    })
    const settings = toEhrSettings(
      parseConfig({
        Ehr: {
          FhirBaseUrl: `${base}/fhir`,
          TokenEndpoint: `${base}/token`,
          ClientId: 'a',
          ClientSecret: 'b',
        },
      }),
    )
    const share = aRateShare()
    const client = new FhirClient(settings, {
      clock: systemClock,
      budget: share.budget,
      guard: (call) => call(),
    })
    opened.push(client, { close: () => share.stop() })

    const reading = client.readBinary('b1', 50_000, {
      practiceId: '1',
      resourceType: 'Binary',
      lane: 'chart',
      signal: never,
    })

    await expect(reading).rejects.toMatchObject({ code: 'ehr_too_large' })
    expect(source.sent()).toBeLessThan(settings.limits.maxBodyBytes)
  })
})
