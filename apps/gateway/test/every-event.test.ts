import {
  eventData,
  type EventType,
  eventTypes,
  type GatewayEvent,
  legacyEventTypes,
  toLogFields,
  toNotification,
} from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createLog } from '../src/log.ts'
import { createEvent } from '../src/store/events.ts'

const chartText = 'Jane Doe has back pain'
const ref = { practiceId: 'p', patientId: 'patient-x', encounterId: 'v' }
const idFields: readonly string[] = ['encounterId', 'patientId']

/** A value that fits the schema. A string that is not marked as an id or a code could be anything: here it is text of a chart. */
function valueOf(name: string, field: z.core.$ZodType): unknown {
  if (field instanceof z.core.$ZodOptional || field instanceof z.core.$ZodNullable)
    return valueOf(name, field._zod.def.innerType)
  if (field instanceof z.core.$ZodArray) return [valueOf(name, field._zod.def.element)]
  if (field instanceof z.core.$ZodEnum) return Object.values(field._zod.def.entries)[0]
  if (field instanceof z.core.$ZodNumber) return 1
  return name === 'error' || name === 'message' ? chartText : `${name}-1`
}

const fieldsOf = (eventType: EventType) =>
  Object.entries<z.core.$ZodType>(eventData[eventType].shape).filter(
    ([name]) => !idFields.includes(name),
  )

/** The event as `emit` makes it and as the database returns it. */
function anEvent(eventType: EventType): GatewayEvent {
  const facts = Object.fromEntries(
    fieldsOf(eventType).map(([name, field]) => [name, valueOf(name, field)]),
  )
  // The facts are made from the schema of their type; here the type is a variable.
  const event = createEvent({ source: 's', now: new Date(0) }, ref, eventType, facts as never)
  return { id: 'e', sequence: 1, ...event } as unknown as GatewayEvent
}

function logged(event: GatewayEvent) {
  const lines: string[] = []
  const log = createLog({
    level: 'info',
    pretty: false,
    stream: { write: (line) => lines.push(line) },
  })
  const { correlationId, sequence, eventType } = event
  log.info({ correlationId, sequence, ...toLogFields(event) }, eventType)
  return lines.join('')
}

describe.each(eventTypes)('the event %s', (eventType) => {
  const event = anEvent(eventType)

  it('is emitted with the ids of its encounter and data that its schema accepts', () => {
    const { data } = event

    expect(eventData[eventType].strict().safeParse(data).success).toBe(true)
    expect(data).toMatchObject({ encounterId: ref.encounterId })
    expect(event).toMatchObject({ practiceId: 'p', correlationId: 'enc-v', source: 's' })
  })

  it('shows in the log all its codes, counts, states and ids, and no text', () => {
    const line = logged(event)

    const expected = fieldsOf(eventType).filter(([name]) => !['error', 'message'].includes(name))
    expect(
      JSON.parse(line),
      'the log lacks a field: its schema must be id, code, timestamp, a number or z.enum',
    ).toMatchObject(
      Object.fromEntries(expected.map(([name, field]) => [name, valueOf(name, field)])),
    )
    expect(line).not.toContain(chartText)
    expect(line).not.toContain(ref.patientId)
  })

  it('becomes a legacy message if, and only if, the original sent one', () => {
    const notification = toNotification(event)

    expect(notification !== undefined).toBe(legacyEventTypes.includes(eventType))
    expect(notification?.EncounterId ?? ref.encounterId).toBe(ref.encounterId)
  })
})

it('the original sent three kinds of messages', () => {
  expect(legacyEventTypes.map((type) => toNotification(anEvent(type))?.Type)).toEqual([
    'PA_FORM_READY',
    'WORK_ITEM_STATUS_CHANGED',
    'PROCESSING_ERROR',
  ])
})
