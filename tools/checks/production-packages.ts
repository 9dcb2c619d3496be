import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What `npm ci --omit=dev` installs must be what the gateway needs when it runs: a build or test tool among it costs every
 * installation its size. Reads package-lock.json alone, so that it takes no time; the sizes are in docs/operations.md ("Install").
 */

interface LockedPackage {
  readonly dev?: boolean
  /** Needed by a development package, and optional elsewhere. `--omit=dev` keeps it. */
  readonly devOptional?: boolean
  readonly link?: boolean
}

/** Tools that build, check or test, and what the dashboard's page contains once it is built. */
const forbidden: readonly RegExp[] = [
  /^(vite|rolldown|rollup|esbuild|typescript|tailwindcss|lightningcss.*|postcss)$/,
  /^@(vitejs|rolldown|rollup|esbuild|tailwindcss|typescript|swc\/core|babel)\//,
  /^(react|react-dom|lucide-react|scheduler)$|^@tanstack\//,
  /^(vitest|knip|oxlint.*|oxc-.*|fast-check|playwright-core)$/,
  /^@(vitest|biomejs|oxlint.*|oxc-.*|stryker-mutator|sparticuz|medplum|types)\//,
]

const lock = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'),
) as { readonly packages: Readonly<Record<string, LockedPackage>> }

const installed = Object.entries(lock.packages)
  .filter(
    ([path, { dev, link }]) => path.includes('node_modules/') && dev !== true && link !== true,
  )
  .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
const faults = installed.filter((name) => forbidden.some((pattern) => pattern.test(name)))

for (const name of faults)
  console.error(
    `a production install contains ${name}; make it, or what brings it, a development dependency`,
  )
console.log(`${installed.length} packages of a production install, ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
