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
const startPatienceMs = 60_000

export interface GatewayProcessOptions {
  readonly configFile: string
  /** Everything it says, appended: what a failed campaign is understood by. */
  readonly logFile: string
  readonly killPoint?: KillPoint
  /** The patient whose chart ends every process that reads it. */
  readonly poison?: string
  readonly clock?: { readonly offsetMs: number; readonly jumpsMs: readonly number[] }
}

/** A real gateway in a process of its own: started as an operator does, ended as the campaign likes. */
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
        // A quarter of a start is compiling; each process of a campaign would do it anew.
        NODE_COMPILE_CACHE: join(tmpdir(), 'authscript-chaos-compiled'),
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

  /** Where it serves; undefined before it does and after it ended. */
  get address(): string | undefined {
    return this.#hasEnded ? undefined : this.#address
  }

  /** Resolves when it serves, or with undefined when it ended before. */
  async ready(): Promise<string | undefined> {
    const late = setTimeout(() => this.#ready.resolve(undefined), startPatienceMs)
    const address = await this.#ready.promise
    clearTimeout(late)
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
