export type CheckVerdict = 'ok' | 'warning' | 'failed' | 'skipped'

/** One thing that was looked at before going live: what was found, and how to mend it. No names, no note text. */
export interface CheckLine {
  readonly what: string
  readonly verdict: CheckVerdict
  readonly found: string
  readonly mend?: string
}

/** The worst of all lines: what the exit code says. */
export function verdictOf(lines: readonly CheckLine[]): CheckVerdict {
  if (lines.some((line) => line.verdict === 'failed')) return 'failed'
  return lines.some((line) => line.verdict === 'warning') ? 'warning' : 'ok'
}
