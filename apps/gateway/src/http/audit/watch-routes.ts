import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import type { AuditScope } from '../../store/audit-scope.ts'
import type { App } from '../routes.ts'
import type { RequestAudit } from './request-audit.ts'

/**
 * Watches each route that is added from now on: every transaction of a request knows who acts, and no answer is sent before the audit
 * trail has its row.
 */
export function watchRoutes(app: App, audit: RequestAudit, auditScope: () => AuditScope): void {
  app.addHook('onRoute', (route) => {
    const before = route.preHandler === undefined ? [] : [route.preHandler].flat()
    const after = route.onSend === undefined ? [] : [route.onSend].flat()
    route.preHandler = [
      ...before,
      (request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction) => {
        const audited = audit.auditedRequestOf(request)
        if (audited === undefined) done()
        else auditScope().run(audited, done)
      },
    ]
    route.onSend = [
      ...after,
      async (request: FastifyRequest, reply: FastifyReply) => audit.settle(request, reply),
    ]
  })
}
