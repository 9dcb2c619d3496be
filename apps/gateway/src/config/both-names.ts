/**
 * A key in both of its forms, for a message of somebody who does not know where the operator sets it:
 * `Ehr.Limits.MaxNodes / Ehr__Limits__MaxNodes`. Where the configuration is known, `keyName` gives the one that was written.
 */
export function bothNames(key: string): string {
  return `${key} / ${key.replaceAll('.', '__')}`
}
