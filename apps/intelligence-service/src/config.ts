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

const defaultPort = 8082
const defaultBodyBytes = 32 * 1024 * 1024

/** @throws {RangeError} naming the variable */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): ServiceSettings {
  return {
    host: environment['Intelligence__Host'] ?? '127.0.0.1',
    port: wholeNumber('Intelligence__Port', environment['Intelligence__Port'], defaultPort),
    apiKey: environment['Intelligence__ApiKey'],
    policyDirectory: environment['Intelligence__PolicyDirectory'],
    maxBodyBytes: wholeNumber(
      'Intelligence__MaxBodyBytes',
      environment['Intelligence__MaxBodyBytes'],
      defaultBodyBytes,
    ),
  }
}

function wholeNumber(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0)
    throw new RangeError(`${name} must be a whole number, got ${text}`)
  return value
}
