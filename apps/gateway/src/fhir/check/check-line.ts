import { GatewayError } from '../../errors.ts'

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

/** A step whose failure is a line like any other. */
export async function attempt(
  what: string,
  step: () => Promise<Omit<CheckLine, 'what'>>,
  context: () => string = () => '',
): Promise<CheckLine> {
  try {
    return { what, ...(await step()) }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return {
      what,
      verdict: 'failed',
      found: [error.code, context()].filter(Boolean).join('; '),
      mend: error.message,
    }
  }
}
