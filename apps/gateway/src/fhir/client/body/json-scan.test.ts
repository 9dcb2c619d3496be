import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ehrLimitsByDefault } from '../../../../test/ehr/an-ehr-settings.ts'
import { scanJson } from './json-scan.ts'

const unlimited = { maxDepth: 1e9, maxNodes: 1e9 }
const scan = (text: string, limits: Partial<typeof unlimited> = {}) =>
  scanJson(Buffer.from(text), { ...unlimited, ...limits })

/** The number of values that `JSON.parse` creates from it. */
function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, inner) => sum + countValues(inner), 1)
}

/** JSON with everything that could confuse a counter. Seeded, so that a failure can be reproduced. */
function aJson(seed: number, depth = 0): string {
  const random = (limit: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed % limit
  }
  const strings = ['', '"', '\\', '\\"', '{', '[[[', ',,,', '}]', '\\\\"', 'ä€😀', '\u2028', '\n']
  const blank = [' ', '', '\n', '\t '][random(4)] ?? ''
  const kind = random(depth > 5 ? 4 : 7)
  if (kind < 2) return blank + JSON.stringify(strings[random(strings.length)])
  if (kind < 4) return ['1', '-2.5e3', 'true', 'null'][random(4)] ?? '0'
  const parts = Array.from({ length: random(5) }, () => aJson(random(2 ** 31), depth + 1))
  if (kind < 6)
    return `{${parts.map((part, at) => `${JSON.stringify(`${strings[at] ?? ''}${at}`)}:${blank}${part}`).join(`${blank},`)}}`
  return `[${blank}${parts.join(',')}${blank}]`
}

describe('scanJson', () => {
  it('never counts fewer values than are created, nor twice as many', () => {
    for (let seed = 1; seed <= 2000; seed += 1) {
      const text = aJson(seed)
      const values = countValues(JSON.parse(text))

      const measured = scan(text)

      if (measured.outcome !== 'within_limits') throw new Error(`seed ${seed} is refused`)
      expect(measured.nodes, `seed ${seed}`).toBeGreaterThanOrEqual(values)
      expect(measured.nodes, `seed ${seed}`).toBeLessThanOrEqual(values * 2)
    }
  })

  it.each([
    ['{}', 2],
    ['[]', 2],
    ['[{},{},{}]', 7],
    ['{"a":"{[,,]}"}', 2],
    ['{"a":"\\"{,"}', 2],
    ['{"a":"\\\\","b":1}', 3],
    ['"', 1],
    ['', 1],
    ['}}}]]]', 1],
  ])('counts %s as %d', (text, nodes) => {
    expect(scan(text)).toEqual({ outcome: 'within_limits', nodes })
  })

  it.each(['{', '[', '{"a":[', '[{'])(
    'rejects nesting of %s over the limit, closed or not',
    (open) => {
      expect(scan(open.repeat(50), { maxDepth: 49 })).toEqual({ outcome: 'too_deep' })
      expect(scan('[]'.repeat(500), { maxDepth: 1 })).toMatchObject({ outcome: 'within_limits' })
    },
  )

  it.each(['{},', '[],', '1,', '"",', '{"a":{}},', '[[[]]],', '"a":1,'])(
    'rejects many %s',
    (part) => {
      expect(scan(`[${part.repeat(100_000)}`, { maxNodes: 50_000 })).toEqual({
        outcome: 'too_many_nodes',
      })
    },
  )

  it('accepts 16 MB of the densest FHIR with the default limit', () => {
    // As in the densest known resources: 17 bytes per value.
    const entry = '{"url":"http://a.example/b","valueCode":"unknown"},'
    const text = `[${entry.repeat(Math.floor((16 * 1024 * 1024) / entry.length))}{}]`
    const { maxBodyBytes, ...limits } = ehrLimitsByDefault()
    expect(maxBodyBytes).toBe(16 * 1024 * 1024)

    expect(scanJson(Buffer.from(text), limits)).toMatchObject({ outcome: 'within_limits' })
  })
})

describe('a process with a heap of 512 MB', () => {
  const parser = fileURLToPath(new URL('../../../../test/ehr/parse-hostile.ts', import.meta.url))

  it.each(['empty_objects', 'deep_pairs', 'distinct_keys', 'at_the_limit'])(
    'survives two answers of 16 MB of %s at the same time',
    (kind) => {
      const run = spawnSync(
        process.execPath,
        ['--max-old-space-size=512', '--max-semi-space-size=8', parser, kind],
        { encoding: 'utf8', timeout: 60_000 },
      )

      expect(run.stderr).toBe('')
      expect(JSON.parse(run.stdout)).toEqual(
        kind === 'at_the_limit' ? ['Bundle', 'Bundle'] : ['ehr_too_large', 'ehr_too_large'],
      )
    },
  )
})
