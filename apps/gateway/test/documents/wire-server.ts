import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEhr, type Ehr } from '../../src/fhir/ehr.ts'
import { anEhrSettings } from '../ehr/an-ehr-settings.ts'
import { aRateShare } from '../rate/a-rate-share.ts'
import type { Wire, WireRequest } from './document-server.ts'
import { bytesOf } from './memory-http.ts'
import type { RunClock } from './write-back-run.ts'

/** An EHR on loopback that answers as `handle` says, and a client of it: the real one. */
export async function wireEhr(
  handle: (request: WireRequest) => Wire,
  documents: object,
  clock: RunClock,
): Promise<{ readonly ehr: Ehr; readonly baseUrl: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://ehr.test')
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const wire: Wire =
        url.pathname === '/token'
          ? { status: 200, body: { access_token: 't', token_type: 'Bearer', expires_in: 3600 } }
          : handle({
              method: request.method ?? 'GET',
              path: url.pathname,
              query: url.searchParams,
              body: Buffer.concat(chunks).toString(),
            })
      if (wire === 'timeout') return
      if (wire === 'reset') {
        request.socket.resetAndDestroy()
        return
      }
      response.writeHead(wire.status, { 'content-type': 'application/json', ...wire.headers })
      response.end(bytesOf(wire.body))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo
  const baseUrl = `http://127.0.0.1:${port}/fhir/r4/`
  const share = aRateShare()
  const ehr = createEhr(
    anEhrSettings(
      { fhirBaseUrl: baseUrl, tokenUrl: `http://127.0.0.1:${port}/token` },
      { RequestTimeoutSeconds: 0.3, Documents: documents },
    ),
    {
      clock,
      budget: share.budget,
      guard: (call) => call(),
    },
  )
  return {
    ehr,
    baseUrl,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
      await ehr.close()
      await share.stop()
    },
  }
}
