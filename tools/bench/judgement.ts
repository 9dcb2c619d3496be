import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { policies, type Query } from '@authscript/intelligence'
import type { BenchResult, Row } from '../report.ts'
import { atLeast, median, toRow, under } from '../report.ts'

const runs = 5
/** For the rounds over all cases: garbage must not be collected while the allocation of an encounter is sampled. */
const flags = ['--expose-gc', '--max-semi-space-size=64']
/** As `npm start` sets them. */
const productFlags = ['--max-old-space-size=512', '--max-semi-space-size=8']

interface Round {
  readonly analysesPerSecond: number
  readonly analyzeP99Ms: number
  readonly formsPerSecond: number
  readonly formP99Ms: number
  readonly allocatedKbPerEncounter: number
  readonly keptKbPerEncounter: number
}

interface LargeRound {
  readonly ms: number
  readonly peakMb: number
}

/**
 * How fast the rules analyze an order and its form is filled, on one core, over the labelled cases; what a chart of 20,000 observations costs each policy that
 * asks for measures; and what 5 MB of notes cost. Each round runs in its own process, so that no round starts with the memory and compiled code of another.
 */
export function judgement(): BenchResult {
  const rounds = repeat(() => runRound('judgement-round.ts', []) as Round)
  const largeRounds = policies
    .filter((policy) => policy.criteria.some((one) => one.any.some(asksForMeasure)))
    .map((policy) => ({
      policyId: policy.policyId,
      rounds: repeat(() => runRound('judgement-large-round.ts', [policy.policyId]) as LargeRound),
    }))
  const row = (name: string, unit: string, pick: (one: Round) => number): Row =>
    toRow('ours', name, unit, rounds.map(pick))
  const large = largeRounds.flatMap(({ policyId, rounds: ofPolicy }) => [
    toRow(
      'ours',
      `chart of 20,000 observations, cold, ${policyId}`,
      'ms',
      ofPolicy.map((one) => one.ms),
    ),
    toRow(
      'ours',
      `peak resident memory with it, ${policyId}`,
      'MB',
      ofPolicy.map((one) => one.peakMb),
    ),
  ])
  const [longest] = policies
  const noteRounds = repeat(
    () => runRound('judgement-notes-round.ts', [longest?.policyId ?? '']) as LargeRound,
  )
  const notes = toRow(
    'ours',
    'chart with 5 MB of notes, cold',
    'ms',
    noteRounds.map((one) => one.ms),
  )
  const speed = rounds.map((one) => one.analysesPerSecond)
  const worst = (unit: string) =>
    Math.max(...large.filter((one) => one.unit === unit).map((one) => one.max))
  return {
    rows: [
      row('analyze (rules), labelled cases', 'encounters/s', (one) => one.analysesPerSecond),
      row('analyze (rules), p99', 'ms', (one) => one.analyzeP99Ms),
      row('fill form, labelled cases', 'forms/s', (one) => one.formsPerSecond),
      row('fill form, p99', 'ms', (one) => one.formP99Ms),
      row('allocated for an encounter', 'KB', (one) => one.allocatedKbPerEncounter),
      row('kept after an encounter', 'KB', (one) => one.keptKbPerEncounter),
      ...large,
      notes,
      toRow(
        'ours',
        'peak resident memory with it',
        'MB',
        noteRounds.map((one) => one.peakMb),
      ),
    ],
    targets: [
      atLeast('orders analyzed per second, on one core', median(speed), 500),
      under(
        'an order is analyzed within, p99 (ms)',
        median(rounds.map((one) => one.analyzeP99Ms)),
        10,
      ),
      under('a chart of 20,000 observations is analyzed within (ms)', worst('ms'), 500),
      under('a chart of 20,000 observations is analyzed within (MB)', worst('MB'), 250),
      under('a chart with 5 MB of notes is analyzed within (ms)', notes.max, 2000),
    ],
  }
}

function asksForMeasure(query: Query): boolean {
  return 'all' in query ? query.all.some(asksForMeasure) : 'measure' in query
}

function repeat<Figures>(run: () => Figures): readonly Figures[] {
  return Array.from({ length: runs }, run)
}

function runRound(file: string, args: readonly string[]): unknown {
  const script = fileURLToPath(new URL(file, import.meta.url))
  const nodeFlags = args.length === 0 ? flags : productFlags
  return JSON.parse(
    execFileSync(process.execPath, [...nodeFlags, script, ...args], { encoding: 'utf8' }),
  )
}
