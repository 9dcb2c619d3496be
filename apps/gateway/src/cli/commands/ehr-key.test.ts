import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readSigningKeys } from '../../fhir/token/signing-keys.ts'

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'authscript-key-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

function ehrKey(...args: readonly string[]) {
  const script = join(import.meta.dirname, '..', 'authscript.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'ehr-key', ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr, keyId: /key id: (\S+)/.exec(stdout)?.[1] ?? '' }
}

describe('authscript ehr-key', () => {
  it('makes a key that the gateway signs with, readable by its owner only', () => {
    const file = join(aFolder(), 'keys.json')

    const { keyId, status } = ehrKey(file)

    expect(status).toBe(0)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readSigningKeys(readFileSync(file, 'utf8')).signing).toMatchObject({
      keyId,
      algorithm: 'RS384',
    })
  })

  it('replaces a key by way of two that are both published', () => {
    const file = join(aFolder(), 'keys.json')
    const read = (signingKeyId?: string) =>
      readSigningKeys(readFileSync(file, 'utf8'), signingKeyId)

    const old = ehrKey(file, '--algorithm', 'ES384').keyId
    const next = ehrKey(file, '--add', '--algorithm', 'ES384').keyId
    const both = read()
    const chosen = read(next)
    const removed = ehrKey(file, '--remove', old)

    expect(both.published.map(({ kid }) => kid)).toEqual([old, next])
    expect([both.signing.keyId, chosen.signing.keyId]).toEqual([old, next])
    expect(removed.status).toBe(0)
    expect(read().published.map(({ kid }) => kid)).toEqual([next])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it.each([
    { what: 'no file', args: [], says: /FILE is missing/ },
    {
      what: 'an unknown algorithm',
      args: ['FILE', '--algorithm', 'RS256'],
      says: /must be RS384 or ES384/,
    },
    { what: 'a file that is there', args: ['FILE'], says: /exists already/ },
    {
      what: 'two things to do',
      args: ['FILE', '--add', '--remove', 'x'],
      says: /exclude each other/,
    },
    { what: 'a key that is not there', args: ['FILE', '--remove', 'x'], says: /has no key x/ },
    { what: 'the only key', args: ['FILE', '--remove', 'KEY'], says: /is the only key/ },
    { what: 'a file that is missing', args: ['FILE.x', '--add'], says: /ENOENT/ },
  ])('changes nothing when it is given $what', ({ args, says }) => {
    const file = join(aFolder(), 'keys.json')
    const { keyId } = ehrKey(file, '--algorithm', 'ES384')
    const before = readFileSync(file, 'utf8')

    const { status, stderr } = ehrKey(
      ...args.map((arg) => arg.replace('FILE', file).replace('KEY', keyId)),
    )

    expect(status).not.toBe(0)
    expect(stderr).toMatch(says)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it('leaves a file alone that holds no keys', () => {
    const file = join(aFolder(), 'keys.json')
    writeFileSync(file, '{"keys":7}')

    expect(ehrKey(file, '--add').status).toBe(1)
    expect(readFileSync(file, 'utf8')).toBe('{"keys":7}')
  })
})
