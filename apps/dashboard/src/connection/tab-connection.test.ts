import { describe, expect, it } from 'vitest'
import type { StreamCommand, StreamReport } from './messages.ts'
import { Connection } from './tab-connection.ts'

const heartbeatMs = 15_000

/** A tab whose clock the test turns, with the links that were opened. */
function openTab() {
  let time = 1_000_000
  const ticks = new Set<() => void>()
  const links: { report(report: StreamReport): void; posted: StreamCommand[]; isOpen: boolean }[] =
    []
  let page = { onSeen: () => {}, onHidden: (_isKept: boolean) => {} }
  let shown = () => {}
  const connection = new Connection({
    now: () => time,
    every(_intervalMs, work) {
      ticks.add(work)
      return () => ticks.delete(work)
    },
    openLink(receive) {
      const link = { report: receive, posted: [] as StreamCommand[], isOpen: true }
      links.push(link)
      return {
        post: (command) => void link.posted.push(command),
        close: () => void (link.isOpen = false),
      }
    },
    watchPage(watched) {
      page = watched
      return () => (page = { onSeen: () => {}, onHidden: () => {} })
    },
    onceShown: (work) => void (shown = work),
  })
  const statuses: string[] = []
  connection.watch(() => statuses.push(connection.state().status))
  connection.start()
  return {
    connection,
    links,
    statuses,
    link: () => links.at(-1) ?? expect.fail('no link'),
    alive: (at = time): StreamReport => ({ kind: 'alive', at, heartbeatMs }),
    now: () => time,
    pass(ms: number) {
      for (let second = 0; second < ms / 1000; second += 1) {
        time += 1000
        for (const tick of ticks) tick()
      }
    },
    look: () => page.onSeen(),
    hide: (isKept: boolean) => page.onHidden(isKept),
    show: () => shown(),
  }
}

describe('a tab', () => {
  it('that finds its stream silent before the reader does stays lost, whatever the reader still says', () => {
    const tab = openTab()
    const heardAt = tab.now()
    tab.link().report(tab.alive(heardAt))
    expect(tab.connection.state().status).toBe('live')

    tab.pass(3 * heartbeatMs)
    expect(tab.connection.state().status).toBe('lost')
    expect(tab.links.map(({ isOpen }) => isOpen)).toEqual([false, true])

    // The shared worker has not noticed yet: it answers with its last word, once a second.
    for (let second = 0; second < 5; second += 1) {
      tab.link().report(tab.alive(heardAt))
      tab.pass(1000)
    }
    expect(tab.statuses).toEqual(['live', 'lost'])
    expect(tab.links).toHaveLength(2)

    tab.link().report({ kind: 'lost' })
    tab.link().report(tab.alive())
    expect(tab.statuses).toEqual(['live', 'lost', 'live'])
  })

  it('says since when it is lost, by the minute in which it last heard something', () => {
    const tab = openTab()
    tab.link().report(tab.alive())
    const heardAt = tab.connection.state().heardAt

    tab.pass(3 * heartbeatMs)

    expect(tab.connection.state()).toEqual({ status: 'lost', heardAt })
    expect(heardAt).toBe(Math.floor(1_000_000 / 60_000) * 60_000)
  })

  it('has nothing to lose before the first word, and asks the reader when it is looked at', () => {
    const tab = openTab()
    tab.link().report({ kind: 'lost' })
    expect(tab.connection.state().status).toBe('connecting')

    tab.look()
    expect(tab.link().posted).toEqual(['check'])
  })

  it('holds no link while the browser keeps it away, and opens one when it comes back', () => {
    const tab = openTab()
    tab.link().report(tab.alive())

    tab.hide(true)
    expect(tab.link().isOpen).toBe(false)
    tab.pass(10 * heartbeatMs)
    expect(tab.links).toHaveLength(1)
    tab.show()
    expect(tab.links).toHaveLength(2)
    tab.link().report(tab.alive())
    expect(tab.connection.state().status).toBe('live')
  })
})
