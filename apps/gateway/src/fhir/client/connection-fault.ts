/** The code of the error or its cause: `ECONNREFUSED`, `UND_ERR_SOCKET`, `SELF_SIGNED_CERT_IN_CHAIN`. */
export function connectionCodeOf(cause: unknown): string {
  const codes = [cause instanceof Error ? cause.cause : undefined, cause].flatMap((error) =>
    error instanceof Error && 'code' in error ? [String(error.code)] : [],
  )
  return codes[0] ?? 'no connection'
}

/** The configuration keys to check after a connection failed with this code: `keys`, and those that the code points to. */
export function keysToCheckFor(code: string, keys: string): string {
  if (/CERT|SIGNED|VERIFY|ISSUER/.test(code) && !/ALERT/.test(code))
    return `Ehr__CaFile and ${keys}`
  // A server that requires a client certificate closes the connection, before or after it says so.
  return /ALERT|EPROTO|UND_ERR_SOCKET|ECONNRESET/.test(code)
    ? `${keys}, and Ehr__ClientCertificateFile if it asks for a client certificate`
    : keys
}
