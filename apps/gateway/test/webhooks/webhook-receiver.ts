import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer as createHttp, type IncomingHttpHeaders } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface ReceivedMessage {
  readonly id: string
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
  readonly body: string
  readonly headers: IncomingHttpHeaders
}

export interface ReceiverAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** It takes the message and never answers. */
  readonly isSilent?: boolean
}

/** A practice's own system: it keeps what it received, and answers as the test says. */
export interface WebhookReceiver extends AsyncDisposable {
  readonly port: number
  readonly url: string
  readonly received: readonly ReceivedMessage[]
  answer: (message: ReceivedMessage) => ReceiverAnswer
  /** Resolves when that many messages have arrived. */
  until(count: number): Promise<readonly ReceivedMessage[]>
}

export async function startReceiver(
  options: {
    readonly tls?: { readonly certificate: string; readonly key: string }
    readonly port?: number
  } = {},
): Promise<WebhookReceiver> {
  const received: ReceivedMessage[] = []
  const waiting = new Set<() => void>()
  const { tls, port: wanted = 0 } = options
  const server =
    tls === undefined ? createHttp() : createHttps({ cert: tls.certificate, key: tls.key })
  server.on('request', (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const { type = '', data = {} } = (
        body === '' ? {} : JSON.parse(body)
      ) as Partial<ReceivedMessage>
      const id = String(request.headers['webhook-id'])
      const message = { id, type, data, body, headers: request.headers }
      received.push(message)
      const { status = 204, headers = {}, isSilent = false } = receiver.answer(message)
      if (!isSilent) response.writeHead(status, headers).end()
      for (const check of waiting) check()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(wanted, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const receiver: WebhookReceiver = {
    port,
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/hook`,
    received,
    answer: () => ({}),
    until: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (received.length < count) return
          waiting.delete(check)
          resolve(received)
        }
        waiting.add(check)
        check()
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return receiver
}

/**
 * Verifies a message as a receiver does, written from the specification and not from our signing code.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function isSigned({ headers, body }: ReceivedMessage, secret: string): boolean {
  const id = headers['webhook-id']
  const timestamp = headers['webhook-timestamp']
  const given = headers['webhook-signature']
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof given !== 'string')
    return false
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false
  const mac = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
  const expected = mac.update([id, timestamp, body].join('.')).digest()
  return given.split(' ').some((one) => {
    const [version, signature = ''] = one.split(',', 2)
    const bytes = Buffer.from(signature, 'base64')
    return version === 'v1' && bytes.length === expected.length && timingSafeEqual(bytes, expected)
  })
}
