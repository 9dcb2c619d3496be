import { request } from 'undici'
import { timeLimit } from '../../clock.ts'
import { readBody } from '../client/body/decode-body.ts'
import {
  createTransport,
  type EhrTransport,
  type TransportSettings,
} from '../client/ehr-transport.ts'
import { EhrMalformedError, EhrTooLargeError, EhrUnreachableError } from '../fhir-errors.ts'
import type { FileBytes } from './binary-resource.ts'

const maxRedirects = 3
const maxConnections = 4

/** Fetches signed links: without our token, with a size limit, and without redirects to another host. */
export class SignedUrls {
  readonly #timeoutMs: number
  readonly #transport: EhrTransport

  constructor({
    requestTimeoutMs,
    transport,
  }: {
    readonly requestTimeoutMs: number
    readonly transport: TransportSettings
  }) {
    this.#timeoutMs = requestTimeoutMs
    // Other hosts must not receive the client certificate for the EHR.
    this.#transport = createTransport({ ...transport, maxConnections, client: undefined })
  }

  /** @throws {EhrUnreachableError} {EhrTooLargeError} {EhrMalformedError} an answer other than the file */
  async read(first: URL, maxBytes: number, signal: AbortSignal): Promise<FileBytes> {
    using limit = timeLimit(signal, this.#timeoutMs)
    let url = first
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      const { statusCode, headers, body } = await this.#get(url, limit.signal, signal)
      if (statusCode === 200) {
        return {
          bytes: await this.#bodyOf(body, headers['content-encoding'], maxBytes, signal),
          contentType:
            typeof headers['content-type'] === 'string' ? headers['content-type'] : undefined,
        }
      }
      await body.dump()
      const next = URL.parse(String(headers['location'] ?? ''), url.href)
      if (statusCode < 300 || statusCode > 399 || next === null)
        throw new EhrMalformedError(`a note's signed link was answered with ${statusCode}`)
      if (next.origin !== first.origin)
        throw new EhrMalformedError(
          "a note's signed link redirects to another host; it was not followed",
        )
      url = next
    }
    throw new EhrMalformedError("a note's signed link redirects too many times")
  }

  close(): Promise<void> {
    return this.#transport.close()
  }

  async #get(url: URL, limit: AbortSignal, signal: AbortSignal) {
    try {
      return await request(url, { dispatcher: this.#transport.dispatcher, signal: limit })
    } catch (cause) {
      if (signal.aborted) throw signal.reason
      throw new EhrUnreachableError("the host of a note's signed link cannot be reached", { cause })
    }
  }

  async #bodyOf(
    body: AsyncIterable<Buffer>,
    encoding: string | string[] | undefined,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<Buffer> {
    try {
      return await readBody(body, encoding, { maxBytes, what: "reading a note's signed link" })
    } catch (cause) {
      if (signal.aborted) throw signal.reason
      if (cause instanceof EhrTooLargeError || cause instanceof EhrMalformedError) throw cause
      throw new EhrUnreachableError("the answer for a note's signed link was truncated", { cause })
    }
  }
}
