// Plain JavaScript: runs before anything is installed, on whatever Node (20 or newer) the machine has.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Why `npm ci` is needed, or undefined if node_modules matches package-lock.json.
 *
 * npm writes node_modules/.package-lock.json last, so it is missing after an install that was killed. Packages are compared by version
 * and integrity; optional packages for other platforms may be absent. Additional packages do not matter.
 */
export function reasonToInstall(root, platform = thisPlatform()) {
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'))
  if (installed === undefined) return 'nothing is installed'
  const wanted = packagesOf(join(root, 'package-lock.json'))
  if (wanted === undefined) return 'package-lock.json cannot be read'
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue
    const found = installed[path]
    if (found === undefined) {
      if (mayBeAbsent(entry, platform)) continue
      return `${path} is not installed`
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity) {
      return `${path} is another version`
    }
    if (!existsSync(join(root, path))) return `${path} has been removed`
  }
  return undefined
}

export function thisPlatform() {
  return {
    os: process.platform,
    cpu: process.arch,
    libc: () => {
      process.report.excludeNetwork = true
      return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc'
    },
  }
}

/** An optional package without a platform is a dependency of one with a platform, and absent if that one is. */
function mayBeAbsent(entry, platform) {
  if (entry.optional !== true && entry.devOptional !== true) return false
  if (entry.os === undefined && entry.cpu === undefined) return true
  const isHere =
    allows(entry.os, platform.os) &&
    allows(entry.cpu, platform.cpu) &&
    (entry.libc === undefined || platform.os !== 'linux' || allows(entry.libc, platform.libc()))
  return !isHere
}

/** The rule of npm for `os`, `cpu` and `libc`: a list of names, or of names to exclude. */
function allows(list, name) {
  if (list === undefined) return true
  const names = [list].flat()
  if (names.includes(`!${name}`)) return false
  return (
    names.includes(name) || names.includes('any') || names.every((each) => each.startsWith('!'))
  )
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

/**
 * The environment for a nested npm. npm passes its own settings to the scripts it runs; with these, a nested npm would use the wrong
 * package and folder.
 */
export function environmentForNpm(environment) {
  const ofTheOuterNpm = /^npm_(lifecycle|package|command|config_local_prefix)/i
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !ofTheOuterNpm.test(name)),
  )
}
