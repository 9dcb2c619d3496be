import { expect, it } from 'vitest'
import { effectiveConfig, overlayConfig } from '../config.ts'

const base = {
  Athena: { FhirBaseUrl: 'https://ehr.example/fhir/', ClientId: 'us', ClientSecret: 'hush' },
  Auth: {
    Credentials: [
      { Label: 'op', KeySha256: 'ab'.repeat(32), Roles: ['operator'], Practices: ['p1'] },
    ],
  },
}

const keysOf = (environment: Record<string, string>) =>
  new Map(effectiveConfig(overlayConfig(base, environment)).map((one) => [one.key, one]))

it('says of each key where its value comes from, and how it was written there', () => {
  const keys = keysOf({ Athena__ClientId: 'other', Http__Port: '8123' })

  expect(keys.get('Ehr.FhirBaseUrl')).toEqual({
    key: 'Ehr.FhirBaseUrl',
    value: '"https://ehr.example/fhir/"',
    origin: 'file',
    writtenAs: 'Athena.FhirBaseUrl',
  })
  expect(keys.get('Ehr.ClientId')).toMatchObject({
    value: '"other"',
    origin: 'environment',
    writtenAs: 'Athena__ClientId',
  })
  expect(keys.get('Http.Port')).toMatchObject({ value: '8123', origin: 'environment' })
  expect(keys.get('Http.Host')).toMatchObject({ origin: 'default' })
  expect(keys.get('Auth.Credentials.0.Label')).toMatchObject({ value: '"op"', origin: 'file' })
})

it('shows no secret, in a key of its own, in a list or in an address', () => {
  const shown = JSON.stringify([
    ...keysOf({
      Database__Url: 'postgres://gateway:hush@db/gateway',
      HTTPS_PROXY: 'http://user:hush@proxy:3128',
      Intelligence__BaseUrl: 'https://user:hush@intelligence.example/',
    }).values(),
  ])

  expect(shown).not.toContain('hush')
  expect(shown).not.toContain('abab')
  expect(shown).toContain('•••')
})
