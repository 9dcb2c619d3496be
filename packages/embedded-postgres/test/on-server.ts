import pg from 'pg'

/** How to connect to a database of a test. */
export interface TestConnection {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
}

/** Runs the work on a connection of its own. */
export async function onServer<T>(
  server: TestConnection,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...server, ssl: false })
  // The query reports a server that dies; without a listener the event would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
