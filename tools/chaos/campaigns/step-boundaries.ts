import type { Campaign } from '../campaign.ts'
import { ChaosWorld } from '../chaos-world.ts'
import type { GatewayProcess } from '../gateway-process.ts'
import { pause } from '../wait-until.ts'
import type { KillPoint } from '../preload/kill-point.ts'

const lifeTimeoutMs = 45_000
const approveEveryMs = 100
const drainAfterTurns = 10

/** The steps of processing, each with a pattern for a statement of the transaction that ends it. */
const transactions: Readonly<Record<string, string>> = {
  admit: 'admit_encounter',
  'record the poll': 'update "registrations" set "last_polled_at"',
  lease: "state = 'active',.*practice/",
  begin: 'append_events.*EncounterProcessingStarted',
  hydrate: 'append_events.*ClinicalDataHydrated',
  analyze: 'append_events.*IntelligenceAnalysisComplete',
  'fill form': 'append_events.*PdfGenerated',
  record: 'append_events.*EncounterProcessed',
  'schedule a durable retry': 'append_events.*EncounterRetryScheduled',
  'release at drain': 'retry_limit = retry_limit \\+ 1',
  approve: 'insert into "write_backs"',
  'begin the write-back': 'update "write_backs" set "state".*writing',
  'record the send': '"sending_since" = clock_timestamp',
  'record the write-back': 'append_events.*submitted',
}

const points: readonly { readonly step: string; readonly killPoint: KillPoint }[] = [
  ...Object.entries(transactions).flatMap(([step, pattern]) =>
    (['before_commit', 'after_commit'] as const).map((when) => ({
      step: `${step}, ${when}`,
      killPoint: { at: 'statement' as const, pattern, when },
    })),
  ),
  ...(['before_send', 'after_send', 'after_answer'] as const).map((when) => ({
    step: `create the document, ${when}`,
    killPoint: { at: 'document' as const, when },
  })),
]

/** Kills the gateway just before and just after every commit, and at each stage of the one request that cannot be undone. */
export const stepBoundaries: Campaign = async ({ seed, kills }) => {
  const chosen = points.filter((_point, index) => index % Math.ceil(points.length / kills) === 0)
  await using world = await ChaosWorld.create({ seed, encounterCount: chosen.length * 2 + 10 })
  const notReached: string[] = []
  const registrations: Promise<void>[] = []
  for (const { step, killPoint } of chosen) {
    const gateway = world.start({ killPoint })
    await gateway.ready()
    for (const fault of faultsOf(step)) await world.addFault(fault)
    // The users repeat their requests until a gateway acknowledges them: this one or the next.
    registrations.push(world.register(2))
    const code = await exitCodeOf(gateway, world, step.startsWith('release'))
    if (code !== null) {
      notReached.push(`never reached: ${step} (${String(code)})`)
      await gateway.end('SIGKILL')
    }
    await world.clearFaults()
  }
  world.start()
  await Promise.all(registrations)
  const verdict = await world.verify()
  return {
    verdict: { ...verdict, findings: [...notReached, ...verdict.findings] },
    kills: chosen.length - notReached.length,
    notes: `${chosen.length} of ${points.length} boundaries, ${notReached.length} never reached`,
    log: world.logFile,
  }
}

/** Faults that lead to a step that is not reached without a failure. */
function faultsOf(step: string): readonly object[] {
  if (step.startsWith('schedule'))
    return [{ kind: 'status', status: 503, match: { resourceType: 'Patient' } }]
  if (step.startsWith('release'))
    return [{ kind: 'latency', latencyMs: 60_000, match: { resourceType: 'Coverage' } }]
  return []
}

/** The exit code: null if the gateway was killed at its kill point; `late` if it still runs at the timeout. Meanwhile the users approve. */
async function exitCodeOf(
  gateway: GatewayProcess,
  { users }: ChaosWorld,
  shouldDrain: boolean,
): Promise<number | null | 'late'> {
  let code: number | null | 'running' = 'running'
  void gateway.ended.then((ended) => {
    code = ended
  })
  for (let turn = 0; turn * approveEveryMs < lifeTimeoutMs; turn += 1) {
    if (code !== 'running') return code
    await users.approveAll()
    if (shouldDrain && turn === drainAfterTurns) gateway.send('SIGTERM')
    await pause(approveEveryMs)
  }
  return 'late'
}
