import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { KillPoint } from './preload/kill-point.ts'

const main = fileURLToPath(new URL('../../apps/gateway/src/main.ts', import.meta.url))
const preload = (name: string) => new URL(`preload/${name}.ts`, import.meta.url).href
const startTimeoutMs = 60_000

export interface GatewayProcessOptions {
  readonly configFile: string
  /** All output is appended here; it is needed to analyze a failed campaign. */
  readonly logFile: string
  readonly killPoint?: KillPoint
  /** The patient whose chart kills every process that reads it. */
  readonly poison?: string
  readonly clock?: { readonly offsetMs: number; readonly jumpsMs: readonly number[] }
}

/** A real gateway in its own process: started as an operator starts it, ended by the campaign. */
export class GatewayProcess {
  readonly #child: ChildProcess
  /** Resolves with its exit code; null when it was killed. */
  readonly ended: Promise<number | null>
  readonly #ready = Promise.withResolvers<string | undefined>()
  #address: string | undefined
  #hasEnded = false

  constructor({ configFile, logFile, killPoint, poison, clock }: GatewayProcessOptions) {
    const preloads = [
      ...(killPoint === undefined ? [] : ['--import', preload('kill-point')]),
      ...(poison === undefined ? [] : ['--import', preload('poison')]),
      ...(clock === undefined ? [] : ['--import', preload('clock-jump')]),
    ]
    this.#child = spawn(process.execPath, [...preloads, main, '--config', configFile], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        // A third of the start time is compiling. A process that is killed leaves nothing in the cache, so the one of the tests is better.
        NODE_COMPILE_CACHE:
          process.env['NODE_COMPILE_CACHE'] ?? join(tmpdir(), 'authscript-chaos-compiled'),
        ...(killPoint === undefined ? {} : { CHAOS_KILL_POINT: JSON.stringify(killPoint) }),
        ...(poison === undefined ? {} : { CHAOS_POISON: poison }),
        ...(clock === undefined
          ? {}
          : {
              CHAOS_CLOCK_OFFSET_MS: String(clock.offsetMs),
              CHAOS_CLOCK_JUMPS_MS: clock.jumpsMs.join(','),
            }),
      },
    })
    this.ended = once(this.#child, 'close').then(([code]) => code as number | null)
    void this.ended.then(() => {
      this.#hasEnded = true
      this.#ready.resolve(undefined)
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream === null) continue
      createInterface({ input: stream }).on('line', (line) => {
        appendFileSync(logFile, `${line}\n`)
        const url = /"url":"([^"]+)".*gateway is listening/.exec(line)?.[1]
        if (url === undefined) return
        this.#address = url
        this.#ready.resolve(url)
      })
    }
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Its URL; undefined before it is ready and after it has ended. */
  get address(): string | undefined {
    return this.#hasEnded ? undefined : this.#address
  }

  /** Resolves with its URL when it is ready; with undefined if it ends first, or at a timeout. */
  async ready(): Promise<string | undefined> {
    const timer = setTimeout(() => this.#ready.resolve(undefined), startTimeoutMs)
    const address = await this.#ready.promise
    clearTimeout(timer)
    return address
  }

  send(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    this.#child.kill(signal)
    return this.ended
  }
}
