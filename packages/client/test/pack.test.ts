import { spawnSync } from 'node:child_process'
import {
  cpSync,
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

/**
 * The package as its users get it: packed (which checks manifest, types and links), installed into an empty project, and used on every
 * Node that it supports.
 */

const root = fileURLToPath(new URL('../../../', import.meta.url))
const typescript = join(root, 'node_modules/typescript/bin/tsc')
const work = mkdtempSync(join(tmpdir(), 'client-pack-'))
const project = join(work, 'project')
const installed = join(project, 'node_modules/@authscript/client')

const nodeOfMajor = (major: number) =>
  join(root, `tools/node-versions/node-${major}/node_modules/.bin/node`)

/** Node 20 and 22 come from npm, for Linux; Node 24 runs this test. */
const nodes = [
  { version: 'v20', node: nodeOfMajor(20) },
  { version: 'v22', node: nodeOfMajor(22) },
  { version: 'v24', node: process.execPath },
]

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
  const pack = ['tools/pack-library/run.ts', 'packages/client', '--to', work]
  const tarball = runOrFail(process.execPath, pack, root).trim()

  cpSync(fileURLToPath(new URL('installed', import.meta.url)), project, { recursive: true })
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
  const offline = ['--offline', '--no-audit', '--no-fund', '--cache', join(work, 'cache')]
  runOrFail('npm', ['install', tarball, ...offline], project)

  mkdirSync(join(project, 'node_modules/@types'))
  symlinkSync(join(root, 'node_modules/@types/node'), join(project, 'node_modules/@types/node'))
}, 120_000)

afterAll(() => {
  rmSync(work, { recursive: true, force: true })
})

describe('the packed package', () => {
  it('brings no dependency and no script that runs at installation', () => {
    const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<Record<string, object>>
    }
    const manifest: unknown = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))

    expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/@authscript/client'])
    expect(manifest).toMatchObject({
      license: 'MIT',
      sideEffects: false,
      repository: { directory: 'packages/client' },
    })
    for (const field of ['scripts', 'dependencies', 'private', 'devDependencies'])
      expect(manifest).not.toHaveProperty(field)
  })

  it('has the licence, the README, the types and source maps with their sources', () => {
    for (const file of ['LICENSE', 'README.md', 'dist/index.d.ts'])
      expect(existsSync(join(installed, file)), file).toBe(true)
    const map = JSON.parse(readFileSync(join(installed, 'dist/clock.js.map'), 'utf8')) as {
      readonly sourcesContent: readonly string[]
    }
    expect(map.sourcesContent[0]).toBe(
      readFileSync(join(root, 'packages/client/src/clock.ts'), 'utf8'),
    )
  })

  it('has links that lead into the repository', () => {
    const readme = readFileSync(join(installed, 'README.md'), 'utf8')
    const targets = [...readme.matchAll(/\]\(([^)#\s]+)/g)].map(([, link = '']) => link)

    expect(targets.length).toBeGreaterThan(3)
    for (const target of targets)
      expect(target).toMatch(/^https:\/\/github\.com\/lvlup-sw\/authscript\//)
  })

  it('cannot be packed by npm in its own folder, whose exports name the sources', () => {
    const { status, stderr } = run('npm', ['pack', '--dry-run'], join(root, 'packages/client'))

    expect(status).not.toBe(0)
    expect(stderr).toContain('npm run pack-library -- packages/client')
  })

  it('compiles in a strict project that checks the types of its libraries', () => {
    const configuration = {
      compilerOptions: {
        module: 'nodenext',
        target: 'es2022',
        lib: ['es2022', 'esnext.disposable'],
        types: ['node'],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        outDir: 'compiled',
      },
      files: ['use.ts'],
    }
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(configuration))

    const { stdout, status } = run(process.execPath, [typescript], project)

    expect({ stdout, status }).toEqual({ stdout: '', status: 0 })
  })

  it.runIf(process.platform === 'linux').each(nodes)(
    'runs on Node $version',
    ({ version, node }) => {
      expect(runOrFail(node, ['use.mjs'], project).trim().split('\n')).toEqual([
        version,
        'unreachable',
      ])
    },
  )
})
