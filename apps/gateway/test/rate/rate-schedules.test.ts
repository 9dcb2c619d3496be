import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Nodes, pollingShare } from './nodes.ts'

/** Events of nodes that share a rate, in any order: the EHR never receives more than the limit. */

type Command =
  | { readonly kind: 'join' }
  | { readonly kind: 'work'; readonly node: number; readonly senders: number }
  | { readonly kind: 'pause' | 'cut'; readonly node: number; readonly ms: number }
  | { readonly kind: 'stop' | 'die'; readonly node: number }
  | { readonly kind: 'advance'; readonly ms: number }

const node = fc.nat(3)
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('join' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('work' as const),
      node,
      senders: fc.constantFrom(0, 1, 3, 20),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('pause' as const, 'cut' as const),
      node,
      ms: fc.constantFrom(300, 3000, 7000, 12_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('stop' as const, 'die' as const), node }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      ms: fc.constantFrom(1, 400, 2000, 9000),
    }),
  },
)

const maxNodes = 4

async function perform(world: Nodes, command: Command): Promise<void> {
  if (command.kind === 'join') {
    if (world.nodes.length < maxNodes) world.join().work(20)
    return
  }
  if (command.kind === 'advance') {
    await world.time.advance(command.ms)
    return
  }
  const one = world.nodes[command.node]
  switch (command.kind) {
    case 'work':
      one?.work(command.senders)
      break
    case 'pause':
      one?.pauseFor(command.ms)
      break
    case 'cut':
      one?.cutFor(command.ms)
      break
    case 'stop':
      void one?.stop()
      break
    case 'die':
      one?.die()
      break
    default:
      command satisfies never
  }
}

describe('nodes that join, stop, die, pause and lose their database', () => {
  it.each([{ perSecond: 1 }, { perSecond: 2 }, { perSecond: 15 }])(
    'never send more than $perSecond in a second, and never more than the day has',
    { timeout: 120_000 },
    async ({ perSecond }) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(command, { minLength: 10, maxLength: 40 }),
          fc.constantFrom(perSecond * 20, 1_000_000),
          fc.integer(),
          async (commands, perDay, seed) => {
            const world = new Nodes({
              perSecond,
              perDay,
              startMs: 86_400_000 - 25_000,
              random: seededRandom(seed),
            })
            world.join().work(20)
            world.join().work(20)

            for (const command of commands) {
              await perform(world, command)
              expect(world.shares.slots).toBeLessThanOrEqual(perSecond)
            }
            await world.time.advance(5000)

            expect(world.maxInASecond).toBeLessThanOrEqual(perSecond)
            for (const [, count] of world.sentByDate) expect(count).toBeLessThanOrEqual(perDay)
            for (const [, count] of world.pollsByDate)
              expect(count).toBeLessThanOrEqual(perDay * pollingShare)
            for (const [, count] of world.shares.reserved) expect(count).toBeLessThanOrEqual(perDay)
          },
        ),
        { numRuns: 150 },
      )
    },
  )
})

describe('sharing a rate of 15', () => {
  it('gives a single node all slots immediately', async () => {
    const world = new Nodes()
    world.join().work(100)

    await world.time.advance(500)

    expect(world.nodes[0]?.sent).toBe(15)
  })

  it('gives busy nodes equal parts, and the EHR nearly all that it allows', async () => {
    const world = new Nodes()
    for (let count = 0; count < 3; count += 1) world.join().work(30)
    await world.time.advance(15_000)
    const before = world.nodes.map((one) => one.sent)

    await world.time.advance(60_000)

    const sent = world.nodes.map((one, index) => one.sent - (before[index] ?? 0))
    for (const count of sent) {
      expect(count).toBeGreaterThan(5 * 60 * 0.7)
      expect(count).toBeLessThan(5 * 60 * 1.05)
    }
  })

  it('leaves a busy node nearly all slots next to an idle node, whose next request does not wait', async () => {
    const world = new Nodes()
    const busy = world.join()
    const idle = world.join()
    busy.work(30)
    await world.time.advance(20_000)
    expect(busy.share.budget.inUse).toBeGreaterThanOrEqual(12)

    idle.work(1)
    await world.time.advance(0)

    expect(idle.share.budget.inUse).toBe(1)
  })

  it('gives an idle node its part within seconds when it needs it', async () => {
    const world = new Nodes()
    const busy = world.join()
    const idle = world.join()
    busy.work(30)
    await world.time.advance(20_000)

    idle.work(30)
    await world.time.advance(10_000)

    const parts = [idle.share.budget.inUse, busy.share.budget.inUse]
    expect(parts.toSorted((one, other) => one - other)).toEqual([7, 8])
  })

  it('gives the part of a node that died to the others when its lease has ended', async () => {
    const world = new Nodes()
    const [one, other] = [world.join(), world.join()]
    one.work(30)
    other.work(30)
    await world.time.advance(20_000)

    other.die()
    await world.time.advance(15_000)

    expect(one.share.budget.inUse).toBe(15)
  })

  it('gives the part of a node that stopped to the others without waiting for its lease', async () => {
    const world = new Nodes()
    const [one, other] = [world.join(), world.join()]
    one.work(30)
    other.work(30)
    await world.time.advance(20_000)

    void other.stop()
    await world.time.advance(5000)

    expect(one.share.budget.inUse).toBe(15)
  })

  it('continues without its database until the lease ends, then waits, then continues', async () => {
    const world = new Nodes()
    const node = world.join()
    node.work(30)
    await world.time.advance(2500)
    node.cutFor(20_000)
    const before = node.sent
    await world.time.advance(2000)
    expect(node.sent).toBeGreaterThan(before + 15)
    await world.time.advance(8000)
    const waiting = node.sent
    await world.time.advance(5000)
    expect(node.sent).toBe(waiting)

    await world.time.advance(10_000)

    expect(node.sent).toBeGreaterThan(waiting + 50)
  })
})

describe("sharing a day's requests", () => {
  it('lets all nodes together use all of them, and no more', async () => {
    const world = new Nodes({ perDay: 300, lanes: ['chart'] })
    for (let count = 0; count < 3; count += 1) world.join().work(20)

    await world.time.advance(120_000)

    const total = world.nodes.reduce((sum, one) => sum + one.sent, 0)
    expect(total).toBeGreaterThan(270)
    expect(world.sentByDate.get('1970-01-01')).toBeLessThanOrEqual(300)
  })

  it('leaves charts their part, with any number of waiting polls on any number of nodes', async () => {
    const noon = 43_200_000
    const world = new Nodes({ perDay: 300, startMs: noon, lanes: ['poll'] })
    for (let count = 0; count < 3; count += 1) world.join().work(20)

    await world.time.advance(600_000)

    // Half of the day's share, and an hour's ahead of it.
    const polls = world.pollsByDate.get('1970-01-01') ?? 0
    expect(polls).toBeGreaterThan(90)
    expect(polls).toBeLessThanOrEqual(100)
    const chart = world.nodes[0]?.share.budget.take('chart', new AbortController().signal)
    await world.time.advance(5000)
    await expect(chart).resolves.toMatchObject({ isValid: true })
  })

  it('starts again at midnight, also for waiting requests', async () => {
    const world = new Nodes({ perDay: 50, startMs: 86_400_000 - 30_000, lanes: ['write'] })
    world.join().work(20)
    await world.time.advance(29_000)
    expect(world.sentByDate.get('1970-01-01')).toBe(50)

    await world.time.advance(10_000)

    expect(world.sentByDate.get('1970-01-01')).toBe(50)
    expect(world.sentByDate.get('1970-01-02')).toBe(50)
  })
})

/** Mulberry32: the same numbers for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
