import type { FastifyReply, FastifyRequest } from 'fastify'

const ownNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])
const ownAddress = /^(?:127\.|::1$|::ffff:127\.)/

/** Other machines do not get the page; neither does a foreign name that resolves to this one. */
export async function refuseOtherMachines(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '')
  if (ownAddress.test(request.ip) && ownNames.has(name.toLowerCase())) return
  await reply
    .code(403)
    .type('text/plain; charset=utf-8')
    .send('This page can be opened only on the machine that the sandbox runs on.')
}

const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Every browser names the page that a write comes from; programs do not. */
export async function refuseOtherSites(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (readingMethods.has(request.method)) return
  const { origin, host, 'sec-fetch-site': site } = request.headers
  const isOwnSite = site === undefined || site === 'same-origin' || site === 'none'
  if (isOwnSite && (origin === undefined || origin === `http://${host}`)) return
  await reply.code(403).send({ error: 'the request comes from the page of another site' })
}
