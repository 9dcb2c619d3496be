import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { faultSchema } from '../faults/faults.ts'
import type { Resource } from '../fhir/resource.ts'
import { launchFaultSchema } from '../launch/launch-faults.ts'
import type { SandboxControl } from './control.ts'

const resourceBody = z.strictObject({
  practiceId: z.string().min(1),
  resource: z.looseObject({ resourceType: z.string().min(1), id: z.string().min(1) }),
})
const rateBody = z.strictObject({
  perSecond: z.number().int().positive().optional(),
  perDay: z.number().int().positive().optional(),
})
const filterQuery = z.object({
  resourceType: z.string().optional(),
  patientId: z.string().optional(),
  since: z.coerce.number().optional(),
})
const byId = z.object({ id: z.string() })
const keysBody = z.strictObject({
  jwks: z.looseObject({ keys: z.array(z.record(z.string(), z.unknown())) }).optional(),
  jwksUrl: z.url().optional(),
})
const appBody = z.strictObject({
  launchUrl: z.url({ protocol: /^https?$/ }),
  redirectUris: z.array(z.url({ protocol: /^https?$/ })).min(1),
})
const scopesBody = z.strictObject({ grantedScopes: z.array(z.string()) })

/** `/control`: actions of the EHR's users, and faults. For tests and demonstrations, on loopback. */
export function addControlRoutes(app: FastifyInstance, control: SandboxControl): void {
  const done = (reply: FastifyReply, found: boolean) =>
    found ? reply.code(204).send() : reply.code(404).send({ error: 'not known' })

  app.post('/control/encounters/:id/sign', (request, reply) =>
    done(reply, control.signEncounter(byId.parse(request.params).id)),
  )
  app.post('/control/encounters/:id/reopen', (request, reply) =>
    done(reply, control.reopenEncounter(byId.parse(request.params).id)),
  )
  app.post('/control/patients/:id/sign-all', (request) => ({
    signed: control.signPatient(byId.parse(request.params).id),
  }))
  app.post('/control/resources', (request, reply) => {
    const { practiceId, resource } = resourceBody.parse(request.body)
    control.putResource(practiceId, resource as Resource)
    return reply.code(204).send()
  })
  app.post('/control/faults', (request) => ({
    faultId: control.addFault(faultSchema.parse(request.body)),
  }))
  app.delete('/control/faults', (_request, reply) => {
    control.clearFaults()
    return reply.code(204).send()
  })
  app.delete('/control/faults/:id', (request, reply) => {
    control.clearFaults(byId.parse(request.params).id)
    return reply.code(204).send()
  })
  app.get('/control/requests', (request) => {
    const { resourceType, patientId, since } = filterQuery.parse(request.query)
    return control.requests({
      ...(resourceType === undefined ? {} : { resourceType }),
      ...(patientId === undefined ? {} : { patientId }),
      ...(since === undefined ? {} : { since }),
    })
  })
  app.get('/control/requests/summary', () => control.summary())
  app.delete('/control/requests', (_request, reply) => {
    control.clearRequests()
    return reply.code(204).send()
  })
  app.post('/control/rate-limit', (request, reply) => {
    const { perSecond, perDay } = rateBody.parse(request.body)
    control.setRateLimit({
      ...(perSecond === undefined ? {} : { perSecond }),
      ...(perDay === undefined ? {} : { perDay }),
    })
    return reply.code(204).send()
  })
  app.get('/control/encounters', () => control.encounters())
  app.get('/control/documents', () => control.documents())
  app.delete('/control/v1-documents/:id', (request, reply) =>
    done(reply, control.deleteV1Document(Number(byId.parse(request.params).id))),
  )
  app.put('/control/clients/:id/keys', (request, reply) => {
    const { jwks, jwksUrl } = keysBody.parse(request.body)
    const keys = {
      ...(jwks === undefined ? {} : { jwks }),
      ...(jwksUrl === undefined ? {} : { jwksUrl }),
    }
    return done(reply, control.registerKeys(byId.parse(request.params).id, keys))
  })
  app.put('/control/clients/:id/scopes', (request, reply) =>
    done(
      reply,
      control.limitScopes(
        byId.parse(request.params).id,
        scopesBody.parse(request.body).grantedScopes,
      ),
    ),
  )
  app.put('/control/clients/:id/app', (request, reply) =>
    done(reply, control.registerApp(byId.parse(request.params).id, appBody.parse(request.body))),
  )
  app.post('/control/encounters/:id/open-app', (request, reply) => {
    const url = control.openApp(byId.parse(request.params).id)
    return url === undefined ? reply.code(404).send({ error: 'not known' }) : { url }
  })
  app.post('/control/launch-faults', (request, reply) => {
    control.addLaunchFault(launchFaultSchema.parse(request.body))
    return reply.code(204).send()
  })
  app.delete('/control/launch-faults', (_request, reply) => {
    control.clearLaunchFaults()
    return reply.code(204).send()
  })
  app.post('/control/tokens/expire', (_request, reply) => {
    control.expireTokens()
    return reply.code(204).send()
  })
}
