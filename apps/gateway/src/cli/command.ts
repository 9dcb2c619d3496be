import { parseArgs, type ParseArgsOptionDescriptor } from 'node:util'
import { nearestName } from '../config/nearest-name.ts'

/** One option of a command, as `parseArgs` takes it and as the help shows it. */
export interface Option extends ParseArgsOptionDescriptor {
  readonly description: string
  /** What the help shows for the value: `FILE`. Left out for a flag. */
  readonly placeholder?: string
  readonly required?: true
}

type Options = Readonly<Record<string, Option>>

type Parsed<Known extends Options> = ReturnType<
  typeof parseArgs<{ options: Known; allowPositionals: true }>
>['values']

export type Values<Known extends Options> = {
  readonly [Name in keyof Known]: Name extends keyof Parsed<Known>
    ? Known[Name] extends { readonly required: true }
      ? NonNullable<Parsed<Known>[Name]>
      : Parsed<Known>[Name]
    : never
}

/** Where a command writes: results to standard output, problems to standard error. */
export interface Terminal {
  print(text: string): void
  printError(text: string): void
}

interface Definition<Known extends Options> {
  readonly name: string
  /** What it does, in whole sentences. */
  readonly description: string
  /** Each is required. */
  readonly positionals: readonly { readonly name: string; readonly description: string }[]
  readonly options: Known
  readonly examples: readonly string[]
  /**
   * Resolves with the exit code.
   *
   * @throws {UsageError} the arguments do not fit together
   */
  run(
    values: Values<Known>,
    positionals: readonly string[],
    terminal: Terminal,
  ): Promise<number> | number
}

export interface Command extends Omit<Definition<Options>, 'run'> {
  /** @throws {UsageError} the arguments cannot be understood */
  execute(args: readonly string[], terminal: Terminal): Promise<number>
}

/** The command was called in a wrong way. The message is one sentence for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export function defineCommand<const Known extends Options>(command: Definition<Known>): Command {
  return {
    ...command,
    async execute(args, terminal) {
      const { values, positionals } = parseCommandLine(command, args)
      // `parseCommandLine` has checked each option against its description.
      return command.run(values as Values<Known>, positionals, terminal)
    },
  }
}

/** As `parseArgs` in strict mode, but each problem is one plain sentence that names the nearest option. */
function parseCommandLine(
  { positionals: expected, options }: Pick<Definition<Options>, 'positionals' | 'options'>,
  args: readonly string[],
) {
  const { tokens, values, positionals } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = options[token.name]
    if (option === undefined) {
      const nearest = nearestName(token.name, Object.keys(options))
      throw new UsageError(
        `unknown option ${token.rawName}${nearest === undefined ? '' : ` (did you mean --${nearest}?)`}`,
      )
    }
    if (option.type === 'boolean' && token.value !== undefined) {
      throw new UsageError(`${token.rawName} takes no value`)
    }
    const looksLikeOption = token.inlineValue === false && (token.value?.startsWith('-') ?? false)
    if (option.type === 'string' && (token.value === undefined || looksLikeOption)) {
      throw new UsageError(`${token.rawName} needs a value: ${option.placeholder ?? 'VALUE'}`)
    }
  }
  for (const [name, option] of Object.entries(options)) {
    if (option.required === true && values[name] === undefined) {
      throw new UsageError(`--${name} is required`)
    }
  }
  const missing = expected[positionals.length]
  if (missing !== undefined) throw new UsageError(`${missing.name} is missing`)
  if (positionals.length > expected.length) {
    throw new UsageError(
      expected.length === 0
        ? 'it takes no arguments without a name'
        : `it takes ${expected.map(({ name }) => name).join(' ')} and nothing more`,
    )
  }
  return { values, positionals }
}
