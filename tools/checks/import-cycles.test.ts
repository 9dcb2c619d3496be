import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findCircles } from './import-cycles.ts'

const graphOf = (edges: Readonly<Record<string, readonly string[]>>) =>
  new Map(Object.entries(edges))

it('finds no circle where imports go one way, also when a file is reached twice', () => {
  expect(findCircles(graphOf({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toEqual([])
})

it('finds each circle once, with its members, and not the files that only lead to it', () => {
  const circles = findCircles(
    graphOf({ start: ['a'], a: ['b'], b: ['c'], c: ['a', 'd'], d: ['e'], e: ['d'], end: [] }),
  )

  expect(circles.map((circle) => [...circle].sort())).toEqual([
    ['d', 'e'],
    ['a', 'b', 'c'],
  ])
})

it('finds a file that imports itself', () => {
  expect(findCircles(graphOf({ a: ['a'] }))).toEqual([['a']])
})

it('makes the boundary check refuse two files that import each other only as types', () => {
  const root = mkdtempSync(join(tmpdir(), 'boundaries-'))
  try {
    const source = join(root, 'packages/one/src')
    mkdirSync(source, { recursive: true })
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
    expect(check()).toContain('0 faults')

    writeFileSync(
      join(source, 'b.ts'),
      "import type { A } from './a.ts'\nexport interface B { a: A }\n",
    )

    expect(check).toThrow(/circle: .*packages\/one\/src\/[ab]\.ts/)
  } finally {
    rmSync(root, { recursive: true })
  }
})
