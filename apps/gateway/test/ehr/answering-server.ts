import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceivedRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** Sends the headers, and then nothing. */
  readonly isStalled?: boolean
  /** Is sent repeatedly until the client disconnects. */
  readonly endless?: Buffer
}

/** A server with configurable answers that records its requests. */
export interface AnsweringServer extends AsyncDisposable {
  readonly url: string
  readonly received: ReceivedRequest[]
  answer: (request: ReceivedRequest) => Answer
}

export async function startAnswering(
  answer: AnsweringServer['answer'] = () => ({}),
): Promise<AnsweringServer> {
  const received: ReceivedRequest[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() }
      received.push(one)
      const {
        status = 200,
        headers: given = {},
        body = '',
        isStalled,
        endless,
      } = answering.answer(one)
      response.writeHead(status, given)
      if (isStalled === true) {
        response.flushHeaders()
        return
      }
      if (endless === undefined) {
        response.end(body)
        return
      }
      const more = () => {
        while (!response.destroyed && response.write(endless));
      }
      response.on('drain', more).on('error', () => undefined)
      more()
    })
  })
  const url = await listen(server)
  const answering: AnsweringServer = {
    url,
    received,
    answer,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return answering
}

/** The address of a server on a port of the system's choice. */
export async function listen(server: Pick<Server, 'listen' | 'address'>): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}
