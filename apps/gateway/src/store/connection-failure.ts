import { bothNames } from '../config/both-names.ts'
import { fileRefused, isFileRefused } from './refused-file.ts'

/** The target of a connection, as the driver understood it. */
export interface ConnectionTarget {
  readonly host: string
  readonly port: number
  readonly database?: string | undefined
  readonly user?: string | undefined
}

/** For operators, why no connection could be made: host, port and cause, never the password. */
export function explainConnectionFailure(
  target: ConnectionTarget,
  cause: unknown,
  timeoutMs: number,
): string {
  const { host, port } = target
  const isSocket = host.startsWith('/')
  const place = isSocket ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`
  const check = isSocket ? bothNames('Database.Directory') : bothNames('Database.Url')
  return `cannot connect to the database at ${place}: ${causeOf(cause, target, timeoutMs)}; check ${check}`
}

/** @see https://www.postgresql.org/docs/18/errcodes-appendix.html */
function causeOf(cause: unknown, { user, database }: ConnectionTarget, timeoutMs: number): string {
  const code = codeOf(cause)
  const message = cause instanceof Error ? cause.message : ''
  if (/timeout expired|Query read timeout/.test(message))
    return `no answer within ${timeoutMs / 1000} s`
  if (/password must be a string/.test(message))
    return `the server wants a password for the user "${user}", and none is set`
  if (/does not support SSL/.test(message)) return 'the server does not offer TLS (sslmode)'
  if (isFileRefused(code, message)) return fileRefused
  switch (code) {
    case 'ECONNREFUSED':
      return 'the connection was refused; no server listens there'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the host was not found'
    case 'ETIMEDOUT':
      return 'no answer'
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'the host cannot be reached over the network'
    case 'ENOENT':
      return 'no server listens on this socket'
    case '28P01':
      return `the password of the user "${user}" was refused`
    case '28000':
      return `the server does not let the user "${user}" in from this machine (pg_hba.conf), or does not know it`
    case '3D000':
      return `the database "${database}" does not exist`
    case '42501':
      return `the user "${user}" may not connect to the database "${database}"`
    case '53300':
      return 'the server has no connection left'
    case '57P03':
      return 'the server is starting up or shutting down'
    case '':
      return 'the server closed the connection; it may not be PostgreSQL'
    default:
      return /CERT|SIGNED|ISSUER|SIGNATURE/.test(code)
        ? `the TLS certificate of the server is not trusted (${code})`
        : `failed with ${code}`
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : ''
}
