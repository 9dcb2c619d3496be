import { randomBytes } from 'node:crypto'

/**
 * A UUID of version 7: unique on all nodes and after restarts, and sorted by time. Nothing from outside becomes part of it, because the
 * audit trail names requests by it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.7
 */
export function createRequestId(now: Date): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now.getTime(), 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
