import { existsSync, readFileSync } from 'node:fs'
import { ServerResponse } from 'node:http'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { readMessages } from './event-reader.ts'
import { anEncounter, startWorld } from './world.ts'

/**
 * ARCHITECTURE.md, "Following one encounter", lists the files that somebody meets who follows an encounter. Here one is processed, and
 * wherever its id leaves our code, the stack shows which files it came through.
 */

const root = join(import.meta.dirname, '..')
const encounter = anEncounter(1001, 60178)

/** More than any stack here has. */
const wholeStack = 200

/** Calls `before` ahead of each call of a method, until it is disposed. */
function watch(
  target: object,
  method: string,
  before: (args: readonly unknown[]) => void,
): Disposable {
  const original: unknown = Reflect.get(target, method)
  if (typeof original !== 'function') throw new TypeError(`there is no method ${method}`)
  Reflect.set(target, method, function (this: unknown, ...args: unknown[]): unknown {
    before(args)
    return Reflect.apply(original, this, args)
  })
  return { [Symbol.dispose]: () => void Reflect.set(target, method, original) }
}

/** The files of the gateway on the stack, with those that wait for the call. */
function filesOnStack(): readonly string[] {
  const { stack = '' } = new Error('for its stack')
  return [...stack.matchAll(/\/apps\/gateway\/src\/([\w/.-]+\.ts)/g)].map(([, file = '']) => file)
}

/** What ARCHITECTURE.md names: files and folders of the gateway. */
function namedFiles() {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
  const paragraph = /\*\*Following one encounter\.\*\*[\s\S]*?\n\n/.exec(text)?.[0] ?? ''
  const [toOpen = '', others = ''] = paragraph.split('need not be opened')
  const pathsOf = (part: string) =>
    [...part.matchAll(/`([a-z-]+(?:\.ts|\/(?:[\w-]+\.ts)?))`/g)].map(([, path = '']) => path)
  return { toOpen: pathsOf(toOpen), others: pathsOf(others) }
}

describe('following one encounter', () => {
  it('takes ten files at most, and meets none that ARCHITECTURE.md does not name', async () => {
    const { toOpen, others } = namedFiles()
    const met = new Set<string>()
    const meet = (values: unknown) => {
      if (!JSON.stringify({ values }).includes(encounter.encounterId)) return
      for (const file of filesOnStack()) met.add(file)
    }
    await using world = await startWorld()
    await world.gateway.register(encounter)
    const stream = await world.ask('/api/events?contract=event-message')
    using watches = new DisposableStack()
    const usualLimit = Error.stackTraceLimit
    Error.stackTraceLimit = wholeStack
    watches.defer(() => {
      Error.stackTraceLimit = usualLimit
    })
    const { orchestrator } = world.gateway
    watches.use(watch(pg.Client.prototype, 'query', ([, values]) => meet(values)))
    watches.use(watch(orchestrator, 'execute', meet))
    watches.use(watch(orchestrator, 'publishEvent', meet))
    watches.use(watch(ServerResponse.prototype, 'write', meet))

    world.sandbox.control.signEncounter(encounter.encounterId)
    await readMessages(stream, (messages) =>
      messages.some(({ event }) => event === 'WORK_ITEM_STATUS_CHANGED'),
    )

    const named = [...toOpen, ...others]
    const isNamed = (file: string) =>
      named.some((path) => (path.endsWith('/') ? file.startsWith(path) : file === path))
    expect([...met].filter((file) => !isNamed(file))).toEqual([])
    expect(toOpen.length).toBeLessThanOrEqual(10)
    // It takes the id out of the database, and calls nobody with it.
    expect(toOpen.filter((file) => !met.has(file))).toEqual(['jobs/durable-queue.ts'])
    const gateway = join(root, 'apps/gateway/src')
    expect(named.filter((path) => !existsSync(join(gateway, path)))).toEqual([])
  })
})
