import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fillTables, rowsOf, urlOf, valueOf } from '../../test/database/table-rows.ts'
import { onServer, type TestConnection } from '../../test/database/template-database.ts'
import { createTemporaryFolder } from '../../test/database/temporary-folder.ts'
import { createTestDatabase } from '../../test/database/test-database.ts'
import { systemClock } from '../clock.ts'
import { connectDatabase, migrate } from '../store/database.ts'
import { migrations } from '../store/migrations/index.ts'
import { jobKinds } from '../wiring/job-kinds.ts'
import { backUp } from './backup.ts'
import { openCopyConnection } from './copy-connection.ts'
import {
  backedUpSequences,
  sequencesLeftOut,
  backedUpTables,
  schemaFunctions,
  tablesLeftOut,
} from './backed-up-tables.ts'
import { restore, type RestoreOptions } from './restore.ts'
import { inSnapshot } from './snapshot.ts'
import { readTable } from './table-copy.ts'

const never = new AbortController().signal
const at = (connection: TestConnection, signal = never): RestoreOptions => ({
  config: { Url: urlOf(connection), Directory: '/nowhere', PoolSize: 2 },
  clock: systemClock,
  jobKinds: jobKinds.all,
  signal,
})

async function migrateTo(connection: TestConnection, migration?: string): Promise<void> {
  const database = await connectDatabase(connection, { poolSize: 1, onError: () => {} })
  try {
    await migrate(database.db, migration)
  } finally {
    await database.close()
  }
}

test('every table, sequence and function of the schema is known here, kept or left out on purpose', async () => {
  await using database = await createTestDatabase()
  const names = (statement: string) =>
    onServer(database.connection, async (client) =>
      (await client.query<{ name: string }>(statement)).rows.map(({ name }) => name),
    )

  const tables = await names("select tablename as name from pg_tables where schemaname = 'public'")
  const sequences = await names(
    "select sequencename as name from pg_sequences where schemaname = 'public'",
  )

  const functions = await names(
    "select proname as name from pg_proc where pronamespace = 'public'::regnamespace",
  )

  const listIn = (list: string) =>
    `what a migration makes (+) or drops (-) is listed so in ${list} of backed-up-tables.ts`
  expect(functions.toSorted(), listIn('schemaFunctions')).toEqual(schemaFunctions.toSorted())
  expect(tables.toSorted(), listIn('backedUpTables or tablesLeftOut')).toEqual(
    [...backedUpTables.map(({ name }) => name), ...tablesLeftOut].toSorted(),
  )
  expect(sequences.toSorted(), listIn('backedUpSequences or sequencesLeftOut')).toEqual(
    [...backedUpSequences.map(({ name }) => name), ...sequencesLeftOut].toSorted(),
  )
})

test.each([
  { into: 'a database where no gateway has been', empty: true },
  { into: 'a database with the schema and no rows', empty: false },
])('every row comes back as it was in $into', async ({ empty }) => {
  await using source = await createTestDatabase()
  await using target = await createTestDatabase({ empty })
  await using folder = await createTemporaryFolder()
  await fillTables(source.connection)
  await onServer(source.connection, (client) =>
    client.query(
      jobKinds.all
        .map(({ rows }) => `update ${rows.table} set ${rows.stateColumn} = 'queued'`)
        .join(';'),
    ),
  )

  const { rowCounts } = await backUp(join(folder.path, 'kept.gz'), at(source.connection))
  const report = await restore(join(folder.path, 'kept.gz'), at(target.connection))

  expect(report.rowCounts).toEqual(rowCounts)
  for (const { name } of backedUpTables) {
    const kept = await rowsOf(source.connection, name)
    expect(kept.length, `test/database/table-rows.ts has no row of ${name}`).toBeGreaterThan(0)
    expect(rowCounts[name], name).toBe(kept.length)
    expect(await rowsOf(target.connection, name), name).toEqual(kept)
  }
  expect(await rowsOf(target.connection, 'ehr_shares')).toEqual([])
})

test('numbers continue after the last one given, not after the last one kept', async () => {
  await using source = await createTestDatabase()
  await using target = await createTestDatabase({ empty: true })
  await using folder = await createTemporaryFolder()
  await fillTables(source.connection)
  await backUp(join(folder.path, 'kept.gz'), at(source.connection))

  await restore(join(folder.path, 'kept.gz'), at(target.connection))

  for (const { name } of backedUpSequences) {
    const next = `select nextval('${name}')::int`
    expect(await valueOf(target.connection, next), name).toBe(
      await valueOf(source.connection, next),
    )
  }
  expect(await valueOf(target.connection, "select nextval('failures_ordinal_seq')::int")).toBe(43)
})

test('an empty database comes back empty, its numbers unused', async () => {
  await using source = await createTestDatabase()
  await using target = await createTestDatabase({ empty: true })
  await using folder = await createTemporaryFolder()
  await backUp(join(folder.path, 'kept.gz'), at(source.connection))

  await restore(join(folder.path, 'kept.gz'), at(target.connection))

  expect(await valueOf(target.connection, "select nextval('event_sequence')::int")).toBe(1)
})

test('what was under way is queued again, and what was being sent still says so', async () => {
  await using source = await createTestDatabase()
  await using target = await createTestDatabase()
  await using folder = await createTemporaryFolder()
  await fillTables(source.connection)
  await backUp(join(folder.path, 'kept.gz'), at(source.connection))

  await restore(join(folder.path, 'kept.gz'), at(target.connection))

  for (const { table, stateColumn, workingState } of jobKinds.all.map(({ rows }) => rows)) {
    const ordinalsIn = (connection: TestConnection, ...states: readonly string[]) =>
      valueOf(
        connection,
        `select array_agg(ordinal order by ordinal) from ${table} where ${stateColumn} in ('${states.join("', '")}')`,
      )
    expect(
      await ordinalsIn(source.connection, workingState),
      `test/database/table-rows.ts has no row of ${table} in the state "${workingState}"`,
    ).not.toBeNull()
    expect(await ordinalsIn(target.connection, workingState), table).toBeNull()
    expect(await ordinalsIn(target.connection, 'queued'), table).toEqual(
      await ordinalsIn(source.connection, workingState, 'queued'),
    )
  }
  expect(
    await valueOf(
      target.connection,
      'select sending_since::text from write_backs where ordinal = 1',
    ),
  ).toContain('05:06:07.000001')
})

test('a backup of an older schema is restored as it was, then brought up to date', async () => {
  await using source = await createTestDatabase({ empty: true })
  await using target = await createTestDatabase()
  await using folder = await createTemporaryFolder()
  await migrateTo(source.connection, '0001-initial')
  await onServer(source.connection, (client) =>
    client.query(
      "insert into encounters (practice_id, encounter_id, patient_id, processing, detected_at) values ('p', 'e', 'x', 'running', now())",
    ),
  )
  const { rowCounts } = await backUp(join(folder.path, 'old.gz'), at(source.connection))

  await restore(join(folder.path, 'old.gz'), at(target.connection))

  expect(Object.keys(rowCounts)).not.toContain('failures')
  expect(await rowsOf(target.connection, 'encounters')).toHaveLength(1)
  expect(await valueOf(target.connection, 'select retry_count from encounters')).toBe(0)
  expect(await valueOf(target.connection, 'select count(*)::int from kysely_migration')).toBe(
    Object.keys(migrations).length,
  )
})

test('a backup shows one moment, whoever writes meanwhile', async () => {
  await using source = await createTestDatabase()
  await using folder = await createTemporaryFolder()
  const stopped = new AbortController()
  const begun = Promise.withResolvers<void>()
  const writing = onServer(source.connection, async (client) => {
    for (let n = 1; !stopped.signal.aborted; n++) {
      await client.query(`begin;
        insert into encounters (practice_id, encounter_id, patient_id, processing, detected_at) values ('p', 'e${n}', 'x', 'processed', now());
        insert into work_items (practice_id, encounter_id, patient_id, service_request_id, transaction_id, review, recommendation, analysis, completeness, created_at, updated_at)
          values ('p', 'e${n}', 'x', 's', 't', 'closed', 'r', '{}', '[]', now(), now());
        select append_events('[{"eventType":"x","practiceId":"p","correlationId":"e${n}","timestamp":"2026-01-01T00:00:00Z","source":"s","data":{}}]');
        commit`)
      begun.resolve()
    }
  })

  await begun.promise
  const counted: unknown[] = []
  for (const name of ['1.gz', '2.gz', '3.gz']) {
    await backUp(join(folder.path, name), at(source.connection))
    await using target = await createTestDatabase({ empty: true })
    await restore(join(folder.path, name), at(target.connection))
    counted.push(
      await valueOf(
        target.connection,
        `select array[(select count(*) from encounters), (select count(*) from work_items join encounters using (practice_id, encounter_id)),
                      (select count(*) from events), (select max(sequence) from events)]::int[]`,
      ),
    )
  }
  stopped.abort()
  await writing

  for (const counts of counted) expect(new Set(counts as number[]).size).toBe(1)
})

test('the file is whole or absent, for our eyes only, and never takes the place of another', async () => {
  await using source = await createTestDatabase()
  await using folder = await createTemporaryFolder()
  const file = join(folder.path, 'kept.gz')
  await fillTables(source.connection)

  await backUp(file, at(source.connection))
  const first = await readFile(file)

  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await expect(backUp(file, at(source.connection))).rejects.toMatchObject({
    code: 'backup_file_exists',
  })
  expect(await readFile(file)).toEqual(first)
  expect(await readdir(folder.path)).toEqual(['kept.gz'])
})

test('a backup that cannot be finished leaves nothing', async () => {
  await using source = await createTestDatabase()
  await using folder = await createTemporaryFolder()
  await mkdir(join(folder.path, 'taken.gz.part'))
  await writeFile(join(folder.path, 'file'), '')
  await fillTables(source.connection)

  const to = (name: string, signal?: AbortSignal) =>
    backUp(join(folder.path, name), at(source.connection, signal))

  await expect(to('taken.gz')).rejects.toMatchObject({ code: 'backup_file_exists' })
  await expect(to('file/kept.gz')).rejects.toMatchObject({ code: 'backup_file_unusable' })
  await expect(to('kept.gz', AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
  expect((await readdir(folder.path)).toSorted()).toEqual(['file', 'taken.gz.part'])
})

test('a table left half-read takes its connection with it, and nothing waits for the rest', async () => {
  await using source = await createTestDatabase()
  await fillTables(source.connection)
  await using connection = await openCopyConnection(source.connection)

  const first = await inSnapshot(connection, async ({ tables }) => {
    const forms = tables.find(({ name }) => name === 'forms')
    if (forms === undefined) return undefined
    for await (const chunk of readTable(connection.client, forms)) return chunk.length
    return 0
  })

  expect(first).toBeGreaterThan(0)
  await expect(connection.client.query('select 1')).rejects.toThrow()
})

test('a database of nobody, or of a newer release, is not backed up', async () => {
  await using nobodys = await createTestDatabase({ empty: true })
  await using newer = await createTestDatabase()
  await using folder = await createTemporaryFolder()
  await onServer(newer.connection, (client) =>
    client.query("insert into kysely_migration values ('9999-later', '2030-01-01')"),
  )

  await expect(backUp(join(folder.path, 'a.gz'), at(nobodys.connection))).rejects.toMatchObject({
    code: 'database_missing',
  })
  await expect(backUp(join(folder.path, 'b.gz'), at(newer.connection))).rejects.toMatchObject({
    code: 'database_schema_newer',
    unknownMigrations: ['9999-later'],
  })
})
