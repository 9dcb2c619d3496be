import type { NodeView } from '@authscript/prior-auth'
import type { NodeReport } from '../store/schema.ts'
import type { NodeRow } from '../store/nodes.ts'
import type { Store } from '../store/store.ts'
import type { WriteFailure } from './write-failure.ts'

/** The node that answers: it lives, whatever its row says. */
export interface AnsweringNode {
  report(): NodeReport
  /** Why its last report could not be written; undefined when it was. */
  readonly writeFailure: WriteFailure | undefined
}

/** Three reports in a row are missing. */
export const goneMs = 15_000
/** Nodes that ended without a word are listed for a while, among the others. */
export const listedNodes = 50

export const isGone = ({ silent_ms: silentMs }: Pick<NodeRow, 'silent_ms'>): boolean =>
  silentMs > goneMs

/** `host:process` */
export const nodeName = ({ host, processId }: Pick<NodeView, 'host' | 'processId'>): string =>
  `${host}:${processId}`

/** The rows of all nodes; that of the node that answers as it is now, if it cannot write it or is late. */
export async function listNodes(
  nodes: Pick<Store['nodes'], 'list'>,
  answering: AnsweringNode | undefined,
  now: Date,
): Promise<readonly NodeRow[]> {
  const rows = await nodes.list(listedNodes)
  if (answering === undefined) return rows
  const report = answering.report()
  const written = rows.find((row) => row.report.nodeId === report.nodeId)
  if (answering.writeFailure === undefined && written !== undefined && !isGone(written)) return rows
  const here = {
    asked_state: null,
    asked_workers: null,
    asked_at: null,
    ...written,
    report,
    seen_at: now,
    silent_ms: 0,
  }
  return [here, ...rows.filter((row) => row !== written)]
}

export function toNodeView(row: NodeRow): NodeView {
  const { workingMs: _workingMs, ...report }: NodeReport = row.report
  return {
    ...report,
    seenAt: row.seen_at.toISOString(),
    state: isGone(row) ? 'gone' : report.state,
    asked: isGone(row) ? null : askedOf(row),
  }
}

/**
 * For how long a node has taken work without a break, of those that report: what waited before that could not be worked on. Undefined:
 * none takes work.
 */
export function longestWorkingMs(rows: readonly NodeRow[], now: Date): number | undefined {
  const each = rows
    .filter((row) => !isGone(row) && row.report.state === 'working')
    .map(({ report, silent_ms: silentMs }) =>
      typeof report.workingMs === 'number'
        ? report.workingMs + silentMs
        : now.getTime() - Date.parse(report.startedAt),
    )
  return each.length === 0 ? undefined : Math.max(...each)
}

/** What the node has not done yet. */
function askedOf({ report, asked_at: askedAt, ...row }: NodeRow): NodeView['asked'] {
  if (askedAt === null) return null
  const asked = { workers: null, at: askedAt.toISOString() }
  const isDrained = report.state === 'draining' || report.state === 'drained'
  if (row.asked_state === 'drained' && !isDrained) return { ...asked, act: 'drain' }
  if (row.asked_state === 'working') return { ...asked, act: 'take_up' }
  if (row.asked_workers !== null) return { ...asked, act: 'workers', workers: row.asked_workers }
  return null
}

/** Any node that is listed: one that reports before one of the same name that does not. */
export async function findNode(
  name: string,
  nodes: Pick<Store['nodes'], 'list'>,
): Promise<
  { readonly nodeId: string; readonly name: string; readonly isGone: boolean } | undefined
> {
  const row = (await nodes.list(listedNodes)).find(
    ({ report }) => report.nodeId === name || nodeName(report) === name,
  )
  return row && { nodeId: row.report.nodeId, name: nodeName(row.report), isGone: isGone(row) }
}
