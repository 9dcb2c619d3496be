import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import type { ResourceStore } from '../fhir/resource-store.ts'
import { refuseOtherMachines } from '../page/own-page-only.ts'
import { chartMarkup, noAppMarkup } from './chart-page.ts'
import type { AppOpener } from './open-app.ts'
import { pageHeaders, sendPage } from './pages.ts'
import { patientNameOf } from './sign-ins.ts'

const styles = readFileSync(new URL('chart-page.css', import.meta.url))

/** `/control/charts/…`: a chart with the app in a frame. Each time it is opened, the app is launched again. */
export function addChartRoutes(
  app: FastifyInstance,
  {
    opener,
    store,
    baseUrl,
  }: { readonly opener: AppOpener; readonly store: ResourceStore; baseUrl(): string },
): void {
  const onRequest = refuseOtherMachines

  app.get<{ Params: { encounterId: string } }>(
    '/control/charts/:encounterId',
    { onRequest },
    (request, reply) => {
      const { encounterId } = request.params
      const opened = opener.open(encounterId)
      if (opened === undefined) return sendPage(reply.code(404), noAppMarkup())
      const patient = patientNameOf(store, opened.practiceId, opened.patientId)
      const frames = ["'self'", baseUrl(), ...opened.origins].join(' ')
      return sendPage(reply, chartMarkup(opened, { encounterId, patient }), { frames })
    },
  )
  app.get('/control/chart.css', { onRequest }, (_request, reply) =>
    reply.headers(pageHeaders()).type('text/css; charset=utf-8').send(styles),
  )
}
