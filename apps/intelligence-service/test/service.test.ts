import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policies } from '@authscript/intelligence'
import { readSettings } from '../src/config.ts'
import { createIntelligenceService, type IntelligenceService } from '../src/server.ts'

const source = (resourceType: string, resourceId: string) => ({ resourceType, resourceId })
const bundle = {
  practiceId: '195900',
  patient: { source: source('Patient', 'p'), givenNames: ['Secret'] },
  encounter: {
    source: source('Encounter', 'v'),
    status: 'finished',
    types: [],
    reasons: [],
    practitionerIds: [],
  },
  orders: [
    {
      source: source('ServiceRequest', 'order-1'),
      status: 'active',
      code: { codings: [{ system: 'http://www.ama-assn.org/go/cpt', code: '99213' }] },
      performerIds: [],
      reasons: [],
      reasonConditionIds: [],
      bodySites: [],
      coverageIds: [],
      notes: [],
    },
  ],
  conditions: [],
  observations: [],
  procedures: [],
  medications: [],
  documents: [],
  coverages: [],
  practitioners: [],
  organizations: [],
  completeness: [],
}

let service: IntelligenceService
let address: string
beforeAll(async () => {
  service = createIntelligenceService(
    {
      host: '127.0.0.1',
      port: 0,
      apiKey: 'a-key',
      maxBodyBytes: 100_000,
      policyDirectory: undefined,
    },
    policies,
  )
  address = await service.start()
})
afterAll(() => service.stop())

async function analyze(body: string, key = 'a-key') {
  const response = await fetch(`${address}/analyze`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body,
  })
  const text = await response.text()
  return { status: response.status, text, json: JSON.parse(text) as Record<string, unknown> }
}

describe('POST /analyze', () => {
  it('judges the order of the chart', async () => {
    const { status, json } = await analyze(JSON.stringify({ bundle, serviceRequestId: 'order-1' }))

    expect(status).toBe(200)
    expect(json).toMatchObject({ outcome: 'not_required', order: { procedureCode: '99213' } })
  })

  it.each([
    { what: 'a wrong key', body: '{}', key: 'wrong', status: 401, code: 'unauthenticated' },
    { what: 'what is not JSON', body: '{', status: 400, code: 'request_refused' },
    {
      what: 'what is no chart',
      body: JSON.stringify({ bundle: { ...bundle, patient: 'Secret' }, serviceRequestId: 'x' }),
      status: 400,
      code: 'request_invalid',
    },
    {
      what: 'an order that is not there',
      body: JSON.stringify({ bundle, serviceRequestId: 'another' }),
      status: 422,
      code: 'unknown_order',
    },
    {
      what: 'a body that is too large',
      body: JSON.stringify({ x: 'y'.repeat(200_000) }),
      status: 413,
      code: 'request_refused',
    },
  ])(
    'refuses $what with $status, without a word of the chart',
    async ({ body, key, status, code }) => {
      const answer = await analyze(body, key)

      expect(answer).toMatchObject({ status, json: { code } })
      expect(answer.text).not.toContain('Secret')
    },
  )

  it('is alive', async () => {
    for (const path of ['/health/live', '/health/ready'])
      expect((await fetch(`${address}${path}`)).status).toBe(200)
  })
})

describe('its settings', () => {
  it('come from the environment, and name what is wrong', () => {
    expect(readSettings({})).toMatchObject({ port: 8082, host: '127.0.0.1', apiKey: undefined })
    expect(() =>
      readSettings({
        Intelligence__Port: 'x',
        Intelligence__ApiKey: '',
        Intelligence__MaxBodyBytes: '10',
        intelligence_policydirectory: '/policies',
        Intelligence__BaseUrl: 'http://of-the-gateway',
      }),
    ).toThrow(
      `the settings are wrong:
  - intelligence_policydirectory: unknown variable; did you mean Intelligence__PolicyDirectory?
  - Intelligence__Port: found "x"; expected a whole number from 0 to 65535
  - Intelligence__ApiKey: found an empty text; expected a text that is not empty
  - Intelligence__MaxBodyBytes: found "10"; expected a whole number from 1024 to 536870912`,
    )
  })
})
