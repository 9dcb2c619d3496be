import { eventData, eventTypes, gatewayEvent } from '@authscript/prior-auth'
import { z } from 'zod'
import type { JsonSchema } from './open-api-document.ts'

export const streamDescription = `The connection stays open. Each message ends with an empty line; lines that begin with a colon are comments.

**Two contracts.** \`contract=event-message\` sends every event: \`event:\` is its type, \`id:\` its sequence, \`data:\` an \`EventMessage\` in JSON. Without it, or with
\`contract=notification\`, the stream keeps the original's contract: unnamed \`data:\` lines with a \`Notification\`, each with its \`id:\`, for the events that the original had.
A caller who is only an operator gets EventMessages without chart data, and 403 for \`contract=notification\`.

**Reconnection.** The stream begins with \`retry: 2000\`. A client that lost it waits that long, sends the last \`id:\` that it received as \`Last-Event-ID\` (or as \`lastEventId\`), and gets what it
missed, in the order of \`sequence\`, each event once. Without an id it gets what happens from now on.

**Gap.** \`event: gap\` with \`{"dropped": n, "after": sequence}\` says that events were left out: this client read too slowly, or they were deleted meanwhile. It has no \`id:\`. Read the
lists again.

**Heartbeat.** A comment is sent when nothing else was for \`X-Heartbeat-Ms\` milliseconds (a header of the answer). A client that receives nothing for two of them has lost its
connection and connects again.

**End.** The server ends the stream within a heartbeat when the session ends, or the key or one of its practices is removed; when the client reads nothing for two heartbeats; and when the
node stops. A client connects again in each case; 401 and 403 then say that it may not.`

const text = { type: 'string' } as const
const textOrNull = { type: ['string', 'null'] } as const
const notificationFields = {
  Type: { type: 'string', enum: ['PA_FORM_READY', 'WORK_ITEM_STATUS_CHANGED', 'PROCESSING_ERROR'] },
  TransactionId: text,
  EncounterId: text,
  PatientId: text,
  Message: text,
  WorkItemId: textOrNull,
  NewStatus: textOrNull,
  ServiceRequestId: textOrNull,
  ProcedureCode: textOrNull,
} as const

const notification: JsonSchema = {
  type: 'object',
  description: "One message of `contract=notification`, in the original's names",
  properties: notificationFields,
  required: Object.keys(notificationFields),
}

/** What the two contracts send, as components: the stream itself has no JSON. */
export function eventSchemas(): Readonly<Record<string, JsonSchema>> {
  const toSchema = (schema: z.ZodType): JsonSchema => {
    const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' })
    return rest as JsonSchema
  }
  const { properties = {}, required = [] } = toSchema(gatewayEvent)
  return {
    Notification: notification,
    EventMessage: {
      description: 'One event of `contract=event-message`, distinguished by `eventType`',
      oneOf: eventTypes.map((eventType) => ({ $ref: `#/components/schemas/${nameOf(eventType)}` })),
    },
    ...Object.fromEntries(
      eventTypes.map((eventType) => [
        nameOf(eventType),
        {
          type: 'object',
          properties: {
            ...properties,
            eventType: { type: 'string', const: eventType },
            data: toSchema(eventData[eventType]),
          },
          required,
        },
      ]),
    ),
    EventGap: {
      type: 'object',
      description: 'The data of `event: gap`',
      properties: { dropped: { type: 'integer' }, after: { type: 'integer' } },
      required: ['dropped', 'after'],
    },
  }
}

/** `PA_FORM_READY` is `PaFormReadyEvent`. */
function nameOf(eventType: string): string {
  const words = /^[A-Z_]+$/.test(eventType)
    ? eventType.split('_').map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    : [eventType]
  return `${words.join('')}Event`
}

/** The lines after `data:`. */
export const streamSchema: JsonSchema = {
  type: 'string',
  contentMediaType: 'application/json',
  contentSchema: {
    anyOf: ['EventMessage', 'Notification', 'EventGap'].map((name) => ({
      $ref: `#/components/schemas/${name}`,
    })),
  },
}

export const streamExample = `retry: 2000

event: PA_FORM_READY
id: 1207
data: {"id":"0c5f0f3a-64c7-4e0e-8b0c-1df1e7e1b2aa","sequence":1207,"eventType":"PA_FORM_READY","practiceId":"195900","correlationId":"enc-a-195900.encounter-1001","timestamp":"2026-11-24T14:02:03.000Z","source":"Pipeline","data":{}}

:

`
