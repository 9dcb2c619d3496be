import type { EncounterRef, EncounterTimeline, TimelineEntry } from '@authscript/prior-auth'
import type { EncounterRow } from '../store/encounters.ts'
import type { EncounterStepRow } from '../store/encounter-steps.ts'
import type { FailureRow } from '../store/failures.ts'
import type { Store } from '../store/store.ts'

const shownSteps = 300
const shownFailures = 50

/** What happened to an encounter, in order, across attempts and nodes. */
export async function readTimeline(
  row: EncounterRow,
  store: Pick<Store, 'encounterSteps' | 'failures'>,
): Promise<EncounterTimeline> {
  const ref: Pick<EncounterRef, 'practiceId' | 'encounterId'> = {
    practiceId: row.practice_id,
    encounterId: row.encounter_id,
  }
  const [steps, failures] = await Promise.all([
    store.encounterSteps.ofEncounter(ref, shownSteps),
    store.failures.latest({ ...ref, kind: 'encounter' }, shownFailures),
  ])
  return {
    ...ref,
    processing: row.processing,
    run: row.run,
    entries: toEntries(row, steps, failures.toReversed()),
  }
}

const moment = {
  attempt: null,
  endedAt: null,
  code: null,
  nodeId: null,
  workerId: null,
  ehrRequestCount: 0,
  ehrMs: 0,
}

export function toEntries(
  row: Pick<EncounterRow, 'detected_at' | 'processing' | 'run'>,
  steps: readonly EncounterStepRow[],
  failures: readonly FailureRow[],
): TimelineEntry[] {
  const detectedAt = row.detected_at.toISOString()
  const own = steps.filter((step) => step.work_item_id === null)
  const entries: TimelineEntry[] = [
    { ...moment, kind: 'detected', run: 1, startedAt: detectedAt },
    ...waits(row, own),
    ...steps.map((step) => ({
      kind: step.kind,
      run: step.run,
      attempt: step.attempt,
      startedAt: step.started_at.toISOString(),
      endedAt: step.ended_at.toISOString(),
      code: step.code,
      nodeId: step.node_id,
      workerId: step.worker_id,
      ehrRequestCount: step.ehr_request_count,
      ehrMs: step.ehr_ms,
    })),
    ...failures.map((failure) => ({
      ...moment,
      kind: 'failure' as const,
      run: failure.run,
      startedAt: failure.failed_at.toISOString(),
      code: failure.code,
    })),
  ]
  const order = (entry: TimelineEntry) => Date.parse(entry.startedAt)
  return entries.toSorted((one, other) => order(one) - order(other))
}

/** The waits for a worker before each attempt: from the signature, or from the end of what came before. */
function waits(
  row: Pick<EncounterRow, 'detected_at' | 'processing' | 'run'>,
  steps: readonly EncounterStepRow[],
): readonly TimelineEntry[] {
  const found: TimelineEntry[] = []
  let endedAt = row.detected_at
  let current = ''
  for (const step of steps) {
    const pass = `${step.run} ${step.attempt} ${step.worker_id}`
    if (pass !== current && step.started_at > endedAt)
      found.push({
        ...moment,
        kind: 'wait',
        run: step.run,
        startedAt: endedAt.toISOString(),
        endedAt: step.started_at.toISOString(),
      })
    current = pass
    if (step.ended_at > endedAt) endedAt = step.ended_at
  }
  if (row.processing === 'queued')
    found.push({ ...moment, kind: 'wait', run: row.run, startedAt: endedAt.toISOString() })
  return found
}
