import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Auth, Caller } from './auth.ts'
import { HttpProblem } from './problem.ts'
import type { App } from './routes.ts'

/**
 * `Idempotency-Key` on writes: a client that got no answer sends the same request with the same key, and gets the answer of the first.
 *
 * The key is bound to its caller: label, roles and practices. Answers contain what the caller may see of a chart, so they are kept
 * encrypted under the client's key, of which only a hash is stored: the database and its backups cannot be read without it.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export interface IdempotencyOptions {
  readonly store: Pick<Store, 'idempotencyKeys'>
  readonly auth: Pick<Auth, 'callerOf'>
  /** How long an answer is replayed. */
  readonly keepMs: number
  readonly log: Log
}

/** A request ends within this time, or its node died. */
const claimMs = 90_000
/** Larger answers are files, which are not kept: their key is free again. */
const maxAnswerBytes = 1024 * 1024
const replayedHeader = 'idempotency-replayed'
const keptHeaders = ['content-type', 'etag', 'location'] as const
const writes: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

interface HeldKey {
  readonly keySha256: string
  readonly claim: string
  readonly secret: Buffer
}

export function addIdempotency(app: App, options: IdempotencyOptions): void {
  const { store, auth, keepMs, log } = options
  const held = new WeakMap<FastifyRequest, HeldKey>()

  // Before the schema changes the body, and after the caller's rights were checked.
  app.addHook('preValidation', async (request, reply) => {
    const header = request.headers['idempotency-key']
    if (header === undefined || !writes.has(request.method)) return undefined
    const key = keyOf(header)
    const caller = auth.callerOf(request)
    if (caller === undefined) return undefined
    const one = { ...hashed(key, caller), claim: crypto.randomUUID() }
    const claim = await store.idempotencyKeys.claim(
      { keySha256: one.keySha256, requestSha256: requestHash(request), claim: one.claim },
      { claimMs, keepMs },
    )
    switch (claim.outcome) {
      case 'claimed':
        held.set(request, one)
        return undefined
      case 'in_use':
        throw new HttpProblem(
          409,
          'idempotency_key_in_use',
          'a request with this Idempotency-Key is in progress; try again in a few seconds',
        )
      case 'other_request':
        throw new HttpProblem(
          422,
          'idempotency_key_reused',
          'this Idempotency-Key was sent with another request; use a new key for each request',
        )
      case 'answered':
        return replay(reply, claim.stored, one.secret)
      default:
        return claim satisfies never
    }
  })

  // Before the answer is sent: a client that has received it and repeats the request gets the same answer.
  app.addHook('onSend', async (request, reply, payload) => {
    const one = held.get(request)
    if (one === undefined) return payload
    held.delete(request)
    try {
      const answer = isKept(reply.statusCode) ? bytesOf(payload) : undefined
      if (answer === undefined) await store.idempotencyKeys.release(one)
      else
        await store.idempotencyKeys.keep(one, {
          status: reply.statusCode,
          answer: seal(reply, answer, one.secret),
        })
    } catch (error) {
      log.warn(
        { error, requestId: request.id },
        'the answer to a request with an Idempotency-Key could not be kept',
      )
    }
    return payload
  })
}

/** @throws {HttpProblem} 400: too short to be unique, or to protect the answer */
function keyOf(header: string | readonly string[]): string {
  const key = typeof header === 'string' ? header.trim().replace(/^"(.*)"$/, '$1') : ''
  if (/^[\x21-\x7e]{16,255}$/.test(key)) return key
  throw new HttpProblem(
    400,
    'idempotency_key_invalid',
    'an Idempotency-Key has 16 to 255 characters without spaces; a random UUID is one',
  )
}

/** Includes the rights of the caller: when these change, the stored answer no longer applies. */
function hashed(key: string, { label, personId, roles, practiceIds }: Caller) {
  const caller = JSON.stringify([
    label,
    personId ?? null,
    [...roles].sort(),
    [...practiceIds].sort(),
  ])
  return {
    keySha256: createHash('sha256').update(`${caller}\n${key}`).digest('hex'),
    secret: Buffer.from(hkdfSync('sha256', key, caller, 'idempotency answer', 32)),
  }
}

/** Method, address and body, and which version the client saw. */
function requestHash({ method, url, headers, body }: FastifyRequest): string {
  const hash = createHash('sha256').update(
    JSON.stringify([method, url, headers['if-match'] ?? null, headers['x-file-name'] ?? null]),
  )
  hash.update(ArrayBuffer.isView(body) ? (body as Uint8Array) : (JSON.stringify(body) ?? ''))
  return hash.digest('hex')
}

/** Answers that may be different the next time are not stored: a limit, a missing right, a failure of ours. */
function isKept(status: number): boolean {
  return status < 500 && ![401, 403, 408, 425, 429].includes(status)
}

function bytesOf(payload: unknown): Buffer | undefined {
  if (payload === null || payload === undefined) return Buffer.alloc(0)
  const bytes =
    typeof payload === 'string'
      ? Buffer.from(payload)
      : ArrayBuffer.isView(payload)
        ? Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
        : undefined
  return bytes === undefined || bytes.length > maxAnswerBytes ? undefined : bytes
}

function seal(reply: FastifyReply, body: Buffer, secret: Buffer): Buffer {
  const headers = keptHeaders.flatMap((name) => {
    const value = reply.getHeader(name)
    return typeof value === 'string' ? [[name, value]] : []
  })
  const head = Buffer.from(JSON.stringify(headers))
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secret, nonce)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  const text = Buffer.concat([cipher.update(length), cipher.update(head), cipher.update(body)])
  return Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()])
}

function replay(
  reply: FastifyReply,
  { status, answer }: { readonly status: number; readonly answer: Buffer },
  secret: Buffer,
): FastifyReply {
  const decipher = createDecipheriv('aes-256-gcm', secret, answer.subarray(0, 12))
  decipher.setAuthTag(answer.subarray(-16))
  const text = Buffer.concat([decipher.update(answer.subarray(12, -16)), decipher.final()])
  const end = 4 + text.readUInt32BE()
  const headers = JSON.parse(text.toString('utf8', 4, end)) as readonly [string, string][]
  for (const [name, value] of headers) void reply.header(name, value)
  void reply.code(status).header(replayedHeader, 'true')
  const body = text.subarray(end)
  // Bytes are sent as they are: the serializer of the route has already produced them.
  return body.length === 0 ? reply.send() : reply.send(body)
}
