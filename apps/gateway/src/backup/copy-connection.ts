import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import {
  classifyDatabaseError,
  type DatabaseConnection,
  DatabaseUnavailableError,
  overSocket,
} from '../store/database.ts'
import type { Schema } from '../store/schema.ts'

/** One connection for statements and for COPY, so that both are in one transaction. */
export interface CopyConnection extends AsyncDisposable {
  readonly client: pg.Client
  readonly db: Kysely<Schema>
  /** Host, port and database, without the password, for messages. */
  readonly place: string
}

const connectTimeoutMs = 30_000

/** @throws {DatabaseUnavailableError} naming the place, and why */
export async function openCopyConnection(connection: DatabaseConnection): Promise<CopyConnection> {
  const client = new pg.Client({
    ...connection,
    ...overSocket(connection),
    application_name: 'authscript-gateway-copy',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
  })
  // The current statement fails too and reports the error.
  client.on('error', () => undefined)
  const place = `${client.host}:${client.port}/${client.database}`
  try {
    await client.connect()
  } catch (cause) {
    await client.end().catch(() => undefined)
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
    throw new DatabaseUnavailableError(`the database at ${place} cannot be reached${code}`, {
      cause,
    })
  }
  const pool = {
    options: {},
    connect: () => Promise.resolve(Object.assign(client, { release: () => undefined })),
    end: () => client.end(),
  }
  return {
    client,
    db: new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }),
    place,
    [Symbol.asyncDispose]: () => client.end().catch(() => undefined),
  }
}

/** COPY's text must not depend on the server's settings, and a server's timeouts must not end a long copy. */
const settings = [
  "datestyle to 'ISO, MDY'",
  "timezone to 'UTC'",
  'bytea_output to hex',
  'extra_float_digits to 1',
  'row_security to off',
  'statement_timeout to 0',
  'lock_timeout to 0',
  'idle_in_transaction_session_timeout to 0',
]

/** For the current transaction. These statements take no snapshot. */
export async function prepareForCopy(client: pg.Client): Promise<void> {
  await client.query(settings.map((setting) => `set local ${setting}`).join('; '))
}

/** Runs the work in one transaction; it commits when the work returns. */
export async function inTransaction<Result>(
  connection: CopyConnection,
  work: (transaction: CopyConnection) => Promise<Result>,
): Promise<Result> {
  try {
    return await connection.db.transaction().execute(async (db) => {
      await prepareForCopy(connection.client)
      return work({ ...connection, db })
    })
  } catch (error) {
    throw classifyDatabaseError(error)
  }
}
