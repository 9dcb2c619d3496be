import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

export interface AnsweringServer extends AsyncDisposable {
  readonly baseUrl: string
  readonly received: readonly Received[]
}

/** A server whose answers the test gives, by the number of the request. */
export async function startServer(
  answer: (response: ServerResponse, request: Received, number: number) => void,
): Promise<AnsweringServer> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const one = { method, url, headers, body: Buffer.concat(chunks) }
      received.push(one)
      answer(response, one, received.length)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  const type = status >= 400 ? 'application/problem+json' : 'application/json; charset=utf-8'
  response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body))
}
