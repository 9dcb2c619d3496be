import { once } from 'node:events'
import { createServer } from 'node:net'
import { GatewayError } from '../errors.ts'

export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/** A key as the operator wrote it: `Http.Port` to `Http__Port`. */
type KeyName = (key: string) => string

const portTakenCode = 'port_taken'
const portRefusedCode = 'port_refused'
const addressUnavailableCode = 'address_unavailable'

interface ListenFault {
  readonly code: string
  readonly key: 'Http.Port' | 'Http.Host'
  say(address: ListenAddress): string
}

const unknownHost: ListenFault = {
  code: addressUnavailableCode,
  key: 'Http.Host',
  say: () => 'no address is known for this name; choose an address of this machine',
}
const otherMachine: ListenFault = {
  code: addressUnavailableCode,
  key: 'Http.Host',
  say: () => 'this is not an address of this machine; choose another, like 127.0.0.1',
}

const faults: Readonly<Record<string, ListenFault>> = {
  EADDRINUSE: {
    code: portTakenCode,
    key: 'Http.Port',
    say: ({ host }) =>
      `another program listens on this port of ${host}; stop it, or choose another port`,
  },
  EACCES: {
    code: portRefusedCode,
    key: 'Http.Port',
    say: ({ host }) => `this user may not listen on it on ${host}; choose a port above 1023`,
  },
  EADDRNOTAVAIL: otherMachine,
  EAFNOSUPPORT: otherMachine,
  EINVAL: otherMachine,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
}

/** The server cannot listen on the configured address. The message names the key and its value. */
export class ListenError extends GatewayError {
  override readonly name = 'ListenError'
  readonly code: string
  readonly kind = 'permanent'

  constructor(code: string, message: string, cause: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** A ListenError for what an operator can change; any other error as it is. */
export function toListenError(error: unknown, address: ListenAddress, keyName: KeyName): unknown {
  const fault = faults[error instanceof Error && 'code' in error ? String(error.code) : '']
  if (fault === undefined) return error
  const found = fault.key === 'Http.Port' ? address.port : JSON.stringify(address.host)
  return new ListenError(
    fault.code,
    `${keyName(fault.key)}: found ${found}; ${fault.say(address)}`,
    error,
  )
}

/**
 * Listens on the address for a moment. A start checks this before it touches the database: a gateway that cannot serve must not migrate a
 * database that another gateway still uses. The server itself listens last, when everything that it needs runs.
 *
 * @throws {ListenError} the port is taken or refused, or the host is not an address of this machine
 */
export async function requireListenable(address: ListenAddress, keyName: KeyName): Promise<void> {
  const server = createServer((socket) => socket.destroy())
  try {
    server.listen(address)
    await once(server, 'listening')
  } catch (error) {
    throw toListenError(error, address, keyName)
  }
  server.close()
  await once(server, 'close')
}
