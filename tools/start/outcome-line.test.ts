import type { EventDataOf, EventType, GatewayEvent } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { outcomeLine } from './outcome-line.ts'

const encounterId = 'a-195900.encounter-1001'

function anEvent<Type extends EventType>(eventType: Type, data: EventDataOf<Type>): GatewayEvent {
  return {
    id: 'b1a7',
    sequence: 7,
    eventType,
    practiceId: '195900',
    correlationId: `enc-${encounterId}`,
    timestamp: '2026-11-29T15:07:33.000Z',
    source: 'EncounterProcessor',
    data,
  } as unknown as GatewayEvent
}

const subject = { transactionId: 't', encounterId, patientId: 'a-195900.E-1', workItemId: 'w-1' }

describe('the line of an event', () => {
  it.each([
    {
      event: anEvent('WORK_ITEM_STATUS_CHANGED', {
        ...subject,
        serviceRequestId: 'order-1',
        newStatus: 'ready_for_review',
      }),
      line: '15:07:33 a-195900.encounter-1001      order-1                      form is ready for review',
    },
    {
      event: anEvent('EncounterProcessed', {
        encounterId,
        patientId: 'p',
        workItemCount: 0,
        formCount: 0,
      }),
      line: '15:07:33 a-195900.encounter-1001                                   no order needs prior authorization',
    },
    {
      event: anEvent('WriteBackNeedsDecision', {
        encounterId,
        workItemId: 'w-1',
        error: 'a long explanation',
        code: 'ehr_write_ambiguous',
        sentCount: 1,
      }),
      line: '15:07:33 a-195900.encounter-1001      w-1                          may be in the chart: a person has to decide',
    },
  ])('has ids and the outcome: $line', ({ event, line }) => {
    expect(outcomeLine(event)).toBe(line)
  })

  it('is undefined for an intermediate step, and for an encounter whose orders have lines', () => {
    expect(
      outcomeLine(anEvent('EncounterDetected', { encounterId, patientId: 'p' })),
    ).toBeUndefined()
    expect(
      outcomeLine(
        anEvent('EncounterProcessed', {
          encounterId,
          patientId: 'p',
          workItemCount: 1,
          formCount: 1,
        }),
      ),
    ).toBeUndefined()
  })
})
