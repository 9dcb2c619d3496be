import {
  attemptsOf,
  type EventMessage,
  fallback,
  type StreamItem,
  type Task,
  TaskOrchestrator,
} from '@authscript/orchestrator'

// A program of a user, in TypeScript.

interface Visited extends EventMessage<{ readonly page: string }> {
  readonly eventType: 'Visited'
}

await using orchestrator = new TaskOrchestrator<Visited>({ workerCount: 1 })
const task: Task<number> = { name: 'sum', run: ({ signal }) => (signal.aborted ? 0 : 40 + 2) }
const sum: number = await orchestrator.execute(task)

const names: string[] = []
const nameOf = (item: StreamItem<Visited>): string =>
  item.kind === 'gap' ? `missed ${item.dropped}` : item.event.data.page
const events = orchestrator.getEventStream()
orchestrator.publishEvent({
  id: '1',
  eventType: 'Visited',
  correlationId: 'c',
  timestamp: new Date(0).toISOString(),
  source: 'test',
  data: { page: 'home' },
})
orchestrator.endStreams()
for await (const item of events) names.push(nameOf(item))

const answer: number | string = await fallback(
  (error) => `failed ${attemptsOf(error)?.count ?? 0} times`,
)
  .retry({ retryCount: 1, retryDelayMs: 0 })
  .execute((): number => {
    throw new Error('503')
  })
console.log(sum, names.join(), answer)
