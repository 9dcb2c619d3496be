import { ehrView } from '@authscript/prior-auth'
import type { App, RouteDependencies } from './routes.ts'
import type { z } from 'zod'
import { forWire, toEhrView } from './views.ts'

/** What the gateway can do with its EHR: no chart data, no names. */
export function addEhrRoutes(app: App, { ehr }: Pick<RouteDependencies, 'ehr'>): void {
  app.get(
    '/api/ehr',
    {
      schema: {
        operationId: 'getEhr',
        tags: ['operations'],
        summary: 'What the EHR can do, as it says itself',
        response: { 200: ehrView },
      },
    },
    () => forWire<z.infer<typeof ehrView>>(toEhrView(ehr())),
  )
}
