// Plain JavaScript: see preflight.mjs.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'

/** The first Node that runs TypeScript without flags and without a warning. */
const oldestNode = [24, 12]

/**
 * The Node that npm scripts find as `node`: the one in node_modules if it is installed, otherwise the one that runs this script.
 * Throws an error with instructions if neither can be used.
 */
export function chooseNode(
  root,
  current = { execPath: process.execPath, version: process.versions.node },
) {
  // It runs this script, so it works. This saves a process on every start.
  if (current.execPath.startsWith(join(root, 'node_modules') + sep)) return current.execPath
  const installed = join(
    root,
    'node_modules/.bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  if (existsSync(installed)) {
    const { status, stdout } = spawnSync(installed, ['--version'], { encoding: 'utf8' })
    if (status === 0 && isNewEnough(stdout.trim().slice(1))) return installed
    throw new Error(
      'the Node that npm installed (node_modules/.bin/node) does not run on this machine; ' +
        'it is built for Linux with glibc (x64, arm64) and for Windows (x64)',
    )
  }
  if (isNewEnough(current.version)) return current.execPath
  throw new Error(
    `Node ${oldestNode.join('.')} or newer is needed, and npm has none for ${process.platform}-${process.arch}; ` +
      `found ${current.version}: install Node 24 from https://nodejs.org and start again`,
  )
}

export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])
}
