import { systemClock } from '../clock.ts'
import { isGone, listedNodes, nodeName } from '../operations/listed-nodes.ts'
import type { NodeRow } from '../store/nodes.ts'
import type { AskedState } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { type Terminal, UsageError } from './command.ts'
import type { NodeChoice } from './node-options.ts'
import { withRunningStore } from './running-store.ts'
import { NodeUnknownError, StatusUnknownError } from './status-errors.ts'

interface NodeCommandOptions {
  readonly choice: NodeChoice
  readonly configFile: string
}

const lookEveryMs = 500

/** Resolves with the exit code: 1 when a node that was asked is not drained and will not be, 130 after Ctrl-C. */
export function runDrain(
  { choice, configFile, isWaiting }: NodeCommandOptions & { readonly isWaiting: boolean },
  terminal: Terminal,
): Promise<number> {
  return withRunningStore(configFile, async (store) => {
    const asked = await ask(store, choice, 'drained', terminal)
    return isWaiting ? waitForDrain(store, asked, terminal) : 0
  })
}

/** Resolves with the exit code. */
export function runTakeUp(
  { choice, configFile }: NodeCommandOptions,
  terminal: Terminal,
): Promise<number> {
  return withRunningStore(configFile, async (store) => {
    await ask(store, choice, 'working', terminal)
    const pause = await store.processingPause.current()
    if (pause !== undefined)
      terminal.print(
        `all nodes are paused by ${pause.by}, so nothing is processed: press Resume all nodes on the operations page`,
      )
    return 0
  })
}

interface ListedNode {
  readonly nodeId: string
  readonly name: string
}

const toListed = ({ report }: NodeRow): ListedNode => ({
  nodeId: report.nodeId,
  name: nodeName(report),
})

/** Writes the request with its row in the audit trail; every node carries out its request, at once or with its next report. */
async function ask(
  store: Store,
  choice: NodeChoice,
  state: AskedState,
  terminal: Terminal,
): Promise<readonly ListedNode[]> {
  const chosen = choose(await store.nodes.list(listedNodes), choice)
  const isDrain = state === 'drained'
  const audited = {
    actor: { personId: null, label: 'authscript', roles: [], address: null, requestId: null },
    action: 'settings',
    operation: isDrain ? 'drainNamedNode' : 'takeUpWorkOfNode',
    isRecorded: false,
  } as const
  const asked = await store.auditScope.run({ ...audited }, () =>
    store.transaction('Operator', async (transaction) => {
      const written: ListedNode[] = []
      for (const node of chosen) {
        if (!(await transaction.nodes.ask(node.nodeId, { state }, systemClock.now()))) continue
        transaction.acted({
          detail: `${isDrain ? 'drain' : 'take_up'} ${node.name} ${node.nodeId}`,
        })
        written.push(node)
      }
      await transaction.nodes.notify()
      return written
    }),
  )
  for (const node of chosen)
    terminal.print(
      asked.includes(node)
        ? `${node.name}: asked to ${isDrain ? 'drain' : 'take up work'}`
        : `${node.name}: has stopped`,
    )
  return asked
}

/**
 * @throws {UsageError} it is not clear which node is meant
 * @throws {NodeUnknownError} there is no such node, or it does not report
 * @throws {StatusUnknownError} no node reports
 */
function choose(rows: readonly NodeRow[], choice: NodeChoice): readonly ListedNode[] {
  const live = rows.filter((row) => !isGone(row)).map(toListed)
  const names = live.map(({ name }) => name).join(', ')
  if (typeof choice === 'object') {
    const isMeant = ({ nodeId, name }: ListedNode) => name === choice.name || nodeId === choice.name
    const found = live.find(isMeant)
    if (found !== undefined) return [found]
    const isSilent = rows.map(toListed).some(isMeant)
    const listed = names === '' ? 'no node reports' : `these report: ${names}`
    throw new NodeUnknownError(
      isSilent
        ? `node ${choice.name} does not report, so nothing can be asked of it; ${listed}`
        : `there is no node ${choice.name}; ${listed}`,
    )
  }
  if (live.length === 0)
    throw new StatusUnknownError('no gateway reports to this database; start one, or read its log')
  if (choice === 'sole' && live.length > 1)
    throw new UsageError(`${live.length} nodes run (${names}); name one with --node, or give --all`)
  return live
}

async function waitForDrain(
  store: Store,
  asked: readonly ListedNode[],
  terminal: Terminal,
): Promise<number> {
  const interrupted = new AbortController()
  const interrupt = () => interrupted.abort()
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.on(signal, interrupt)
  const said = new Map<string, string>()
  let waiting = asked
  let exitCode = 0
  try {
    while (waiting.length > 0) {
      const rows = await store.nodes.list(listedNodes)
      const left: ListedNode[] = []
      for (const node of waiting) {
        const { text, end } = progressOf(rows.find(({ report }) => report.nodeId === node.nodeId))
        if (said.get(node.nodeId) !== text) terminal.print(`${node.name}: ${text}`)
        said.set(node.nodeId, text)
        if (end === undefined) left.push(node)
        else exitCode = Math.max(exitCode, end)
      }
      waiting = left
      if (waiting.length > 0) await systemClock.sleep(lookEveryMs, interrupted.signal)
    }
    return exitCode
  } catch (error) {
    if (!interrupted.signal.aborted) throw error
    const names = waiting.map(({ name }) => name)
    terminal.printError(
      `authscript drain: no longer waiting; the request stays, and ${names.join(', ')} ` +
        `${names.length === 1 ? 'continues' : 'continue'} draining. To undo it: ` +
        names.map((name) => `authscript take-up --node ${name}`).join('; '),
    )
    return 130
  } finally {
    for (const signal of signals) process.off(signal, interrupt)
  }
}

/** `end`: the exit code for a node that need not be waited for. */
function progressOf(row: NodeRow | undefined): { readonly text: string; readonly end?: 0 | 1 } {
  if (row === undefined) return { text: 'has stopped', end: 0 }
  if (isGone(row))
    return { text: 'no longer reports; what it had begun goes to another node', end: 1 }
  if (row.asked_state !== 'drained')
    return { text: 'was let take up work again meanwhile, so it does not drain', end: 1 }
  const { state, leaseCount } = row.report
  if (state === 'drained') return { text: 'drained', end: 0 }
  if (state !== 'draining') return { text: 'asked, not begun yet' }
  return { text: leaseCount === 1 ? 'draining, 1 job left' : `draining, ${leaseCount} jobs left` }
}
