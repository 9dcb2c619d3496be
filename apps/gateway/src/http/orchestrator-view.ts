import type { orchestratorView } from '@authscript/prior-auth'
import type { z } from 'zod'
import type { OrchestratorControl } from './routes.ts'

/** The schema picks what operators see. */
export function viewOfOrchestrator({
  stats,
  scaling,
}: OrchestratorControl): z.infer<typeof orchestratorView> {
  const unscaled = {
    wantedWorkers: stats.workerCount,
    reason: 'steady',
    arrivalsPerSecond: 0,
    serviceMs: 0,
    utilisation: 0,
  }
  return { ...stats, scaling: scaling ?? unscaled }
}
