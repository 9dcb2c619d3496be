import type { DatabaseConnection } from './connection.ts'

/** After how long the server ends the statement or transaction of a stuck session of ours, in milliseconds. */
export interface SessionLimits {
  /** A transaction in which nothing happens is rolled back, and its session ended: its node is frozen, or cut off. */
  readonly idleInTransactionMs: number
  /** Longer than that, so that a session that waits for the locks of a frozen node outlives the frozen one. */
  readonly lockMs: number
  /** No statement of ours takes minutes; migrations are exempt. */
  readonly statementMs: number
}

export const defaultSessionLimits: SessionLimits = {
  idleInTransactionMs: 15_000,
  lockMs: 30_000,
  statementMs: 300_000,
}

/** The server notices within a minute when a node has vanished; without effect on unix sockets. */
const keepalives = { tcp_keepalives_idle: 30, tcp_keepalives_interval: 10, tcp_keepalives_count: 3 }
/** The same on the client's side. */
const clientKeepalive = { keepAlive: true, keepAliveInitialDelayMillis: 30_000 }

/** How to connect with these limits in force from the first statement on. What the operator's URL sets in `options` wins. */
export function withSessionLimits(
  connection: DatabaseConnection,
  limits: SessionLimits = defaultSessionLimits,
) {
  const settings = {
    idle_in_transaction_session_timeout: limits.idleInTransactionMs,
    lock_timeout: limits.lockMs,
    statement_timeout: limits.statementMs,
    ...keepalives,
  }
  const options = Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
  if (!('connectionString' in connection)) return { ...connection, ...clientKeepalive, options }
  // In the driver, the URL overrides the other options.
  const url = URL.parse(connection.connectionString)
  const own = url?.searchParams.get('options') ?? undefined
  if (url === null || own === undefined) return { ...connection, ...clientKeepalive, options }
  url.searchParams.delete('options')
  return { connectionString: url.href, ...clientKeepalive, options: `${options} ${own}` }
}
