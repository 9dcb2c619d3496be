import { keyRequest, keysView, keyView, madeKeyView } from '@authscript/prior-auth'
import { z } from 'zod'
import type { KeyRow } from '../store/keys.ts'
import { changerOf, requirePractices } from './people-routes.ts'
import { HttpProblem, notFound } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'

const toView = (row: KeyRow) => ({
  keyId: row.key_id,
  label: row.label,
  roles: row.roles,
  practiceIds: row.practice_ids,
  madeBy: row.made_by,
  madeAt: row.made_at.toISOString(),
  usedAt: row.used_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
})

/** API keys. Those of the configuration are shown and changed there; the others are made and revoked here. */
export function addMadeKeyRoutes(app: App, { auth, madeKeys, store }: RouteDependencies): void {
  app.get(
    '/api/keys',
    {
      schema: {
        operationId: 'listKeys',
        tags: ['people'],
        summary: 'API keys that share a practice with the caller, revoked ones too',
        response: { 200: keysView },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const isVisible = ({ practiceIds }: { readonly practiceIds: readonly string[] }) =>
        practiceIds.some((id) => caller.practiceIds.includes(id))
      const configured = auth.credentials.map(({ label, roles, practiceIds }) => ({
        keyId: null,
        label,
        roles: [...roles],
        practiceIds: [...practiceIds],
        madeBy: null,
        madeAt: null,
        usedAt: null,
        revokedAt: null,
      }))
      return { keys: [...configured, ...(await store.keys.list()).map(toView)].filter(isVisible) }
    },
  )

  app.post(
    '/api/keys',
    {
      schema: {
        operationId: 'makeKey',
        tags: ['people'],
        summary: 'Make an API key; it is shown in this answer only',
        body: keyRequest,
        response: { 201: madeKeyView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      requirePractices(caller, request.body.practiceIds)
      const outcome = await madeKeys.make(request.body, changerOf(caller, request))
      if (outcome.outcome === 'refused') throw new HttpProblem(409, outcome.code, outcome.detail)
      return reply.code(201).send({ key: outcome.key, made: toView(outcome.row) })
    },
  )

  app.post(
    '/api/keys/:keyId/revoke',
    {
      schema: {
        operationId: 'revokeKey',
        tags: ['people'],
        summary: 'Revoke an API key; its sessions and streams end',
        params: z.object({ keyId: z.string().min(1).max(64) }),
        response: { 200: keyView },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { keyId } = request.params
      const row = await store.keys.find(keyId)
      if (row === undefined || !row.practice_ids.some((id) => caller.practiceIds.includes(id)))
        throw notFound('this key')
      requirePractices(caller, row.practice_ids)
      // Revoking twice is fine.
      await madeKeys.revoke(keyId, changerOf(caller, request))
      return toView((await store.keys.find(keyId)) ?? row)
    },
  )
}
