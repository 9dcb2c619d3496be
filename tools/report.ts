import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The figures of a subject in one case, over several runs. */
export interface Row {
  /** Ours, or a rival's name and version. */
  readonly subject: string
  readonly case: string
  readonly unit: string
  readonly median: number
  readonly min: number
  readonly max: number
  readonly runs: number
}

/** A figure that an issue asked for, computed from the rows of the same run. */
export interface Target {
  readonly statement: string
  readonly figure: number
  readonly limit: number
  readonly met: boolean
}

export interface BenchResult {
  readonly rows: readonly Row[]
  readonly targets: readonly Target[]
}

export function toRow(subject: string, name: string, unit: string, values: readonly number[]): Row {
  return {
    subject,
    case: name,
    unit,
    median: round(median(values)),
    min: round(Math.min(...values)),
    max: round(Math.max(...values)),
    runs: values.length,
  }
}

/** With an even number of values, the upper of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export function atLeast(statement: string, figure: number, limit: number): Target {
  return { statement, figure: round(figure), limit, met: figure >= limit }
}

export function under(statement: string, figure: number, limit: number): Target {
  return { statement, figure: round(figure), limit, met: figure < limit }
}

/** `p-queue 10.0.0`: the name and the version that is installed. */
export function rival(packageName: string): string {
  const manifest = join(dirname(import.meta.dirname), 'node_modules', packageName, 'package.json')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  return `${packageName} ${version}`
}

/** Four significant digits; the measurements are not more precise. */
function round(figure: number): number {
  return Number(figure.toPrecision(4))
}
