import { hasDatabase, startEmbeddedPostgres } from '@authscript/embedded-postgres'
import pg from 'pg'

// A program of a user, in JavaScript: makes a database, uses it and stops it.

const [directory] = process.argv.slice(2)
const server = await startEmbeddedPostgres({ directory, database: 'app' })
const client = new pg.Client(server.connection)
await client.connect()
const { rows } = await client.query('select 40 + 2 as answer, current_database() as database')
await client.end()
await server.stop()
console.log(rows[0].answer, rows[0].database, hasDatabase(directory))
