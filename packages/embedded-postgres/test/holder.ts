import { spawn, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { TestConnection } from './on-server.ts'

const script = fileURLToPath(new URL('hold-database.ts', import.meta.url))

/** Another process that starts the database of a folder, to be killed or asked to stop. */
export interface Holder {
  /** Resolves when its database is up. */
  ready(): Promise<TestConnection>
  /** Sends the signal and waits for its end; resolves with the exit code, null after SIGKILL. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>
}

export function startHolder(directory: string, options: SpawnOptions = {}): Holder {
  return hold([directory], options)
}

/** Resolves when such a process was killed, as soon as there was an entry in the directory that begins so. */
export async function killHolderAt(directory: string, entry: string): Promise<void> {
  await hold([directory, entry], {}).ended
}

function hold(args: readonly string[], options: SpawnOptions) {
  const child = spawn(process.execPath, [script, ...args], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  return {
    ended: closed,
    async ready() {
      if (child.stdout === null) throw new TypeError('the holder has no standard output')
      for await (const line of createInterface({ input: child.stdout })) {
        return JSON.parse(line) as TestConnection
      }
      throw new Error(`the holder ended before it was ready: ${complaint}`)
    },
    async end(signal: 'SIGKILL' | 'SIGTERM') {
      child.kill(signal)
      const [code] = await closed
      return code as number | null
    },
  }
}
