import { z } from 'zod'
import type { App, RouteDependencies } from './routes.ts'

/** How long EHRs may cache the set: a new key must be published that long before it signs. */
const keptSeconds = 300

/** Members are listed one by one, so that no private part of a key can get into the answer. */
const keySet = z.object({
  keys: z.array(
    z.object({
      kty: z.string(),
      kid: z.string(),
      alg: z.string(),
      use: z.literal('sig'),
      key_ops: z.array(z.literal('verify')),
      n: z.string().optional(),
      e: z.string().optional(),
      crv: z.string().optional(),
      x: z.string().optional(),
      y: z.string().optional(),
    }),
  ),
})

/**
 * Our public keys, without a credential: the EHR verifies our signatures with them. Without a key the set is empty.
 *
 * @see https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html
 */
export function addKeyRoutes(
  app: App,
  { publicKeys }: Pick<RouteDependencies, 'publicKeys'>,
): void {
  app.get(
    '/.well-known/jwks.json',
    {
      schema: {
        operationId: 'getPublicKeys',
        tags: ['health'],
        summary: 'The keys with which the EHR verifies our signatures',
        security: [],
        response: { 200: keySet },
      },
    },
    async (_request, reply) =>
      reply
        .header('cache-control', `public, max-age=${keptSeconds}`)
        .send({ keys: publicKeys.map((key) => ({ ...key, key_ops: [...key.key_ops] })) }),
  )
}
