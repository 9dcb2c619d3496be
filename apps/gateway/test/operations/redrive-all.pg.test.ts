import { afterEach, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { admitEncounter } from '../../src/intake/admit-encounter.ts'
import { createLog } from '../../src/log.ts'
import { RedriveAll, type RedriveAllOptions } from '../../src/operations/redrive-all.ts'
import { DatabaseUnavailableError } from '../../src/store/database.ts'
import { createRedrive } from '../../src/wiring/redrive.ts'
import { openNode } from '../database/node.ts'
import { onServer } from '../database/template-database.ts'
import { createTestDatabase } from '../database/test-database.ts'

const parts: AsyncDisposableStack[] = []
afterEach(async () => {
  for (const one of parts.splice(0)) await one.disposeAsync()
})

const actor = { personId: null, label: 'night shift', roles: [], address: null, requestId: 'r-1' }
const practiceIds = ['p1']

async function aDatabase(letterCount: number) {
  const stack = new AsyncDisposableStack()
  parts.push(stack)
  const { connection } = stack.use(await createTestDatabase())
  const { store, queue } = stack.use(await openNode(connection))
  const fail = async (encounterId: string, practiceId = 'p1') => {
    const ref = { practiceId, patientId: 'x', encounterId }
    await admitEncounter(ref, { again: false, source: 'test' }, { store, queue })
    await store.encounters.transition(ref, 'failed', {
      error_code: 'ehr_forbidden',
      error_reason: 'the EHR answered 403',
      finished_at: new Date(),
    })
  }
  for (let number = 1; number <= letterCount; number += 1) await fail(`e-${number}`)
  const redrive = createRedrive({ store, queue })
  const logged: string[] = []
  return {
    store,
    fail,
    logged,
    redrive,
    begin: async () => {
      const row = await store.redrives.begin({
        code: 'ehr_forbidden',
        practiceIds,
        actor,
        ofCount: letterCount,
      })
      return row?.redrive_id ?? 0
    },
    run(changed: Partial<RedriveAllOptions> = {}) {
      const runner = new RedriveAll({
        store,
        redrive,
        clock: systemClock,
        log: createLog({
          level: 'info',
          pretty: false,
          stream: { write: (line) => logged.push(line) },
        }),
        ...changed,
      })
      stack.defer(() => runner.stop())
      runner.start()
      return runner
    },
    current: async () => (await store.redrives.listed({ practiceIds }))[0],
    async statement(text: string) {
      return (await onServer(connection, (client) => client.query(text))).rows
    },
  }
}

/** Waits only a moment between two looks. */
const hurrying = {
  ...systemClock,
  sleep: (_ms: number, signal: AbortSignal) => systemClock.sleep(5, signal),
}
/** As if the node that was interrupted had not been heard of for long enough. */
const untaken = "update redrives set taken_until = now() - interval '1 second'"
const audited = `select label, operation, action, count, detail, practice_ids from audit_log where operation = 'redriveAllOfCode'`
const runs = 'select encounter_id, run from encounters order by encounter_id'

it('sends each through again once, also over batches, and leaves one row of the audit trail with the count', async () => {
  const it = await aDatabase(60)
  await it.fail('of another practice', 'p2')
  await it.begin()
  await it.begin()

  it.run()
  await expect.poll(async () => (await it.current())?.outcome, { timeout: 20_000 }).toBe('done')

  expect(await it.current()).toMatchObject({ redriven_count: 60, of_count: 60 })
  expect(await it.store.redrives.listed({ practiceIds })).toHaveLength(1)
  expect(new Set((await it.statement(runs)).map(({ run }) => run))).toEqual(new Set([1, 2]))
  expect(
    await it.statement("select from encounters where run = 2 and practice_id = 'p1'"),
  ).toHaveLength(60)
  expect(await it.statement(audited)).toEqual([
    {
      label: 'night shift',
      operation: 'redriveAllOfCode',
      action: 'change',
      count: 60,
      detail: 'redrive_all ehr_forbidden done',
      practice_ids: ['p1'],
    },
  ])
})

it('is finished by another node when the one that began has ended, with nothing twice and no count lost', async () => {
  const it = await aDatabase(5)
  await it.begin()
  let sent = 0
  const dying = it.run({
    redrive: async (letter, alongside) => {
      if (sent === 2) throw new DatabaseUnavailableError('the node dies')
      sent += 1
      return it.redrive(letter, alongside)
    },
  })
  await expect.poll(async () => (await it.current())?.redriven_count).toBe(2)
  await dying.stop()
  await it.statement(untaken)

  it.run()
  await expect.poll(async () => (await it.current())?.outcome).toBe('done')

  expect((await it.current())?.redriven_count).toBe(5)
  expect(new Set((await it.statement(runs)).map(({ run }) => run))).toEqual(new Set([2]))
  expect(await it.statement(audited)).toMatchObject([{ count: 5 }])
})

it('stops when somebody of all its practices asks, and does not take what fails again', async () => {
  const it = await aDatabase(5)
  const redriveId = await it.begin()
  expect(await it.store.redrives.askToStop({ practiceIds: ['p2'] }, redriveId)).toBeUndefined()
  let sent = 0
  it.run({
    redrive: async (letter, alongside) => {
      sent += 1
      const isSent = await it.redrive(letter, alongside)
      await it.store.encounters.transition(
        { practiceId: 'p1', patientId: 'x', encounterId: letter.encounter_id },
        'failed',
        { error_code: 'ehr_forbidden', error_reason: 'again', finished_at: new Date() },
      )
      if (sent === 3) await it.store.redrives.askToStop({ practiceIds }, redriveId)
      return isSent
    },
  })

  await expect.poll(async () => (await it.current())?.outcome).toBe('stopped')

  expect(sent).toBe(3)
  expect((await it.current())?.redriven_count).toBe(3)
  expect(await it.statement(audited)).toMatchObject([
    { count: 3, detail: 'redrive_all ehr_forbidden stopped' },
  ])
})

it('leaves one that cannot be sent, sends those after it, and says how many it left', async () => {
  const it = await aDatabase(5)
  await it.statement(`
    create function refuse() returns trigger language plpgsql as $$
    begin raise exception 'Sam Example, born 1980-01-01'; end $$;
    create trigger refuse before update on encounters for each row when (old.encounter_id in ('e-3', 'e-5')) execute function refuse()`)
  await it.begin()

  it.run()
  await expect.poll(async () => (await it.current())?.outcome).toBe('done')

  expect(await it.current()).toMatchObject({ redriven_count: 3, of_count: 5 })
  expect((await it.statement(runs)).map(({ run }) => run)).toEqual([2, 2, 1, 2, 1])
  expect(await it.statement(audited)).toMatchObject([
    { count: 3, detail: 'redrive_all ehr_forbidden done, 2 not sent' },
  ])
  const warned = it.logged.map((line) => JSON.parse(line)).filter(({ level }) => level === 'warn')
  expect(warned.map(({ encounterId }) => encounterId)).toEqual(['e-5', 'e-3'])
  expect(it.logged.join('')).not.toContain('Sam')
})

it('waits for a database that cannot be used, and leaves no letter because of it', async () => {
  const it = await aDatabase(3)
  await it.begin()
  let failures = 0
  it.run({
    clock: hurrying,
    redrive: async (letter, alongside) => {
      if (letter.encounter_id === 'e-2' && failures < 2) {
        failures += 1
        await it.statement(untaken)
        throw new DatabaseUnavailableError('connection lost')
      }
      return it.redrive(letter, alongside)
    },
  })
  await expect.poll(async () => (await it.current())?.outcome).toBe('done')

  expect(failures).toBe(2)
  expect(await it.current()).toMatchObject({ redriven_count: 3 })
  expect(await it.statement(audited)).toMatchObject([
    { count: 3, detail: 'redrive_all ehr_forbidden done' },
  ])
})

it('goes past a letter at which the database fails whenever it is tried', async () => {
  const it = await aDatabase(3)
  await it.begin()
  it.run({
    clock: hurrying,
    redrive: async (letter, alongside) => {
      if (letter.encounter_id !== 'e-2') return it.redrive(letter, alongside)
      await it.statement(untaken)
      throw new DatabaseUnavailableError('canceling statement due to statement timeout')
    },
  })
  await expect.poll(async () => (await it.current())?.outcome).toBe('done')

  expect(await it.current()).toMatchObject({ redriven_count: 2 })
  expect(await it.statement(audited)).toMatchObject([
    { count: 2, detail: 'redrive_all ehr_forbidden done, 1 not sent' },
  ])
})
