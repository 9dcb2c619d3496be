import { parseArgs } from 'node:util'
import type { SandboxSettings } from './server.ts'

/** Command line over environment (`Sandbox__Port`) over defaults. */
export function readSettings(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Partial<SandboxSettings> {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string' }, port: { type: 'string' }, host: { type: 'string' } },
  })
  const perSecond = number(
    'Sandbox__RateLimit__PerSecond',
    environment['Sandbox__RateLimit__PerSecond'],
  )
  const perDay = number('Sandbox__RateLimit__PerDay', environment['Sandbox__RateLimit__PerDay'])
  return {
    host: values.host ?? environment['Sandbox__Host'] ?? '127.0.0.1',
    port: number('Sandbox__Port', values.port ?? environment['Sandbox__Port']) ?? 8081,
    pageSize: number('Sandbox__PageSize', environment['Sandbox__PageSize']) ?? 50,
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
