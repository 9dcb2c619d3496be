import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { expect, it, onTestFinished } from 'vitest'
import { startAnswering } from '../apps/gateway/test/ehr/answering-server.ts'
import { startWorld, anEncounter } from './world.ts'

const sandboxScopes = [
  'Patient',
  'Encounter',
  'Condition',
  'Observation',
  'Procedure',
  'MedicationRequest',
  'Medication',
  'DocumentReference',
  'Binary',
  'ServiceRequest',
  'Coverage',
  'Practitioner',
  'Organization',
]
  .map((type) => `system/${type}.rs`)
  .join(' ')

it('a signed encounter is read with an assertion that our published key verifies, and missing scopes are logged once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'authscript-credentials-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'key.pem')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  writeFileSync(file, String(privateKey.export({ type: 'pkcs8', format: 'pem' })))
  let accessToken = ''
  // It returns the sandbox's token for every request; the requests are checked below.
  await using tokens = await startAnswering(() => ({
    body: JSON.stringify({
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 1,
      scope: 'system/*.rs',
    }),
  }))
  const tokenEndpoint = `${tokens.url}/token`
  await using world = await startWorld({
    config: {
      Athena: { ClientSecret: '', PrivateKeyFile: file, TokenEndpoint: tokenEndpoint },
    },
  })
  const { access_token: given } = (await (
    await fetch(world.sandbox.tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'sandbox-client',
        client_secret: 'sandbox-secret',
        scope: sandboxScopes,
      }),
    })
  ).json()) as { access_token?: string }
  accessToken = given ?? 'none'

  const encounter = anEncounter(1001, 60178)
  await world.sign(encounter)
  await world.eventOf((event) => event.eventType === 'EncounterProcessed')

  const published = await fetch(`${world.gateway.address}/.well-known/jwks.json`)
  const keys = createLocalJWKSet((await published.json()) as { keys: [] })
  const assertion = new URLSearchParams(tokens.received[0]?.body).get('client_assertion') ?? ''
  const { payload, protectedHeader } = await jwtVerify(assertion, keys, {
    audience: tokenEndpoint,
    issuer: 'sandbox-client',
    subject: 'sandbox-client',
  })
  expect(protectedHeader.alg).toBe('ES384')
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(300)
  const warnings = world.logged.filter((line) =>
    line.includes('did not grant all requested scopes'),
  )
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain('"reason":"athena/service/Athenanet.MDP.*"')
})
