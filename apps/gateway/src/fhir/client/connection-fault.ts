/** Of the error, or of what it was caused by: `ECONNREFUSED`, `UND_ERR_SOCKET`, `SELF_SIGNED_CERT_IN_CHAIN`. */
export function connectionCodeOf(cause: unknown): string {
  const codes = [cause instanceof Error ? cause.cause : undefined, cause].flatMap((error) =>
    error instanceof Error && 'code' in error ? [String(error.code)] : [],
  )
  return codes[0] ?? 'no connection'
}

/** Which keys of the configuration a connection that failed with this code calls into question, besides `keys`. */
export function keysToCheckFor(code: string, keys: string): string {
  if (/CERT|SIGNED|VERIFY|ISSUER/.test(code) && !/ALERT/.test(code))
    return `Ehr__CaFile and ${keys}`
  // A server that wants a client certificate ends the connection, before or after it says so.
  return /ALERT|EPROTO|UND_ERR_SOCKET|ECONNRESET/.test(code)
    ? `${keys}, and Ehr__ClientCertificateFile if it asks for a client certificate`
    : keys
}
