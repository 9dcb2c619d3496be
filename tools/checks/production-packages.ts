import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Checks that `npm ci --omit=dev` installs no build or test tools, which the gateway does not need to run. Reads only
 * package-lock.json, so it is fast. The sizes of an installation are in docs/operations.md ("Install").
 */

interface LockedPackage {
  readonly dev?: boolean
  /** Needed by a development package and an optional package. `--omit=dev` installs it. */
  readonly devOptional?: boolean
  readonly link?: boolean
}

/** Tools that build, check or test, and packages that are part of the built dashboard. */
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
const violations = installed.filter((name) => forbidden.some((pattern) => pattern.test(name)))

for (const name of violations)
  console.error(
    `a production install contains ${name}; make it, or the package that depends on it, a development dependency`,
  )
console.log(`${installed.length} packages of a production install, ${violations.length} violations`)
process.exit(violations.length === 0 ? 0 : 1)
