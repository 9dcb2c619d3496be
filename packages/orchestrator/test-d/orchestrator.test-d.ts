import {
  type AutoscaleSettings,
  type currentTask,
  type DrainReport,
  decideWorkers,
  type EventMessage,
  fallback,
  freshScalingMemory,
  type OrchestratorError,
  QueueFullError,
  type StreamItem,
  type Task,
  retry,
  type TaskContext,
  TaskOrchestrator,
  type TaskState,
} from '../src/index.ts'

/** `tsc` is the test: what is used wrongly here has to be an error, and what is used rightly has to have exactly this type. */

type Same<One, Other> = [One, Other] extends [Other, One] ? true : false

/** Compiles only when both are the same type. */
function expectSame<One, Other>(_isSame: Same<One, Other>): void {}

interface EncounterEvent extends EventMessage<{ readonly encounterId: string }> {
  readonly eventType: 'EncounterSigned'
}

const orchestrator = new TaskOrchestrator<EncounterEvent>({ workerCount: 2 })
const { signal } = new AbortController()

// What a task returns is what `execute` resolves with, whether it promises or not.
const promised = orchestrator.execute({ name: 'promised', run: async () => 42 })
expectSame<typeof promised, Promise<number>>(true)
const returned = orchestrator.execute({ name: 'returned', run: () => 'text' })
expectSame<typeof returned, Promise<string>>(true)
const accepted = orchestrator.runAsync({ name: 'accepted', run: () => 1 }, { signal })
expectSame<typeof accepted, Promise<void>>(true)
const taken = orchestrator.run({ name: 'taken', run: () => 1 })
expectSame<typeof taken, boolean>(true)
const stopped = orchestrator.stop({ timeoutMs: 1, signal, keepStreams: true })
expectSame<typeof stopped, Promise<DrainReport>>(true)
expectSame<ReturnType<typeof currentTask>, TaskContext | undefined>(true)
expectSame<
  DrainReport['unfinished'][number]['state'],
  Exclude<TaskState, 'capacity_waiting' | 'settled'>
>(true)

// A task needs a name and something to do.
// @ts-expect-error without a name
orchestrator.run({ run: () => 1 })
// @ts-expect-error without work
orchestrator.run({ name: 'idle' })
// @ts-expect-error a misspelt option
orchestrator.run({ name: 'misspelt', run: () => 1, prioritty: 1 })
// @ts-expect-error not a way to meet a taken key
orchestrator.run({ name: 'key', key: 'k', whenKeyTaken: 'join', run: () => 1 })
// @ts-expect-error undefined is not a key: leave it out
orchestrator.run({ name: 'key', key: undefined, run: () => 1 })
// @ts-expect-error a Result that is not what it returns
const wrong: Task<number> = { name: 'wrong', run: () => 'text' }

// A handler's context is read-only.
orchestrator.run({
  name: 'context',
  run(context) {
    expectSame<typeof context, TaskContext>(true)
    // @ts-expect-error the attempt is not the handler's to count
    context.attempt = 2
    // @ts-expect-error nor is the baggage its to fill
    context.baggage['practice'] = '1'
  },
})

// Options are checked by name and by kind.
// @ts-expect-error no such pattern
new TaskOrchestrator({ pattern: 'heroic' })
// @ts-expect-error no such option
new TaskOrchestrator({ workers: 2 })
// @ts-expect-error a number of workers is a number
new TaskOrchestrator({ workerCount: '2' })
// @ts-expect-error an autoscaler needs a limit
const unlimited: AutoscaleSettings = { minWorkers: 1 }
// @ts-expect-error a number of places is a number
void orchestrator.whenCapacity({ places: '2' })

// Events are of the orchestrator's own type, from the publisher to the reader.
// @ts-expect-error another event
orchestrator.publishEvent({ eventType: 'Left' })
const stream = orchestrator.getEventStream({
  filter: (event) => event.data.encounterId !== '',
})
expectSame<Awaited<ReturnType<typeof stream.next>>, IteratorResult<StreamItem<EncounterEvent>>>(
  true,
)
for await (const item of stream) {
  // @ts-expect-error a gap has no event
  void item.event
  if (item.kind === 'gap') expectSame<typeof item.dropped, number>(true)
  else expectSame<typeof item.event, EncounterEvent>(true)
}
for await (const items of stream.batches())
  expectSame<typeof items, readonly StreamItem<EncounterEvent>[]>(true)

// Errors differ by class or by code.
const error: OrchestratorError = new QueueFullError(128)
expectSame<typeof error.code, string>(true)
if (error instanceof QueueFullError) expectSame<typeof error.capacity, number>(true)

// A policy keeps the arguments of the function that it wraps, and adds what its fallback answers.
const load = async (id: string): Promise<number> => id.length
const loadAgain = retry().timeout({ timeoutMs: 1 }).wrap(load)
expectSame<typeof loadAgain, (id: string) => Promise<number>>(true)
const loadOrNothing = fallback(() => undefined).retry()
const loaded = loadOrNothing.execute(({ attempt }) => load(String(attempt)), { signal })
expectSame<typeof loaded, Promise<number | undefined>>(true)
// @ts-expect-error a setting of the seed's configuration file
retry({ RetryCount: 1 })
// @ts-expect-error no such backoff
new TaskOrchestrator({ resilience: { backoff: 'linear' } })
// @ts-expect-error an argument that the function does not have
void loadAgain(7)

// The autoscaler is a function of its arguments, all of which it leaves as they are.
// @ts-expect-error a load has to be whole
decideWorkers({ now: 0 }, { maxWorkers: 1 }, freshScalingMemory)
// @ts-expect-error nobody writes into a memory
freshScalingMemory.recent.push({ at: 0, workers: 1 })

export { unlimited, wrong }
