import { subscribe } from 'node:diagnostics_channel'
import pg from 'pg'

/**
 * Loaded before the gateway: it is killed at one point of its work, named by `CHAOS_KILL_POINT` as JSON. Nothing of the
 * gateway knows of it: statements and requests are watched from below.
 */

export type KillPoint =
  /** At a transaction in which a statement fits, or at a statement that is a transaction of its own. */
  | {
      readonly at: 'statement'
      readonly fits: string
      readonly when: 'before_commit' | 'after_commit'
    }
  /** At the write of a document to the EHR. */
  | { readonly at: 'document'; readonly when: 'before_send' | 'after_send' | 'after_answer' }

const point = JSON.parse(process.env['CHAOS_KILL_POINT'] ?? 'null') as KillPoint | null
/** A kill from outside meets the gateway, wherever its work is done: in a process that it started, too. */
const die = () => process.kill(process.connected ? process.ppid : process.pid, 'SIGKILL')

if (point?.at === 'statement') watchStatements(new RegExp(point.fits, 's'), point.when)
if (point?.at === 'document') {
  const channels = {
    before_send: 'undici:request:create',
    after_send: 'undici:request:bodySent',
    after_answer: 'undici:request:headers',
  }
  subscribe(channels[point.when], (message) => {
    const { request } = message as { request: { method: string; path: string } }
    if (request.method === 'POST' && /DocumentReference|\/documents\b/.test(request.path)) die()
  })
}

function watchStatements(fits: RegExp, when: 'before_commit' | 'after_commit'): void {
  const states = new WeakMap<pg.Client, 'in_transaction' | 'fitting'>()
  const prototype = pg.Client.prototype as unknown as {
    query(this: pg.Client, ...parameters: unknown[]): unknown
  }
  const query = prototype.query
  prototype.query = function watched(...parameters) {
    const text = textOf(parameters)
    const isEnd = /^\s*commit/i.test(text)
    const state = states.get(this)
    const strikes = isEnd ? state === 'fitting' : state === undefined && fits.test(text)
    // pg-boss sends some transactions whole, in one text.
    if (/^\s*(begin|start transaction)(?!.*commit)/is.test(text)) states.set(this, 'in_transaction')
    else if (/^\s*(commit|rollback)/i.test(text)) states.delete(this)
    else if (state === 'in_transaction' && fits.test(text)) states.set(this, 'fitting')
    if (strikes && when === 'before_commit') die()
    if (!strikes) return query.apply(this, parameters)
    const callback = parameters.at(-1)
    if (typeof callback === 'function') {
      return query.apply(this, [...parameters.slice(0, -1), die])
    }
    return (query.apply(this, parameters) as Promise<unknown>).then(die)
  }
}

/** Statement and values in one text: values tell one event from another. */
function textOf(parameters: readonly unknown[]): string {
  const [first, second] = parameters
  const config =
    typeof first === 'object' && first !== null
      ? (first as { text?: string; values?: unknown[] })
      : { text: String(first), values: Array.isArray(second) ? second : [] }
  return `${config.text ?? ''} ${JSON.stringify(config.values ?? [])}`
}
