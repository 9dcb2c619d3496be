import { createEventMessage, TaskOrchestrator } from '@authscript/orchestrator'

/** A reader that is too slow loses its oldest events, and its stream says how many. */

const orchestrator = new TaskOrchestrator({ subscriberChannelCapacity: 3 })
const late = orchestrator.getEventStream()
for (let number = 1; number <= 5; number += 1) {
  orchestrator.publishEvent(
    createEventMessage({
      eventType: 'Counted',
      correlationId: 'example',
      source: 'example',
      data: number,
    }),
  )
}
orchestrator.endStreams()
for await (const item of late) {
  console.log(item.kind === 'gap' ? `missed ${item.dropped}` : `event ${String(item.event.data)}`)
}
await orchestrator.stop()
