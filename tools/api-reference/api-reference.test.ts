import { describe, expect, test } from 'vitest'
import { firstSentence } from './docstring.ts'
import { renderPage } from './page.ts'
import { readReference, undocumented } from './reference.ts'

/** The exports of a package with these files. Unless given, `src/index.ts` exports the names from `src/x.ts`. */
function itemsOf(names: string, sources: string | Readonly<Record<string, string>>) {
  const files: Readonly<Record<string, string>> = {
    'src/index.ts': `export { ${names} } from './x.ts'`,
    ...(typeof sources === 'string' ? { 'src/x.ts': sources } : sources),
  }
  return readReference('src/index.ts', (path) => files[path] ?? '')
}

function pageOf(names: string, sources: string | Readonly<Record<string, string>>): string {
  return renderPage(itemsOf(names, sources), { packageName: 'a-package', packagePath: '..' })
}

/** The first TypeScript block. */
function signatureOf(page: string): string {
  return /```ts\n([\s\S]*?)\n```/.exec(page)?.[1] ?? ''
}

describe('a class', () => {
  const source = `
/** Holds values — at most two. */
export class Holder<Value> extends Base implements Container {
  readonly #limit: number
  private readonly old = 1
  protected older = 2
  override readonly name = 'Holder'
  count = 0
  /** Counted. */
  readonly seen = new Map<string, number>()

  /** @throws {RangeError} when \`limit\` is not positive */
  constructor(options: Options = {}, limit?: number) {
    super()
    this.#limit = options.limit ?? 2
  }

  /** The number of values. */
  get size(): number {
    return this.#limit // not shown
  }

  static from(): Holder<string> {
    return new Holder()
  }

  /** Adds values. */
  async add(
    /** The first value. */
    value: Value, // not shown
    ...more: Value[]
  ): Promise<void> {
    await this.#grow()
  }

  #grow(): void {}
}`

  test('is shown without bodies, comments and private members', () => {
    expect(
      signatureOf(pageOf('Holder', source)),
    ).toBe(`class Holder<Value> extends Base implements Container {
  readonly name = 'Holder'
  count: number
  readonly seen: Map<string, number>
  constructor(options: Options = {}, limit?: number)
  get size(): number
  static from(): Holder<string>
  add(
    value: Value,
    ...more: Value[]
  ): Promise<void>
}`)
  })

  test('has a list of its members, with what they throw and the parameters of the constructor', () => {
    const page = pageOf('Holder', source)

    expect(page).toContain(`
- \`new Holder(options?, limit?)\`
  - \`options\`: \`Options\`, default \`{}\`
  - \`limit\`: \`number\`
  - Throws \`RangeError\` when \`limit\` is not positive
- \`size\` (\`number\`): The number of values.
- \`Holder.from()\`
- \`add(value, ...more)\`: Adds values.
`)
    expect(page).not.toMatch(/#limit|#grow|\bolder?\b/)
  })

  test('shows the overloads of a method and not the implementation', () => {
    const page = pageOf(
      'Reader',
      'export class Reader { read(a: string): string; read(a: number): number; read(a: any) { return a } }',
    )

    expect(signatureOf(page)).toBe(
      'class Reader {\n  read(a: string): string\n  read(a: number): number\n}',
    )
  })

  test('takes the docstring of a member from the interface that it implements', () => {
    const items = itemsOf(
      'Clock, Fake',
      `
/** Time. */
export interface Clock {
  /** Milliseconds. */
  now(): number
}
/** Stands still. */
export class Fake implements Clock { now(): number { return 0 } }`,
    )

    expect(undocumented(items)).toEqual([])
    expect(firstSentence(items[1]?.members[0]?.docstring)).toBe('Milliseconds.')
  })
})

describe('an interface', () => {
  const source = `
/** Limits. */
export interface Limits {
  /** Or \`a | b\`, of a Promise<void>; see \`Mode\`. @default 'a' */
  readonly mode?:
    | 'a'
    | 'b'
  /** @default 30_000, as before */
  waitMs: number
  call?(options: {
    readonly attempt: number
    readonly mode: Mode
  }, signal?: AbortSignal): void
}
/** How. */
export type Mode = 'a' | 'b'`

  test('has a table of its members with their defaults, and pipes escaped', () => {
    expect(pageOf('Limits, type Mode', source)).toContain(`
| Name | Type | Default | Meaning |
| --- | --- | --- | --- |
| \`mode?\` | \`'a' \\| 'b'\` | \`'a'\` | Or \`a \\| b\`, of a Promise\\<void>; see [\`Mode\`](#type-mode). |
| \`waitMs\` | \`number\` | \`30_000\`, as before |  |
| \`call?\` | [\`(options: { readonly attempt: number; readonly mode: Mode }, signal?: AbortSignal) => void\`](#type-mode) |  |  |
`)
  })

  test('has no column of defaults when there are none', () => {
    const page = pageOf('type A', 'export interface A { /** Documented. */ readonly b: string }')

    expect(page).toContain(
      '| Name | Type | Meaning |\n| --- | --- | --- |\n| `b` | `string` | Documented. |',
    )
    expect(signatureOf(page)).toBe('interface A { readonly b: string }')
  })
})

describe('functions and constants', () => {
  test('are shown without bodies, and with values that are plain data', () => {
    const source = `
export async function load(path: string, depth = 1): Promise<string> { return path }
export function read(a: string): string
export function read(a: number): number
export function read(a: unknown) { return a }
export const settings = { retries: -1, modes: ['a'] } as const
export const clock: Clock = { now: () => 0 }
export const twice = (value: number): number => value * 2
type Hidden = string | number
export { type Hidden }`
    const items = itemsOf('load, read, settings, clock, twice, Hidden', source)

    expect(items.map((item) => item.signature)).toEqual([
      'function load(path: string, depth = 1): Promise<string>',
      'function read(a: string): string\nfunction read(a: number): number',
      "const settings = { retries: -1, modes: ['a'] } as const",
      'const clock: Clock',
      'const twice: (value: number) => number',
      'type Hidden = string | number',
    ])
  })
})

describe('the reference', () => {
  test('follows re-exports through files, in their order, by folder', () => {
    const page = pageOf('', {
      'src/index.ts': "export { b } from './folder/entry.ts'\nexport const a = 1",
      'src/folder/entry.ts': "export { b } from './b.ts'",
      'src/folder/b.ts': '/** The `b`. And more. */\nexport const b = 2',
    })

    expect(page.split('\n').slice(0, 12)).toEqual([
      '# API of a-package',
      '',
      'Generated from the docstrings by `npm run api-reference`; edit those.',
      '',
      '**src/folder**',
      '',
      '- [b](#const-b): The `b`.',
      '',
      '**src**',
      '',
      '- [a](#const-a)',
      '',
    ])
    expect(page).toContain('In [src/folder/b.ts](../src/folder/b.ts).')
  })

  test('names what has no docstring, except overrides and constructors without parameters', () => {
    const source = `
export class NoDocstring extends Error {
  override readonly name = 'NoDocstring'
  readonly code = 'none'
  /** Documented. */
  get size(): number { return 1 }
  set size(size: number) {}
  constructor() { super() }
}
/** Documented. */
export class Documented { constructor(a: string) {} }
export interface Options { readonly a: string }
// A comment is no docstring.
export type Mode = 'a'`

    expect(undocumented(itemsOf('NoDocstring, Documented, Options, Mode', source))).toEqual([
      'NoDocstring',
      'NoDocstring.code',
      'Documented.constructor',
      'Options',
      'Options.a',
      'Mode',
    ])
  })

  test.each([
    ['a name that is not declared', "export { a } from './x.ts'", 'src/x.ts does not declare a'],
    ['a wildcard', "export * from './x.ts'", 'src/index.ts exports everything of a file'],
    ['a renaming', "export { a as b } from './x.ts'", 'src/index.ts renames b'],
    ['another package', "export { a } from 'other'", 'src/index.ts exports from other'],
    ['a file that does not parse', 'export {', 'src/index.ts: '],
  ])('refuses %s', (_, index, message) => {
    expect(() => itemsOf('', { 'src/index.ts': index })).toThrow(message)
  })
})
