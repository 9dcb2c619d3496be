import type { ResilienceSettings } from '@authscript/orchestrator'
import type { GatewayConfig } from '../config.ts'

const seconds = 1000

/** The keys of the configuration (the seed's `TaskOrchestrator.Resiliency`) as settings of the orchestrator. */
export function toResilienceSettings(
  section: GatewayConfig['TaskOrchestrator']['Resiliency'],
): ResilienceSettings {
  return {
    retryCount: section.RetryCount,
    retryDelayMs: section.RetryIntervalSeconds * seconds,
    backoff: section.UseExponentialBackoff ? 'exponential' : 'constant',
    timeoutMs: section.TimeoutIntervalSeconds * seconds,
  }
}
