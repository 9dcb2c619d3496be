import { describe, expect, it } from 'vitest'
import { caseTables } from '@authscript/labelled-cases'
import { compareCase } from './compare.ts'
import { casesOf, type Rewrite } from './evaluated-case.ts'
import { figuresOf } from './figures.ts'
import { rewrites } from './rewrites.ts'

const figuresWith = (rewrite?: Rewrite) =>
  figuresOf(caseTables.flatMap((table) => casesOf(table, rewrite)).map(compareCase))
const asWritten = figuresWith()

/** How much agreement another layout may lose. */
const tolerance = 0.02

describe('the rewritten labelled cases', () => {
  it.each(Object.entries(rewrites))(
    'state nothing false and agree equally well in another layout: %s',
    (_, rewrite) => {
      const { falseStatements, falseMet, agreement } = figuresWith(rewrite)

      expect({ falseStatements, falseMet }).toEqual({ falseStatements: 0, falseMet: 0 })
      expect(Math.abs(asWritten.agreement - agreement)).toBeLessThanOrEqual(tolerance)
    },
    60_000,
  )
})

describe('a rewrite', () => {
  const note =
    'HPI: Low back pain for eight weeks.\n- Therapy: completed\n- Rest\nNo fever. Has pain.'

  it.each([
    [
      'capitals',
      'HPI: LOW BACK PAIN FOR EIGHT WEEKS.\n- THERAPY: COMPLETED\n- REST\nNO FEVER. HAS PAIN.',
    ],
    [
      'one paragraph',
      'HPI: Low back pain for eight weeks. - Therapy: completed. - Rest. No fever. Has pain.',
    ],
    [
      'usual abbreviations',
      'HPI: Low back pain for eight wks.\n- Therapy: completed\n- Rest\nNo fever. Has pain.',
    ],
    [
      'tables for lists',
      'HPI: Low back pain for eight weeks.\n| Therapy | completed |\n| 2 | Rest |\nNo fever. Has pain.',
    ],
    [
      'check boxes for sentences',
      'HPI: Low back pain for eight weeks.\n- Therapy: completed\n- Rest\n\nFever: [ ] Yes [x] No\n Has pain.',
    ],
    [
      'HTML',
      '<html><body>\n<p>HPI: Low back pain for eight weeks.</p>\n<ul><li>Therapy: completed</li><li>Rest</li></ul>\n<p>No fever. Has pain.</p>\n</body></html>',
    ],
  ])('%s', (name, expected) => {
    expect(rewrites[name]?.(note)).toBe(expected)
  })

  it('wraps words, never columns', () => {
    const wide = `${'word '.repeat(30).trim()}\nFEVER     NO     ${'x'.repeat(80)}`
    const lines = rewrites['hard wrap at 60']?.(wide).split('\n') ?? []

    expect(lines.slice(0, -1).every((line) => line.length <= 60)).toBe(true)
    expect(lines.at(-1)).toBe(`FEVER     NO     ${'x'.repeat(80)}`)
  })
})
