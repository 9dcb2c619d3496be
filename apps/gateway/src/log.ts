import { loggedEventFields } from '@authscript/prior-auth'
import { pino } from 'pino'

/** What a log line may have in addition to the fields of events: ids, counts, codes and states, in this order of meaning only. */
const ownFields = [
  'code',
  'kind',
  'error',
  'encounterId',
  'practiceId',
  'correlationId',
  'webhookId',
  'attempt',
  'maxAttempts',
  'delayMs',
  'durationMs',
  'count',
  'from',
  'to',
  'status',
  'method',
  'route',
  'url',
  'dependency',
  'state',
  'sequence',
  'reason',
  'resourceType',
  'requestId',
  'personId',
  'subjectId',
  'unfinished',
  'drained',
  'released',
  'migration',
  'signal',
] as const

/** A field that is not on the list does not compile where it is logged. */
export type LogFields = { readonly [Field in (typeof ownFields)[number]]?: unknown }

interface WriteLine {
  (message: string): void
  (fields: LogFields, message: string): void
}

export interface Log {
  readonly info: WriteLine
  readonly warn: WriteLine
  readonly error: WriteLine
  readonly fatal: WriteLine
}

/**
 * The gateway's log. Fields outside the allow list are dropped before they are written, because a list of what to hide leaks whatever it
 * does not name. The list is `ownFields` and the fields that the schemas of events allow.
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

const allowedFields: ReadonlySet<string> = new Set([...ownFields, ...loggedEventFields])

function allowed(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => allowedFields.has(key)))
}

/**
 * Of our own errors: name, code, the EHR's reason codes, message and stack. Of any other error only name, code and stack, because its
 * message may quote its input.
 */
function withoutCause(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: typeof error }
  if ('code' in error && 'kind' in error) {
    // Only of the error itself: pino's own serializer adds the messages of its causes, which may quote a chart.
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

/** One line for a person: time, what happened, and the ids it happened to. */
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
  const parts = [String(time).slice(11, 19) + mark, msg, correlationId, ...details, ...failure]
  return `${withoutControls(parts.filter((part) => part !== undefined && part !== '').join(' '))}\n`
}

/** What an EHR or a request named may contain a line break, or what colours and moves the text of a terminal. */
const withoutControls = (line: string) => line.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
