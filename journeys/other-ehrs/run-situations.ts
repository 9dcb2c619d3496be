import { setTimeout as pause } from 'node:timers/promises'
import type { EncounterDetail, RegistrationView, WorkItemView } from '@authscript/prior-auth'
import { type BehaviourName, ehrBehaviours } from '../independent-ehr/behaviours/behaviours.ts'
import { aChart, type Chart } from './a-chart.ts'
import type { EhrWorld } from './ehr-world.ts'
import { assess, type GatewayEnd, type Verdict } from './assess.ts'
import type { Situation } from './situation.ts'

/** Polling interval; two dozen situations poll the gateway at the same time. */
const lookMs = 150
/** A signed encounter that is not seen by then counts as not seen. */
const seenWithinMs = 12_000
const settledWithinMs = 60_000
const together = 24

/** Runs each situation with its own patient and encounter, many at a time, on one gateway. */
export async function runSituations(
  name: BehaviourName,
  situations: readonly Situation[],
  world: EhrWorld,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  const waiting = [...situations.entries()]
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, situation] = next
        const chart = aChart(ehrBehaviours[name], 7000 + index)
        verdicts.push(await runOne(name, situation, chart, world))
      }
    }),
  )
  return situations.flatMap((one) => verdicts.filter((verdict) => verdict.situation === one.name))
}

async function runOne(
  name: BehaviourName,
  situation: Situation,
  chart: Chart,
  world: EhrWorld,
): Promise<Verdict> {
  const { ehr, gateway } = world
  await ehr.load(chart.resources)
  ehr.setFaults(chart.ref.patientId, situation.faults)
  await gateway.register(chart.ref)
  await ehr.signEncounter(chart.ref.encounterId)
  const seen = await follow(situation, chart, world)
  return assess({
    profile: name,
    situation,
    chart,
    seen,
    documents: ehr.documentsSentFor(chart.ref.patientId),
    requests: ehr.requests.filter((one) => one.patientId === chart.ref.patientId),
  })
}

/** The encounter when it is processed or has failed; undefined if neither happens in time. */
export async function untilProcessed(
  encounterId: string,
  world: EhrWorld,
): Promise<EncounterDetail | undefined> {
  let withinMs = seenWithinMs
  return until(
    async () => {
      const detail = await json<EncounterDetail>(world, `/api/encounters/${encounterId}`)
      if (detail !== undefined) withinMs = settledWithinMs
      const isEnded = detail !== undefined && ['processed', 'failed'].includes(detail.processing)
      return isEnded ? detail : undefined
    },
    () => withinMs,
  )
}

async function follow(situation: Situation, { ref }: Chart, world: EhrWorld): Promise<GatewayEnd> {
  const encounter = await untilProcessed(ref.encounterId, world)
  if (encounter === undefined) {
    const watched = await json<{ readonly items: readonly RegistrationView[] }>(
      world,
      `/api/patients/${ref.patientId}`,
    )
    const code = watched?.items[0]?.lastErrorCode
    return typeof code === 'string'
      ? { end: 'not_seen', items: [], code }
      : { end: 'unsettled', items: [] }
  }
  const items = await itemsOf(encounter, world)
  if (encounter.processing === 'failed')
    return {
      end: 'failed',
      items,
      ...(encounter.errorCode === null ? {} : { code: encounter.errorCode }),
    }
  const [item] = items
  if (item?.form == null) return { end: 'unsettled', items }
  return situation.path === 'read' ? { end: 'drafted', items } : approve(item, world)
}

async function approve(item: WorkItemView, world: EhrWorld): Promise<GatewayEnd> {
  const path = `/api/work-items/${item.workItemId}`
  const answer = await world.ask(`${path}/approve`, {
    method: 'POST',
    headers: { 'if-match': `"${item.version}"`, 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'checked against the chart' }),
  })
  if (answer.status !== 202) return { end: 'unsettled', items: [item] }
  const form = await world.ask(`${path}/form.pdf`)
  const approved = Buffer.from(await form.arrayBuffer())
  const settled = await until(async () => {
    const now = await json<WorkItemView>(world, path)
    const state = now?.writeBack?.state
    return state === undefined || ['queued', 'writing'].includes(state) ? undefined : now
  })
  if (settled === undefined) return { end: 'unsettled', items: [item], approved }
  const isWritten = settled.writeBack?.state === 'written' || settled.review === 'submitted'
  const code = settled.writeBack?.errorCode
  return {
    end: isWritten ? 'written' : 'person',
    items: [settled],
    approved,
    ...(typeof code === 'string' ? { code } : {}),
  }
}

async function itemsOf(
  encounter: EncounterDetail,
  world: EhrWorld,
): Promise<readonly WorkItemView[]> {
  const items = await Promise.all(
    encounter.workItems.map((one) =>
      json<WorkItemView>(world, `/api/work-items/${one.workItemId}`),
    ),
  )
  return items.filter((item) => item !== undefined)
}

/** Undefined if the gateway does not have it. */
async function json<Value>(world: EhrWorld, path: string): Promise<Value | undefined> {
  const answer = await world.ask(path)
  const body: unknown = await answer.json()
  return answer.ok ? (body as Value) : undefined
}

/** Undefined if it did not happen in time. */
async function until<Value>(
  ask: () => Promise<Value | undefined>,
  withinMs: () => number = () => settledWithinMs,
): Promise<Value | undefined> {
  for (let waitedMs = 0; waitedMs < withinMs(); waitedMs += lookMs) {
    const value = await ask()
    if (value !== undefined) return value
    await pause(lookMs)
  }
  return undefined
}
