import { type ChildProcess, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { chooseServerUser, locateBinaries } from '@authscript/embedded-postgres'
import { quietPort } from '../quiet-port.ts'
import { onServer, type TestConnection } from './template-database.ts'

const administrator = { user: 'administrator', password: 'admin-password' }
const owner = { user: 'hospital', password: 'p@ss/w%rd' }

/**
 * A PostgreSQL server like a hospital's: over TCP, with a password, a role that owns its databases and nothing more, another time zone, and
 * started and stopped independently of the gateway.
 */
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
    writeFileSync(passwordFile, administrator.password)
    const { owner: files } = serverUser
    if (files !== undefined)
      for (const path of [cluster, passwordFile]) chownSync(path, files.uid, files.gid)
    const initdb = serverUser.spawn(
      binaries.initdb,
      [
        `--pgdata=${cluster}`,
        `--username=${administrator.user}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
      ],
      { stdio: 'ignore' },
    )
    await once(initdb, 'close')
    const port = await quietPort()
    const server = new DatabaseServer(directory, port, await run(cluster, port))
    await server.untilReady()
    await server.#administer(
      `create role ${owner.user} login password ${pg.escapeLiteral(owner.password)}`,
    )
    await server.#administer(`create database ${mainDatabase} owner ${owner.user}`)
    return server
  }

  /** Its address without credentials. */
  get place(): string {
    return `127.0.0.1:${this.#port}/${mainDatabase}`
  }

  get url(): string {
    return this.#urlOf(mainDatabase)
  }

  /** Creates an empty database on it; resolves with its URL. */
  async createDatabase(): Promise<string> {
    this.#databases += 1
    const name = `gateway_${this.#databases}`
    await this.#administer(`create database ${name} owner ${owner.user}`)
    return this.#urlOf(name)
  }

  get connection(): TestConnection & { readonly password: string } {
    return { host: '127.0.0.1', port: this.#port, database: mainDatabase, ...owner }
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
      this.#administer('select 1').then(
        () => true as const,
        () => undefined,
      ),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'close')
    this.#child.kill('SIGINT')
    await ended
  }

  #urlOf(database: string): string {
    return `postgres://${owner.user}:${encodeURIComponent(owner.password)}@127.0.0.1:${this.#port}/${database}`
  }

  async #administer(statement: string): Promise<void> {
    const connection = { host: '127.0.0.1', port: this.#port, database: 'postgres' }
    await onServer({ ...connection, ...administrator }, (client) => client.query(statement))
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
        timezone: 'Asia/Tokyo',
      }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { detached: true, stdio: 'ignore' },
  )
}

/** The processes that a killed postmaster leaves end on their own; a new one refuses to start before that. */
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

const mainDatabase = 'gateway'
const pollIntervalMs = 50
const timeoutMs = 60_000

async function until(
  what: string,
  ask: () => Promise<true | undefined> | true | undefined,
): Promise<void> {
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += pollIntervalMs) {
    if ((await ask()) === true) return
    await pause(pollIntervalMs)
  }
  throw new Error(`waited ${timeoutMs} ms for ${what}`)
}
