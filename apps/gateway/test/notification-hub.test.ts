import { TaskOrchestrator } from '@authscript/orchestrator'
import type { GatewayEvent } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { NotificationHub } from '../src/events/notification-hub.ts'

const ready: GatewayEvent = {
  id: 'event-1',
  sequence: 1,
  eventType: 'PA_FORM_READY',
  practiceId: '195900',
  correlationId: 'enc-v',
  timestamp: '2026-01-01T00:00:00.000Z',
  source: 'test',
  data: {
    transactionId: 't',
    encounterId: 'v',
    patientId: 'x',
    message: 'ready',
    workItemId: 'w',
    procedureCode: '72148',
  },
}

describe('seed: INotificationHub deprecated', () => {
  it('is replaced by the orchestrator: write becomes publishEvent, and several readers each get the same fields', async () => {
    const orchestrator = new TaskOrchestrator<GatewayEvent>()
    const hub = new NotificationHub(orchestrator)
    const reader = new AbortController()
    const readers = [hub.readAll(reader.signal), hub.readAll(reader.signal)]
    const first = readers.map((one) => one.next())

    hub.write(ready)

    for (const { value } of await Promise.all(first)) {
      expect(value).toEqual({
        Type: 'PA_FORM_READY',
        TransactionId: 't',
        EncounterId: 'v',
        PatientId: 'x',
        Message: 'ready',
        WorkItemId: 'w',
        NewStatus: null,
        ServiceRequestId: null,
        ProcedureCode: '72148',
      })
    }
    reader.abort()
    await orchestrator.stop()
  })
})
