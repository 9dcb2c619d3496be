export { type Clock, FakeClock, systemClock, type Timer } from './clock.ts'
export {
  BulkheadFullError,
  CircuitOpenError,
  DeadlineExceededError,
  DuplicateTaskError,
  OrchestratorError,
  OrchestratorStoppedError,
  QueueFullError,
  TaskAbortedError,
  TaskTimeoutError,
} from './errors.ts'
export type { StreamItem, SubscribeOptions } from './events/broadcaster.ts'
export { createEventMessage, type EventMessage } from './events/event-message.ts'
export type {
  DrainReport,
  OrchestratorObserver,
  OrchestratorStats,
  TaskNote,
  TaskOrchestratorFeatures,
  TaskOrchestratorOptions,
  UnfinishedTask,
} from './options.ts'
export { TaskOrchestrator } from './orchestrator.ts'
export { Bulkhead } from './resilience/bulkhead.ts'
export {
  type BreakerState,
  CircuitBreaker,
  type CircuitBreakerOptions,
} from './resilience/circuit-breaker.ts'
export {
  generatePolicy,
  type Policy,
  type PolicyDependencies,
  type ResiliencePattern,
} from './resilience/policy-generator.ts'
export { defaultResiliencySettings, type ResiliencySettings } from './resilience/settings.ts'
export { currentTask, type Task, type TaskContext } from './task.ts'
