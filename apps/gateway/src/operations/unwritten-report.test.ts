import { expect, it } from 'vitest'
import type { Overview } from './overview.ts'
import { hasNotReported, noGatewayRuns } from './silence-words.ts'
import { withUnwrittenReport, writeFailureOf } from './unwritten-report.ts'

const nothing = { code: null, since: null, remedy: null, detail: null, href: null }
const overview = {
  verdict: { ...nothing, level: 'trouble', text: noGatewayRuns },
  findings: [
    { ...nothing, level: 'attention', text: hasNotReported('gw:7') },
    { ...nothing, level: 'attention', text: hasNotReported('other:7') },
  ],
  nodes: [{ nodeId: 'here', host: 'gw', processId: 7 }],
} as unknown as Overview

it('is the verdict when the node that answers cannot write, and not that no gateway runs', () => {
  const since = new Date('2026-11-30T14:02:00Z')

  const shown = withUnwrittenReport(overview, { since, reason: 'no space left on device' }, 'here')

  expect(shown.verdict).toMatchObject({
    level: 'trouble',
    code: 'database_unavailable',
    text: 'The database takes no writes',
    since: since.toISOString(),
    detail: 'no space left on device',
  })
  expect(shown.findings.map(({ text }) => text)).toEqual([hasNotReported('other:7')])
  expect(withUnwrittenReport(overview, undefined, 'here')).toBe(overview)
})

it('names a full disk', () => {
  const full = Object.assign(new Error('could not extend file'), { code: '53100' })
  const since = new Date(0)

  expect(writeFailureOf(new Error('went away', { cause: full }), since)).toEqual({
    since,
    reason: 'its disk is full',
  })
  expect(writeFailureOf(full, since).reason).toBe('its disk is full')
})
