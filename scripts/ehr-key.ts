import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readSigningKeys } from '../apps/gateway/src/fhir/token/signing-keys.ts'

/** Makes a private key for Ehr.PrivateKeyFile, adds a second one to replace the first, and removes the first. */

const usage = `usage:
  npm run ehr-key -- FILE [--algorithm RS384|ES384]         makes FILE with a new key
  npm run ehr-key -- FILE --add [--algorithm RS384|ES384]   adds a key; the first one goes on signing
  npm run ehr-key -- FILE --remove KEY_ID                   removes a key`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    algorithm: { type: 'string', default: 'RS384' },
    add: { type: 'boolean', default: false },
    remove: { type: 'string' },
  },
})
const [file] = positionals
if (file === undefined || positionals.length > 1 || !/^(RS|ES)384$/.test(values.algorithm))
  end(usage, 2)

try {
  if (values.remove !== undefined) removeKey(file, values.remove)
  else if (values.add) addKey(file)
  else makeFile(file)
} catch (error) {
  end(error instanceof Error ? error.message : 'unexpected failure', 1)
}

function makeFile(path: string): void {
  if (existsSync(path)) throw new Error(`${path} is there already; add a key to it with --add`)
  const key = newKey()
  writeFileSync(path, textOf([key]), { mode: 0o600, flag: 'wx' })
  console.log(`key id: ${idOf(key)}`)
  console.log(`set Ehr__PrivateKeyFile=${path}, restart, and register /.well-known/jwks.json`)
}

function addKey(path: string): void {
  const key = newKey()
  replace(path, [...keysOf(path), key])
  console.log(`key id: ${idOf(key)}`)
  console.log('restart; when the EHR has read the new set, sign with it: Ehr__SigningKeyId')
}

function removeKey(path: string, keyId: string): void {
  const keys = keysOf(path)
  const left = keys.filter((key) => idOf(key) !== keyId)
  if (left.length === keys.length)
    throw new Error(`${path} has no key ${keyId}; it has ${keys.map(idOf).join(', ')}`)
  if (left.length === 0) throw new Error(`${keyId} is the only key of ${path}`)
  replace(path, left)
  console.log(`removed; left: ${left.map(idOf).join(', ')}`)
}

function newKey(): object {
  const { privateKey } =
    values.algorithm === 'RS384'
      ? generateKeyPairSync('rsa', { modulusLength: 3072 })
      : generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const jwk = privateKey.export({ format: 'jwk' })
  return { ...jwk, kid: idOf(jwk), alg: values.algorithm, use: 'sig' }
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

/** A reader meets the old file or the new one, never a part. */
function replace(path: string, keys: readonly object[]): void {
  const text = textOf(keys)
  readSigningKeys(text)
  writeFileSync(`${path}.new`, text, { mode: 0o600, flag: 'wx' })
  renameSync(`${path}.new`, path)
}

function textOf(keys: readonly object[]): string {
  return `${JSON.stringify({ keys }, undefined, 2)}\n`
}

function end(message: string, code: number): never {
  console.error(message)
  process.exit(code)
}
