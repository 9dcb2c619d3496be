import type {
  DeadLetterGroup,
  Finding,
  NodeView,
  OperationsView,
  TileView,
} from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { NodeFigures, WorkFigures } from '../store/schema.ts'
import type { NodeRow } from '../store/nodes.ts'
import type { ProcessingPause } from '../store/processing-pause.ts'
import type { Scope } from '../store/scope.ts'
import type { Store } from '../store/store.ts'
import { type ErrorCatalogue, hrefOf } from './error-catalogue.ts'
import { rankOf } from './node-findings.ts'
import {
  type AnsweringNode,
  goneMs,
  isGone,
  listNodes,
  longestWorkingMs,
  nodeName,
  toNodeView,
} from './listed-nodes.ts'
import { toRedriveView } from './redrive-view.ts'
import { tilesOf } from './tiles.ts'
import type { WriteFailure } from './write-failure.ts'

export interface OverviewOptions {
  readonly store: Pick<
    Store,
    | 'nodes'
    | 'nodeMinutes'
    | 'processingPause'
    | 'lastBackup'
    | 'webhooks'
    | 'workFigures'
    | 'deadLetters'
    | 'writeBacks'
    | 'redrives'
  >
  /** For how long the encounter that has waited longest has been in the queue; null: none waits. */
  longestWaitMs(this: void): Promise<number | null>
  readonly catalogue: ErrorCatalogue
  readonly settings: {
    readonly BackupMaxAgeHours?: number | undefined
    readonly DashboardsUrl?: string | undefined
  }
  /** Undefined for the command line, which reads only what nodes have written. */
  readonly answering?: AnsweringNode
  readonly clock: Pick<Clock, 'now'>
}

/** What everybody sees, whatever their practices. */
export type Overview = Pick<
  OperationsView,
  | 'measuredAt'
  | 'verdict'
  | 'findings'
  | 'tiles'
  | 'deadLetters'
  | 'redrives'
  | 'undecidedCount'
  | 'nodes'
  | 'pause'
  | 'backup'
  | 'dashboardsUrl'
>

/** `isFresh`: not what was read for another page a moment ago. */
export type ReadOverview = (
  scope: Scope,
  options?: { readonly isFresh: boolean },
) => Promise<Overview>

const minuteMs = 60_000
export const shownMinutes = 60
const longWaitMs = 5 * minuteMs
const missedMs = 60 * minuteMs
/** Pages ask every two seconds, and there may be many: one reading serves those that ask within a second. */
const keptMs = 1000

/** Reads the state of all nodes from the database: the answer is the same on each, and for the command line. */
export function createOverview({
  store,
  longestWaitMs,
  catalogue,
  settings,
  answering,
  clock,
}: OverviewOptions): ReadOverview {
  let kept: { readonly atMs: number; readonly common: Promise<Common> } | undefined
  const readCommon = (isFresh: boolean): Promise<Common> => {
    const atMs = clock.now().getTime()
    if (!isFresh && kept !== undefined && Math.abs(atMs - kept.atMs) < keptMs) return kept.common
    const common = readAll({ store, longestWaitMs, answering, clock })
    kept = { atMs, common }
    common.catch(() => (kept = undefined))
    return common
  }
  return async (scope, { isFresh } = { isFresh: false }) => {
    const common = await readCommon(isFresh)
    const groups = (await store.deadLetters.groups(scope)).map(
      (row): DeadLetterGroup => ({
        code: row.code,
        count: row.count,
        firstAt: row.first_at.toISOString(),
        lastAt: row.last_at.toISOString(),
        practiceIds: [...row.practice_ids],
        when: catalogue.get(row.code)?.when ?? null,
        remedy: catalogue.get(row.code)?.remedy ?? null,
        href: hrefOf(catalogue, row.code),
      }),
    )
    const count = groups.reduce((sum, group) => sum + group.count, 0)
    const nodes = common.nodes.map(toNodeView)
    const maxAgeHours = settings.BackupMaxAgeHours ?? null
    const [verdict, ...findings] = findingsOf({
      ...common,
      nodes,
      groups,
      deadLetterCount: count,
      backupMaxAgeHours: maxAgeHours,
    })
      .toSorted((one, other) => rankOf(one) - rankOf(other))
      .map((found): Finding => ({ ...found, href: hrefOf(catalogue, found.code) }))
    return {
      measuredAt: common.measuredAt.toISOString(),
      verdict: verdict ?? { ...working(common, count), href: null },
      findings,
      tiles: common.tiles,
      deadLetters: { count, groups },
      redrives: (await store.redrives.listed(scope)).map(toRedriveView),
      undecidedCount: common.undecidedCount,
      nodes,
      pause:
        common.pause === undefined
          ? null
          : { by: common.pause.by, since: common.pause.since.toISOString() },
      backup: { lastAt: common.backupAt?.toISOString() ?? null, maxAgeHours },
      dashboardsUrl: settings.DashboardsUrl ?? null,
    }
  }
}

interface Common {
  readonly measuredAt: Date
  readonly nodes: readonly NodeRow[]
  /** Gateways that are connected to the database, whether they report or not. */
  readonly connectedCount: number
  readonly writeFailure: WriteFailure | undefined
  readonly pause: ProcessingPause | undefined
  readonly backupAt: Date | undefined
  readonly webhooks: Awaited<ReturnType<Store['webhooks']['counts']>>
  readonly work: WorkFigures
  /** For how long an encounter has waited although a node took work; null: none has. */
  readonly waitedMs: number | null
  readonly undecidedCount: number
  readonly tiles: readonly TileView[]
}

async function readAll({
  store,
  longestWaitMs,
  answering,
  clock,
}: Pick<OverviewOptions, 'store' | 'longestWaitMs' | 'clock'> & {
  readonly answering: AnsweringNode | undefined
}): Promise<Common> {
  const measuredAt = clock.now()
  const first = (Math.floor(measuredAt.getTime() / minuteMs) - shownMinutes) * minuteMs
  const since = new Date(first)
  const [
    nodes,
    connectedCount,
    pause,
    backupAt,
    webhooks,
    work,
    queuedMs,
    undecidedCount,
    nodeMinutes,
    workMinutes,
    signToForm,
    reserved,
  ] = await Promise.all([
    listNodes(store.nodes, answering, measuredAt),
    store.nodes.connectedCount(),
    store.processingPause.current(),
    store.lastBackup.finishedAt(),
    store.webhooks.counts(),
    store.workFigures.current(),
    longestWaitMs(),
    store.writeBacks.countNeedingDecision(),
    store.nodeMinutes.since(since),
    store.workFigures.minutes(since),
    store.workFigures.signToForm(since),
    store.workFigures.ehrReservedToday(),
  ])
  const workingMs = longestWorkingMs(nodes, measuredAt)
  const live = nodes.filter((row) => !isGone(row)).map(({ report }) => report)
  return {
    measuredAt,
    nodes,
    connectedCount,
    writeFailure: answering?.writeFailure,
    pause,
    backupAt,
    webhooks,
    work,
    waitedMs: queuedMs === null || workingMs === undefined ? null : Math.min(queuedMs, workingMs),
    undecidedCount,
    tiles: tilesOf({
      work,
      live,
      nodeMinutes: byMinute(nodeMinutes, first, sumOfNodes),
      workMinutes: byMinute(workMinutes, first, ([one]) => one),
      signToForm,
      firstMinuteMs: first,
      undecidedCount,
      ehrReserved: reserved,
    }),
  }
}

/** One value for each of the shown minutes, oldest first. */
function byMinute<Figures>(
  rows: readonly { readonly minute: Date; readonly figures: Figures }[],
  firstMs: number,
  combine: (figures: readonly Figures[]) => Figures | undefined,
): readonly (Figures | undefined)[] {
  const groups = Map.groupBy(rows, ({ minute }) => (minute.getTime() - firstMs) / minuteMs)
  return Array.from({ length: shownMinutes }, (_, index) =>
    combine((groups.get(index) ?? []).map(({ figures }) => figures)),
  )
}

function sumOfNodes(figures: readonly NodeFigures[]): NodeFigures | undefined {
  if (figures.length === 0) return undefined
  const sum = (name: keyof NodeFigures) => figures.reduce((total, one) => total + one[name], 0)
  return {
    workerCount: sum('workerCount'),
    busyWorkers: sum('busyWorkers'),
    wantedWorkers: sum('wantedWorkers'),
    streamCount: sum('streamCount'),
    ehrRequests: sum('ehrRequests'),
    tooManyRequests: sum('tooManyRequests'),
  }
}

type Known = Omit<Finding, 'href'>

function findingsOf({
  nodes,
  connectedCount,
  waitedMs,
  groups,
  deadLetterCount,
  measuredAt: now,
  pause,
  backupAt,
  backupMaxAgeHours,
  webhooks,
  writeFailure,
}: Pick<
  Common,
  'connectedCount' | 'waitedMs' | 'measuredAt' | 'pause' | 'backupAt' | 'webhooks' | 'writeFailure'
> & {
  readonly backupMaxAgeHours: number | null
  readonly nodes: readonly NodeView[]
  readonly groups: readonly DeadLetterGroup[]
  readonly deadLetterCount: number
}): readonly Known[] {
  const live = nodes.filter(({ state }) => state !== 'gone')
  const found: Known[] = [...ofNodes(live)]
  if (live.length === 0)
    found.unshift({ ...ofSilence(connectedCount), since: nodes[0]?.seenAt ?? null })
  else if (pause !== undefined)
    found.unshift({
      ...nothing,
      level: 'trouble',
      text: 'Nothing is processed, because all nodes are paused',
      since: pause.since.toISOString(),
      remedy: 'press Resume all nodes when the work may continue',
      detail: `paused by ${pause.by}`,
    })
  else if (live.every(({ state }) => state === 'draining' || state === 'drained'))
    found.unshift({
      ...nothing,
      level: 'trouble',
      text: 'Nothing is processed, because every node is drained',
      remedy: 'press Take up work, or start another node',
    })
  else if (waitedMs !== null && waitedMs > longWaitMs)
    found.push({
      ...nothing,
      level: 'attention',
      text: `An encounter has waited for a worker for ${Math.round(waitedMs / minuteMs)} minutes`,
      remedy: 'add workers, or start another node',
    })
  // Where gateways are connected and none reports, nobody's silence says that it has ended.
  const maySpeak = live.length > 0 || connectedCount === 0
  for (const node of nodes.filter((one) => maySpeak && isMissing(one, live, now, writeFailure)))
    found.push({
      ...nothing,
      level: 'attention',
      text: `Node ${nodeName(node)} has not reported`,
      since: node.seenAt,
      remedy: 'start it again if it should run; its work went to the others',
    })
  found.push(...ofBackup(backupAt, backupMaxAgeHours, now), ...ofWebhooks(webhooks))
  if (writeFailure !== undefined) found.unshift(ofWriteFailure(writeFailure))
  const [top] = groups
  if (top !== undefined)
    found.push({
      ...nothing,
      level: 'attention',
      code: top.code,
      since: top.firstAt,
      text:
        deadLetterCount === 1
          ? '1 dead letter needs you'
          : `${deadLetterCount} dead letters need you`,
      remedy: 'see the causes below, then redrive or dismiss them',
    })
  return found
}

/** No node reports. One that is connected runs: it is starting, or its reports are late or refused, as when the disk is full. */
function ofSilence(connectedCount: number): Known {
  const base = { ...nothing, level: 'trouble' } as const
  if (connectedCount === 0)
    return {
      ...base,
      text: 'No gateway runs on this database',
      remedy: 'start one; if one runs, read its log: it is not connected to the database',
    }
  const who =
    connectedCount === 1 ? 'A gateway is connected' : `${connectedCount} gateways are connected`
  return {
    ...base,
    text: `${who} to this database, but none reports; whether work is done is unknown`,
    remedy:
      'free space if the disk of the database is full; otherwise wait if it is starting, or read its log',
  }
}

function ofWriteFailure({ since, reason }: WriteFailure): Known {
  return {
    level: 'trouble',
    code: 'database_unavailable',
    text: 'The database takes no writes',
    since: since.toISOString(),
    remedy: 'free space on its disk, or see why it refuses them. Figures are from before',
    detail: reason,
  }
}

const hourMs = 60 * minuteMs

function ofBackup(at: Date | undefined, maxAgeHours: number | null, now: Date): readonly Known[] {
  if (maxAgeHours === null) return []
  const remedy = 'run authscript backup, and see why its schedule does not'
  if (at === undefined)
    return [{ ...nothing, level: 'attention', text: 'No backup was ever made', remedy }]
  if (now.getTime() - at.getTime() <= maxAgeHours * hourMs) return []
  return [
    {
      ...nothing,
      level: 'attention',
      text: `Backups should be made every ${maxAgeHours} h, and none was made`,
      since: at.toISOString(),
      remedy,
    },
  ]
}

function ofWebhooks({ disabled, unreadable }: Common['webhooks']): readonly Known[] {
  const found: Known[] = []
  if (unreadable > 0)
    found.push({
      ...nothing,
      level: 'attention',
      code: 'webhook_secret_unreadable',
      text:
        unreadable === 1
          ? 'The secret of a webhook cannot be decrypted, so it gets nothing'
          : `The secrets of ${unreadable} webhooks cannot be decrypted, so these get nothing`,
      remedy: 'bring back the key in Webhooks.EncryptionKeys and restart',
    })
  if (disabled > 0)
    found.push({
      ...nothing,
      level: 'attention',
      text:
        disabled === 1
          ? 'A webhook is disabled after too many failures'
          : `${disabled} webhooks are disabled after too many failures`,
      remedy: 'see the page Webhooks for the cause, then enable it',
    })
  return found
}

/** A node that ended without a word, for an hour, unless another one runs in its place. */
function isMissing(
  { state, seenAt, host, startedAt }: NodeView,
  live: readonly NodeView[],
  now: Date,
  writeFailure: WriteFailure | undefined,
): boolean {
  const seenMs = Date.parse(seenAt)
  // Nobody can report while the database takes no writes, so that silence since then says nothing.
  const mayWrite = writeFailure === undefined || writeFailure.since.getTime() - seenMs > goneMs
  return (
    state === 'gone' &&
    mayWrite &&
    now.getTime() - seenMs < missedMs &&
    !live.some((other) => other.host === host && other.startedAt > startedAt)
  )
}

const nothing = { code: null, since: null, remedy: null, detail: null }

/** What all nodes say is said once; what some say, with their names. */
function ofNodes(live: readonly NodeView[]): readonly Known[] {
  const said = live.flatMap((node) => node.findings.map((found) => ({ node, found })))
  const groups = [...Map.groupBy(said, ({ found }) => `${found.level} ${found.code} ${found.text}`)]
  return groups.flatMap(([, each]) => {
    const [first] = each.toSorted((one, other) =>
      (one.found.since ?? '').localeCompare(other.found.since ?? ''),
    )
    if (first === undefined) return []
    const { href: _href, ...found } = first.found
    if (each.length === live.length || live.length === 1) return [found]
    const names = each.map(({ node }) => nodeName(node)).join(', ')
    return [{ ...found, text: `${found.text} (node ${names})` }]
  })
}

function working({ waitedMs, undecidedCount }: Common, deadLetterCount: number): Known {
  const waiting =
    waitedMs === null ? '' : `. The oldest waiting encounter: ${Math.round(waitedMs / 1000)} s`
  const decisions =
    undecidedCount === 0 ? '' : `. ${undecidedCount} sent forms need a person's decision`
  return {
    ...nothing,
    level: 'working',
    text: deadLetterCount === 0 ? `Working${waiting}${decisions}` : 'Working',
  }
}
