import { createServer, request as httpRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { listen } from './answering-server.ts'

export interface ConnectProxy extends AsyncDisposable {
  readonly url: string
  /** `CONNECT ehr.test:443` or `POST https://ehr.test/token`, with the credentials it came with. */
  readonly received: { readonly line: string; readonly credentials: string | undefined }[]
}

/** An HTTP proxy that finds every host at `target`. With `status` it refuses every tunnel. */
export async function startProxy(target: string, status?: number): Promise<ConnectProxy> {
  const received: ConnectProxy['received'] = []
  const sockets = new Set<Socket>()
  const { hostname, port } = new URL(target)
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request
    received.push({ line: `${method} ${url}`, credentials: headers['proxy-authorization'] })
    const { pathname, search } = new URL(url)
    const onward = httpRequest(
      { hostname, port, method, path: pathname + search, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    request.pipe(onward)
  })
  server.on('connection', (socket) => sockets.add(socket))
  server.on('connect', (request, socket: Socket) => {
    received.push({
      line: `CONNECT ${request.url}`,
      credentials: request.headers['proxy-authorization'],
    })
    socket.on('error', () => undefined)
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} Refused\r\n\r\n`)
      return
    }
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    sockets.add(onward)
    onward.on('error', () => socket.destroy())
  })
  const url = await listen(server)
  return {
    url,
    received,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
