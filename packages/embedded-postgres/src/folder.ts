import { closeSync, openSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseStartError } from './errors.ts'

/** What lies in `Database__Directory`. */
export interface Folder {
  readonly directory: string
  /** PostgreSQL's own data folder. One level down, so that the directory may be a mount point. */
  readonly cluster: string
  readonly logFile: string
}

export function folderAt(directory: string): Folder {
  const absolute = resolve(directory)
  return {
    directory: absolute,
    cluster: join(absolute, 'postgres'),
    logFile: join(absolute, 'postgres.log'),
  }
}

/** What a socket address can hold, less the name of the socket file. @see unix(7), sun_path */
const longestSocketFolder = (process.platform === 'linux' ? 107 : 103) - '/.s.PGSQL.5432'.length

export interface SocketFolder {
  /** What a client of this process takes for its host. */
  readonly host: string
  close(): void
}

/**
 * The folder to connect to, as this process can name it. A path that is too long is reached through an open descriptor; such a
 * name means nothing to other processes.
 *
 * @throws {DatabaseStartError} where the path is too long and the system has no such detour
 */
export function openSocketFolder(cluster: string): SocketFolder {
  if (Buffer.byteLength(cluster) <= longestSocketFolder) return { host: cluster, close: () => {} }
  if (process.platform !== 'linux') {
    throw new DatabaseStartError(
      `${cluster} is too long for a socket (${longestSocketFolder} bytes at most); name a shorter folder in Database__Directory`,
    )
  }
  const descriptor = openSync(cluster, 'r')
  let isOpen = true
  return {
    host: `/proc/self/fd/${descriptor}`,
    close() {
      // A second close would hit whoever has the number by then.
      if (isOpen) closeSync(descriptor)
      isOpen = false
    },
  }
}
