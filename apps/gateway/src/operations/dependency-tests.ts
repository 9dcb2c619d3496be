import type { DependencyView } from '@authscript/prior-auth'
import { timeLimit } from '../clock.ts'
import type { DependencyLog } from './dependency-log.ts'

export type DependencyName = DependencyView['name']

/** Asks one dependency something small; its log notes the outcome. */
export interface DependencyTest {
  readonly log: DependencyLog
  ask(signal: AbortSignal): Promise<unknown>
}

const maxTestMs = 10_000
const never = new AbortController().signal

/** Tests on demand. Those who ask while a test runs wait for that one: however many press the button, the dependency is asked once. */
export class DependencyTests {
  readonly #tests: ReadonlyMap<DependencyName, DependencyTest>
  readonly #running = new Map<DependencyName, Promise<void>>()

  constructor(tests: ReadonlyMap<DependencyName, DependencyTest>) {
    this.#tests = tests
  }

  /** What is known afterwards; undefined when this gateway has no such dependency. */
  async run(name: DependencyName): Promise<DependencyView | undefined> {
    const test = this.#tests.get(name)
    if (test === undefined) return undefined
    const running = this.#running.get(name) ?? this.#ask(name, test)
    await running
    return test.log.view
  }

  async #ask(name: DependencyName, test: DependencyTest): Promise<void> {
    const asking = askWithin(test)
    this.#running.set(name, asking)
    try {
      await asking
    } finally {
      this.#running.delete(name)
    }
  }
}

/** A failure is in the dependency's log. */
async function askWithin({ ask }: DependencyTest): Promise<void> {
  using limit = timeLimit(never, maxTestMs)
  await ask(limit.signal).catch(() => undefined)
}
