import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
} from 'fastify-type-provider-zod'
import { sessionCookie } from '../auth.ts'
import type { App } from '../routes.ts'
import { completeDocument } from './complete-document.ts'
import { webhookMessages } from './webhook-messages.ts'
import { nameSchemas } from './named-schemas.ts'
import { consumedTypes, type OpenApiDocument } from './open-api-document.ts'

const description = `Signed encounters become reviewable prior-authorization forms.

Errors are problem documents (RFC 9457): \`code\` says what happened, \`type\` leads to what can be done about it. A query key that an operation does not have is refused. Lists have pages: pass
\`nextCursor\` as \`cursor\`. What people change has a version: the \`ETag\` of an answer is the \`If-Match\` of the change. A write with an \`Idempotency-Key\` can be sent again when its answer was lost.`

/** Publishes the API as OpenAPI 3.1 (\`/openapi.json\`) and as a page (\`/docs\`). Has to be called before the routes are added. */
export async function describeApi(app: App): Promise<void> {
  const schemaRegistry = nameSchemas()
  const transformRoute = createJsonSchemaTransform({ schemaRegistry })
  const transformNamed = createJsonSchemaTransformObject({ schemaRegistry })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'AuthScript Gateway',
        version: '0.1.0',
        description,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'This gateway' }],
      tags: [...tags].map(([name, about]) => ({ name, description: about })),
      components: {
        securitySchemes: {
          key: {
            type: 'apiKey',
            in: 'header',
            name: 'X-API-Key',
            description:
              'A key of a program or of a practice; `Authorization: Bearer` is accepted too',
          },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: sessionCookie,
            description:
              'The cookie of somebody who signed in. Writes with it must come from a page of this gateway.',
          },
        },
      },
      security: [{ key: [] }, { session: [] }],
    },
    transform(route) {
      const { schema, url } = transformRoute(route)
      const consumed = route.schema?.consumes
      return {
        url,
        schema: consumed === undefined ? schema : { ...schema, [consumedTypes]: consumed },
      }
    },
    transformObject: (document) =>
      completeDocument({
        ...(transformNamed(document) as unknown as OpenApiDocument),
        webhooks: webhookMessages,
      }) as ReturnType<typeof transformNamed>,
  })
  await app.register(swaggerUi, { routePrefix: '/docs' })
}

const tags: ReadonlyMap<string, string> = new Map([
  ['session', 'Who is signed in'],
  ['launch', 'Pages that a browser opens from inside the EHR; not for programs'],
  ['account', "A person's own account: password, passkeys, sessions"],
  ['people', 'People and API keys of the practices, for administrators'],
  ['audit', 'Who saw and did what'],
  ['patients', 'Encounters that are watched until they are signed'],
  ['encounters', 'Where each encounter is'],
  ['work items', 'Orders: their questions, forms, approvals and what the payer said'],
  ['work queue', 'The list of orders, with filters, counts and saved views'],
  ['signature', "A clinician's stored signature"],
  ['forms', "Payers' forms and what their boxes are for"],
  ['events', 'What happens, live'],
  ['audit', 'Who did what, for auditors'],
  ['webhooks', "Notifications to a practice's own systems"],
  ['operations', 'How the gateway runs; no chart data'],
  ['health', 'For monitoring; no credential'],
])
