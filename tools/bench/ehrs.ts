import {
  type BehaviourName,
  ehrBehaviours,
} from '../../journeys/independent-ehr/behaviours/behaviours.ts'
import { startEhrWorld } from '../../journeys/other-ehrs/ehr-world.ts'
import type { Breach, Verdict } from '../../journeys/other-ehrs/assess.ts'
import { runSituations } from '../../journeys/other-ehrs/run-situations.ts'
import { someSituationsOf } from '../../journeys/other-ehrs/situations.ts'
import { startBenchServer } from './durable/bench-server.ts'
import { type BenchResult, type Row, type Target, toRow } from '../report.ts'

/**
 * Is what the gateway reports about a chart true, on any EHR server? Runs every profile against an independent engine that behaves as
 * that server is documented to, in situations made of what can go wrong there. HAPI refuses least and athenahealth has situations of its
 * own, so these two run more of them. About a third of all situations run, different ones for each EHR; `EHRS_ALL=1` runs all.
 */
const runsAll = process.env['EHRS_ALL'] === '1'
const usualStep = 6
const otherSteps: Partial<Record<BehaviourName, number>> = { athenahealth: 2, hapi: 2 }

export async function ehrs(): Promise<BenchResult> {
  await using server = await startBenchServer()
  const verdicts: Verdict[] = []
  for (const [start, name] of (Object.keys(ehrBehaviours) as BehaviourName[]).entries()) {
    await using world = await startEhrWorld(name, await server.createDatabase())
    const step = runsAll ? 1 : (otherSteps[name] ?? usualStep)
    const situations = someSituationsOf(ehrBehaviours[name], step, start)
    const found = await runSituations(name, situations, world)
    verdicts.push(...found)
    const breached = found.filter((one) => one.breaches.length > 0)
    for (const { situation, end, code, breaches } of breached)
      console.error(`${name}: ${situation}: ${end} ${code ?? ''}: ${breaches.join(', ')}`)
    console.error(`${name}: ${situations.length} situations, ${breached.length} with a breach`)
  }
  return { rows: verdicts.flatMap(rowsOf), targets: targetsOf(verdicts) }
}

function rowsOf({ profile, situation, documents, end, requests, breaches }: Verdict): Row[] {
  return [
    toRow(profile, situation, 'documents in the chart', [documents]),
    toRow(profile, situation, 'reported as written', [end === 'written' ? 1 : 0]),
    toRow(profile, situation, 'requests', [requests]),
    toRow(profile, situation, 'breaches', [breaches.length]),
  ]
}

function targetsOf(verdicts: readonly Verdict[]): readonly Target[] {
  const none = (statement: string, ...breaches: readonly Breach[]): Target => {
    const figure = verdicts.filter((one) => one.breaches.some((b) => breaches.includes(b))).length
    return { statement, figure, limit: 0, met: figure === 0 }
  }
  return [
    none('written without a document', 'written_without_a_document'),
    none('second documents', 'second_document'),
    none('orders lost', 'order_lost'),
    none('more requests than the bound', 'too_many_requests'),
    none(
      'completeness untrue, or an order of another patient',
      'completeness_untrue',
      'order_of_another_patient',
    ),
    none('an outcome that the answers of the server do not allow', 'other_end_than_expected'),
  ]
}
