import { gzipSync } from 'node:zlib'
import type { FastifyReply } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Answer } from '../fhir/answer.ts'
import type { Fault } from './faults.ts'

const oversizedBytes = 64 * 1024 * 1024
const deepLevels = 5000
const fhirJson = 'application/fhir+json'

/** Sends an answer altered by the fault; false if this fault does not alter answers. */
export async function sendFaulty(
  fault: Fault,
  answer: Answer,
  reply: FastifyReply,
  clock: Clock,
): Promise<boolean> {
  const text = answer.body.toString()
  switch (fault.kind) {
    case 'slow_body': {
      const middle = Math.floor(text.length / 2)
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': fhirJson })
      reply.raw.write(text.slice(0, middle))
      await clock.sleep(fault.latencyMs ?? 30_000)
      reply.raw.end(text.slice(middle))
      return true
    }
    case 'truncated_json':
      await send(reply, text.slice(0, Math.max(1, text.length - 40)))
      return true
    case 'malformed_json':
      await send(reply, '<html><body>502 Bad Gateway</body></html>')
      return true
    case 'oversized':
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': fhirJson })
      await writeLarge(reply, oversizedBytes)
      return true
    case 'deep_nesting':
      await send(
        reply,
        `{"resourceType":"Bundle","type":"searchset","x":${'['.repeat(deepLevels)}${']'.repeat(deepLevels)}}`,
      )
      return true
    case 'next_loop':
      await send(
        reply,
        withNext(text, reply.request.raw.url ?? '', reply.request.headers.host ?? ''),
      )
      return true
    case 'foreign_next':
      await send(reply, withNext(text, '/fhir/r4/Observation?patient=1', 'foreign.invalid'))
      return true
    case 'wrong_patient':
      await send(reply, withOtherPatient(text, reply.request.url))
      return true
    case 'gzip_unasked':
      await reply
        .code(answer.status)
        .headers({ 'content-type': fhirJson, ...answer.headers, 'content-encoding': 'gzip' })
        .send(gzipSync(answer.body))
      return true
    case 'create_answer':
    case 'search_answer':
    case 'latency':
    case 'status':
    case 'reset':
    case 'expired_token':
      return false
    default:
      return fault.kind satisfies never
  }
}

async function send(reply: FastifyReply, text: string): Promise<void> {
  await reply.code(200).type(fhirJson).send(text)
}

async function writeLarge(reply: FastifyReply, bytes: number): Promise<void> {
  const chunk = Buffer.alloc(1024 * 1024, ' ')
  const closed = new Promise((resolve) => reply.raw.once('close', resolve))
  for (let sent = 0; sent < bytes && !reply.raw.destroyed; sent += chunk.length) {
    if (reply.raw.write(chunk)) continue
    await Promise.race([new Promise((resolve) => reply.raw.once('drain', resolve)), closed])
  }
  reply.raw.end()
}

function withNext(text: string, path: string, host: string): string {
  const bundle = JSON.parse(text) as { link?: unknown }
  return JSON.stringify({ ...bundle, link: [{ relation: 'next', url: `http://${host}${path}` }] })
}

/** Adds a resource of the requested type that belongs to another patient. */
function withOtherPatient(text: string, url: string): string {
  const bundle = JSON.parse(text) as { resourceType?: unknown; entry?: unknown[] }
  if (bundle.resourceType !== 'Bundle') return text
  const resourceType = /\/fhir\/r4\/([A-Za-z]+)/.exec(url)?.[1] ?? 'Observation'
  const subject = { reference: 'Patient/a-195900.E-someone-else' }
  const otherPatient = {
    resourceType,
    id: 'other-patient-1',
    status: 'final',
    code: { text: 'belongs to another patient' },
    subject,
    patient: subject,
    beneficiary: subject,
  }
  return JSON.stringify({ ...bundle, entry: [...(bundle.entry ?? []), { resource: otherPatient }] })
}
