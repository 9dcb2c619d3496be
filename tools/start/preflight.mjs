// Prepares a clone for the command that was requested: packages, the right Node, a built dashboard. Prints nothing if there is
// nothing to do. Plain JavaScript, because it runs on the machine's own Node (20 or newer).
//
//   preflight.mjs             for developers: installs what is missing, and builds the dashboard if its sources changed
//   preflight.mjs --packages  the same without the dashboard
//   preflight.mjs --check     for production: changes nothing; fails with instructions if something is missing
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildDashboard, dashboardState } from './dashboard-build.mjs'
import { environmentForNpm, reasonToInstall } from './install-state.mjs'
import { chooseNode } from './node-choice.mjs'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const mode = process.argv[2] ?? ''

try {
  if (mode === '--check') checkInstall()
  else installPackages()
  const node = chooseNode(root)
  if (mode === '') prepareDashboard(node)
} catch (error) {
  say(error.message)
  process.exitCode = 1
}

/** npm writes this file last, also if it omits packages. */
function checkInstall() {
  if (existsSync(join(root, 'node_modules/.package-lock.json'))) return
  throw new Error(
    'no packages are installed; run "npm ci --omit=dev" (or "npm ci" for development), then start again',
  )
}

function installPackages() {
  const reason = reasonToInstall(root)
  if (reason === undefined) return
  say(`installing packages (${reason})`)
  const { command, args } = npmCommand()
  const { status, error } = spawnSync(
    command,
    // Explicit, because NODE_ENV=production and npm's `omit` would omit what start and test need. Node 24 is an optional package.
    [...args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'],
    {
      cwd: root,
      env: environmentForNpm(process.env),
      // Standard output is for the command that follows.
      stdio: ['ignore', 2, 2],
      shell: command === 'npm' && process.platform === 'win32',
    },
  )
  if (error?.code === 'ENOENT') throw new Error('npm was not found; it comes with Node')
  if (status !== 0) {
    throw new Error(`npm ci failed (exit code ${status ?? 'none'}); see above, then start again`)
  }
}

/** The npm that runs this script, with its own Node: the current Node may be in node_modules, which npm is about to replace. */
function npmCommand() {
  const { npm_execpath: script = '', npm_node_execpath: node = process.execPath } = process.env
  if (basename(script) !== 'npm-cli.js' || !existsSync(script)) return { command: 'npm', args: [] }
  return { command: existsSync(node) ? node : process.execPath, args: [script] }
}

function prepareDashboard(node) {
  switch (dashboardState(root)) {
    case 'fresh':
      return
    case 'absent':
      say(`the dashboard is not built: ${join('apps', 'dashboard', 'index.html')} is missing`)
      return
    case 'stale':
      say('building the dashboard')
      buildDashboard(root, node, process.env)
  }
}

function say(message) {
  console.error(`preflight: ${message}`)
}
