import { execFile } from 'node:child_process'
import { rmdir } from 'node:fs/promises'
import { promisify } from 'node:util'
import { createTemporaryFolder } from './temporary-folder.ts'

const run = promisify(execFile)

/** A filesystem of the test's own, gone with its mount point on disposal. */
export interface MountedVolume extends AsyncDisposable {
  readonly path: string
}

/**
 * Takes what `mount` does: `['-t', 'tmpfs', 'tmpfs']`, or `['-o', 'loop', image]`.
 *
 * Rejects with the message of `mount` where it is not possible: not on Linux, not as root, in most containers.
 */
export async function mountVolume(args: readonly string[]): Promise<MountedVolume> {
  const folder = await createTemporaryFolder()
  try {
    await run('mount', [...args, folder.path])
  } catch (error) {
    await rmdir(folder.path)
    throw error
  }
  return {
    path: folder.path,
    async [Symbol.asyncDispose]() {
      // Lazily, should something still be at work there: it is detached at once, and freed with its last user.
      await run('umount', [folder.path]).catch(() => run('umount', ['--lazy', folder.path]))
      // Not its contents: what could not be unmounted is not ours to empty.
      await rmdir(folder.path)
    },
  }
}
