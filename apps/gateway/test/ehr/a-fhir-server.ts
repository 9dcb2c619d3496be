import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: unknown
}

export interface Received {
  readonly method: string
  /** Path and query, as received. */
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface FhirServer extends AsyncDisposable {
  readonly origin: string
  /** All except those for tokens. */
  readonly received: readonly Received[]
}

/** An HTTP server that answers as a test says: buffers as they are, everything else as JSON. Tokens are given at `/token`. */
export async function aFhirServer(
  reply: (request: Received, origin: string) => Reply,
): Promise<FhirServer> {
  const received: Received[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (request.url === '/token') {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ access_token: 't1', token_type: 'Bearer', expires_in: 300 }))
      return
    }
    const one = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    }
    received.push(one)
    const { status = 200, headers = {}, body } = reply(one, origin)
    response.statusCode = status
    response.setHeader('content-type', 'application/fhir+json')
    for (const [name, value] of Object.entries(headers))
      response.setHeader(name, typeof value === 'string' ? value : [...value])
    response.end(body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body))
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
