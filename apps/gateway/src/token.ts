import { createHash, randomBytes } from 'node:crypto'

/** Tokens, keys and secrets are random, sent once, and kept only as their SHA-256. 256 bits in base64url. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** In hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
