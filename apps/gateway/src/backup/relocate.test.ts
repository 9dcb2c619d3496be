import { expect, it } from 'vitest'
import { type SteadyClock, systemClock } from '../clock.ts'
import { relocate } from './relocate.ts'

/** Every wait is over at once: a limit is reached before a file system can answer. */
const impatient: SteadyClock = { ...systemClock, sleep: async () => {} }

it('a move from a folder that does not answer ends with a sentence that names it', async () => {
  const moving = relocate({
    directory: '/mnt/not-connected',
    target: { connectionString: 'postgres://127.0.0.1:1/none' },
    clock: impatient,
    signal: new AbortController().signal,
  })

  await expect(moving).rejects.toMatchObject({
    code: 'database_start',
    message: expect.stringMatching(/^\/mnt\/not-connected did not answer within 30 s; .*mount/),
  })
})
