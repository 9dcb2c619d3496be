// Builds the dashboard for a production install. Needs the development packages; run `npm ci --omit=dev` afterwards if needed.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildDashboard, dashboardState } from './dashboard-build.mjs'
import { chooseNode } from './node-choice.mjs'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

try {
  if (dashboardState(root) !== 'fresh') buildDashboard(root, chooseNode(root), process.env)
  console.log(`the dashboard is built: ${join('apps', 'dashboard', 'dist')}`)
} catch (error) {
  console.error(`build: ${error.message}`)
  process.exitCode = 1
}
