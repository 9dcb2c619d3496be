import { expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { Heartbeat, type HeartbeatOptions } from './heartbeat.ts'

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
