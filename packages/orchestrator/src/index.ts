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
export { createEventMessage, type EventMessage } from './events/event-message.ts'
export type { EventStream, StreamItem, SubscribeOptions } from './events/event-stream.ts'
export type {
  DrainReport,
  OrchestratorState,
  StopOptions,
  UnfinishedTask,
} from './lifecycle.ts'
export type { MapOptions } from './map-tasks.ts'
export type { OrchestratorObserver, TaskSummary } from './observer.ts'
export type { TaskOrchestratorFeatures, TaskOrchestratorOptions } from './options.ts'
export { TaskOrchestrator, type WhenCapacityOptions } from './orchestrator.ts'
export type { RateLimitSettings } from './queue/rate-limit.ts'
export { Bulkhead, type BulkheadOptions } from './resilience/bulkhead.ts'
export {
  type BreakerState,
  CircuitBreaker,
  type CircuitBreakerOptions,
} from './resilience/circuit-breaker.ts'
export { attemptsOf, type FailedAttempts } from './resilience/failed-attempts.ts'
export type { CallContext } from './resilience/layer.ts'
export {
  type Guard,
  generatePolicy,
  type Policy,
  type PolicyDependencies,
  type ResiliencePattern,
} from './resilience/policy-generator.ts'
export {
  bulkhead,
  circuitBreaker,
  fallback,
  ResiliencePipeline,
  retry,
  timeout,
  type TimeoutOptions,
} from './resilience/pipeline.ts'
export type { RetryOptions } from './resilience/retry.ts'
export {
  defaultResilienceSettings,
  type ResilienceSettings,
  type RetrySettings,
} from './resilience/settings.ts'
export type { OrchestratorStats } from './stats.ts'
export {
  currentTask,
  type Task,
  type TaskContext,
  type TaskOutcome,
  type TaskState,
} from './task.ts'
export type { TaskHandle } from './task-handle.ts'
export {
  type AutoscaleSettings,
  decideWorkers,
  freshScalingMemory,
  type Load,
  type ScalingDecision,
  type ScalingMemory,
  type ScalingReason,
  type ScalingSignal,
} from './workers/autoscaler.ts'
