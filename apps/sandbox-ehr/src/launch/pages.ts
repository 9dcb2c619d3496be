import type { FastifyReply } from 'fastify'
import type { Html } from '../page/html.ts'

/** Of a page without scripts. `frames`: whose pages it shows in a frame; `inFrame`: whether apps' frames may show it. */
export function pageHeaders({ frames = "'none'" }: { readonly frames?: string } = {}) {
  return {
    // No `form-action`: the answer to the form leads to the app.
    'content-security-policy': `default-src 'none'; style-src 'self'; frame-src ${frames}; base-uri 'none'`,
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
