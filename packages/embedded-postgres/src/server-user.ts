import { type ChildProcess, execFile, spawn, type SpawnOptions } from 'node:child_process'
import { chown, lchown, readdir, realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** `nobody` on Linux: a uid that needs no entry in /etc/passwd. */
const nobody = 65_534

interface Owner {
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root. Which user it runs as instead:
 *
 * - `self`: this process is not root; the same user.
 * - `nobody`: this process is root, and `nobody` can enter the directory.
 * - `user_namespace`: this process is root, and a folder above the directory is private (mode 700). Inside the namespace root looks
 *   like `nobody`.
 * - `capability`: the same, where user namespaces are forbidden: `nobody` with the capability to pass private folders.
 */
export type ServerUserKind = 'self' | 'nobody' | 'user_namespace' | 'capability'

export interface ServerUser {
  readonly kind: ServerUserKind
  /** Who must own the files, as seen from this process; undefined when this process cannot choose. */
  readonly owner: Owner | undefined
  spawn(file: string, args: readonly string[], options: SpawnOptions): ChildProcess
}

// PG* variables, locale and library paths of this process must not reach the server.
const environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
}

const unshare = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`] as const
const setpriv = [
  'setpriv',
  `--reuid=${nobody}`,
  `--regid=${nobody}`,
  '--clear-groups',
  // Without it the change of uid would drop the capability that the next two lines grant.
  '--securebits=+no_setuid_fixup',
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
]

/** The user that PostgreSQL can run as in `directory`; `program` is the path of `postgres`. */
export async function chooseServerUser(directory: string, program: string): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return serverUser('self')
  if ((await isOpenToAll(directory)) && (await isOpenToAll(program))) return serverUser('nobody')
  const [command, ...args] = unshare
  const namespaceWorks = await promisify(execFile)(command, [...args, program, '--version'], {
    env: environment,
  }).then(
    () => true,
    () => false,
  )
  return serverUser(namespaceWorks ? 'user_namespace' : 'capability')
}

export function serverUser(kind: ServerUserKind): ServerUser {
  const as = (prefix: readonly string[], owner: Owner | undefined, ids: Partial<Owner> = {}) => ({
    kind,
    owner,
    spawn(file: string, args: readonly string[], options: SpawnOptions) {
      const [command = '', ...rest] = [...prefix, file, ...args]
      return spawn(command, rest, { ...options, ...ids, env: environment })
    },
  })
  const nobodyOwns = { uid: nobody, gid: nobody }
  switch (kind) {
    case 'self':
      return as([], undefined)
    case 'nobody':
      return as([], nobodyOwns, nobodyOwns)
    case 'user_namespace':
      return as(unshare, { uid: 0, gid: 0 })
    case 'capability':
      return as(setpriv, nobodyOwns)
    default:
      return kind satisfies never
  }
}

/** Makes `owner` own every file in the folder; the folder itself last, so that an interrupted change is noticed and repeated. */
export async function giveTo(owner: Owner | undefined, folder: string): Promise<void> {
  if (owner === undefined || (await stat(folder)).uid === owner.uid) return
  for (const entry of await readdir(folder, { recursive: true })) {
    await lchown(join(folder, entry), owner.uid, owner.gid)
  }
  await chown(folder, owner.uid, owner.gid)
}

/** Whether every user may enter `path` and pass every folder above it. */
async function isOpenToAll(path: string): Promise<boolean> {
  const enter = 0o001
  for (let at = await realpath(path); ; at = dirname(at)) {
    if (((await stat(at)).mode & enter) === 0) return false
    if (at === dirname(at)) return true
  }
}
