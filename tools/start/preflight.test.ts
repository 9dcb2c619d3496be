import { spawnSync } from 'node:child_process'
import { access, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const start = import.meta.dirname

/** A fake npm: records how it was called and installs by writing the file that npm writes last. */
const recordingNpm = `
const { appendFileSync, copyFileSync, mkdirSync } = require('node:fs')
appendFileSync('calls.json', JSON.stringify({
  args: process.argv.slice(2),
  leaked: Object.keys(process.env).filter((name) => /^npm_(lifecycle|package|command)/.test(name)),
}) + '\\n')
console.log('added 1 package')
if (process.env.NPM_FAILS) process.exit(7)
mkdirSync('node_modules/thing', { recursive: true })
copyFileSync('package-lock.json', 'node_modules/.package-lock.json')
`

async function aFreshClone(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'authscript-preflight-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await mkdir(join(root, 'tools/start'), { recursive: true })
  for (const name of [
    'preflight.mjs',
    'install-state.mjs',
    'node-choice.mjs',
    'dashboard-build.mjs',
  ]) {
    await cp(join(start, name), join(root, 'tools/start', name))
  }
  await writeFile(join(root, 'npm-cli.js'), recordingNpm)
  await writeFile(
    join(root, 'package-lock.json'),
    JSON.stringify({ packages: { '': {}, 'node_modules/thing': { version: '1.0.0' } } }),
  )
  return root
}

function preflight(root: string, environment: NodeJS.ProcessEnv = {}, mode?: '--check') {
  const script = join(root, 'tools/start/preflight.mjs')
  return spawnSync(process.execPath, mode === undefined ? [script] : [script, mode], {
    encoding: 'utf8',
    cwd: tmpdir(),
    env: {
      PATH: process.env['PATH'],
      npm_execpath: join(root, 'npm-cli.js'),
      npm_lifecycle_event: 'prestart',
      npm_package_name: 'authscript-gateway',
      npm_command: 'start',
      NODE_ENV: 'production',
      ...environment,
    },
  })
}

const calls = async (root: string) =>
  (await readFile(join(root, 'calls.json'), 'utf8'))
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))

test('a fresh clone is installed once, with everything, and nothing reaches standard output', async () => {
  const root = await aFreshClone()

  const first = preflight(root)
  const second = preflight(root)

  expect(first).toMatchObject({ status: 0, stdout: '' })
  expect(first.stderr).toContain('installing packages (nothing is installed)')
  expect(first.stderr).toContain('added 1 package')
  expect(second).toMatchObject({ status: 0, stdout: '' })
  expect(second.stderr).not.toContain('installing')
  expect(await calls(root)).toEqual([
    {
      args: ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'],
      leaked: [],
    },
  ])
})

test('an install that fails stops the command, and the next start tries again', async () => {
  const root = await aFreshClone()

  const failed = preflight(root, { NPM_FAILS: 'yes' })
  const repaired = preflight(root)

  expect(failed.status).toBe(1)
  expect(failed.stderr).toContain('npm ci failed (exit code 7)')
  expect(failed.stderr).not.toContain('at ')
  expect(repaired.status).toBe(0)
  expect(await calls(root)).toHaveLength(2)
})

test('without npm, the message says that npm was not found', async () => {
  const root = await aFreshClone()

  const { status, stderr } = preflight(root, { PATH: '/nowhere', npm_execpath: undefined })

  expect(status).toBe(1)
  expect(stderr).toContain('npm was not found')
})

test('a checkout without a dashboard page reports that it is not built', async () => {
  const root = await aFreshClone()

  expect(preflight(root).stderr).toContain('the dashboard is not built')
})

test('a production install is started as it is: omitted development packages are not installed', async () => {
  const root = await aFreshClone()
  await mkdir(join(root, 'node_modules'))
  await writeFile(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: {} }))

  const { status, stdout, stderr } = preflight(root, {}, '--check')

  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
  await expect(access(join(root, 'calls.json'))).rejects.toThrow('ENOENT')
})

test('a checkout without packages is not started in production, and nothing is installed', async () => {
  const root = await aFreshClone()

  const { status, stderr } = preflight(root, {}, '--check')

  expect(status).toBe(1)
  expect(stderr).toContain('no packages are installed; run "npm ci --omit=dev"')
  await expect(access(join(root, 'calls.json'))).rejects.toThrow('ENOENT')
})
