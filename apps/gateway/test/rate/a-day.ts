import { FakeClock } from '@authscript/orchestrator'
import type { EncounterRef } from '@authscript/prior-auth'
import { EncounterPoller, type WatchedRegistrations } from '../../src/intake/encounter-poller.ts'
import type { Lane } from '../../src/fhir/rate/rate-budget.ts'
import { RateShare } from '../../src/fhir/rate/rate-share.ts'
import type { ClaimedRegistration, RegistrationRow } from '../../src/store/registrations.ts'
import { MemoryShares } from './memory-shares.ts'
import { VirtualClock } from './virtual-clock.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const answerMs = 150
/** A chart of the sandbox's usual size: encounter, patient, fifteen searches for nine kinds, and what they refer to. */
const requestsPerChart = 22
/** Search, document, reading it back. */
const requestsPerWriteBack = 3
/** Every second form is approved, an hour after its chart was read. */
const approvedAfterMs = hour
const never = new AbortController().signal

export interface DayOptions {
  /** Open at midnight GMT, each signed at some time of the day. */
  readonly openCount: number
  /** Registered by mistake: the EHR does not know them. */
  readonly unknownCount?: number
  /** The defaults of the configuration. */
  readonly config: {
    readonly RequestsPerSecond: number
    readonly RequestsPerDay: number
    readonly PollingShare: number
    readonly PollingIntervalSeconds: number
    readonly ReopenPollingIntervalSeconds: number
    readonly ReopenWatchHours: number
    readonly MaxConcurrentPolls: number
    readonly UnknownEncounterHours: number
    readonly MaxOpenDays: number
  }
  readonly random: () => number
}

export interface DayReport {
  readonly sent: Readonly<Record<Lane, number>>
  readonly refused: Readonly<Record<Lane, number>>
  /** The times from a signature to the poll that sees it, ascending. */
  readonly latenciesMs: readonly number[]
  readonly charts: number
  readonly writeBacks: number
}

/** One GMT day of a gateway in virtual time: the real poller and the real budget, a registration table in memory, an EHR that answers. */
export async function simulateDay({
  openCount,
  unknownCount = 0,
  config,
  random,
}: DayOptions): Promise<DayReport> {
  const time = new FakeClock(0, random)
  const clock = new VirtualClock(time)
  const log = { warn: () => undefined, info: () => undefined, error: () => undefined }
  const share = new RateShare({
    store: new MemoryShares(() => time.now()),
    perSecond: config.RequestsPerSecond,
    perDay: config.RequestsPerDay,
    pollingShare: config.PollingShare,
    clock,
    log,
  })
  const sent = { poll: 0, chart: 0, write: 0 }
  const refused = { poll: 0, chart: 0, write: 0 }
  const send = async (lane: Lane, signal: AbortSignal) => {
    const slot = await share.budget.take(lane, signal).catch((error: unknown) => {
      if (!signal.aborted) refused[lane] += 1
      throw error
    })
    sent[lane] += 1
    await clock.sleep(answerMs, never)
    slot.release()
  }
  const sendInTurn = async (lane: Lane, count: number) => {
    for (let index = 0; index < count; index += 1) await send(lane, never)
  }

  const signedAtMs = new Map<string, number>()
  const rows = new Map<string, RegistrationRow>()
  for (let index = 0; index < openCount + unknownCount; index += 1) {
    const encounterId = `e${index}`
    rows.set(encounterId, registered(encounterId))
    if (index < openCount) signedAtMs.set(encounterId, Math.floor(random() * (day - hour)))
  }
  const latenciesMs: number[] = []
  let charts = 0
  let writeBacks = 0
  const admit = async ({ encounterId }: EncounterRef) => {
    latenciesMs.push(time.now() - (signedAtMs.get(encounterId) ?? 0))
    void (async () => {
      await sendInTurn('chart', requestsPerChart)
      charts += 1
      if (charts % 2 === 0) return
      await clock.sleep(approvedAfterMs, never)
      await sendInTurn('write', requestsPerWriteBack)
      writeBacks += 1
    })().catch(() => undefined)
  }
  const poller = new EncounterPoller({
    registrations: inMemory(rows, () => clock.now()),
    budget: share,
    ehr: {
      async readEncounterStatus({ encounterId }, signal) {
        await send('poll', signal)
        const at = signedAtMs.get(encounterId)
        if (at === undefined) return undefined
        return { status: time.now() >= at ? 'finished' : 'in-progress', isOtherPatient: false }
      },
    },
    admit,
    reopen: async () => undefined,
    intervals: {
      openMs: config.PollingIntervalSeconds * second,
      signedMs: config.ReopenPollingIntervalSeconds * second,
      reopenWatchMs: config.ReopenWatchHours * hour,
      maxBackoffMs: minute,
      maxRefusedBackoffMs: 15 * minute,
      maxRefusedMs: config.UnknownEncounterHours * hour,
      maxOpenMs: config.MaxOpenDays * day,
    },
    maxConcurrentPolls: config.MaxConcurrentPolls,
    clock,
    // The poller logs nothing else.
    log: log as unknown as ConstructorParameters<typeof EncounterPoller>[0]['log'],
  })
  share.start()
  poller.start()
  await time.advance(day - 1)
  const report = {
    sent: { ...sent },
    refused: { ...refused },
    latenciesMs: latenciesMs.toSorted((one, other) => one - other),
    charts,
    writeBacks,
  }
  const stopped = Promise.all([poller.stop(), share.stop()])
  await time.advance(minute)
  await stopped
  return report
}

export const registered = (encounterId: string): RegistrationRow => ({
  practice_id: 'p1',
  encounter_id: encounterId,
  patient_id: 'patient',
  registered_at: new Date(0),
  last_polled_at: null,
  encounter_status: null,
  last_error_code: null,
  next_poll_at: new Date(0),
  watch: 'open',
  watch_until: null,
  failure_count: 0,
  refused_since: null,
  end_code: null,
  ended_at: null,
  ended_by: null,
})

/** The registrations as the database keeps them. */
export function inMemory(
  rows: Map<string, RegistrationRow>,
  now: () => Date,
): WatchedRegistrations {
  return {
    async claimDue(claimMs, limit) {
      const at = now()
      const atMs = at.getTime()
      const isDue: RegistrationRow[] = []
      for (const row of rows.values())
        if (row.next_poll_at.getTime() <= atMs && row.watch !== 'ended') isDue.push(row)
      const due: ClaimedRegistration[] = isDue
        .sort((one, other) => one.next_poll_at.getTime() - other.next_poll_at.getTime())
        .slice(0, limit)
        .map((row) => ({ ...row, claimed_at: at }))
      for (const row of due)
        rows.set(row.encounter_id, { ...row, next_poll_at: new Date(at.getTime() + claimMs) })
      return due
    },
    async releaseClaim({ encounterId }, claimedAt) {
      const row = rows.get(encounterId)
      if (row === undefined || row.watch === 'ended') return
      rows.set(encounterId, { ...row, next_poll_at: claimedAt })
    },
    async recordPoll({ encounterId }, result, polledAt) {
      const row = rows.get(encounterId)
      if (row === undefined || row.watch === 'ended') return
      rows.set(encounterId, {
        ...row,
        last_polled_at: polledAt,
        encounter_status: result.encounterStatus ?? row.encounter_status,
        last_error_code: result.errorCode,
        failure_count: result.failureCount,
        refused_since: result.refusedSince,
        end_code: result.endCode,
        next_poll_at: result.nextPollAt,
        watch: result.watch,
        watch_until: result.watchUntil ?? row.watch_until,
      })
    },
    async countWatched(ageStepsMs) {
      const watched = [...rows.values()].filter((row) => row.watch !== 'ended')
      const open = Array.from({ length: ageStepsMs.length + 1 }, () => 0)
      for (const row of watched) {
        if (row.watch !== 'open' || row.refused_since !== null) continue
        const ageMs = now().getTime() - row.registered_at.getTime()
        const step = ageStepsMs.filter((stepMs) => ageMs >= stepMs).length
        open[step] = (open[step] ?? 0) + 1
      }
      return {
        open,
        signed: watched.filter((row) => row.watch === 'signed' && row.refused_since === null)
          .length,
        refused: watched.filter((row) => row.refused_since !== null).length,
      }
    },
  }
}
