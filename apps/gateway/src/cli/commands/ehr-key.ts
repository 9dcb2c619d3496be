import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { readSigningKeys } from '../../fhir/token/signing-keys.ts'
import { defineCommand, type Terminal, UsageError } from '../command.ts'

type Algorithm = 'RS384' | 'ES384'

export const ehrKey = defineCommand({
  name: 'ehr-key',
  description: `Makes a private key for Ehr__PrivateKeyFile, with which the gateway signs in to the EHR without a secret. To replace a key: --add a
second one, switch to it with Ehr__SigningKeyId, then --remove the first.`,
  positionals: [
    { name: 'FILE', description: 'the file with the keys; only its owner may read it' },
  ],
  options: {
    algorithm: {
      type: 'string',
      default: 'RS384',
      placeholder: 'NAME',
      description: 'RS384 (an RSA key) or ES384 (an EC key)',
    },
    add: {
      type: 'boolean',
      default: false,
      description: 'add a key to FILE; the first key still signs',
    },
    remove: { type: 'string', placeholder: 'KEY_ID', description: 'remove a key from FILE' },
  },
  examples: [
    'authscript ehr-key keys.json',
    'authscript ehr-key keys.json --add --algorithm ES384',
    'authscript ehr-key keys.json --remove OLD_KEY_ID',
  ],
  run({ algorithm, add, remove }, [file = ''], terminal) {
    if (algorithm !== 'RS384' && algorithm !== 'ES384') {
      throw new UsageError(`--algorithm must be RS384 or ES384, not "${algorithm}"`)
    }
    if (add && remove !== undefined) throw new UsageError('--add and --remove exclude each other')
    try {
      if (remove !== undefined) removeKey(file, remove, terminal)
      else if (add) addKey(file, algorithm, terminal)
      else makeFile(file, algorithm, terminal)
      return 0
    } catch (error) {
      terminal.printError(
        `authscript ehr-key: ${error instanceof Error ? error.message : 'unexpected failure'}`,
      )
      return 1
    }
  },
})

function makeFile(path: string, algorithm: Algorithm, terminal: Terminal): void {
  if (existsSync(path)) throw new Error(`${path} exists already; add a key to it with --add`)
  const key = newKey(algorithm)
  writeFileSync(path, textOf([key]), { mode: 0o600, flag: 'wx' })
  terminal.print(`key id: ${idOf(key)}`)
  terminal.print(`set Ehr__PrivateKeyFile=${path}, restart, and register /.well-known/jwks.json`)
}

function addKey(path: string, algorithm: Algorithm, terminal: Terminal): void {
  const key = newKey(algorithm)
  replace(path, [...keysOf(path), key])
  terminal.print(`key id: ${idOf(key)}`)
  terminal.print('restart; when the EHR has read the new set, sign with it: Ehr__SigningKeyId')
}

function removeKey(path: string, keyId: string, terminal: Terminal): void {
  const keys = keysOf(path)
  const left = keys.filter((key) => idOf(key) !== keyId)
  if (left.length === keys.length)
    throw new Error(`${path} has no key ${keyId}; it has ${keys.map(idOf).join(', ')}`)
  if (left.length === 0) throw new Error(`${keyId} is the only key of ${path}`)
  replace(path, left)
  terminal.print(`removed; left: ${left.map(idOf).join(', ')}`)
}

function newKey(algorithm: Algorithm): object {
  const { privateKey } =
    algorithm === 'RS384'
      ? generateKeyPairSync('rsa', { modulusLength: 3072 })
      : generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const jwk = privateKey.export({ format: 'jwk' })
  return { ...jwk, kid: idOf(jwk), alg: algorithm, use: 'sig' }
}

function keysOf(path: string): readonly object[] {
  const text = readFileSync(path, 'utf8')
  readSigningKeys(text)
  if (text.includes('-----BEGIN')) throw new Error(`${path} is PEM; only JWK files can be changed`)
  const value = JSON.parse(text) as { keys?: readonly object[] }
  return value.keys ?? [value]
}

function idOf(key: object): string {
  return readSigningKeys(JSON.stringify(key)).signing.keyId
}

/** A reader sees the old file or the new one, never a part. */
function replace(path: string, keys: readonly object[]): void {
  const text = textOf(keys)
  readSigningKeys(text)
  writeFileSync(`${path}.new`, text, { mode: 0o600, flag: 'wx' })
  renameSync(`${path}.new`, path)
}

function textOf(keys: readonly object[]): string {
  return `${JSON.stringify({ keys }, undefined, 2)}\n`
}
