import {
  type BehaviourName,
  ehrBehaviours,
} from '../../journeys/independent-ehr/behaviours/behaviours.ts'
import { startEhrWorld } from '../../journeys/other-ehrs/ehr-world.ts'
import type { Breach, Verdict } from '../../journeys/other-ehrs/assess.ts'
import { runSituations } from '../../journeys/other-ehrs/run-situations.ts'
import { someSituationsOf } from '../../journeys/other-ehrs/situations.ts'
import { openPlace } from './durable/bench-server.ts'
import { type BenchResult, type Row, type Target, toRow } from '../report.ts'

/**
 * Is what the gateway says of a chart true, on any server? Every profile against an independent engine that behaves as that server is
 * documented to, in situations made of what can go wrong there. HAPI refuses least, so that most of them are asked there; athenahealth
 * has its own. About a third of all, other ones for each EHR; `EHRS_ALL=1` runs every one.
 */
const isWhole = process.env['EHRS_ALL'] === '1'
const steps: Readonly<Record<BehaviourName, number>> = {
  athenahealth: 2,
  hapi: 2,
  epic: 6,
  'oracle-health': 6,
  medplum: 6,
  azure: 6,
  'us-core': 6,
}

export async function ehrs(): Promise<BenchResult> {
  await using place = await openPlace()
  const verdicts: Verdict[] = []
  // The keys of a record of names are those names.
  for (const [start, name] of (Object.keys(ehrBehaviours) as BehaviourName[]).entries()) {
    await using world = await startEhrWorld(name, await place.createDatabase())
    const situations = someSituationsOf(ehrBehaviours[name], isWhole ? 1 : steps[name], start)
    const found = await runSituations(name, situations, world)
    verdicts.push(...found)
    const breached = found.filter((one) => one.breaches.length > 0)
    for (const { situation, end, code, breaches } of breached)
      console.error(`${name}: ${situation}: ${end} ${code ?? ''}: ${breaches.join(', ')}`)
    console.error(`${name}: ${situations.length} situations, ${breached.length} not as promised`)
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
    none('another end than the answers of the server allow for', 'other_end_than_expected'),
  ]
}
