import { parseArgs } from 'node:util'
import { type ModeName, type ModeSwitches, modeNames } from './modes/mode.ts'
import type { SandboxSettings } from './server.ts'

/** The command line overrides the environment (`Sandbox__Port`), which overrides the defaults. */
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
  const perSecond = number(
    'Sandbox__RateLimit__PerSecond',
    environment['Sandbox__RateLimit__PerSecond'],
  )
  const perDay = number('Sandbox__RateLimit__PerDay', environment['Sandbox__RateLimit__PerDay'])
  const pageSize = number('Sandbox__PageSize', environment['Sandbox__PageSize'])
  return {
    host: values.host ?? environment['Sandbox__Host'] ?? '127.0.0.1',
    port: number('Sandbox__Port', values.port ?? environment['Sandbox__Port']) ?? 8081,
    as: modeName(values.as ?? environment['Sandbox__As'] ?? 'athenahealth'),
    switches: {
      ...switched('strictSearch', 'Sandbox__StrictSearch', environment),
      ...switched('readOnlyFhir', 'Sandbox__ReadOnlyFhir', environment),
      ...switched('fhirLag', 'Sandbox__FhirLag', environment),
    },
    ...(pageSize === undefined ? {} : { pageSize }),
    rateLimit: {
      ...(perSecond === undefined ? {} : { perSecond }),
      ...(perDay === undefined ? {} : { perDay }),
    },
    scenarios: values.data === undefined,
    ...(values.data === undefined ? {} : { data: values.data }),
  }
}

function number(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0)
    throw new RangeError(`${name} must be a whole number, got ${text}`)
  return value
}

function modeName(text: string): ModeName {
  const name = modeNames.find((one) => one === text)
  if (name === undefined)
    throw new RangeError(`Sandbox__As or --as must be one of ${modeNames.join(', ')}, got ${text}`)
  return name
}

function switched(
  name: keyof ModeSwitches,
  variable: string,
  environment: NodeJS.ProcessEnv,
): Partial<ModeSwitches> {
  const text = environment[variable]
  if (text === undefined) return {}
  if (text !== 'true' && text !== 'false')
    throw new RangeError(`${variable} must be true or false, got ${text}`)
  return { [name]: text === 'true' }
}
