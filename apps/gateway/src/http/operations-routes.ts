import { orchestratorView } from '@authscript/prior-auth'
import { z } from 'zod'
import { viewOfOrchestrator } from './orchestrator-view.ts'
import type { App, RouteDependencies } from './routes.ts'

const health = z.object({ status: z.string(), reasons: z.array(z.string()) })
const ready = health.extend({
  ehr: z.object({
    calling: z.boolean(),
    reason: z
      .enum(['credentials_refused', 'daily_budget_spent', 'asked_to_wait', 'circuit_open'])
      .optional(),
    until: z.string().optional(),
  }),
  /** What is wrong with the database and what to do; null when it works. */
  database: z.string().nullable(),
  /** Payers' forms that cannot be used; the general form is filled instead. The log says why. */
  refusedForms: z.array(z.object({ name: z.string(), key: z.string(), file: z.string() })),
})

/** Probes and scrapers are never refused: a limit that others use up must not look like a fault. */
const unlimited = { rateLimit: false } as const

/** For operators: no chart data, no names. */
export function addOperationsRoutes(app: App, dependencies: RouteDependencies): void {
  const { orchestrator, readiness, databaseFault, ehrCalls, refusedForms, metrics } = dependencies

  app.get(
    '/health/live',
    {
      schema: {
        operationId: 'getLiveness',
        tags: ['health'],
        summary: 'Whether the process answers',
        response: { 200: health },
      },
      config: unlimited,
    },
    () => ({ status: 'live', reasons: [] }),
  )

  app.get(
    '/health/ready',
    {
      schema: {
        operationId: 'getReadiness',
        tags: ['health'],
        summary: 'Whether the gateway does its work, and what keeps it from it',
        response: { 200: ready, 503: ready },
      },
      config: unlimited,
    },
    async (_request, reply) => {
      const reasons = [...(await readiness())]
      return reply.code(reasons.length === 0 ? 200 : 503).send({
        status: reasons.length === 0 ? 'ready' : 'not ready',
        reasons,
        ehr: ehrCalls(),
        database: (await databaseFault()) ?? null,
        refusedForms: refusedForms().map(({ name, key, file }) => ({ name, key, file })),
      })
    },
  )

  app.get(
    '/metrics',
    {
      schema: { operationId: 'getMetrics', tags: ['health'], summary: 'Figures for Prometheus' },
      config: unlimited,
    },
    async (_request, reply) =>
      reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics()),
  )

  app.get(
    '/api/orchestrator',
    {
      schema: {
        operationId: 'getOrchestrator',
        tags: ['operations'],
        summary: 'The queue and the workers of this node',
        response: { 200: orchestratorView },
      },
    },
    () => viewOfOrchestrator(orchestrator),
  )
}
