import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string
}

/** A folder of the test's own; `open` to every user as /var/lib is, or `private` to ours as /root is. */
export async function createTemporaryFolder(
  access: 'open' | 'private' = 'open',
): Promise<TemporaryFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'authscript-test-')))
  await chmod(path, access === 'open' ? 0o755 : 0o700)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
