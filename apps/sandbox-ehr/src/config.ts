import { parseArgs } from 'node:util'
import { type ModeName, type ModeSwitches, modeNames } from './modes/mode.ts'
import type { SandboxSettings } from './server.ts'

interface Variable {
  readonly range: string
  readonly unit?: string
  readonly default: string
  readonly effect: string
  /** The option of the command line that wins over the variable. */
  readonly option?: string
}

const wholeNumber = 'a whole number, 0 or more'
const trueOrFalse = 'true or false'
const asMode = 'as the server that it behaves as'

/** Every environment variable of the sandbox; docs/configuration.md is made from it. */
export const sandboxVariables = {
  Sandbox__Host: {
    range: 'an address or a host name of this machine',
    default: '127.0.0.1',
    effect: 'Where the sandbox listens.',
    option: 'host',
  },
  Sandbox__Port: {
    range: 'a whole number from 0 to 65535',
    unit: 'port number',
    default: '8081',
    effect: 'Where the sandbox listens. 0: the operating system chooses.',
    option: 'port',
  },
  Sandbox__As: {
    range: `one of ${modeNames.join(', ')}`,
    default: 'athenahealth',
    effect: 'Which EHR server it behaves as.',
    option: 'as',
  },
  Sandbox__StrictSearch: {
    range: trueOrFalse,
    default: asMode,
    effect: 'true: only the combinations of search parameters that the server documents.',
  },
  Sandbox__ReadOnlyFhir: {
    range: trueOrFalse,
    default: asMode,
    effect: 'true: nothing can be created by FHIR.',
  },
  Sandbox__FhirLag: {
    range: trueOrFalse,
    default: asMode,
    effect: "true: documents added by athenahealth's own API do not show in FHIR.",
  },
  Sandbox__PageSize: {
    range: wholeNumber,
    unit: 'resources',
    default: asMode,
    effect: 'Resources on a page of a search.',
  },
  Sandbox__RateLimit__PerSecond: {
    range: wholeNumber,
    unit: 'requests per second',
    default: asMode,
    effect: 'More are answered 429.',
  },
  Sandbox__RateLimit__PerDay: {
    range: wholeNumber,
    unit: 'requests per day',
    default: asMode,
    effect: 'More are answered 429.',
  },
} as const satisfies Readonly<Record<string, Variable>>

type VariableName = keyof typeof sandboxVariables

export const usage = `usage: npm run sandbox -- [--as SERVER] [--data DIR] [--port PORT] [--host HOST]

Starts an EHR for tests, with patients of its own and a page on which encounters are signed and faults are switched on.

  --as SERVER   behaves as that server: ${modeNames.join(', ')}
  --data DIR    serves every FHIR file in the folder instead of its own patients
  --port PORT   where it listens; 0: the operating system chooses; ${sandboxVariables.Sandbox__Port.default} by default
  --host HOST   an address of this machine; ${sandboxVariables.Sandbox__Host.default} by default
  --help        print this text

docs/configuration.md lists its environment variables (Sandbox__Port).`

/**
 * The command line overrides the environment (`Sandbox__Port`), which overrides the defaults.
 *
 * @throws {RangeError} with every fault, one line each
 */
export function readSettings(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Partial<SandboxSettings> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      as: { type: 'string' },
      data: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string' },
    },
  })
  const faults = unknownVariables(environment)

  function read<Value>(
    variable: VariableName,
    convert: (text: string) => Value | undefined,
    option?: 'as' | 'port' | 'host',
  ): Value | undefined {
    const given = option === undefined ? undefined : values[option]
    const text = given ?? environment[variable]
    if (text === undefined) return undefined
    const value = convert(text)
    if (value === undefined) {
      const name = given === undefined ? variable : `--${option}`
      faults.push(
        `${name}: found ${JSON.stringify(text)}; expected ${sandboxVariables[variable].range}`,
      )
    }
    return value
  }

  const port = read('Sandbox__Port', (text) => toWhole(text, 65_535), 'port')
  const as = read('Sandbox__As', toMode, 'as')
  const pageSize = read('Sandbox__PageSize', (text) => toWhole(text))
  const perSecond = read('Sandbox__RateLimit__PerSecond', (text) => toWhole(text))
  const perDay = read('Sandbox__RateLimit__PerDay', (text) => toWhole(text))
  const switches: { -readonly [Name in keyof ModeSwitches]?: boolean | undefined } = {
    strictSearch: read('Sandbox__StrictSearch', toFlag),
    readOnlyFhir: read('Sandbox__ReadOnlyFhir', toFlag),
    fhirLag: read('Sandbox__FhirLag', toFlag),
  }
  const host = read('Sandbox__Host', (text) => (text === '' ? undefined : text), 'host')
  if (faults.length > 0)
    throw new RangeError(
      `the settings are wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    )
  return {
    host: host ?? sandboxVariables.Sandbox__Host.default,
    port: port ?? Number(sandboxVariables.Sandbox__Port.default),
    as: as ?? sandboxVariables.Sandbox__As.default,
    switches: withoutUnset(switches),
    ...withoutUnset({ pageSize, data: values.data }),
    rateLimit: withoutUnset({ perSecond, perDay }),
    scenarios: values.data === undefined,
  }
}

/** The gateway and its services may share the environment, so only what begins with our section must be ours. */
function unknownVariables(environment: NodeJS.ProcessEnv): string[] {
  const known = Object.keys(sandboxVariables)
  return Object.keys(environment)
    .filter((name) => /^sandbox_/i.test(name) && !known.includes(name))
    .map((name) => `${name}: unknown variable; known: ${known.join(', ')}`)
}

function toWhole(text: string, max = Number.MAX_SAFE_INTEGER): number | undefined {
  return /^\d+$/.test(text) && Number(text) <= max ? Number(text) : undefined
}

function toMode(text: string): ModeName | undefined {
  return modeNames.find((name) => name === text)
}

function toFlag(text: string): boolean | undefined {
  return { true: true, false: false }[text]
}

type Set<Values> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> }

function withoutUnset<Values extends object>(values: Values): Set<Values> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Set<Values>
}
