import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findServerProcesses } from '../src/index.ts'

/** The package as its users get it: packed (which checks manifest, types and links), unpacked into an empty project, and used. */

const root = fileURLToPath(new URL('../../../', import.meta.url))
const source = join(root, 'packages/embedded-postgres')
const work = mkdtempSync(join(tmpdir(), 'embedded-postgres-pack-'))
const project = join(work, 'project')
const installed = join(project, 'node_modules/@authscript/embedded-postgres')

function run(command: string, args: readonly string[], folder: string) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    // An npm that runs this test passes on its own folder and settings.
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
  })
  return { status, stdout, stderr }
}

function runOrFail(command: string, args: readonly string[], folder: string): string {
  const { status, stdout, stderr } = run(command, args, folder)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`)
  return stdout
}

beforeAll(() => {
  const pack = ['tools/pack-library/run.ts', 'packages/embedded-postgres', '--to', work]
  const tarball = runOrFail(process.execPath, pack, root).trim()

  mkdirSync(installed, { recursive: true })
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
  runOrFail('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed], project)
  // Its dependencies, which this test does not download.
  for (const name of ['pg', 'embedded-postgres', '@embedded-postgres'])
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name))
  const program = new URL('installed/start-and-stop.mjs', import.meta.url)
  copyFileSync(fileURLToPath(program), join(project, 'start-and-stop.mjs'))
}, 120_000)

afterAll(() => {
  rmSync(work, { recursive: true, force: true })
})

describe('the packed package', () => {
  it('has the licence, the README and the types, and no script that runs at installation', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))

    for (const file of ['LICENSE', 'README.md', 'dist/index.d.ts'])
      expect(existsSync(join(installed, file)), file).toBe(true)
    expect(existsSync(join(installed, 'src'))).toBe(false)
    expect(manifest).toMatchObject({
      license: 'MIT',
      publishConfig: { access: 'public' },
      repository: { directory: 'packages/embedded-postgres' },
    })
    for (const field of ['scripts', 'private', 'devDependencies'])
      expect(manifest).not.toHaveProperty(field)
  })

  it('starts and stops a database from JavaScript, and leaves no process', async () => {
    const directory = join(work, 'data')

    expect(runOrFail(process.execPath, ['start-and-stop.mjs', directory], project)).toBe(
      '42 app true\n',
    )
    await expect(findServerProcesses(directory)).resolves.toEqual([])
  })

  it('cannot be packed by npm in its own folder, whose exports name the sources', () => {
    const { status, stderr } = run('npm', ['pack', '--dry-run'], source)

    expect(status).not.toBe(0)
    expect(stderr).toContain('npm run pack-library -- packages/embedded-postgres')
  })
})
