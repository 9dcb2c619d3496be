import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** A command of `authscript` that works on a database, as a process of its own on the given directory. */
export interface RunningCommand {
  readonly ended: Promise<{ readonly exitCode: number | null; readonly output: string }>
  kill(signal: NodeJS.Signals): void
}

export function startCommand(
  name: 'backup' | 'restore' | 'migrate-to' | 'status',
  argument: string,
  directory: string,
): RunningCommand {
  const child = spawn(process.execPath, ['apps/gateway/src/cli/authscript.ts', name, argument], {
    cwd: root,
    env: { ...process.env, Database__Directory: directory },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const ended = once(child, 'close').then(([code]) => ({ exitCode: code as number | null, output }))
  return { ended, kill: (signal) => void child.kill(signal) }
}

export const runCommand = (...command: Parameters<typeof startCommand>) =>
  startCommand(...command).ended
