import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../apps/gateway/src/http/authorization/operations.ts'
import { describeRoutes, renderAuthorization } from './authorization-reference.ts'

let page: string
beforeAll(async () => {
  page = renderAuthorization(await describeRoutes())
})

describe('docs/authorization.md', () => {
  it('has one row for each operation', () => {
    const named = [...page.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name)

    expect(new Set(named)).toEqual(new Set(Object.keys(operations)))
    expect(named).toHaveLength(Object.keys(operations).length)
  })

  // clinician, staff, auditor, administrator, operator, service;
  // what it contains, and the action of the audit trail
  it.each([
    ['approveWorkItem', ['own', '', '', '', '', '', 'chart data', 'approve']],
    ['getWorkItem', ['own', 'own', '', '', '', 'own', 'chart data', 'view']],
    ['pauseOrchestrator', ['', '', '', '', 'all', '', '', 'settings']],
    ['uploadPayerForm', ['', '', '', '', 'own; all', '', '', 'settings']],
    ['storeSignature', ['yes', '', '', '', '', '', 'by a person', 'settings']],
    ['getSession', ['yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'temporary password', '']],
    ['getLiveness', [...Array.from({ length: 6 }, () => 'anyone'), '', '']],
  ])('says who may use %s', (name, cells) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` `)) ?? ''

    const shown = row.slice(1, -1).split('|').slice(3)
    expect(shown.map((cell) => cell.trim())).toEqual(cells)
  })

  it('is the file in the repository', () => {
    expect(readFileSync('docs/authorization.md', 'utf8')).toBe(page)
  })
})
