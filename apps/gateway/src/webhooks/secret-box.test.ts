import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSecretBox, SecretUnreadableError } from './secret-box.ts'

const aKey = () => randomBytes(32).toString('base64')
const secret = 'whsec_c2VjcmV0'
const name = 'Webhooks__EncryptionKeys'

describe('a secret in the database', () => {
  it('is readable only with the key, in the row of its practice', () => {
    const key = aKey()
    const box = createSecretBox([key], name)

    const stored = box.seal(secret, 'p1')

    expect(stored).not.toContain(secret)
    expect(stored).not.toContain(Buffer.from(secret).toString('base64'))
    expect(box.open(stored, 'p1')).toBe(secret)
    expect(createSecretBox([key], name).open(stored, 'p1')).toBe(secret)
    expect(box.seal(secret, 'p1')).not.toBe(stored)
    expect(() => box.open(stored, 'p2')).toThrow(SecretUnreadableError)
  })

  it('is refused when a character of it was changed', () => {
    const box = createSecretBox([aKey()], name)
    const stored = box.seal(secret, 'p1')
    const [head, id, text = ''] = stored.split(':')
    const bytes = Buffer.from(text, 'base64')
    for (const at of [0, 12, bytes.length - 1]) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => box.open(`${head}:${id}:${changed.toString('base64')}`, 'p1')).toThrow(
        'changed or damaged',
      )
    }
    expect(() => box.open(`${head}:${id}:AAAA`, 'p1')).toThrow('changed or damaged')
  })

  it('names the key that is missing, and nothing else', () => {
    const stored = createSecretBox([aKey()], name).seal(secret, 'p1')
    const [, id = ''] = stored.split(':')

    for (const box of [createSecretBox([], name), createSecretBox([aKey()], name)])
      expect(() => box.open(stored, 'p1')).toThrow(
        `its secret was encrypted with key ${id}, which Webhooks__EncryptionKeys does not have`,
      )
  })

  it('of an older key is read and not current, and one from before there was a key as well', () => {
    const [older, newer] = [aKey(), aKey()]
    const stored = createSecretBox([older], name).seal(secret, 'p1')
    const box = createSecretBox([newer, older], name)

    expect(box.open(stored, 'p1')).toBe(secret)
    expect(box.isCurrent(stored)).toBe(false)
    expect(box.isCurrent(box.seal(secret, 'p1'))).toBe(true)
    expect(box.open(secret, 'p1')).toBe(secret)
    expect(box.isCurrent(secret)).toBe(false)
  })

  it('is stored as it is where no key is configured', () => {
    const box = createSecretBox([], name)

    expect(box.seal(secret, 'p1')).toBe(secret)
    expect(box.isCurrent(secret)).toBe(true)
  })
})
