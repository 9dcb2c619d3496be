import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Answer, jsonAnswer, refusal } from './answers.ts'
import { AthenaV1 } from './athena-v1.ts'
import type { EhrBehaviour } from './behaviour.ts'
import type { ChartFaults } from './chart-faults.ts'
import { DocumentStore, type StoredDocument } from './document-store.ts'
import { FhirEngine, type FhirResource } from './fhir-engine.ts'
import { FhirRoutes, type Routed } from './fhir-routes.ts'
import { TokenEndpoint } from './token-endpoint.ts'

export interface RecordedRequest {
  readonly method: string
  /** With its query, as received. */
  readonly path: string
  readonly patientId: string | undefined
  readonly status: number
}

const fhirPath = '/fhir/r4'
const tokenPath = '/oauth2/v1/token'

/**
 * An EHR from third-party parts: a FHIR engine from npm with the documented behaviour of a real server, its token endpoint and, as
 * athenahealth, its own document API. It is independent of the gateway that it tests, and records every request and every document
 * with its bytes.
 */
export class IndependentEhr implements AsyncDisposable {
  readonly requests: RecordedRequest[] = []
  readonly #engine = new FhirEngine()
  readonly #documents = new DocumentStore(this.#engine)
  readonly #tokens = new TokenEndpoint()
  readonly #faults = new Map<string, ChartFaults>()
  readonly #fhir: FhirRoutes
  readonly #v1: AthenaV1 | undefined
  readonly #server: Server
  #started: Promise<void> | undefined

  constructor(behaviour: EhrBehaviour) {
    const faultsOf = (patientId: string | undefined) =>
      (patientId === undefined ? undefined : this.#faults.get(patientId)) ?? {}
    this.#fhir = new FhirRoutes(behaviour, this.#engine, this.#documents, faultsOf)
    this.#v1 =
      behaviour.documents.writer === 'v1'
        ? new AthenaV1(this.#documents, (patientId) => faultsOf(patientId).v1 ?? {})
        : undefined
    this.#server = createServer((request, response) => void this.#serve(request, response))
  }

  start(): Promise<void> {
    this.#started ??= (async () => {
      this.#server.listen(0, '127.0.0.1')
      await once(this.#server, 'listening')
      this.#fhir.fhirBaseUrl = this.fhirBaseUrl
    })()
    return this.#started
  }

  get origin(): string {
    // A TCP server has no other kind of address.
    const { port } = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${port}`
  }

  get fhirBaseUrl(): string {
    return `${this.origin}${fhirPath}`
  }

  get tokenUrl(): string {
    return `${this.origin}${tokenPath}`
  }

  /** A Binary is kept as its bytes; everything else is the engine's. */
  async load(resources: readonly FhirResource[]): Promise<void> {
    for (const { resourceType, id, contentType, data } of resources) {
      if (resourceType !== 'Binary') continue
      const bytes = Buffer.from(String(data ?? ''), 'base64')
      this.#documents.addBinary(id, { contentType: String(contentType), bytes })
    }
    await this.#engine.load(resources.filter(({ resourceType }) => resourceType !== 'Binary'))
  }

  setFaults(patientId: string, faults: ChartFaults): void {
    this.#faults.set(patientId, faults)
  }

  /** What was written for this patient, wherever it landed. */
  documentsSentFor(patientId: string): readonly StoredDocument[] {
    return this.#documents.documents.filter((one) => one.sentFor === patientId)
  }

  /** The encounter is signed: finished, as an EHR says it. */
  async signEncounter(encounterId: string): Promise<void> {
    const encounter = await this.#engine.read('Encounter', encounterId)
    if (encounter === undefined) throw new RangeError(`no encounter ${encounterId}`)
    await this.#engine.update({ ...encounter, status: 'finished' })
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return
    this.#server.close()
    // Requests that are never answered would keep the server open.
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/' } = request
    let routed: Routed
    try {
      routed = await this.#route(request, method, new URL(path, this.origin))
    } catch (error) {
      routed = {
        patientId: undefined,
        answer: refusal(500, 'exception', error instanceof Error ? error.message : 'unknown'),
      }
    }
    const { patientId, answer } = routed
    this.requests.push({ method, path, patientId, status: answer.status })
    send(answer, response)
  }

  async #route(request: IncomingMessage, method: string, url: URL): Promise<Routed> {
    const body = await bodyOf(request)
    const { authorization } = request.headers
    const nobody = (answer: Answer) => ({ patientId: undefined, answer })
    if (url.pathname === tokenPath && method === 'POST')
      return nobody(this.#tokens.grant(authorization, new URLSearchParams(body.toString())))
    if (url.pathname === `${fhirPath}/.well-known/smart-configuration`)
      return nobody(
        jsonAnswer(200, {
          token_endpoint: this.tokenUrl,
          grant_types_supported: ['client_credentials'],
          token_endpoint_auth_methods_supported: [
            'client_secret_post',
            'client_secret_basic',
            'private_key_jwt',
          ],
          capabilities: ['client-confidential-symmetric', 'permission-v2'],
        }),
      )
    if (!this.#tokens.isValid(authorization) && url.pathname !== `${fhirPath}/metadata`)
      return nobody(refusal(401, 'login', 'no valid token'))
    if (url.pathname.startsWith('/v1/') && this.#v1 !== undefined)
      return this.#v1.route({
        method,
        path: url.pathname.slice('/v1/'.length),
        query: url.searchParams,
        contentType: request.headers['content-type'] ?? '',
        body,
      })
    if (!url.pathname.startsWith(`${fhirPath}/`))
      return nobody(jsonAnswer(404, { error: 'Not Found' }))
    const rest = url.pathname.slice(fhirPath.length + 1)
    return this.#fhir.route({ method, path: rest, url, headers: request.headers, body })
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function send({ status, headers, body, cut }: Answer, response: ServerResponse): void {
  if (cut === 'stall') return
  if (cut === 'reset') {
    response.destroy()
    return
  }
  const length = status === 204 ? {} : { 'content-length': Buffer.byteLength(body) }
  response.writeHead(status, { ...headers, ...length })
  response.end(body)
}
