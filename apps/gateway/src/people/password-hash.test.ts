import { describe, expect, it } from 'vitest'
import { Passwords, SignInBusyError } from './password-hash.ts'
import { passwordFault } from './password-rules.ts'

const cheap = { memoryKib: 8, passes: 1, lanes: 1 }

describe('a password hash', () => {
  it('is of this password only, and never the same twice', async () => {
    const passwords = new Passwords({ cost: cheap })
    const [one, other] = [await passwords.hash('päss phrase'), await passwords.hash('päss phrase')]

    expect(one).not.toBe(other)
    expect(await passwords.verify('pa\u0308ss phrase', one)).toBe(true)
    expect(await passwords.verify('pass phrase', one)).toBe(false)
  })

  it('of nobody matches nothing, the decoy neither', async () => {
    const passwords = new Passwords({ cost: cheap })

    expect(await passwords.verify('no password', undefined)).toBe(false)
  })

  it('of nobody matches nothing after a moment in which too many waited, too', async () => {
    const passwords = new Passwords({ cost: cheap, limit: 1, queue: 0 })
    const first = passwords.hash('a pass phrase')

    await expect(passwords.verify('a pass phrase', undefined)).rejects.toThrow(SignInBusyError)
    const hash = await first

    expect(await passwords.verify('a pass phrase', hash)).toBe(true)
    expect(await passwords.verify('a pass phrase', undefined)).toBe(false)
  })

  it.each(['', 'plain', '$argon2id$v=19$m=8,t=1,p=1$$', '$2b$10$abc'])(
    'that nobody wrote matches nothing: %s',
    async (hash) => {
      expect(await new Passwords({ cost: cheap }).verify('', hash)).toBe(false)
    },
  )

  it('of other costs still counts, and is known to be outdated', async () => {
    const hash = await new Passwords({ cost: cheap }).hash('a pass phrase')
    const passwords = new Passwords({ cost: { ...cheap, passes: 2 } })

    expect(await passwords.verify('a pass phrase', hash)).toBe(true)
    expect(passwords.isOutdated(hash)).toBe(true)
    expect(passwords.isOutdated(await passwords.hash('a pass phrase'))).toBe(false)
  })

  it('is refused with SignInBusyError when too many wait', async () => {
    const passwords = new Passwords({ cost: cheap, limit: 1, queue: 1 })

    const results = await Promise.allSettled([1, 2, 3].map(() => passwords.hash('a pass phrase')))

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect(results[2]).toMatchObject({ reason: expect.any(SignInBusyError) })
  })
})

describe('a password', () => {
  const person = { login: 'a.okafor@cedarhill.example', label: 'Amara Okafor, MD' }

  it.each([
    ['eleven char', 'needs at least 12'],
    ['x'.repeat(201), 'more than 200'],
    ['aaaaaaaaabbbb', 'repeats a few'],
    ['Password-2026!', 'guessed first'],
    ['qwerty123456', 'guessed first'],
    ['a.okafor12345', 'name of its person'],
    ['Amara-Okafor!', 'name of its person'],
  ])('%s is refused: it %s', (password, reason) => {
    expect(passwordFault(password, person)).toContain(reason)
  })

  it.each(['four plain words here', 'k7wmp-3nbd4-9xqrt-hu2ce', '猫犬鳥魚猿虎龍馬牛羊豚鶏'])(
    '%s is taken',
    (password) => {
      expect(passwordFault(password, person)).toBeUndefined()
    },
  )
})
