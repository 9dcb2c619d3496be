import type { DatabaseConnection } from './connection.ts'

/** Time limits after which the database server ends a statement or transaction of a session of ours. */
export interface SessionLimits {
  /** A transaction that is idle for longer is rolled back, and its session is ended: its node is frozen or disconnected. */
  readonly idleInTransactionMs: number
  /** Longer than `idleInTransactionMs`, so that a wait for the locks of a frozen node outlasts that node's transaction. */
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

/** The connection with these limits, in force from the first statement on. The `options` of the operator's URL take precedence. */
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
