import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  eventData,
  eventTypes,
  type GatewayEvent,
  legacyEventTypes,
  loggedEventFields,
  toLogFields,
  toNotification,
} from '../src/index.ts'

const chartText = 'Jane Doe has back pain'

/** A value that fits the schema: every plain string is text of a chart, every other value says where it comes from. */
function valueOf(field: z.core.$ZodType): unknown {
  if (field instanceof z.core.$ZodOptional || field instanceof z.core.$ZodNullable)
    return valueOf(field._zod.def.innerType)
  if (field instanceof z.core.$ZodArray) return [valueOf(field._zod.def.element)]
  if (field instanceof z.core.$ZodEnum) return Object.values(field._zod.def.entries)[0]
  return field instanceof z.core.$ZodNumber ? 1 : chartText
}

const anEvent = (eventType: (typeof eventTypes)[number]): GatewayEvent => {
  const fields = Object.entries<z.core.$ZodType>(eventData[eventType].shape)
  return {
    id: 'e',
    sequence: 1,
    eventType,
    practiceId: 'p',
    correlationId: 'enc-v',
    timestamp: '2026-01-01T00:00:00.000Z',
    source: 's',
    data: Object.fromEntries(fields.map(([name, field]) => [name, valueOf(field)])),
    // The data is made from the schema of its type.
  } as unknown as GatewayEvent
}

describe.each(eventTypes)('the event %s', (eventType) => {
  const event = anEvent(eventType)

  it('has data that its schema accepts', () => {
    expect(eventData[eventType].safeParse(event.data).success).toBe(true)
  })

  it('shows in the log no sentence, and nothing that is not on the allow list', () => {
    const fields = toLogFields(event)

    expect(fields).not.toHaveProperty('error')
    expect(fields).not.toHaveProperty('message')
    expect(Object.keys(fields).filter((name) => !loggedEventFields.has(name))).toEqual([])
  })

  it('shows every code, count and state in the log', () => {
    const expected = Object.entries<z.core.$ZodType>(eventData[eventType].shape)
      .filter(([, field]) => valueOf(field) !== chartText)
      .map(([name]) => name)

    expect(Object.keys(toLogFields(event))).toEqual(expect.arrayContaining(expected))
  })

  it('becomes a legacy message only if the original sent it', () => {
    const notification = toNotification(event)

    expect(notification !== undefined).toBe(legacyEventTypes.includes(eventType))
    if (notification !== undefined) expect(notification.EncounterId).toBe(chartText)
  })
})

describe('the log', () => {
  it.each([
    ['WORK_ITEM_STATUS_CHANGED', ['transactionId', 'workItemId', 'newStatus']],
    ['EncounterProcessingFailed', ['attemptCount', 'code']],
    ['WriteBackDecided', ['workItemId', 'decision']],
    ['ClinicalDataHydrated', ['conditionCount', 'incomplete']],
  ] as const)('shows of %s: %j', (eventType, names) => {
    expect(Object.keys(toLogFields(anEvent(eventType)))).toEqual(expect.arrayContaining([...names]))
  })

  it('does not repeat the encounter and its patient, whom the correlation id names', () => {
    expect(toLogFields(anEvent('EncounterDetected'))).toEqual({})
  })
})
