import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Node, openNode } from '../../../test/database/node.ts'
import { urlOf } from '../../../test/database/table-rows.ts'
import { onServer, type TestConnection } from '../../../test/database/template-database.ts'
import { createTestDatabase } from '../../../test/database/test-database.ts'
import type { NodeReport } from '../../store/schema.ts'
import { runCommandLine } from '../run-command-line.ts'

const parts = new AsyncDisposableStack()
let connection: TestConnection
let node: Node
let config = ''

beforeAll(async () => {
  connection = parts.use(await createTestDatabase()).connection
  node = parts.use(await openNode(connection))
  const folder = await mkdtemp(join(tmpdir(), 'drain-command-'))
  parts.defer(() => rm(folder, { recursive: true }))
  config = join(folder, 'gateway.config.json')
  await writeFile(config, JSON.stringify({ Database: { Url: urlOf(connection) } }))
})
afterAll(() => parts.disposeAsync())
beforeEach(() => statement('delete from nodes'))

const statement = (text: string) => onServer(connection, (client) => client.query(text))
const askedStates = async () =>
  (await node.store.nodes.list(9)).map((row) => [row.report.processId, row.asked_state])

const aReport = (processId: number, state: NodeReport['state'] = 'working'): NodeReport => ({
  nodeId: randomUUID(),
  host: 'gw',
  processId,
  version: '0.1.0',
  startedAt: new Date().toISOString(),
  state,
  leaseCount: state === 'draining' ? 2 : 0,
  workerCount: 4,
  busyWorkers: 1,
  wantedWorkers: 2,
  streamCount: 3,
  heapBytes: 1,
  heapLimitBytes: 2,
  loopLagMs: 0,
  ehr: { requestsPerSecond: 2, limitPerSecond: 15, requestsPerDay: 1000, tooManyRequests: 0 },
  dependencies: [],
  findings: [],
})

function run(...args: readonly string[]) {
  const lines: string[] = []
  const print = (text: string) => void lines.push(text)
  const ended = runCommandLine([...args, '--config', config], { print, printError: print })
  return { lines, ended }
}
async function resultOf(...args: readonly string[]) {
  const { lines, ended } = run(...args)
  return { exitCode: await ended, text: lines.join('\n') }
}

describe('authscript drain', () => {
  it('needs the name of a node only where several run', async () => {
    expect(await resultOf('drain')).toMatchObject({
      exitCode: 1,
      text: expect.stringContaining('no gateway reports to this database'),
    })
    await node.store.nodes.report(aReport(1))
    expect(await resultOf('drain')).toEqual({ exitCode: 0, text: 'gw:1: asked to drain' })
    await node.store.nodes.report(aReport(2))

    expect(await resultOf('drain')).toMatchObject({
      exitCode: 2,
      text: expect.stringMatching(
        /2 nodes run \(gw:2, gw:1\); name one with --node, or give --all/,
      ),
    })
    expect(await resultOf('drain', '--node', 'gw:1', '--all')).toMatchObject({ exitCode: 2 })
    expect(await askedStates()).toEqual([
      [2, null],
      [1, 'drained'],
    ])
  })

  it('names what cannot be asked, and asks all that report', async () => {
    await node.store.nodes.report(aReport(3))
    await statement("update nodes set seen_at = now() - interval '1 minute'")
    await node.store.nodes.report(aReport(1))
    await node.store.nodes.report(aReport(2))

    expect(await resultOf('drain', '--node', 'gw:3')).toMatchObject({
      exitCode: 1,
      text: expect.stringMatching(
        /node gw:3 does not report, .*these report: gw:2, gw:1 \[node_unknown\]/,
      ),
    })
    expect(await resultOf('drain', '--node', 'gw:9')).toMatchObject({
      exitCode: 1,
      text: expect.stringContaining('there is no node gw:9'),
    })
    expect((await resultOf('drain', '--all')).exitCode).toBe(0)
    expect(await askedStates()).toEqual([
      [2, 'drained'],
      [1, 'drained'],
      [3, null],
    ])
    const { rows } = await statement(
      "select label, person_id, operation, detail from audit_log where detail like 'drain gw:2 %'",
    )
    expect(rows).toEqual([
      {
        label: 'authscript',
        person_id: null,
        operation: 'drainNamedNode',
        detail: expect.stringMatching(/^drain gw:2 [0-9a-f-]{36}$/),
      },
    ])
  })

  it('waits until each is drained or has stopped', async () => {
    const [first, second] = [aReport(1, 'draining'), aReport(2)]
    await node.store.nodes.report(first)
    await node.store.nodes.report(second)
    const { lines, ended } = run('drain', '--all', '--wait')
    await expect.poll(() => lines).toContain('gw:1: draining, 2 jobs left')
    expect(lines).toContain('gw:2: asked, not begun yet')

    await node.store.nodes.remove(second.nodeId)
    await node.store.nodes.report({ ...first, state: 'drained', leaseCount: 0 })

    expect(await ended).toBe(0)
    expect(lines.slice(-2).toSorted()).toEqual(['gw:1: drained', 'gw:2: has stopped'])
  })

  it('does not wait for a node that is let take up work meanwhile, or that reports no more', async () => {
    const one = aReport(1, 'draining')
    await node.store.nodes.report(one)
    const taken = run('drain', '--wait')
    await expect.poll(() => taken.lines).toContain('gw:1: draining, 2 jobs left')
    expect((await resultOf('take-up')).text).toBe('gw:1: asked to take up work')
    expect(await taken.ended).toBe(1)
    expect(taken.lines.at(-1)).toMatch(/was let take up work again meanwhile/)

    const silent = run('drain', '--wait')
    await expect.poll(() => silent.lines).toContain('gw:1: draining, 2 jobs left')
    await statement("update nodes set seen_at = now() - interval '1 minute'")
    expect(await silent.ended).toBe(1)
    expect(silent.lines.at(-1)).toMatch(/no longer reports/)
  })
})

describe('authscript take-up', () => {
  it('says when all nodes are paused, which it does not end', async () => {
    await node.store.nodes.report(aReport(1, 'drained'))
    await node.store.processingPause.pause('night shift', new Date())

    const { exitCode, text } = await resultOf('take-up', '--node', 'gw:1')

    expect(exitCode).toBe(0)
    expect(text).toContain('all nodes are paused by night shift')
    expect(await node.store.processingPause.current()).toBeDefined()
    expect(await askedStates()).toEqual([[1, 'working']])
  })
})
