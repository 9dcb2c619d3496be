import { subscribe } from 'node:diagnostics_channel'
import pg from 'pg'

/**
 * Loaded before the gateway: kills it at one point of its work, given by `CHAOS_KILL_POINT` as JSON. The gateway has no code
 * for this: statements are watched in the database driver and requests in the HTTP client.
 */

export type KillPoint =
  /** At the commit of a transaction with a statement that matches, or at a matching statement outside of a transaction. */
  | {
      readonly at: 'statement'
      readonly pattern: string
      readonly when: 'before_commit' | 'after_commit'
    }
  /** At the write of a document to the EHR. */
  | { readonly at: 'document'; readonly when: 'before_send' | 'after_send' | 'after_answer' }

const point = JSON.parse(process.env['CHAOS_KILL_POINT'] ?? 'null') as KillPoint | null
/** Kills the gateway process, also if this runs in a child process of it. */
const kill = () => process.kill(process.connected ? process.ppid : process.pid, 'SIGKILL')

if (point?.at === 'statement') watchStatements(new RegExp(point.pattern, 's'), point.when)
if (point?.at === 'document') {
  const channels = {
    before_send: 'undici:request:create',
    after_send: 'undici:request:bodySent',
    after_answer: 'undici:request:headers',
  }
  subscribe(channels[point.when], (message) => {
    const { request } = message as { request: { method: string; path: string } }
    if (request.method === 'POST' && /DocumentReference|\/documents\b/.test(request.path)) kill()
  })
}

function watchStatements(pattern: RegExp, when: 'before_commit' | 'after_commit'): void {
  const states = new WeakMap<pg.Client, 'in_transaction' | 'matched'>()
  const prototype = pg.Client.prototype as unknown as {
    query(this: pg.Client, ...parameters: unknown[]): unknown
  }
  const query = prototype.query
  prototype.query = function watched(...parameters) {
    const text = textOf(parameters)
    const isEnd = /^\s*commit/i.test(text)
    const state = states.get(this)
    const isKillPoint = isEnd ? state === 'matched' : state === undefined && pattern.test(text)
    // pg-boss sends some transactions as one text.
    if (/^\s*(begin|start transaction)(?!.*commit)/is.test(text)) states.set(this, 'in_transaction')
    else if (/^\s*(commit|rollback)/i.test(text)) states.delete(this)
    else if (state === 'in_transaction' && pattern.test(text)) states.set(this, 'matched')
    if (isKillPoint && when === 'before_commit') kill()
    if (!isKillPoint) return query.apply(this, parameters)
    const callback = parameters.at(-1)
    if (typeof callback === 'function') {
      return query.apply(this, [...parameters.slice(0, -1), kill])
    }
    return (query.apply(this, parameters) as Promise<unknown>).then(kill)
  }
}

/** Statement and values in one text: the values say which event it is. */
function textOf(parameters: readonly unknown[]): string {
  const [first, second] = parameters
  const config =
    typeof first === 'object' && first !== null
      ? (first as { text?: string; values?: unknown[] })
      : { text: String(first), values: Array.isArray(second) ? second : [] }
  return `${config.text ?? ''} ${JSON.stringify(config.values ?? [])}`
}
