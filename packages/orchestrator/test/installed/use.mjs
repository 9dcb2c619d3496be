import { CircuitOpenError, circuitBreaker, retry, TaskOrchestrator } from '@authscript/orchestrator'

// A program of a user, in JavaScript.

const orchestrator = new TaskOrchestrator({
  workerCount: 1,
  maxBacklog: 1,
  resilience: { retryCount: 1, retryDelayMs: 0 },
})
const events = orchestrator.getEventStream()
const sum = await orchestrator.execute({
  name: 'sum',
  run: ({ attempt }) => {
    if (attempt === 1) throw new Error('first attempt')
    return 40 + attempt
  },
})
orchestrator.publishEvent({ eventType: 'Summed', data: sum })
const { unfinished } = await orchestrator.stop()
for await (const item of events) console.log(item.event.eventType, item.event.data)

const load = retry({ retryDelayMs: 0 })
  .timeout({ timeoutMs: 1000 })
  .wrap((id) => `loaded ${id}`)
console.log(await load('a-1'), unfinished.length)

const policy = circuitBreaker({ name: 'payer', failureThreshold: 1 })
const down = () => Promise.reject(new Error('503'))
await policy.execute(down).catch(() => undefined)
const refused = await policy.execute(down).catch((error) => error)
console.log(refused instanceof CircuitOpenError, refused.cause.message)
