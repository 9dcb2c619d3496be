import { webhookTypes } from '@authscript/prior-auth'

const id = { type: 'string' } as const
const data = {
  eventId: id,
  sequence: { type: 'integer' },
  practiceId: id,
  encounterId: id,
  workItemId: { type: ['string', 'null'] },
} as const

const headers = [
  ['webhook-id', "The event's id: the same when the message is sent again"],
  ['webhook-timestamp', 'When this attempt was signed, in seconds since 1970'],
  [
    'webhook-signature',
    '`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; one for each live secret, with a space between them',
  ],
] as const

/** What is sent to a practice's own systems, as the document's `webhooks`. */
export const webhookMessages = {
  message: {
    post: {
      operationId: 'receiveWebhook',
      tags: ['webhooks'],
      summary: "What a registered address receives, signed by the practice's secret",
      security: [],
      parameters: headers.map(([name, description]) => ({
        name,
        in: 'header' as const,
        required: true,
        description,
        schema: { type: 'string' as const },
      })),
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: {
                type: { type: 'string', enum: [...webhookTypes] },
                timestamp: { type: 'string', format: 'date-time' },
                data: { type: 'object', properties: data, required: Object.keys(data) },
              },
              required: ['type', 'timestamp', 'data'],
            },
            example: {
              type: 'form.ready',
              timestamp: '2026-11-24T14:02:03.000Z',
              data: {
                eventId: '0c5f0f3a-64c7-4e0e-8b0c-1df1e7e1b2aa',
                sequence: 1207,
                practiceId: '195900',
                encounterId: 'a-195900.encounter-1001',
                workItemId: '4f1c2f5e-3f0a-4c26-9a52-7a1f6b8f6a10',
              },
            },
          },
        },
      },
      responses: {
        '2XX': { description: 'It was received; anything else is tried again' },
        '4XX': { description: 'It is refused; after six times the next message follows' },
      },
    },
  },
}
