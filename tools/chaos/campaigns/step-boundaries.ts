import type { Campaign } from '../campaign.ts'
import { ChaosWorld } from '../chaos-world.ts'
import type { GatewayProcess } from '../gateway-process.ts'
import { pause } from '../wait-until.ts'
import type { KillPoint } from '../preload/kill-point.ts'

const patienceMs = 45_000
const approveEveryMs = 100
const drainAfterTurns = 10

/** The steps of the journey, by a statement of the transaction that ends each. */
const transactions: Readonly<Record<string, string>> = {
  admit: 'admit_encounter',
  'record the poll': 'update "registrations" set "last_polled_at"',
  lease: "state = 'active',.*practice/",
  begin: 'append_events.*EncounterProcessingStarted',
  hydrate: 'append_events.*ClinicalDataHydrated',
  analyze: 'append_events.*IntelligenceAnalysisComplete',
  'fill form': 'append_events.*PdfGenerated',
  record: 'append_events.*EncounterProcessed',
  'schedule a later try': 'append_events.*EncounterRetryScheduled',
  'give back at drain': 'retry_limit = retry_limit \\+ 1',
  approve: 'insert into "write_backs"',
  'begin the write-back': 'update "write_backs" set "state".*writing',
  'note that we send': '"sending_since" = clock_timestamp',
  'record the write-back': 'append_events.*submitted',
}

const points: readonly { readonly step: string; readonly killPoint: KillPoint }[] = [
  ...Object.entries(transactions).flatMap(([step, fits]) =>
    (['before_commit', 'after_commit'] as const).map((when) => ({
      step: `${step}, ${when}`,
      killPoint: { at: 'statement' as const, fits, when },
    })),
  ),
  ...(['before_send', 'after_send', 'after_answer'] as const).map((when) => ({
    step: `create the document, ${when}`,
    killPoint: { at: 'document' as const, when },
  })),
]

/** A kill just before and just after every commit of the journey, and on each side of the one request that cannot be taken back. */
export const stepBoundaries: Campaign = async ({ seed, kills }) => {
  const chosen = points.filter((_point, index) => index % Math.ceil(points.length / kills) === 0)
  await using world = await ChaosWorld.create({ seed, visitCount: chosen.length * 2 + 10 })
  const missed: string[] = []
  const registering: Promise<void>[] = []
  for (const { step, killPoint } of chosen) {
    const gateway = world.start({ killPoint })
    await gateway.ready()
    for (const fault of faultsOf(step)) await world.addFault(fault)
    // The staff keeps asking until it is heard: by the next life, if need be.
    registering.push(world.register(2))
    const code = await lifeOf(gateway, world, step.startsWith('give back'))
    if (code !== null) {
      missed.push(`never reached: ${step} (${String(code)})`)
      await gateway.end('SIGKILL')
    }
    await world.clearFaults()
  }
  world.start()
  await Promise.all(registering)
  const verdict = await world.judge()
  return {
    verdict: { ...verdict, findings: [...missed, ...verdict.findings] },
    kills: chosen.length - missed.length,
    notes: `${chosen.length} of ${points.length} boundaries, ${missed.length} never reached`,
    log: world.logFile,
  }
}

/** What brings a visit to a step that a good day has no need of. */
function faultsOf(step: string): readonly object[] {
  if (step.startsWith('schedule'))
    return [{ kind: 'status', status: 503, match: { resourceType: 'Patient' } }]
  if (step.startsWith('give back'))
    return [{ kind: 'latency', latencyMs: 60_000, match: { resourceType: 'Coverage' } }]
  return []
}

/** How the life ends: null when the kill point was reached, else its exit code, or `late`. Meanwhile the staff approves. */
async function lifeOf(
  gateway: GatewayProcess,
  { staff }: ChaosWorld,
  isDrained: boolean,
): Promise<number | null | 'late'> {
  let code: number | null | 'alive' = 'alive'
  void gateway.ended.then((ended) => {
    code = ended
  })
  for (let turn = 0; turn * approveEveryMs < patienceMs; turn += 1) {
    if (code !== 'alive') return code
    await staff.approveAll()
    if (isDrained && turn === drainAfterTurns) gateway.send('SIGTERM')
    await pause(approveEveryMs)
  }
  return 'late'
}
