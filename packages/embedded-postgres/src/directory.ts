import { closeSync, openSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseStartError } from './errors.ts'
import { serverPort } from './server-settings.ts'

/** The parts of a database directory. */
export interface Directory {
  readonly path: string
  /** PostgreSQL's own data folder. It is one level down, so that the directory itself may be a mount point. */
  readonly cluster: string
  readonly logFile: string
}

export function directoryAt(path: string): Directory {
  const absolute = resolve(path)
  return {
    path: absolute,
    cluster: join(absolute, 'postgres'),
    logFile: join(absolute, 'postgres.log'),
  }
}

/** What fits in a socket address, without the name of the socket file. @see unix(7), sun_path */
const maxSocketFolderLength =
  (process.platform === 'linux' ? 107 : 103) - `/.s.PGSQL.${serverPort}`.length

export interface SocketFolder {
  /** What a client in this process gives as its host. */
  readonly host: string
  close(): void
}

/**
 * The folder to connect to, as this process can name it. A path that is too long is reached through an open descriptor; that name
 * means nothing in other processes.
 *
 * @throws {DatabaseStartError} the path is too long and this platform has no such way around
 */
export function openSocketFolder(cluster: string): SocketFolder {
  if (Buffer.byteLength(cluster) <= maxSocketFolderLength) return { host: cluster, close: () => {} }
  if (process.platform !== 'linux') {
    throw new DatabaseStartError(
      `${cluster} is too long for a unix socket (at most ${maxSocketFolderLength} bytes); choose a shorter directory`,
    )
  }
  const descriptor = openSync(cluster, 'r')
  let isOpen = true
  return {
    host: `/proc/self/fd/${descriptor}`,
    close() {
      // A second close would close whatever has the same number by then.
      if (isOpen) closeSync(descriptor)
      isOpen = false
    },
  }
}
