import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const folder = new URL('../examples/', import.meta.url)
const run = promisify(execFile)

it.each(readdirSync(folder).filter((name) => name.endsWith('.ts')))(
  'examples/%s runs without arguments and prints something',
  async (name) => {
    const { stdout } = await run(process.execPath, [fileURLToPath(new URL(name, folder))])

    expect(stdout.trim()).not.toBe('')
  },
)
