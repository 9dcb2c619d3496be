import type { FastifyRequest } from 'fastify'
import type { Origin } from '../people/security-events.ts'

const maxUserAgentLength = 300

/** Where a request comes from, for people's lists of their sessions and for the record. Behind a trusted proxy it is the client's address. */
export function originOf(request: FastifyRequest | undefined): Origin {
  return {
    address: request?.ip,
    browser: request?.headers['user-agent']?.slice(0, maxUserAgentLength),
    requestId: request?.id,
  }
}
