import type { FastifyRequest } from 'fastify'

/** Where the browser of this request sees our page, without a slash at the end: `https://gateway.example`. */
export function pageAddress(request: FastifyRequest, publicUrl: string | undefined): string {
  return publicUrl === undefined
    ? `${request.protocol}://${request.host}`
    : new URL(publicUrl).origin
}
