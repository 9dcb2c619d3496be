import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { onServer, type TestConnection } from '../apps/gateway/test/database/template-database.ts'
import { quietPort } from '../apps/gateway/test/quiet-port.ts'
import { accessibilityProblems } from './accessibility.ts'
import { launchBrowser } from './browser.ts'
import { anEncounter, startWorld, type World } from './world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const artifacts = fromRoot('artifacts/')
const slowly = { timeout: 60_000 }
const dashboardDirectory = fromRoot('apps/dashboard/dist')
const practiceIds = ['195900', '1959222']

let world: World
let browser: Browser
let page: Page

beforeAll(async () => {
  mkdirSync(artifacts, { recursive: true })
  world = await startWorld({
    dashboardDirectory,
    config: {
      Operations: { DashboardsUrl: 'https://grafana.example.org/d/authscript' },
      // What an EHR that was out of order is waited for before it is asked again.
      CircuitBreaker: { OpenSeconds: 2 },
    },
  })
  await measureAnHour()
  browser = await launchBrowser()
  page = await openAsOperator(world)
})

afterAll(async () => {
  await browser?.close()
  await world?.[Symbol.asyncDispose]()
})

async function openAsOperator(of: World, address = of.gateway.address): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  })
  const opened = await context.newPage()
  const token = await of.gateway.auth.issueLink({
    label: 'Night shift',
    roles: ['operator'],
    practiceIds,
  })
  await opened.goto(`${address}/sign-in#token=${token}`)
  return opened
}

/** The way to the database server, which a test can cut. */
async function startDatabaseProxy({ host, port }: TestConnection) {
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((node) => {
    if (isCut) return void node.destroy()
    const target = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    for (const [from, to] of [
      [node, target],
      [target, node],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.pipe(to)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    heal: () => void (isCut = false),
    close() {
      cut()
      server.close()
    },
  }
}

/** The figures of an hour, as a node left them that ran before a restart. */
async function measureAnHour(): Promise<void> {
  const { nodeMinutes, workFigures } = world.gateway.store
  const nodeId = randomUUID()
  for (let ago = 60; ago > 1; ago -= 1) {
    // Nothing was measured while it was down.
    if (ago > 31 && ago < 36) continue
    const minute = new Date((Math.floor(Date.now() / 60_000) - ago) * 60_000)
    const wave = 1 + Math.sin(ago / 5)
    await nodeMinutes.add(nodeId, minute, {
      workerCount: 4,
      busyWorkers: Math.round(wave * 2),
      wantedWorkers: Math.round(1 + wave * 3),
      streamCount: 2 + (ago % 3),
      ehrRequests: Math.round(wave * 300),
      tooManyRequests: ago === 20 ? 3 : 0,
    })
    await workFigures.addMinute(minute, {
      queued: Math.round(wave * 6),
      running: Math.round(wave * 2),
      retrying: ago > 18 && ago < 24 ? 4 : 0,
      writeBacksWaiting: ago % 7,
      writeBacksFailed: ago < 15 ? 1 : 0,
    })
  }
}

const verdict = () => page.locator('[data-verdict]')

/** No rule of WCAG broken in light and dark, and pictures of both, and of a phone. */
async function expectReadable(name: string): Promise<void> {
  const picture = `${artifacts}operations-${name}`
  await page.setViewportSize({ width: 1440, height: 1500 })
  expect(await accessibilityProblems(page, picture), name).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  await page.screenshot({ path: `${picture}-phone.png`, fullPage: true })
  await page.setViewportSize({ width: 1440, height: 900 })
}

describe('an operator', () => {
  it('lands on the operations page after the sign-in, and reads that the gateway works', async () => {
    await page.getByRole('heading', { name: 'Operations' }).waitFor(slowly)
    expect(new URL(page.url()).pathname).toBe('/operations')
    await world.sign(anEncounter(1001, 60178))
    await world.eventOf((event) => event.eventType === 'EncounterProcessed')
    await verdict()
      .getByText(/^Working/)
      .waitFor(slowly)
    await expect.poll(() => page.locator('[data-dependency]').count()).toBe(3)
    expect(await page.locator('[data-tile]').count()).toBe(6)
    await page.getByText('Last backup: never').waitFor()
    expect(await page.getByRole('link', { name: 'Your dashboards' }).getAttribute('href')).toBe(
      'https://grafana.example.org/d/authscript',
    )
  })

  it('follows an encounter through its steps', async () => {
    await page.getByLabel('Encounter ID').fill('a-195900.encounter-1001')
    await page.getByRole('button', { name: 'Show', exact: true }).click()

    await page.locator('[data-step="record"]').waitFor(slowly)

    expect(
      await page
        .locator('[data-step]')
        .evaluateAll((rows) =>
          rows.map((row) => (row as unknown as { dataset: { step: string } }).dataset.step),
        ),
    ).toEqual(['detected', 'wait', 'read', 'judge', 'fill', 'record'])
    expect(page.url()).toContain('encounter=a-195900.encounter-1001')
    await expectReadable('health')
  })

  it('sees nothing move with a hundred events a second', async () => {
    // The window was resized for the pictures.
    await page.waitForTimeout(3000)
    await page.evaluate(`
      window.shifts = []
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries())
          window.shifts.push({ value, nodes: sources.map(({ node }) => node?.outerHTML?.slice(0, 100)) })
      }).observe({ type: 'layout-shift' })
      window.requests = performance.getEntriesByType('resource').length`)
    const ref = anEncounter(9000, 60178)
    const startedAt = Date.now()
    for (let sent = 0; sent < 500; sent += 10) {
      await Promise.all(
        Array.from({ length: 10 }, () =>
          world.gateway.store.emit('test', ref, 'EncounterDetected', {}),
        ),
      )
      await new Promise((resolve) => {
        setTimeout(resolve, Math.max(0, startedAt + (sent + 10) * 10 - Date.now()))
      })
    }

    const shifts = (await page.evaluate('window.shifts')) as { value: number }[]
    const moved = shifts.reduce((sum, { value }) => sum + value, 0)
    expect(moved, JSON.stringify(shifts)).toBeLessThan(0.01)
    const seconds = (Date.now() - startedAt) / 1000
    const requests = await page.evaluate(
      "performance.getEntriesByType('resource').length - window.requests",
    )
    expect(requests, `${seconds} s`).toBeLessThan(seconds * 1.5 + 4)
  })

  it('pauses all nodes and resumes them, and is asked first', async () => {
    await page.getByRole('button', { name: 'Pause all nodes', exact: true }).click()
    await page.getByText('Pause processing on all nodes?').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Pause all nodes' }).click()
    await page.getByText('Paused by Night shift since').waitFor(slowly)
    await verdict().getByText('Nothing is processed').waitFor(slowly)
    await expectReadable('paused')

    await page.getByRole('button', { name: 'Resume all nodes', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Resume all nodes' }).click()

    await verdict()
      .getByText(/^Working/)
      .waitFor(slowly)
  })

  it('drains the node: it takes no new work, says so, and takes it up again', async () => {
    await page.getByRole('button', { name: /^Drain of node/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Drain' }).click()
    await page.locator('[data-node]').getByText('Drained').waitFor(slowly)
    const ready = await world.ask('/health/ready')
    expect(ready.status).toBe(503)
    expect(await ready.json()).toMatchObject({ reasons: ['drained'] })
    const encounter = anEncounter(1003, 60180)
    await world.sign(encounter)
    await page
      .locator(`[data-watched="${encounter.encounterId}"]`)
      .getByText('never polled')
      .waitFor({ timeout: 30_000 })

    await page.getByRole('button', { name: /^Take up work of node/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take up work' }).click()

    await world.eventOf(
      (event) =>
        event.eventType === 'EncounterProcessed' &&
        event.data.encounterId === encounter.encounterId,
    )
    await verdict()
      .getByText(/^Working/)
      .waitFor(slowly)
  })

  it('redrives dead letters by their cause, and dismisses one with a note', async () => {
    world.sandbox.control.addFault({
      kind: 'status',
      status: 403,
      match: { resourceType: 'Patient' },
    })
    await world.sign(anEncounter(1002, 60179), anEncounter(1004, 60181), anEncounter(1005, 60182))
    const group = page.locator('[data-dead-letters="ehr_forbidden"]')
    await group.getByText('× 3').waitFor(slowly)
    await group.getByText("check scopes and the practice's consent").waitFor()
    await verdict().getByText('3 dead letters need you').waitFor(slowly)
    await group.getByRole('button', { name: 'Show each' }).click()
    await group.getByRole('link', { name: 'a-195900.encounter-1002' }).waitFor(slowly)
    await expectReadable('dead-letters')

    await group.getByRole('button', { name: 'Dismiss a-195900.encounter-1002' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Dismiss' }).click()
    await page.getByText('Type a note first.').waitFor()
    await page
      .getByLabel('Why, for those who look later')
      .fill('A test encounter of the EHR vendor')
    await page.getByRole('dialog').getByRole('button', { name: 'Dismiss' }).click()
    await group.getByText('× 2').waitFor(slowly)

    world.sandbox.control.clearFaults()
    await group.getByRole('button', { name: 'Redrive all' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Redrive' }).click()

    await verdict()
      .getByText(/^Working/)
      .waitFor(slowly)
    await page.getByText('What fails after the last retry is listed here').waitFor(slowly)
  })

  it('reads that the EHR is out of order, and tests it again when it is back', async () => {
    world.sandbox.control.addFault({ kind: 'reset' })
    await verdict()
      .getByText(/The EHR cannot be reached since/)
      .waitFor(slowly)
    await verdict().getByText('Athena.FhirBaseUrl', { exact: true }).waitFor()
    await expectReadable('ehr-down')

    world.sandbox.control.clearFaults()
    await page.getByRole('button', { name: 'Test now EHR', exact: true }).click()

    await verdict()
      .getByText(/^Working/)
      .waitFor(slowly)
  })

  it('reads that the database is slow, and continues when it is not', async () => {
    const slow = verdict().getByText(/The database is slow \(\d\.\d s for one row\)/)
    const testNow = page.getByRole('button', { name: 'Test now Database', exact: true })
    // Three slow answers in a row make the verdict, and three quick ones end it; the gateway asks by itself too, in between.
    for (let tries = 0; tries < 15 && !(await slow.isVisible()); tries += 1) {
      const isLocked = Promise.withResolvers<void>()
      const isAsked = Promise.withResolvers<void>()
      const locked = onServer(world.connection, async (client) => {
        await client.query('begin; lock table events in access exclusive mode')
        isLocked.resolve()
        await isAsked.promise
        await client.query('commit')
        return client.query('select 1 as n')
      })
      await isLocked.promise
      await testNow.click(slowly)
      await page.getByRole('button', { name: 'Testing… Database', exact: true }).waitFor(slowly)
      await page.waitForTimeout(1500)
      isAsked.resolve()
      await locked
      await testNow.waitFor(slowly)
    }

    await slow.waitFor(slowly)
    await page.screenshot({ path: `${artifacts}operations-database-slow-light.png` })
    // Quick answers, besides those that the gateway asks for by itself every few seconds.
    for (let answers = 0; answers < 2; answers += 1) {
      await testNow.click(slowly)
      await testNow.waitFor(slowly)
    }
    await verdict()
      .getByText(/^Working/)
      .waitFor(slowly)
  })
})

describe('a database that cannot be reached', () => {
  it('is named while the page shows what was read before, and the page continues by itself', async () => {
    const database = await startDatabaseProxy(world.connection)
    onTestFinished(() => database.close())
    const node = await world.addNode({
      ...world.connection,
      host: '127.0.0.1',
      port: database.port,
    })
    const before = page
    page = await openAsOperator(world, node.address)
    onTestFinished(async () => {
      await page.context().close()
      page = before
    })
    await verdict()
      .getByText(/^Working/)
      .waitFor(slowly)
    await expect.poll(() => page.locator('[data-node]').count(), slowly).toBe(2)

    database.cut()

    await verdict()
      .getByText(/The database does not answer since/)
      .waitFor(slowly)
    await page
      .locator('[data-dependency="database"]')
      .getByText(/Failing since/)
      .waitFor(slowly)
    expect(await page.locator('[data-tile]').count()).toBe(6)
    await expectReadable('database-away')

    database.heal()

    await verdict()
      .getByText(/^Working/)
      .waitFor(slowly)
    await node.stop()
  })
})

describe('a wrong secret', () => {
  it('is found by the verdict and fixed at its key', async () => {
    const Http__Port = String(await quietPort())
    const wrong = await startWorld({
      dashboardDirectory,
      environment: { Http__Port, Athena__ClientSecret: 'not-this-one' },
    })
    onTestFinished(() => wrong[Symbol.asyncDispose]())
    const before = page
    page = await openAsOperator(wrong)
    onTestFinished(async () => {
      await page.context().close()
      page = before
    })
    const line = verdict().getByText(/The EHR refuses our secret since \d\d:\d\d/)
    await line.waitFor(slowly)
    expect(
      await verdict().getByText('Athena__ClientSecret', { exact: true }).count(),
    ).toBeGreaterThan(0)
    const answer = await wrong.ask('/health/ready')
    expect(await answer.json()).toMatchObject({ reasons: ['ehr_credentials_refused'] })
    await expectReadable('wrong-secret')

    await wrong.restart({ environment: { Http__Port } })

    await verdict()
      .getByText(/^Working/)
      .waitFor(slowly)
  })
})

describe('a capability statement that fails', () => {
  it('is shown while charts are still read, and is resolved when it is tested again', async () => {
    const silent = await startWorld({ dashboardDirectory })
    onTestFinished(() => silent[Symbol.asyncDispose]())
    silent.sandbox.control.addFault({
      kind: 'status',
      status: 503,
      match: { resourceType: 'metadata' },
    })
    await silent.restart()
    const encounter = anEncounter(1001, 60178)
    await silent.sign(encounter)
    await silent.eventOf(({ eventType }) => eventType === 'EncounterProcessed')
    const before = page
    page = await openAsOperator(silent)
    onTestFinished(async () => {
      await page.context().close()
      page = before
    })

    await verdict()
      .getByText('The EHR does not say what it can do (/metadata): charts are read all the same')
      .waitFor(slowly)
    await verdict().getByRole('link', { name: 'ehr_unavailable' }).waitFor()
    await expectReadable('metadata')
    silent.sandbox.control.clearFaults()
    await page.getByRole('button', { name: 'Test now EHR', exact: true }).click()

    await verdict()
      .getByText(/^Working/)
      .waitFor(slowly)
  })
})

describe('hundreds of dead letters of one code', () => {
  it('are redriven with one button, which continues without the page, shows the progress and can be stopped', async () => {
    const many = await startWorld({ dashboardDirectory })
    onTestFinished(() => many[Symbol.asyncDispose]())
    await onServer(many.connection, async (client) => {
      await client.query(
        `insert into encounters (practice_id, encounter_id, patient_id, processing, run, error_code, error_reason, detected_at, finished_at)
         select '195900', 'many-' || n, 'nobody', 'failed', 1, 'worker_crashed', 'for a test', now(), now() - n * interval '1 second'
           from generate_series(1, 120) n`,
      )
      return client.query('select 1 as n')
    })
    const before = page
    page = await openAsOperator(many)
    onTestFinished(async () => {
      await page.context().close()
      page = before
    })
    const group = page.locator('[data-dead-letters="worker_crashed"]')
    await group.getByText('× 120').waitFor(slowly)
    // The one in the middle waits, so that the redrive is seen under way; not for a lock, for which the gateway waits half a minute.
    await onServer(many.connection, (client) =>
      client.query(`
        create table released (n int);
        create function wait_for_release() returns trigger language plpgsql as $$
          begin
            while not exists (select from released) loop perform pg_sleep(0.05); end loop;
            return new;
          end $$;
        create trigger wait_for_release before update on encounters for each row
          when (old.encounter_id = 'many-60') execute function wait_for_release()`),
    )

    await group.getByRole('button', { name: 'Redrive all' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Redrive' }).click()
    const underWay = group.getByText('Redriving: 59 of 120 sent through again.')
    await underWay.waitFor(slowly)
    await expectReadable('redrive')
    // Whoever opens the page sees it and can stop it.
    await page.goto('about:blank')
    await page.goto(`${many.gateway.address}/operations`)
    await underWay.waitFor(slowly)
    await group.getByRole('button', { name: 'Stop the redrive' }).click()
    await group.getByText('Stopping: 59 of 120 sent through again.').waitFor(slowly)
    await onServer(many.connection, (client) => client.query('insert into released values (1)'))
    await group.getByText('Stopped: 60 of 120 sent through again.').waitFor(slowly)
    await group.getByText('× 60').waitFor(slowly)

    await group.getByRole('button', { name: 'Redrive all' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Redrive' }).click()
    await group.waitFor({ state: 'detached', ...slowly })
    await page.getByText('60 sent through again.').first().waitFor(slowly)
    expect(
      await many.database(
        "select count(*)::int as n from audit_log where operation = 'redriveAllOfCode' and count = 60",
      ),
    ).toBe(2)
    expect(
      await many.database(
        "select count(*)::int as n from encounters where encounter_id like 'many-%' and run = 2",
      ),
    ).toBe(120)
  })
})
