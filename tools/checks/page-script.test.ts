import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { buildDashboard, dashboardState } from '../start/dashboard-build.mjs'
import { pageScript, staticImportsOf } from './page-script.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
/** What a browser on a slow line loads before it shows anything: 150 kB take 0.75 s at 1.6 Mbit/s. */
const maxGzipBytes = 150_000

it('the work queue needs less than 150 kB of script, compressed by gzip', () => {
  if (dashboardState(root) !== 'fresh') buildDashboard(root, process.execPath, process.env)

  const { files, gzipBytes } = pageScript(join(root, 'apps/dashboard/dist'))

  // React alone has more: less would mean that the chunks were not found.
  expect(gzipBytes).toBeGreaterThan(60_000)
  expect(gzipBytes, `${gzipBytes} bytes in ${files.join(', ')}`).toBeLessThan(maxGzipBytes)
}, 120_000)

it('follows static imports only', () => {
  const code = `import{a as b}from"./one-x.js";import"./two.js";import c from './three.js'
const part=()=>import("./lazy.js");export{b}`

  expect(staticImportsOf(code)).toEqual(['one-x.js', 'two.js', 'three.js'])
})
