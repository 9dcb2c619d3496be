import type { TimelineEntry } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { groupsOf } from './timeline-groups.ts'

const at = (seconds: number) => new Date(Date.parse('2026-11-30T14:00:00Z') + seconds * 1000)
const anEntry = (kind: TimelineEntry['kind'], from: number, to?: number): TimelineEntry => ({
  kind,
  run: 1,
  attempt: null,
  startedAt: at(from).toISOString(),
  endedAt: to === undefined ? null : at(to).toISOString(),
  code: null,
  nodeId: null,
  workerId: null,
  ehrRequestCount: 0,
  ehrMs: 0,
})

describe('the scales of a timeline', () => {
  it('is one for what happens in a row', () => {
    const entries = [anEntry('detected', 0), anEntry('wait', 0, 2), anEntry('read', 2, 9)]

    expect(groupsOf(entries).map((group) => group.length)).toEqual([3])
  })

  it('begins again after a long wait, which has one of its own', () => {
    const entries = [
      anEntry('read', 0, 2),
      anEntry('failure', 2),
      anEntry('wait', 2, 3600),
      anEntry('read', 3600, 3602),
      anEntry('write_back', 9000, 9001),
    ]

    expect(groupsOf(entries).map((group) => group.map(({ kind }) => kind))).toEqual([
      ['read', 'failure'],
      ['wait'],
      ['read'],
      ['write_back'],
    ])
  })
})
