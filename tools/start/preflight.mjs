// What stands between a fresh clone and the command that was asked for: packages, the right Node, a built dashboard.
// Says nothing when there is nothing to do. Plain JavaScript, for it runs on the machine's own Node (20 or newer).
//
//   preflight.mjs             installs what is missing, and builds the dashboard when its sources changed: for developers
//   preflight.mjs --packages  the same without the dashboard
//   preflight.mjs --check     changes nothing: ends with what to do when something is missing. For what runs in production
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

/** npm writes this file last, whatever it was told to leave out. */
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
    // Named, because NODE_ENV=production and npm's `omit` would leave out what start and test need: Node 24 is optional too.
    [...args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'],
    {
      cwd: root,
      env: environmentForNpm(process.env),
      // Standard output belongs to the command that follows.
      stdio: ['ignore', 2, 2],
      shell: command === 'npm' && process.platform === 'win32',
    },
  )
  if (error?.code === 'ENOENT') throw new Error('npm was not found; it comes with Node')
  if (status !== 0) {
    throw new Error(`npm ci failed (exit code ${status ?? 'none'}); see above, then start again`)
  }
}

/** The npm that runs us, on the Node that runs it: ours may lie in the node_modules that it is about to replace. */
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
      say(`no dashboard is built: ${join('apps', 'dashboard', 'index.html')} is missing`)
      return
    case 'stale':
      say('building the dashboard')
      buildDashboard(root, node, process.env)
  }
}

function say(message) {
  console.error(`preflight: ${message}`)
}
