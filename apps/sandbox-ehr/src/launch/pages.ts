import type { FastifyReply } from 'fastify'
import type { Html } from '../page/html.ts'

/** `frames`: whose pages it shows in a frame; `hasScript`: it has one of ours, which asks us only. */
export function pageHeaders({
  frames = "'none'",
  hasScript = false,
}: {
  readonly frames?: string
  readonly hasScript?: boolean
} = {}) {
  const scripts = hasScript ? "; script-src 'self'; connect-src 'self'" : ''
  return {
    // No `form-action`: the answer to the form leads to the app.
    'content-security-policy': `default-src 'none'; style-src 'self'; frame-src ${frames}; base-uri 'none'${scripts}`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  }
}

export function sendPage(
  reply: FastifyReply,
  markup: Html,
  options: Parameters<typeof pageHeaders>[0] = {},
): FastifyReply {
  return reply.headers(pageHeaders(options)).type('text/html; charset=utf-8').send(markup.text)
}
