import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { locateBinaries } from '../../src/store/embedded-postgres/binaries.ts'
import { chooseServerUser } from '../../src/store/embedded-postgres/server-user.ts'
import { onServer, type TestConnection } from './template-database.ts'

const user = 'clinic'
const password = 'server-password'

/** A PostgreSQL server as an operator has one: on TCP, with a password, whose life is not the gateway's business. */
export class DatabaseServer implements AsyncDisposable {
  readonly #directory: string
  readonly #port: number
  #child: ChildProcess
  #databases = 0

  private constructor(directory: string, port: number, child: ChildProcess) {
    this.#directory = directory
    this.#port = port
    this.#child = child
  }

  /** @param directory open to every user; the cluster is made in it */
  static async create(directory: string): Promise<DatabaseServer> {
    const binaries = await locateBinaries()
    const serverUser = await chooseServerUser(directory, binaries.postgres)
    const cluster = join(directory, 'server')
    mkdirSync(cluster, { mode: 0o700 })
    const passwordFile = join(directory, 'password')
    writeFileSync(passwordFile, password)
    const { owner } = serverUser
    if (owner !== undefined)
      for (const path of [cluster, passwordFile]) chownSync(path, owner.uid, owner.gid)
    const initdb = serverUser.spawn(
      binaries.initdb,
      [
        `--pgdata=${cluster}`,
        `--username=${user}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
      ],
      { stdio: 'ignore' },
    )
    await once(initdb, 'close')
    const port = await freePort()
    const server = new DatabaseServer(directory, port, await run(cluster, port))
    await server.untilReady()
    await onServer(server.#connectionTo('postgres'), (client) =>
      client.query('create database gateway'),
    )
    return server
  }

  get url(): string {
    return this.#urlOf('gateway')
  }

  /** Another empty database on it; resolves with its URL. */
  async createDatabase(): Promise<string> {
    this.#databases += 1
    const name = `gateway_${this.#databases}`
    await onServer(this.#connectionTo('postgres'), (client) =>
      client.query(`create database ${name}`),
    )
    return this.#urlOf(name)
  }

  get connection(): TestConnection {
    return this.#connectionTo('gateway')
  }

  /** A failover as its clients see it: every connection gone, nobody there for a while, then a server with all that was committed. */
  async restart(signal: 'SIGINT' | 'SIGKILL', awayMs: number): Promise<void> {
    const { pid } = this.#child
    const ended = once(this.#child, 'close')
    this.#child.kill(signal)
    await ended
    await pause(awayMs)
    if (signal === 'SIGKILL') await untilAlone(pid)
    this.#child = await run(join(this.#directory, 'server'), this.#port)
    await this.untilReady()
  }

  async untilReady(): Promise<void> {
    await until('the server', () =>
      onServer(this.#connectionTo('postgres'), async () => true as const).catch(() => undefined),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'close')
    this.#child.kill('SIGINT')
    await ended
  }

  #urlOf(database: string): string {
    return `postgres://${user}:${password}@127.0.0.1:${this.#port}/${database}`
  }

  #connectionTo(database: string): TestConnection & { readonly password: string } {
    return { host: '127.0.0.1', port: this.#port, user, password, database }
  }
}

async function run(cluster: string, port: number): Promise<ChildProcess> {
  const binaries = await locateBinaries()
  const serverUser = await chooseServerUser(join(cluster, '..'), binaries.postgres)
  return serverUser.spawn(
    binaries.postgres,
    [
      '-D',
      cluster,
      ...Object.entries({
        listen_addresses: '127.0.0.1',
        port,
        unix_socket_directories: '',
        max_connections: 100,
        shared_buffers: '64MB',
        log_min_messages: 'fatal',
      }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { detached: true, stdio: 'ignore' },
  )
}

/** What a killed postmaster leaves notices its end by itself; a new one refuses to start before. */
async function untilAlone(pid: number | undefined): Promise<void> {
  await until('the end of the old backends', () => {
    try {
      execFileSync('pgrep', ['-g', String(pid)])
      return undefined
    } catch {
      return true
    }
  })
}

const lookMs = 50
const patienceMs = 60_000

async function until(
  what: string,
  ask: () => Promise<true | undefined> | true | undefined,
): Promise<void> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookMs) {
    if ((await ask()) === true) return
    await pause(lookMs)
  }
  throw new Error(`waited ${patienceMs} ms for ${what}`)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return address.port
}
