import { gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from './clock.ts'
import type { Fault, Faults } from './faults/faults.ts'
import { sendFaulty } from './faults/faulty-answer.ts'
import type { Answer } from './fhir/answer.ts'
import type { Mode } from './modes/mode.ts'
import type { RecordedRequest, RequestRecord } from './record/request-record.ts'

/** One API of the sandbox: FHIR, athenahealth's v1, or the token endpoint. */
export interface Surface {
  describe(
    request: FastifyRequest,
  ): Pick<RecordedRequest, 'path' | 'query' | 'resourceType' | 'patientId' | 'practiceId'>
  answer(request: FastifyRequest, fault: Fault | undefined): Answer | Promise<Answer>
  /** This API's format for errors. */
  refusal(status: number, message: string): Answer
}

export interface ExchangeOptions {
  readonly mode: Mode
  readonly faults: Faults
  readonly record: Pick<RequestRecord, 'arrive' | 'leave'>
  readonly clock: Clock
}

const gzipFromBytes = 1024

/** Handles a request: records it, applies faults, and compresses the answer if the mode does. */
export function exchange({ mode, faults, record, clock }: ExchangeOptions, surface: Surface) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const recorded = record.arrive({ method: request.method, ...surface.describe(request) })
    try {
      const matchedFault = faults.faultFor(recorded)
      recorded.faultId = matchedFault?.faultId
      const answer = await answerUnder(matchedFault?.fault, request, reply)
      if (answer === undefined) return reply
      recorded.status = answer.status
      if (
        matchedFault !== undefined &&
        (await sendFaulty(matchedFault.fault, answer, reply, clock))
      )
        return reply
      return await send(answer, request, reply)
    } finally {
      record.leave()
    }
  }

  /** Undefined if nothing more is to be sent. */
  async function answerUnder(
    fault: Fault | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Answer | undefined> {
    switch (fault?.kind) {
      case 'latency':
        await clock.sleep(fault.latencyMs ?? 1000)
        return surface.answer(request, fault)
      case 'reset':
        if (fault.takesEffect === true) await surface.answer(request, fault)
        reply.hijack()
        request.raw.socket.resetAndDestroy()
        return undefined
      case 'status':
        if (fault.takesEffect === true) await surface.answer(request, fault)
        return statusAnswer(fault)
      case 'expired_token':
        return surface.refusal(401, 'The access token expired')
      default:
        return surface.answer(request, fault)
    }
  }

  function statusAnswer(fault: Fault): Answer {
    const status = fault.status ?? 500
    const refusal = surface.refusal(status, `sandbox fault: ${status}`)
    const { retryAfterSeconds } = fault
    return {
      ...refusal,
      body: fault.body ?? refusal.body,
      headers: {
        ...refusal.headers,
        ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
        ...fault.headers,
      },
    }
  }

  function send(answer: Answer, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const accepted = request.headers['accept-encoding']?.toString().includes('gzip') === true
    const bytes = Buffer.byteLength(answer.body)
    const isZipped = mode.gzip === 'when_accepted' && accepted && bytes >= gzipFromBytes
    reply.code(answer.status).headers(answer.headers ?? {})
    if (isZipped) return reply.header('content-encoding', 'gzip').send(gzipSync(answer.body))
    // An empty body has no content type.
    return bytes === 0 ? reply.send() : reply.send(answer.body)
  }
}
