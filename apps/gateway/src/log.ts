import { type Logger, pino } from 'pino'

export type Log = Logger

/**
 * The gateway's log. Only ids, counts and codes go in: fields outside the allow list are dropped before they are written, because
 * a list of what to hide leaks whatever it does not name.
 */
export function createLog(options: {
  level: string
  pretty: boolean
  stream?: { write(line: string): void }
}): Log {
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: allowed },
    serializers: { error: withoutCause },
  }
  const stream = options.stream ?? process.stdout
  return pino(
    settings,
    options.pretty ? { write: (line: string) => stream.write(asStory(line)) } : stream,
  )
}

const allowedFields: ReadonlySet<string> = new Set([
  'event',
  'code',
  'kind',
  'error',
  'encounterId',
  'patientId',
  'practiceId',
  'correlationId',
  'workItemId',
  'serviceRequestId',
  'taskId',
  'attempt',
  'maxAttempts',
  'workerId',
  'delayMs',
  'durationMs',
  'count',
  'status',
  'method',
  'route',
  'url',
  'port',
  'dependency',
  'state',
  'sequence',
  'policyId',
  'recommendation',
  'review',
  'reason',
  'jobId',
  'resourceType',
  'requestId',
  'unfinished',
  'drained',
  'dropped',
  'queued',
  'label',
  'directory',
  'migration',
  'signal',
])

function allowed(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => allowedFields.has(key)))
}

/** Name, code, the EHR's reason codes, message and stack of our own errors; a foreign error's message may quote its input, so only name and code are kept. */
function withoutCause(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: typeof error }
  if ('code' in error && 'kind' in error) {
    // Of the error itself alone: pino's own serializer adds the messages of its causes, which may quote a chart.
    const { name, message, stack } = error
    const reasonCodes =
      'reasonCodes' in error && Array.isArray(error.reasonCodes) && error.reasonCodes.length > 0
        ? { reasonCodes: error.reasonCodes.map(String) }
        : {}
    return { name, code: error.code, kind: error.kind, ...reasonCodes, message, stack }
  }
  return {
    name: error.name,
    // SQLSTATE or errno: `53100`, `ECONNRESET`.
    ...('code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{3,40}$/.test(error.code)
      ? { code: error.code }
      : {}),
    stack: error.stack
      ?.split('\n')
      .filter((line) => line.trimStart().startsWith('at '))
      .join('\n'),
  }
}

/** One line a person can follow: time, what happened, and the ids it happened to. */
function asStory(line: string): string {
  const { time, level, msg, correlationId, ...fields } = JSON.parse(line) as Record<string, unknown>
  const mark = level === 'error' || level === 'fatal' ? ' !' : level === 'warn' ? ' ?' : ''
  const { error, ...rest } = fields
  const details = Object.entries(rest).map(
    ([key, value]) => `${key}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
  )
  const failure =
    typeof error === 'object' && error !== null
      ? [
          `${(error as Record<string, unknown>)['name']}: ${(error as Record<string, unknown>)['message'] ?? ''}`,
        ]
      : []
  return `${[String(time).slice(11, 19) + mark, msg, correlationId, ...details, ...failure].filter((part) => part !== undefined && part !== '').join(' ')}\n`
}
