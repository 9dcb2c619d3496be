import { fileRefused, isFileRefused } from './refused-file.ts'
import { bothNames } from '../config/both-names.ts'
import {
  HandleEmptyInListsPlugin,
  Kysely,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  replaceWithNoncontingentExpression,
  sql,
} from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import pg from 'pg'
import { GatewayError } from '../errors.ts'
import { explainConnectionFailure } from './connection-failure.ts'
import type { DatabaseConnection } from './connection.ts'
import { migrations } from './migrations/index.ts'
import { refuseNewerSchema } from './schema-version.ts'
import type { Schema } from './schema.ts'
import { type SessionLimits, withSessionLimits } from './session-limits.ts'

export type { DatabaseConnection } from './connection.ts'

export interface Database {
  readonly db: Kysely<Schema>
  /** A connection of its own, outside the pool, for LISTEN. */
  connectListener(): Promise<pg.Client>
  close(): Promise<void>
}

/** PostgreSQL cannot be reached, refused the connection, or ended it. What was not committed did not happen. */
export class DatabaseUnavailableError extends GatewayError {
  override readonly name = 'DatabaseUnavailableError'
  readonly code = 'database_unavailable'
  readonly kind = 'transient'
}

// Our bigints are sequences, far below 2^53: numbers, not pg's default strings. A date is a day on the practice's calendar, not pg's
// default: midnight of this machine. Set for our pool only; pg-boss has its own.
const types: pg.CustomTypesConfig = {
  getTypeParser(id: number, format?: 'text' | 'binary') {
    if (id === pg.types.builtins.INT8) return Number
    if (id === pg.types.builtins.DATE) return String
    return pg.types.getTypeParser(id, format)
  },
}

/**
 * SQLSTATEs after which nothing was committed and another attempt may succeed: connection lost (08), out of resources (53), server shutting
 * down or failing over (57P, 25006), disk failure (58), serialization failure or deadlock (40), and a timeout of a lock (55P03), a
 * statement (57014) or an idle transaction (25P03).
 *
 * @see https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
const passingStates = /^(08|53|57P|57014|58|40|25006|25P03|55P03)/

const listenerConnectMs = 10_000
/** Each gateway that runs has one, for as long as it runs, and nothing else has one. */
export const listenerName = 'authscript-gateway-listener'
/** Otherwise a host that drops packets would delay the start for minutes. */
const defaultConnectTimeoutMs = 30_000

/** Messages of the driver, which have no code, for a connection that has ended. */
const endedConnection =
  /Connection terminated|not queryable|timeout exceeded when trying to connect|timeout expired/

/**
 * Classifies the error of a lost or refused connection: the transaction did not commit, or the fences of the next attempt show that it did.
 * Other errors are defects of ours and are returned unchanged.
 */
export function classifyDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const isGone =
    passingStates.test(code) ||
    /^(ECONN|EPIPE|ENOENT|ENOTCONN|EAGAIN|ETIMEDOUT|ERR_STREAM_)/.test(code) ||
    endedConnection.test(error.message)
  if (isFileRefused(code, error.message))
    return new DatabaseUnavailableError(`${fileRefused}; nothing was recorded`, { cause: error })
  return isGone
    ? new DatabaseUnavailableError('the database went away; nothing was recorded', { cause: error })
    : error
}

/** Wraps the pool so that its errors are classified where they happen, and every caller gets the same error. */
function classifying(pool: pg.Pool): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  const rethrow = (error: unknown): never => {
    throw classifyDatabaseError(error)
  }
  const wrap = (client: pg.PoolClient) =>
    ({
      query: (text: string, values: unknown[]) => client.query(text, values).catch(rethrow),
      release: (destroy?: boolean) => client.release(destroy),
      // Kysely's second form of `query` takes cursors, which are not used here.
    }) as unknown as PostgresPoolClient
  return {
    async connect() {
      const client = await pool.connect().catch(rethrow)
      const wrapped = clients.get(client) ?? wrap(client)
      clients.set(client, wrapped)
      return wrapped
    },
    end: () => pool.end(),
    options: pool.options,
  }
}

interface DatabaseOptions {
  readonly poolSize: number
  onError(error: unknown): void
  readonly limits?: SessionLimits
  /** How long the first connection may take. @default 30_000 */
  readonly connectTimeoutMs?: number
}

/** @throws {DatabaseUnavailableError} when no connection can be made: with host, port and cause */
export async function connectDatabase(
  connection: DatabaseConnection,
  options: DatabaseOptions,
): Promise<Database> {
  const limited = withSessionLimits(connection, options.limits)
  await tryConnection(
    { ...limited, ...overSocket(connection) },
    options.connectTimeoutMs ?? defaultConnectTimeoutMs,
  )
  const pool = new pg.Pool({
    ...limited,
    ...overSocket(connection),
    types,
    max: options.poolSize,
    application_name: 'authscript-gateway',
  })
  // An idle connection that breaks reports here; the pool replaces it. Without a listener the event would end the process.
  pool.on('error', options.onError)
  // A connection that breaks while it is in use also emits an error. Its query fails, too, and that failure is handled.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: classifying(pool) }),
    // Nothing is in an empty list, such as the practices of a caller who has none; in SQL, `in ()` is an error.
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  })
  return {
    db,
    async connectListener() {
      const client = new pg.Client({
        ...limited,
        ...overSocket(connection),
        application_name: listenerName,
        connectionTimeoutMillis: listenerConnectMs,
      })
      await client.connect()
      return client
    },
    close: () => db.destroy(),
  }
}

/** Uses a separate connection, because a time limit of the pool would also end waits for a free connection. */
async function tryConnection(settings: pg.ClientConfig, timeoutMs: number): Promise<void> {
  let client: pg.Client
  try {
    client = new pg.Client({
      ...settings,
      application_name: 'authscript-gateway',
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
    })
  } catch (cause) {
    // The driver reads the files that the address names. Its message may quote the address, and so the password.
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'not readable'
    throw new DatabaseUnavailableError(
      `${bothNames('Database.Url')} cannot be used (${code}); check the files that it names (sslrootcert, sslcert, sslkey)`,
    )
  }
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
  } catch (cause) {
    throw new DatabaseUnavailableError(explainConnectionFailure(client, cause, timeoutMs), {
      cause,
    })
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Brings the schema up to date, or up to the named migration; several nodes may start at once. Called with a transaction, it runs in that.
 *
 * @throws {DatabaseSchemaNewerError} a newer release was here
 */
export async function migrate(db: Kysely<Schema>, upTo?: string): Promise<readonly string[]> {
  await refuseNewerSchema(db)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(unlimited(migrations)) },
  })
  const { error, results } = await (upTo === undefined
    ? migrator.migrateToLatest()
    : migrator.migrateTo(upTo))
  if (error !== undefined) throw error
  return (results ?? []).map((result) => result.migrationName)
}

/** Without a statement timeout: how long a migration takes depends on the size of its tables. */
function unlimited(steps: Readonly<Record<string, Migration>>): Record<string, Migration> {
  const entries = Object.entries(steps).map(([name, { up }]) => [
    name,
    {
      async up(db: Kysely<unknown>) {
        await sql`set local statement_timeout = 0`.execute(db)
        await up(db)
      },
    },
  ])
  return Object.fromEntries(entries)
}

/** A unix socket has no TLS, even if `PGSSLMODE` requires it for network connections. */
export function overSocket(connection: DatabaseConnection): { readonly ssl?: false } {
  return 'host' in connection && connection.host.startsWith('/') ? { ssl: false } : {}
}
