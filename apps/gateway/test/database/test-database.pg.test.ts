import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

test('each database is a clone of its own with the schema in place', async () => {
  await using one = await createTestDatabase()
  await using other = await createTestDatabase()

  await query(one, 'create table only_here (n int)')

  expect(await tables(one)).toContain('only_here')
  expect(await tables(other)).not.toContain('only_here')
  expect(await tables(other)).toContain('work_items')
})

test('an empty database has no tables', async () => {
  await using database = await createTestDatabase({ empty: true })

  expect(await tables(database)).toEqual([])
})

test('drop removes a database that is still connected to, and may be repeated', async () => {
  const database = await createTestDatabase()
  const client = new pg.Client({ ...database.connection })
  client.on('error', () => {})
  await client.connect()

  await database.drop()
  await database.drop()

  await expect(query(database, 'select 1')).rejects.toMatchObject({ code: '3D000' })
})

async function query(database: TestDatabase, sql: string): Promise<readonly pg.QueryResultRow[]> {
  const client = new pg.Client({ ...database.connection })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function tables(database: TestDatabase): Promise<readonly string[]> {
  const rows = await query(
    database,
    "select tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  )
  return rows.map((row) => String(row['tablename']))
}
