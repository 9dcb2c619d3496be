import { describe, expect, it } from 'vitest'
import { configKeys } from '../config.ts'
import { keysOf } from './key-tree.ts'

describe('every key', () => {
  const keys = [...keysOf(configKeys())]
  const nameOf = (path: readonly string[]) => path.join('.')

  it('says what happens when it is changed', () => {
    expect(keys.length).toBeGreaterThan(100)
    expect(
      keys.filter(({ node }) => node.notes.effect === undefined).map((one) => nameOf(one.path)),
    ).toEqual([])
  })

  it('that is a number has a unit and both ends of its range', () => {
    const items = keys.flatMap(({ path, node }) =>
      node.item === undefined ? [] : [{ path: [...path, '*'], node: node.item }],
    )
    const numbers = [...keys, ...items].filter(({ node }) => node.isNumber)
    expect(numbers.map(({ path }) => nameOf(path))).toContain('Auth.ApprovalProofMinutes.*')

    expect(numbers.length).toBeGreaterThan(40)
    for (const { path, node } of numbers) {
      expect(node.notes.unit, nameOf(path)).toBeTypeOf('string')
      expect(node.range, nameOf(path)).toMatch(/number from -?[\d.]+ to [\d.]+$/)
    }
  })

  it('that holds a credential is marked, so that its value is never shown', () => {
    const secrets = keys
      .filter(({ node }) => node.notes.secret === true)
      .map((one) => nameOf(one.path))

    expect(secrets.toSorted()).toEqual([
      'Auth.Credentials.*.KeySha256',
      'Database.Url',
      'Ehr.ClientKeyPassphrase',
      'Ehr.ClientSecret',
      'Ehr.Proxy',
      'Intelligence.ApiKey',
      'Intelligence.Model.ApiKey',
      'Launch.Issuers.*.ClientSecret',
      'Oidc.ClientSecret',
      'Proxy.Http',
      'Proxy.Https',
      'Webhooks.EncryptionKeys',
    ])
  })

  it('belongs to a section that says what it is for', () => {
    for (const [name, section] of configKeys().keys)
      expect(section.notes.about, name).toBeTypeOf('string')
  })
})
