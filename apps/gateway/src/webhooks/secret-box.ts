import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** A secret in the database that no configured key opens; the message names the key that is missing, and no secret. */
export class SecretUnreadableError extends Error {
  override readonly name = 'SecretUnreadableError'
}

/** Encrypts the secrets of webhooks for the database, and decrypts them for signing. */
export interface SecretBox {
  /** Bound to its practice: it cannot be decrypted in a row of another. Unchanged when no key is configured. */
  seal(secret: string, practiceId: string): string
  /** @throws {SecretUnreadableError} */
  open(stored: string, practiceId: string): string
  /** Whether it is stored as this configuration would store it now. */
  isCurrent(stored: string): boolean
}

interface BoxKey {
  readonly id: string
  readonly bytes: Buffer
}

/** `sealed1:KEY:BASE64`, with 12 bytes of nonce and 16 of tag before the text. */
const pattern = /^sealed1:([0-9a-f]{8}):([A-Za-z0-9+/=]+)$/
const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** The first of `keys` (32 bytes in base64) encrypts; all decrypt, so that a key can be replaced. */
export function createSecretBox(keys: readonly string[], keyName: string): SecretBox {
  const known: readonly BoxKey[] = keys.map((text) => {
    const bytes = Buffer.from(text, 'base64')
    return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes }
  })
  const [current] = known
  return {
    seal(secret, practiceId) {
      if (current === undefined) return secret
      const nonce = randomBytes(nonceBytes)
      const encrypting = createCipheriv(cipher, current.bytes, nonce)
      encrypting.setAAD(Buffer.from(practiceId))
      const text = Buffer.concat([encrypting.update(secret, 'utf8'), encrypting.final()])
      const all = Buffer.concat([nonce, encrypting.getAuthTag(), text])
      return `sealed1:${current.id}:${all.toString('base64')}`
    },

    open(stored, practiceId) {
      const [, id, text = ''] = pattern.exec(stored) ?? []
      if (id === undefined) return stored
      const found = known.find((one) => one.id === id)
      if (found === undefined)
        throw new SecretUnreadableError(
          `its secret was encrypted with key ${id}, which ${keyName} does not have`,
        )
      const all = Buffer.from(text, 'base64')
      const decrypting = createDecipheriv(cipher, found.bytes, all.subarray(0, nonceBytes))
      decrypting.setAAD(Buffer.from(practiceId))
      try {
        decrypting.setAuthTag(all.subarray(nonceBytes, nonceBytes + tagBytes))
        const rest = all.subarray(nonceBytes + tagBytes)
        return Buffer.concat([decrypting.update(rest), decrypting.final()]).toString('utf8')
      } catch {
        throw new SecretUnreadableError(
          'its secret in the database was changed or damaged; make a new one',
        )
      }
    },

    isCurrent(stored) {
      const [, id] = pattern.exec(stored) ?? []
      return id === current?.id
    },
  }
}
