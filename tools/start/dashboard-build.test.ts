import { spawnSync } from 'node:child_process'
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { buildDashboard, dashboardState, hashSources } from './dashboard-build.mjs'

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** A checkout with a page that the real vite builds quickly. */
async function aCheckout(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'authscript-dashboard-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await mkdir(join(root, 'apps/dashboard/src'), { recursive: true })
  await mkdir(join(root, 'packages/prior-auth/src'), { recursive: true })
  await mkdir(join(root, 'node_modules'))
  await symlink(join(repository, 'node_modules/vite'), join(root, 'node_modules/vite'))
  await writeFile(
    join(root, 'apps/dashboard/index.html'),
    '<!doctype html><script type="module" src="/src/main.js"></script>',
  )
  await writeFile(join(root, 'apps/dashboard/src/main.js'), "document.title = 'first'")
  await writeFile(join(root, 'packages/prior-auth/src/index.ts'), 'export const one = 1')
  return root
}

const build = (root: string) => buildDashboard(root, process.execPath, process.env)

/** Runs in its own process with its output captured, because vite prints errors. */
function buildApart(root: string) {
  const module = new URL('dashboard-build.mjs', import.meta.url).href
  const script = `import { buildDashboard } from '${module}'
    buildDashboard(process.argv[1], process.execPath, process.env)`
  return spawnSync(process.execPath, ['--input-type=module', '-e', script, root], {
    encoding: 'utf8',
  })
}

async function builtScript(root: string): Promise<string> {
  const assets = join(root, 'apps/dashboard/dist/assets')
  const [name = ''] = await readdir(assets)
  return readFile(join(assets, name), 'utf8')
}

test('a page is absent, then stale, and fresh after the build', async () => {
  const root = await aCheckout()
  await cp(join(root, 'apps/dashboard/index.html'), join(root, 'index.html'))
  await rm(join(root, 'apps/dashboard/index.html'))
  expect(dashboardState(root)).toBe('absent')

  await cp(join(root, 'index.html'), join(root, 'apps/dashboard/index.html'))
  expect(dashboardState(root)).toBe('stale')

  build(root)
  expect(dashboardState(root)).toBe('fresh')
  expect(await builtScript(root)).toContain('first')
  expect(await readdir(join(root, 'node_modules/.cache'))).toEqual([])
})

test.each([
  ['apps/dashboard/src/main.js', "document.title = 'second'"],
  ['apps/dashboard/src/new.js', 'export {}'],
  ['packages/prior-auth/src/index.ts', 'export const one = 2'],
])('a change of %s makes it stale', async (path, content) => {
  const root = await aCheckout()
  const before = hashSources(root)

  await writeFile(join(root, path), content)

  expect(hashSources(root)).not.toBe(before)
})

test('it stays fresh after a change of file times only, and after a new test file', async () => {
  const root = await aCheckout()
  const before = hashSources(root)

  await utimes(join(root, 'apps/dashboard/src/main.js'), new Date(0), new Date(0))
  await writeFile(join(root, 'apps/dashboard/src/main.test.ts'), 'export {}')

  expect(hashSources(root)).toBe(before)
})

test('after a failed build the previous page remains and the state is stale', async () => {
  const root = await aCheckout()
  build(root)
  await writeFile(join(root, 'apps/dashboard/src/main.js'), 'this is no script (')

  const { status, stderr } = buildApart(root)

  expect(status).toBe(1)
  expect(stderr).toContain('src/main.js:1')
  expect(stderr).toContain('the dashboard could not be built')

  expect(await builtScript(root)).toContain('first')
  expect(dashboardState(root)).toBe('stale')
})
