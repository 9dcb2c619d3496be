import { type ChildProcess, execFile, spawn, type SpawnOptions } from 'node:child_process'
import { chown, lchown, readdir, realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** `nobody` on Linux: a uid that needs no entry in /etc/passwd and no useradd. */
const nobody = 65_534

interface Owner {
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root. Who it runs as instead:
 *
 * - `self`: we are not root.
 * - `nobody`: we are, and `nobody` can enter the folder.
 * - `user_namespace`: we are, and the folder is under a private one (mode 700); inside the namespace root looks like `nobody`.
 * - `capability`: as before where user namespaces are forbidden; `nobody` that may pass closed folders.
 */
export type ServerUserKind = 'self' | 'nobody' | 'user_namespace' | 'capability'

export interface ServerUser {
  readonly kind: ServerUserKind
  /** Who the files must belong to, as seen from here; undefined where we cannot choose. */
  readonly owner: Owner | undefined
  spawn(file: string, args: readonly string[], options: SpawnOptions): ChildProcess
}

// PG* variables, locale and libraries of whoever started us must not reach the server.
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
  // Without it the change of uid would drop the capability that the next two grant.
  '--securebits=+no_setuid_fixup',
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
]

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

/** Gives every file below to the owner; the folder itself last, so that an interrupted hand-over is seen and repeated. */
export async function giveTo(owner: Owner | undefined, folder: string): Promise<void> {
  if (owner === undefined || (await stat(folder)).uid === owner.uid) return
  for (const entry of await readdir(folder, { recursive: true })) {
    await lchown(join(folder, entry), owner.uid, owner.gid)
  }
  await chown(folder, owner.uid, owner.gid)
}

/** Whether everyone may read and enter `path` and pass every folder above it. */
async function isOpenToAll(path: string): Promise<boolean> {
  const enter = 0o001
  for (let at = await realpath(path); ; at = dirname(at)) {
    if (((await stat(at)).mode & enter) === 0) return false
    if (at === dirname(at)) return true
  }
}
