import pg from 'pg'

/** A database of the server that the run started; tests in other processes connect with it too. */
export interface TestConnection {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
}

export const templateName = 'gateway_template'

/** Makes the database that test files clone: `prepare` brings it to where every test begins, and must leave no connection open. */
export async function createTemplate(
  server: TestConnection,
  prepare: (connection: TestConnection) => Promise<void>,
): Promise<void> {
  await onServer(server, (client) => client.query(`create database ${templateName}`))
  await prepare({ ...server, database: templateName })
  // PostgreSQL refuses to clone a database that someone is connected to.
  await onServer(server, (client) =>
    client.query(`alter database ${templateName} with is_template true allow_connections false`),
  )
}

export async function onServer<T>(
  server: TestConnection,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...server, ssl: false })
  // If the server dies, the query rejects; without a listener the event would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
