type Kind = 'boolean' | 'function' | 'number' | 'object' | 'string'

/** Every option, with the kind of its value. */
export type OptionKinds<Options extends object> = Readonly<
  Record<keyof Options & string, Kind | readonly Kind[]>
>

interface CheckedOptions<Options extends object> {
  /** What the object is called when it is none. @default 'options' */
  readonly what?: string
  /** Put before the name of each option: `autoscale.`. @default '' */
  readonly prefix?: string
  /** Options without a default. @default none */
  readonly required?: readonly (keyof Options & string)[]
}

/**
 * Refuses what the compiler refuses in TypeScript: options that do not exist, and values of another kind. An option that is undefined
 * counts as not given.
 *
 * @throws {TypeError} naming the option and, when it does not exist, the one that was probably meant
 */
export function checkOptions<Options extends object>(
  options: Options,
  kinds: OptionKinds<Options>,
  details: CheckedOptions<Options> = {},
): void {
  const { what, prefix = '' } = details
  checkObject(options, what)
  // An object of a class may have members of its own.
  if (Object.getPrototypeOf(options) === Object.prototype) {
    const unknown = Object.keys(options).find((name) => !Object.hasOwn(kinds, name))
    if (unknown !== undefined) {
      throw new TypeError(
        `unknown option ${prefix}${unknown}; ${hintAt(unknown, Object.keys(kinds))}`,
      )
    }
  }
  checkKinds(options, kinds, details)
}

/**
 * Like `checkOptions`, for objects that may have more members than those.
 *
 * @throws {TypeError} naming the member
 */
export function checkKinds<Options extends object>(
  options: Options,
  kinds: OptionKinds<Options>,
  { what, prefix = '', required = [] }: CheckedOptions<Options> = {},
): void {
  checkObject(options, what)
  for (const name of Object.keys(kinds) as (keyof Options & string)[]) {
    const value: unknown = options[name]
    if (value === undefined && !required.includes(name)) continue
    const allowed = [kinds[name]].flat()
    if (allowed.some((kind) => isOfKind(value, kind))) continue
    const expected = allowed.map((kind) => (kind === 'object' ? `an ${kind}` : `a ${kind}`))
    throw new TypeError(
      `${prefix}${name} must be ${expected.join(' or ')}, got ${describeValue(value)}`,
    )
  }
}

function checkObject(value: unknown, what = 'options'): void {
  if (!isOfKind(value, 'object'))
    throw new TypeError(`${what} must be an object, got ${describeValue(value)}`)
}

/** @throws {TypeError} naming the value */
export function checkFunction(name: string, value: unknown): void {
  if (typeof value === 'function') return
  throw new TypeError(`${name} must be a function, got ${describeValue(value)}`)
}

function isOfKind(value: unknown, kind: Kind): boolean {
  return typeof value === kind && value !== null
}

/** Says what was found, but nothing of an object's content. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'function') return 'a function'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}

function hintAt(name: string, names: readonly string[]): string {
  const [closest] = names
    .map((known) => ({ known, edits: editsBetween(name.toLowerCase(), known.toLowerCase()) }))
    .filter(({ known, edits }) => edits <= known.length / 3)
    .sort((one, other) => one.edits - other.edits)
  return closest === undefined
    ? `the options are ${names.join(', ')}`
    : `did you mean ${closest.known}?`
}

/** Letters to insert, remove or replace to make one of the other: Levenshtein's distance. */
function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1]
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (row[column - 1] as number) + (letter === other[column - 1] ? 0 : 1)
      const removed = (row[column] as number) + 1
      const inserted = (next[column - 1] as number) + 1
      next.push(Math.min(replaced, removed, inserted))
    }
    row = next
  }
  return row.at(-1) as number
}
