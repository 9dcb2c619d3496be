import { expect, it } from 'vitest'
import { type Clock, systemClock } from '../clock.ts'
import type { NodeFigures, NodeReport } from '../store/schema.ts'
import { Heartbeat, type HeartbeatOptions } from './heartbeat.ts'

/** A node whose reports fail while `problem` is set; one beat each 3 s. */
function aNode() {
  let nowMs = Date.parse('2026-11-30T14:00:30Z')
  const node: { problem: Error | undefined } = { problem: undefined }
  const warnings: string[] = []
  const heartbeat = new Heartbeat({
    store: {
      nodes: {
        report: async () => {
          if (node.problem !== undefined) throw node.problem
        },
      },
    } as unknown as HeartbeatOptions['store'],
    report: () => ({ nodeId: 'n' }) as NodeReport,
    figures: () => ({}) as NodeFigures,
    applyControls: async () => undefined,
    clock: { now: () => new Date(nowMs) } as Clock,
    log: { warn: (_fields: object, text?: string) => void warnings.push(text ?? '') } as never,
  })
  const beat = async (problem?: Error) => {
    node.problem = problem
    await heartbeat.beat()
    const { failure } = heartbeat
    nowMs += 3000
    return failure
  }
  return { beat, warnings }
}

const full = Object.assign(new Error('could not extend file'), { code: '53100' })

it('says nothing of one report that fails alone', async () => {
  const { beat } = aNode()

  expect(await beat()).toBeUndefined()
  expect(await beat(full)).toBeUndefined()
  expect(await beat()).toBeUndefined()
  expect(await beat(full)).toBeUndefined()
})

it('says from the second on since when reports fail, until one is written; and warns once', async () => {
  const { beat, warnings } = aNode()
  await beat(full)

  const since = new Date('2026-11-30T14:00:30Z')
  expect(await beat(full)).toEqual({ since, reason: 'its disk is full' })
  expect(await beat(full)).toEqual({ since, reason: 'its disk is full' })
  expect(warnings).toEqual(['this node could not report; trying again'])

  expect(await beat()).toBeUndefined()
})

/** The rows of nodes, with a report that takes until the test says so. */
function aHeartbeat() {
  const rows = new Set<string>()
  const asked = Promise.withResolvers<void>()
  const written = Promise.withResolvers<void>()
  const nodes = {
    async report({ nodeId }: { readonly nodeId: string }) {
      asked.resolve()
      await written.promise
      rows.add(nodeId)
    },
    async remove(nodeId: string) {
      rows.delete(nodeId)
    },
  }
  const heartbeat = new Heartbeat({
    // Nothing else of the store is asked before a minute ends.
    store: { nodes } as unknown as HeartbeatOptions['store'],
    report: () => ({ nodeId: 'n1' }) as ReturnType<HeartbeatOptions['report']>,
    figures: () => ({}) as ReturnType<HeartbeatOptions['figures']>,
    applyControls: async () => undefined,
    clock: systemClock,
    log: { warn: () => undefined },
  })
  return { heartbeat, rows, asked: asked.promise, written }
}

it('leaves no row behind when the node stops while a report is under way', async () => {
  const { heartbeat, rows, asked, written } = aHeartbeat()
  void heartbeat.beat()
  await asked

  const stopped = heartbeat.stop()
  written.resolve()
  await stopped
  await heartbeat.beat()

  expect([...rows]).toEqual([])
})
