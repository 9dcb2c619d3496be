import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import type { ClientDocuments } from '../fhir/client-documents.ts'
import type { ResourceStore } from '../fhir/resource-store.ts'
import type { Mode } from '../modes/mode.ts'
import { refuseOtherMachines } from '../page/own-page-only.ts'
import { chartMarkup, noAppMarkup } from './chart-page.ts'
import { documentsMarkup, messagesMarkup } from './embedded-app.ts'
import type { AppOpener } from './open-app.ts'
import { pageHeaders, sendPage } from './pages.ts'
import { patientNameOf } from './sign-ins.ts'

const styles = readFileSync(new URL('chart-page.css', import.meta.url))
const script = readFileSync(new URL('chart-page.js', import.meta.url))

/** `/control/charts/…`: a chart with the app in a frame. Each time it is opened, the app is launched again. */
export function addChartRoutes(
  app: FastifyInstance,
  {
    mode,
    opener,
    store,
    documents,
    baseUrl,
  }: {
    readonly mode: Mode
    readonly opener: AppOpener
    readonly store: ResourceStore
    readonly documents: ClientDocuments
    baseUrl(): string
  },
): void {
  const onRequest = refuseOtherMachines

  app.get<{ Params: { encounterId: string }; Querystring: { only?: string } }>(
    '/control/charts/:encounterId',
    { onRequest },
    (request, reply) => {
      const { encounterId } = request.params
      const opened = opener.open(encounterId)
      if (opened === undefined) return sendPage(reply.code(404), noAppMarkup())
      const { practiceId, patientId } = opened
      const patient = patientNameOf(store, practiceId, patientId)
      const messages =
        mode.name === 'athenahealth'
          ? messagesMarkup({ store, practiceId, patientId }, documentsMarkup(documents, patientId))
          : undefined
      const frames = ["'self'", baseUrl(), ...opened.origins].join(' ')
      const content = { encounterId, patient, messages, isOnlyApp: request.query.only === 'app' }
      return sendPage(reply, chartMarkup(opened, content), { frames, hasScript: true })
    },
  )
  app.get<{ Params: { encounterId: string } }>(
    '/control/charts/:encounterId/documents',
    { onRequest },
    (request, reply) => {
      const { encounterId } = request.params
      const encounter = [...store.all('Encounter')].find(({ id }) => id === encounterId)
      return sendPage(
        reply.code(encounter === undefined ? 404 : 200),
        documentsMarkup(documents, encounter?.patientId ?? ''),
      )
    },
  )
  app.get('/control/chart.js', { onRequest }, (_request, reply) =>
    reply.headers(pageHeaders()).type('text/javascript; charset=utf-8').send(script),
  )
  app.get('/control/chart.css', { onRequest }, (_request, reply) =>
    reply.headers(pageHeaders()).type('text/css; charset=utf-8').send(styles),
  )
}
