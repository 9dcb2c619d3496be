import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findCycles } from './import-cycles.ts'

const graphOf = (edges: Readonly<Record<string, readonly string[]>>) =>
  new Map(Object.entries(edges))

it('finds no cycle if imports go one way, even if a file is reached twice', () => {
  expect(findCycles(graphOf({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toEqual([])
})

it('finds each cycle once, with its members and without files that only lead to it', () => {
  const cycles = findCycles(
    graphOf({ start: ['a'], a: ['b'], b: ['c'], c: ['a', 'd'], d: ['e'], e: ['d'], end: [] }),
  )

  expect(cycles.map((cycle) => [...cycle].sort())).toEqual([
    ['d', 'e'],
    ['a', 'b', 'c'],
  ])
})

it('finds a file that imports itself', () => {
  expect(findCycles(graphOf({ a: ['a'] }))).toEqual([['a']])
})

it('lets the boundary check refuse two files that import only types from each other', () => {
  const root = mkdtempSync(join(tmpdir(), 'boundaries-'))
  try {
    const source = join(root, 'packages/one/src')
    mkdirSync(source, { recursive: true })
    mkdirSync(join(root, 'apps/gateway/src'), { recursive: true })
    const checks = join(root, 'tools/checks')
    cpSync(import.meta.dirname, checks, {
      recursive: true,
      filter: (path) => path === import.meta.dirname || /(boundaries|cycles)\.ts$/.test(path),
    })
    writeFileSync(
      join(source, 'a.ts'),
      "import type { B } from './b.ts'\nexport interface A { b: B }\n",
    )
    writeFileSync(join(source, 'b.ts'), 'export interface B {}\n')
    const check = () =>
      execFileSync(process.execPath, [join(checks, 'boundaries.ts')], {
        encoding: 'utf8',
        stdio: 'pipe',
      })
    expect(check()).toContain('0 violations')

    writeFileSync(
      join(source, 'b.ts'),
      "import type { A } from './a.ts'\nexport interface B { a: A }\n",
    )

    expect(check).toThrow(/cycle: .*packages\/one\/src\/[ab]\.ts/)
  } finally {
    rmSync(root, { recursive: true })
  }
})
