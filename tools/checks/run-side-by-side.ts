import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Check {
  readonly name: string
  readonly command: readonly [program: string, ...args: string[]]
}

/**
 * Runs checks in their order, `atOnce` of them at a time, all of them also when one fails. What a check prints is printed as a whole when
 * it ends, under its name.
 *
 * @returns the names of those that failed or could not be started
 */
export async function runSideBySide(
  checks: readonly Check[],
  { atOnce, print }: { readonly atOnce: number; readonly print: (text: string) => void },
): Promise<readonly string[]> {
  const failed: string[] = []
  const waiting = checks.values()
  async function runNext(): Promise<void> {
    for (const check of waiting) {
      const { output, isPassed } = await run(check)
      print(`\n> ${check.name}${isPassed ? '' : ' (failed)'}\n${output}`)
      if (!isPassed) failed.push(check.name)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, runNext))
  return failed
}

async function run({ command: [program, ...args] }: Check) {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm is a script there.
    shell: program === 'npm' && process.platform === 'win32',
  })
  const output: Buffer[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => output.push(chunk))
  try {
    const [code] = await once(child, 'close')
    return { output: Buffer.concat(output).toString(), isPassed: code === 0 }
  } catch (error) {
    return { output: `${String(error)}\n`, isPassed: false }
  }
}
