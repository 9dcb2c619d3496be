import { GatewayError } from '../../errors.ts'

export type CheckVerdict = 'ok' | 'warning' | 'failed' | 'skipped'

/** One result of the check before going live: what was found, and how to fix it. Contains no names and no note text. */
export interface CheckLine {
  readonly what: string
  readonly verdict: CheckVerdict
  readonly found: string
  readonly fix?: string
}

/** The worst verdict of all lines; it decides the exit code. */
export function verdictOf(lines: readonly CheckLine[]): CheckVerdict {
  if (lines.some((line) => line.verdict === 'failed')) return 'failed'
  return lines.some((line) => line.verdict === 'warning') ? 'warning' : 'ok'
}

/** Runs a step; a GatewayError becomes a `failed` line. */
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
      fix: error.message,
    }
  }
}
