/** The code of the error or its cause: `ECONNREFUSED`, `UND_ERR_SOCKET`, `SELF_SIGNED_CERT_IN_CHAIN`. */
function connectionCodeOf(cause: unknown): string {
  const codes = [cause instanceof Error ? cause.cause : undefined, cause].flatMap((error) =>
    error instanceof Error && 'code' in error ? [String(error.code)] : [],
  )
  return codes[0] ?? 'no connection'
}

const reasons: readonly { readonly code: RegExp; readonly reason: string }[] = [
  { code: /^ECONNREFUSED$/, reason: 'the connection was refused; no server listens there' },
  { code: /^ENOTFOUND$/, reason: 'the host name is unknown' },
  { code: /^EAI_/, reason: 'the host name could not be looked up' },
  { code: /^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, reason: 'the host does not answer' },
  { code: /^(EHOSTUNREACH|ENETUNREACH)$/, reason: 'there is no route to the host' },
  { code: /CERT_HAS_EXPIRED/, reason: 'its TLS certificate has expired' },
  { code: /ALTNAME/, reason: 'its TLS certificate is for another host name' },
  { code: /ALERT/, reason: 'it refused our TLS certificate, or asks for one' },
  { code: /CERT|SIGNED|VERIFY|ISSUER/, reason: 'its TLS certificate is not trusted' },
  { code: /EPROTO|SSL|TLS/, reason: 'TLS could not be agreed on' },
  {
    code: /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/,
    reason: 'the connection was closed before an answer',
  },
]

/** The configuration keys to check after a connection failed with this code: `keys`, and those that the code points to. */
function keysToCheckFor(
  code: string,
  keys: string,
  keyName: (key: string) => string | undefined,
): string {
  if (/CERT|SIGNED|VERIFY|ISSUER/.test(code) && !/ALERT/.test(code)) {
    const authorities = keyName('CaFile')
    return authorities === undefined ? keys : `${authorities} and ${keys}`
  }
  // A server that requires a client certificate closes the connection, before or after it says so.
  const certificate = keyName('ClientCertificateFile')
  return /ALERT|EPROTO|UND_ERR_SOCKET|ECONNRESET/.test(code) && certificate !== undefined
    ? `${keys}, and ${certificate} if it asks for a client certificate`
    : keys
}

/** Only host and port of an address: a path may contain ids, and the user part a password. */
export function hostAndPortOf(url: URL | string): string {
  const { protocol, hostname, port } = new URL(url)
  return `${hostname}:${port === '' ? (protocol === 'http:' ? 80 : 443) : port}`
}

/** Why a server cannot be reached, as the end of a sentence: host and port, cause, and which keys to check. */
export function explainUnreachable(
  cause: unknown,
  url: URL | string,
  keys: string,
  keyName: (key: string) => string | undefined,
): string {
  const code = connectionCodeOf(cause)
  const reason = reasons.find((one) => one.code.test(code))?.reason
  return `${hostAndPortOf(url)} cannot be reached${reason === undefined ? '' : `: ${reason}`} (${code}); check ${keysToCheckFor(code, keys, keyName)}`
}
