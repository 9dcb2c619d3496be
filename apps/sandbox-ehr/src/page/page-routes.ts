import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { countChoices, requestChoices } from './fault-choices.ts'
import { refuseOtherMachines } from './own-page-only.ts'
import { pageMarkup } from './page-markup.ts'
import { choiceOf, type PageState } from './page-state.ts'

/** Asks a gateway to watch an encounter, as a practice's own software does when the encounter begins. */
export type Announce = (encounter: {
  readonly practiceId: string
  readonly patientId: string
  readonly encounterId: string
}) => Promise<void>

const styles = readFileSync(new URL('page.css', import.meta.url))
const script = readFileSync(new URL('page.js', import.meta.url))

const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
}

/** `/control` in a browser: plain HTML with forms. Each action ends with a redirect to the page, which says what happened. */
export function addPageRoutes(
  app: FastifyInstance,
  state: PageState,
  announce: Announce | undefined,
): void {
  const onRequest = refuseOtherMachines

  app.get('/control', { onRequest }, (request, reply) =>
    reply
      .headers(headers)
      .type('text/html; charset=utf-8')
      .send(pageMarkup(state, saidOf(request.query as Readonly<Record<string, unknown>>)).text),
  )
  app.get('/control/page.css', { onRequest }, (_request, reply) =>
    reply.headers(headers).type('text/css; charset=utf-8').send(styles),
  )
  app.get('/control/page.js', { onRequest }, (_request, reply) =>
    reply.headers(headers).type('text/javascript; charset=utf-8').send(script),
  )
  app.post('/control/page/create', { onRequest }, async (request, reply) => {
    const created = state.create(field(request.body, 'scenario'))
    return created === undefined ? show(reply, 'unknown') : sign(reply, created.encounterId)
  })
  app.post('/control/page/sign', { onRequest }, (request, reply) =>
    sign(reply, field(request.body, 'encounter')),
  )
  app.post('/control/page/reopen', { onRequest }, (request, reply) => {
    const encounterId = field(request.body, 'encounter')
    return state.reopen(encounterId) ? show(reply, 'reopened', encounterId) : show(reply, 'unknown')
  })
  app.post('/control/page/faults', { onRequest }, (request, reply) => {
    const choice = choiceOf(field(request.body, 'fault'))
    const resourceType = field(request.body, 'request')
    const count = field(request.body, 'count')
    const isKnown =
      Object.hasOwn(requestChoices, resourceType) && Object.hasOwn(countChoices, count)
    if (choice === undefined || !isKnown) return show(reply, 'unknown')
    state.give(choice, resourceType, Number(count))
    return show(reply, 'given')
  })
  app.post('/control/page/clear', { onRequest }, (request, reply) => {
    const faultId = field(request.body, 'fault')
    state.clearFaults(faultId === '' ? undefined : faultId)
    return show(reply, 'cleared')
  })

  /** If the gateway cannot be asked, the encounter is signed all the same: an EHR does not wait for anybody. */
  async function sign(reply: FastifyReply, encounterId: string): Promise<FastifyReply> {
    const encounter = state.encounter(encounterId)
    if (encounter === undefined) return show(reply, 'unknown')
    const { practiceId, patientId } = encounter
    const isAnnounced = await announce?.({ practiceId, patientId, encounterId }).then(
      () => true,
      () => false,
    )
    state.sign(encounterId)
    if (isAnnounced === undefined) return show(reply, 'signed_alone', encounterId)
    return show(reply, isAnnounced ? 'signed' : 'signed_unwatched', encounterId)
  }

  function saidOf({ did, encounter }: Readonly<Record<string, unknown>>): string | undefined {
    const known = typeof encounter === 'string' ? state.encounter(encounter) : undefined
    const whose =
      known === undefined ? 'The encounter' : `The encounter of ${known.patient ?? known.patientId}`
    switch (did) {
      case 'signed':
        return `${whose} is signed. The gateway watches it: its order shows in the work queue of ${known === undefined ? 'its practice' : `practice ${known.practiceId}`} in a few seconds.`
      case 'signed_alone':
        return `${whose} is signed. This sandbox was started alone, so register the encounter at your gateway with POST /api/patients/register.`
      case 'signed_unwatched':
        return `${whose} is signed, but the gateway could not be asked to watch it. Re-open it and sign it again when the gateway runs.`
      case 'reopened':
        return `${whose} is open again.`
      case 'given':
        return 'The fault is given from now on. It is listed below the choices.'
      case 'cleared':
        return 'Cleared. The requests that follow are answered correctly, unless another fault is listed.'
      case 'unknown':
        return 'Nothing was done: the sandbox does not know what was chosen. It may have been started again.'
      default:
        return undefined
    }
  }
}

function show(reply: FastifyReply, did: string, encounterId?: string): FastifyReply {
  const query = new URLSearchParams({
    did,
    ...(encounterId === undefined ? {} : { encounter: encounterId }),
  })
  return reply.redirect(`/control?${query}#said`, 303)
}

function field(body: unknown, name: string): string {
  return body instanceof URLSearchParams ? (body.get(name) ?? '') : ''
}
