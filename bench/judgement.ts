import { fileURLToPath } from 'node:url'
import { execFileSync } from 'node:child_process'
import type { BenchResult, Row } from './report.ts'
import { toRow, under } from './report.ts'

const round = fileURLToPath(new URL('judgement-round.ts', import.meta.url))
const runs = 5

interface Round {
  readonly analysesPerSecond: number
  readonly analyzeP99Ms: number
  readonly formsPerSecond: number
  readonly formP99Ms: number
  readonly kilobytesPerEncounter: number
  readonly largeChartMs: number
  readonly largeChartPeakMb: number
}

/**
 * How fast an order is judged by the rules and its form filled, on one core, over the labelled cases; and what a chart of 20,000 observations costs. Each round is
 * a process of its own, so that one round's memory and warm code are not the next one's.
 */
export async function judgement(): Promise<BenchResult> {
  const rounds: Round[] = []
  for (let run = 0; run < runs; run += 1)
    rounds.push(
      JSON.parse(
        execFileSync(process.execPath, ['--expose-gc', round], { encoding: 'utf8' }),
      ) as Round,
    )
  const row = (name: string, unit: string, pick: (one: Round) => number): Row =>
    toRow('ours', name, unit, rounds.map(pick))
  const large = row(
    'analyze, chart of 20,000 observations, first time',
    'ms',
    (one) => one.largeChartMs,
  )
  const peak = row('peak resident memory with that chart', 'MB', (one) => one.largeChartPeakMb)
  return {
    rows: [
      row('analyze (rules), labelled cases', 'encounters/s', (one) => one.analysesPerSecond),
      row('analyze (rules), p99', 'ms', (one) => one.analyzeP99Ms),
      row('fill form, labelled cases', 'forms/s', (one) => one.formsPerSecond),
      row('fill form, p99', 'ms', (one) => one.formP99Ms),
      row('kept after an encounter', 'KB', (one) => one.kilobytesPerEncounter),
      large,
      peak,
    ],
    targets: [
      under('a chart of 20,000 observations is judged within (ms)', large.max, 1000),
      under('and within (MB)', peak.max, 300),
    ],
  }
}
