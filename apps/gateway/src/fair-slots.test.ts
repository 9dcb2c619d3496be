import { describe, expect, it } from 'vitest'
import { FairSlots } from './fair-slots.ts'

const never = new AbortController().signal

/** Calls that end when the test says so, and the order in which they began. */
function calls(slots: FairSlots) {
  const began: string[] = []
  const endings = new Map<string, () => void>()
  return {
    began,
    start(holder: string, name: string, signal = never) {
      return slots.run(
        holder,
        async () => {
          const { promise, resolve } = Promise.withResolvers<void>()
          began.push(name)
          endings.set(name, resolve)
          await promise
        },
        signal,
      )
    },
    async end(name: string) {
      endings.get(name)?.()
      await settled()
    },
  }
}

async function settled() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

describe('slots that are shared fairly', () => {
  it('run one call of a holder at once, and those of others beside it', async () => {
    const { began, start, end } = calls(new FairSlots({ slots: 2, perHolder: 1 }))

    void start('ana', 'a1')
    void start('ana', 'a2')
    void start('ben', 'b1')
    await settled()

    expect(began).toEqual(['a1', 'b1'])
    await end('b1')
    expect(began).toEqual(['a1', 'b1'])
    await end('a1')
    expect(began).toEqual(['a1', 'b1', 'a2'])
  })

  it('let holders take turns, however many calls one of them sends', async () => {
    const { began, start, end } = calls(new FairSlots({ slots: 1, perHolder: 1 }))
    for (let count = 1; count <= 50; count += 1) void start('ana', `a${count}`)
    void start('ben', 'b1')
    void start('cem', 'c1')
    await settled()

    for (const name of ['a1', 'a2', 'b1', 'c1']) await end(name)

    expect(began).toEqual(['a1', 'a2', 'b1', 'c1', 'a3'])
  })

  it('forget a call that is stopped while it waits', async () => {
    const { began, start, end } = calls(new FairSlots({ slots: 1, perHolder: 1 }))
    const stop = new AbortController()
    void start('ana', 'a1')
    const stopped = start('ben', 'b1', stop.signal)
    void start('cem', 'c1')
    await settled()

    stop.abort(new Error('stopped'))
    await expect(stopped).rejects.toThrow('stopped')
    await end('a1')

    expect(began).toEqual(['a1', 'c1'])
  })
})
