import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { rootCertificates } from 'node:tls'
import { createDestinations } from '../../src/webhooks/destinations.ts'
import { postWebhook } from '../../src/webhooks/post-webhook.ts'
import { anAuthority } from '../ehr/certificates.ts'
import { startAnswering } from '../ehr/answering-server.ts'
import { startProxy } from '../ehr/connect-proxy.ts'
import { startReceiver } from './webhook-receiver.ts'

const loopback = createDestinations({ allowedNetworks: ['127.0.0.0/8'] })
const signal = new AbortController().signal
const body = '{"type":"form.ready","data":{}}'
const post = (url: string, options: Partial<Parameters<typeof postWebhook>[1]> = {}) =>
  postWebhook(
    { url, headers: { 'webhook-id': 'e-1' }, body },
    { destinations: loopback, timeoutMs: 5000, ca: undefined, ...options },
    signal,
  )

describe('a message', () => {
  it('is delivered when the endpoint answers 2xx', async () => {
    await using receiver = await startReceiver()

    expect(await post(receiver.url)).toEqual({ isDelivered: true, status: 204 })

    expect(receiver.received).toMatchObject([{ id: 'e-1', body }])
    expect(receiver.received[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'AuthScript-Gateway',
    })
  })

  it('is delivered by name too, where one of its addresses is allowed', async () => {
    await using receiver = await startReceiver()

    expect(await post(`http://localhost:${receiver.port}/hook`)).toMatchObject({
      isDelivered: true,
    })
  })

  it('is delivered over TLS, to a server whose authority the operator trusts and no other', async () => {
    const authority = await anAuthority('Practice CA')
    const unknown = await anAuthority('Somebody else')
    await using receiver = await startReceiver({
      tls: await authority.issue('hooks', ['127.0.0.1']),
    })
    const trusting = (certificate: string) => [...rootCertificates, certificate]

    expect(await post(receiver.url, { ca: trusting(authority.certificate) })).toMatchObject({
      isDelivered: true,
    })
    expect(await post(receiver.url, { ca: trusting(unknown.certificate) })).toMatchObject({
      code: 'webhook_unreachable',
    })
    expect(await post(receiver.url)).toMatchObject({ code: 'webhook_unreachable' })
    expect(receiver.received).toHaveLength(1)
  })

  it.each([
    { status: 400, code: 'webhook_refused', isRefusal: true },
    { status: 404, code: 'webhook_refused', isRefusal: true },
    { status: 410, code: 'webhook_gone', isGone: true },
    { status: 429, code: 'webhook_unavailable', retryAfterMs: 7000 },
    { status: 500, code: 'webhook_unavailable', retryAfterMs: 7000 },
  ])('is not delivered when the answer is $status', async ({ status, ...expected }) => {
    await using receiver = await startReceiver()
    receiver.answer = () => ({ status, headers: { 'retry-after': '7' } })

    expect(await post(receiver.url)).toMatchObject({ isDelivered: false, status, ...expected })
  })

  it('is not sent to where the endpoint redirects', async () => {
    await using other = await startReceiver()
    await using receiver = await startReceiver()
    receiver.answer = () => ({ status: 307, headers: { location: other.url } })

    expect(await post(receiver.url)).toMatchObject({ code: 'webhook_redirected', status: 307 })

    expect(other.received).toEqual([])
  })

  it('waits no longer than its time limit, whether the endpoint is silent or sends a little at a time', async () => {
    await using silent = await startReceiver()
    silent.answer = () => ({ isSilent: true })
    await using stalled = await startAnswering(() => ({ isStalled: true }))

    expect(await post(silent.url, { timeoutMs: 100 })).toMatchObject({ code: 'webhook_timeout' })
    expect(await post(stalled.url, { timeoutMs: 100 })).toMatchObject({ code: 'webhook_timeout' })
  })

  it('reads no endless answer', async () => {
    await using endless = await startAnswering(() => ({ endless: Buffer.alloc(65_536) }))

    expect(await post(endless.url)).toMatchObject({ isDelivered: true, status: 200 })
  })

  it('cannot be delivered where nobody listens, or nobody speaks HTTP', async () => {
    const gone = await startReceiver()
    await gone[Symbol.asyncDispose]()
    await using garbled = await aGarbledServer()

    expect(await post(gone.url)).toMatchObject({
      code: 'webhook_unreachable',
      reason: 'it cannot be reached (ECONNREFUSED)',
    })
    expect(await post(garbled.url)).toMatchObject({ code: 'webhook_unreachable' })
  })

  it('goes to no private address, by number or by name', async () => {
    await using receiver = await startReceiver()
    const closed = createDestinations({ allowedNetworks: [] })

    for (const host of ['127.0.0.1', 'localhost', '2130706433', '[::ffff:127.0.0.1]'])
      for (const scheme of ['http', 'https'])
        expect(
          await post(`${scheme}://${host}:${receiver.port}/`, { destinations: closed }),
        ).toMatchObject({ code: 'webhook_address_refused' })

    expect(receiver.received).toEqual([])
  })

  it('goes to the address that was checked, when a name changes between two lookups', async () => {
    await using receiver = await startReceiver()
    const answers = ['93.184.216.34', '127.0.0.1']
    const lookups: string[] = []
    const destinations = createDestinations({
      allowedNetworks: [],
      async resolve(hostname) {
        lookups.push(hostname)
        return [{ address: answers.shift() ?? '127.0.0.1', family: 4 }]
      },
    })
    const url = `https://rebinding.example:${receiver.port}/`

    expect(await destinations.faultOf(url)).toBeUndefined()
    expect(await post(url, { destinations })).toMatchObject({ code: 'webhook_address_refused' })

    expect(lookups).toEqual(['rebinding.example', 'rebinding.example'])
    expect(receiver.received).toEqual([])
  })
})

describe('through a proxy', () => {
  const anywhere = createDestinations({
    allowedNetworks: [],
    resolve: async () => [{ address: '93.184.216.34', family: 4 }],
  })
  const aTlsReceiver = async () => {
    const authority = await anAuthority('Practice CA')
    const receiver = await startReceiver({
      tls: await authority.issue('hooks', ['hooks.test']),
    })
    return { receiver, ca: [...rootCertificates, authority.certificate] }
  }

  it('a message gets to an endpoint that only the proxy can reach, with our credentials for the proxy', async () => {
    const { receiver: started, ca } = await aTlsReceiver()
    await using receiver = started
    await using proxy = await startProxy(receiver.url.replace('https', 'http'))
    const proxyFor = () => proxy.url.replace('//', '//me:hush%21@')

    const outcome = await post('https://hooks.test/hook', {
      destinations: anywhere,
      ca,
      proxyFor,
    })

    expect(outcome).toEqual({ isDelivered: true, status: 204 })
    expect(receiver.received).toMatchObject([{ id: 'e-1', body }])
    const credentials = `Basic ${Buffer.from('me:hush!').toString('base64')}`
    expect(proxy.received).toEqual([{ line: 'CONNECT hooks.test:443', credentials }])
  })

  it("the endpoint's certificate is checked as without a proxy", async () => {
    const { receiver: started } = await aTlsReceiver()
    await using receiver = started
    await using proxy = await startProxy(receiver.url.replace('https', 'http'))

    const outcome = await post('https://hooks.test/hook', {
      destinations: anywhere,
      proxyFor: () => proxy.url,
    })

    expect(outcome).toMatchObject({ code: 'webhook_unreachable' })
    expect(receiver.received).toEqual([])
  })

  it('nothing goes to a private address, by number or by a name that we can look up', async () => {
    await using proxy = await startProxy('http://127.0.0.1:9/')
    const proxyFor = () => proxy.url
    const inside = createDestinations({
      allowedNetworks: [],
      resolve: async () => [{ address: '10.0.0.7', family: 4 }],
    })

    for (const [url, destinations] of [
      ['https://10.0.0.7/', anywhere],
      ['https://[fd00::7]/', anywhere],
      ['https://internal.example/', inside],
    ] as const)
      expect(await post(url, { destinations, proxyFor })).toMatchObject({
        code: 'webhook_address_refused',
      })
    expect(proxy.received).toEqual([])
  })

  it('this machine is reached directly', async () => {
    await using receiver = await startReceiver()
    await using proxy = await startProxy('http://127.0.0.1:9/')

    expect(await post(receiver.url, { proxyFor: () => proxy.url })).toMatchObject({
      isDelivered: true,
    })
    expect(proxy.received).toEqual([])
  })

  it.each([
    [407, 'the proxy asks for a user and a password, or refuses ours'],
    [403, 'the proxy does not lead there (it answered 403)'],
  ])(
    'a proxy that answers %s is named as the cause, without its password',
    async (status, reason) => {
      await using proxy = await startProxy('http://127.0.0.1:9/', status)

      const outcome = await post('https://hooks.test/', {
        destinations: anywhere,
        proxyFor: () => proxy.url.replace('//', '//me:hush@'),
      })

      expect(outcome).toEqual({
        isDelivered: false,
        code: 'webhook_proxy_failed',
        reason,
        status: null,
      })
    },
  )

  it('a proxy that cannot be reached, is no proxy, or never answers, is named as the cause', async () => {
    await using answering = await startAnswering(() => ({ body: 'hello' }))
    await using silent = await startAnswering(() => ({ isStalled: true }))
    const through = (proxy: string) =>
      post('https://hooks.test/', {
        destinations: anywhere,
        proxyFor: () => proxy,
        timeoutMs: 2000,
      })

    expect(await through('http://127.0.0.1:9')).toMatchObject({
      code: 'webhook_proxy_failed',
      reason: 'the proxy cannot be reached (ECONNREFUSED)',
    })
    expect(await through('socks5://127.0.0.1:9')).toMatchObject({ code: 'webhook_proxy_failed' })
    for (const { url } of [answering, silent])
      expect(['webhook_proxy_failed', 'webhook_timeout']).toContain(
        ((await through(url)) as { code?: string }).code,
      )
  })
})

async function aGarbledServer() {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).resume()
    socket.end('220 mail.example ESMTP\r\n')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  }
}
