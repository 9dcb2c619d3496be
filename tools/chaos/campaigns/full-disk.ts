import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Campaign } from '../campaign.ts'
import { ChaosWorld } from '../chaos-world.ts'
import { pause } from '../wait-until.ts'

const diskMb = 200
const encountersPerPhase = 10
const fullForMs = 4000

/** The gateway's own database on a disk that becomes full, and is cleared after a while. */
export const fullDisk: Campaign = async ({ seed }) => {
  const disk = await mkdtemp(join(tmpdir(), 'authscript-chaos-disk-'))
  await using cleaning = new AsyncDisposableStack()
  cleaning.defer(() => rm(disk, { recursive: true, force: true }))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m`, 'tmpfs', disk])
  cleaning.defer(() => void execFileSync('umount', [disk]))
  await chmod(disk, 0o755)
  const world = cleaning.use(
    await ChaosWorld.create({
      seed,
      encounterCount: encountersPerPhase * 3 + 10,
      dataDirectory: join(disk, 'data'),
    }),
  )
  let gateway = world.start()
  await gateway.ready()
  await world.register(encountersPerPhase)
  const ballast = join(disk, 'ballast')
  const { bavail, bsize } = await statfs(disk)
  // Fills the free space; the write may fail at the end.
  await writeFile(ballast, Buffer.alloc(bavail * bsize)).catch(() => undefined)
  const working = world.register(encountersPerPhase)
  await pause(fullForMs)
  await rm(ballast)
  // A gateway that exited is started again, as a supervisor does.
  const hasExited = await Promise.race([
    gateway.ended.then(() => true),
    pause(15_000).then(() => false),
  ])
  if (hasExited) {
    gateway = world.start()
    await gateway.ready()
  }
  await working
  await world.register(encountersPerPhase)
  return {
    verdict: await world.verify(),
    kills: 0,
    notes: `tmpfs of ${diskMb} MB, full for ${fullForMs / 1000} s; the gateway ${hasExited ? 'exited and was started again' : 'kept running'}`,
    log: world.logFile,
  }
}
