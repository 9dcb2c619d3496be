/** The service's settings, from the environment. */
export interface ServiceSettings {
  readonly host: string
  readonly port: number
  /** If set, required as a bearer token. */
  readonly apiKey: string | undefined
  readonly maxBodyBytes: number
  /** The practice's own policies, one YAML or JSON file each. */
  readonly policyDirectory: string | undefined
}

interface Variable {
  readonly range: string
  readonly unit?: string
  readonly default: string
  readonly effect: string
}

const notEmpty = 'a text that is not empty'
const megabyte = 1024 * 1024
const maxConfigurableBodyBytes = 512 * megabyte

/** Every environment variable of the service; docs/configuration.md is made from it. */
export const serviceVariables = {
  Intelligence__Host: {
    range: 'an address or a host name of this machine',
    default: '127.0.0.1',
    effect: 'Where the service listens.',
  },
  Intelligence__Port: {
    range: 'a whole number from 0 to 65535',
    unit: 'port number',
    default: '8082',
    effect: 'Where the service listens. 0: the operating system chooses.',
  },
  Intelligence__ApiKey: {
    range: notEmpty,
    default: 'not set: everybody may ask',
    effect: 'The bearer token that requests must carry; the same as in the gateway.',
  },
  Intelligence__PolicyDirectory: {
    range: 'a folder',
    default: 'not set',
    effect:
      "The practice's own policies, one YAML or JSON file each. They replace ours with the same id.",
  },
  Intelligence__MaxBodyBytes: {
    range: `a whole number from 1024 to ${maxConfigurableBodyBytes}`,
    unit: 'bytes',
    default: String(32 * megabyte),
    effect: 'The largest request: a chart with its notes. Larger ones are answered 413.',
  },
} as const satisfies Readonly<Record<string, Variable>>

type VariableName = keyof typeof serviceVariables

/** @throws {RangeError} with every fault, one line each */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): ServiceSettings {
  const faults = misspelled(environment)

  function text(variable: VariableName): string | undefined {
    const value = environment[variable]
    if (value === '')
      faults.push(`${variable}: found an empty text; expected ${serviceVariables[variable].range}`)
    return value
  }

  function whole(variable: VariableName, min: number, max: number): number {
    const found = environment[variable] ?? serviceVariables[variable].default
    const value = Number(found)
    if (!/^\d+$/.test(found) || value < min || value > max)
      faults.push(
        `${variable}: found ${JSON.stringify(found)}; expected ${serviceVariables[variable].range}`,
      )
    return value
  }

  const settings = {
    host: text('Intelligence__Host') ?? serviceVariables.Intelligence__Host.default,
    port: whole('Intelligence__Port', 0, 65_535),
    apiKey: text('Intelligence__ApiKey'),
    policyDirectory: text('Intelligence__PolicyDirectory'),
    maxBodyBytes: whole('Intelligence__MaxBodyBytes', 1024, maxConfigurableBodyBytes),
  }
  if (faults.length > 0)
    throw new RangeError(
      `the settings are wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    )
  return settings
}

/** Our variables in another case or with one underscore. The gateway's section has the same name, so others are left to it. */
function misspelled(environment: NodeJS.ProcessEnv): string[] {
  const squash = (name: string) => name.toLowerCase().replaceAll('_', '')
  const known = new Map(Object.keys(serviceVariables).map((name) => [squash(name), name]))
  return Object.keys(environment).flatMap((name) => {
    const meant = name.includes('_') ? known.get(squash(name)) : undefined
    return meant === undefined || meant === name
      ? []
      : [`${name}: unknown variable; did you mean ${meant}?`]
  })
}
