// Plain JavaScript: see preflight.mjs.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Everything that the built dashboard depends on. The packages it uses are pinned in its package.json. */
const sources = [
  'apps/dashboard/index.html',
  'apps/dashboard/package.json',
  'apps/dashboard/vite.config.ts',
  'apps/dashboard/build',
  'apps/dashboard/public',
  'apps/dashboard/src',
  'packages/prior-auth/package.json',
  'packages/prior-auth/src',
]

/** `absent`: there is no page to build. `stale`: it is not built, or built from other sources. */
export function dashboardState(root) {
  if (!existsSync(join(root, 'apps/dashboard/index.html'))) return 'absent'
  const dist = join(root, 'apps/dashboard/dist')
  if (!existsSync(join(dist, 'index.html'))) return 'stale'
  return readOr(join(dist, '.source-hash'), '') === hashSources(root) ? 'fresh' : 'stale'
}

/** By content, because a checkout, a copy and `touch` change times without changing the content. */
export function hashSources(root) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((path) => filesUnder(join(root, path)))) {
    if (/\.test\.tsx?$/.test(file)) continue
    const content = readFileSync(file)
    hash.update(`${relative(root, file).split(sep).join('/')}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/**
 * Builds next to the served folder and then swaps the folders: a build that fails or is killed leaves the previous dashboard, and two
 * builds at the same time do not mix. Throws an error with instructions if vite fails.
 */
export function buildDashboard(root, node, environment) {
  const app = join(root, 'apps/dashboard')
  const hash = hashSources(root)
  const building = join(root, 'node_modules/.cache', `dashboard-${process.pid}`)
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true })
  try {
    const { status, error } = spawnSync(
      node,
      [
        join(root, 'node_modules/vite/bin/vite.js'),
        'build',
        '--outDir',
        building,
        '--emptyOutDir',
        '--logLevel',
        'warn',
      ],
      // Standard output is for the command that follows.
      { cwd: app, stdio: ['ignore', 2, 2], env: { ...environment, NODE_ENV: 'production' } },
    )
    if (status !== 0) {
      throw new Error('the dashboard could not be built (see above)', { cause: error })
    }
    writeFileSync(join(building, '.source-hash'), hash)
    replaceFolder(building, join(app, 'dist'))
  } finally {
    rmSync(building, { recursive: true, force: true })
  }
}

function replaceFolder(from, to) {
  const old = `${from}-old`
  try {
    if (existsSync(to)) renameSync(to, old)
    renameSync(from, to)
  } catch (error) {
    // Another start swapped in its own build at the same time. It was built from the same sources.
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error
  } finally {
    rmSync(old, { recursive: true, force: true })
  }
}

function filesUnder(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}

function readOr(file, fallback) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return fallback
  }
}
