import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { createEhr } from '../../src/fhir/ehr.ts'
import { aRateShare } from '../rate/a-rate-share.ts'
import { anEhrSettings } from './an-ehr-settings.ts'

const never = new AbortController().signal
const ref = { practiceId: 'p1', patientId: 'patient-1', encounterId: 'encounter-1' }
const encounter = {
  resourceType: 'Encounter',
  id: 'encounter-1',
  status: 'finished',
  subject: { reference: 'Patient/patient-1' },
}

/** An EHR that answers each search with `bundleOf(request number)`. Returns what the poll made of it, and how many searches it took. */
async function poll(bundleOf: (request: number, url: string) => object) {
  await using parts = new AsyncDisposableStack()
  let searches = 0
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/fhir+json')
    if (request.url === '/token') {
      response.end(JSON.stringify({ access_token: 't', token_type: 'bearer', expires_in: 300 }))
      return
    }
    searches += 1
    response.end(JSON.stringify(bundleOf(searches, request.url ?? '')))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  parts.defer(() => {
    server.closeAllConnections()
    server.close()
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const share = aRateShare()
  parts.defer(() => share.stop())
  const ehr = createEhr(
    anEhrSettings({ fhirBaseUrl: `${base}/fhir/`, tokenUrl: `${base}/token` }),
    { clock: systemClock, budget: share.budget, guard: (call) => call() },
  )
  parts.defer(() => ehr.close())
  return { found: await ehr.readEncounterStatus(ref, never), searches }
}

const bundle = (...resources: readonly object[]) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource })),
})

describe('the status of an encounter', () => {
  it.each([
    { reference: 'Patient/patient-1', isOtherPatient: false },
    { reference: 'Patient/patient-1/_history/3', isOtherPatient: false },
    { reference: 'Patient/patient-2', isOtherPatient: true },
    { reference: 'Patient/patient-11', isOtherPatient: true },
    { reference: 'Patient/Patient-1', isOtherPatient: true },
    { reference: 'Group/patient-1', isOtherPatient: true },
  ])(
    'of $reference: another patient’s is $isOtherPatient',
    async ({ reference, isOtherPatient }) => {
      const { found } = await poll(() => bundle({ ...encounter, subject: { reference } }))

      expect(found).toEqual({ status: 'finished', isOtherPatient })
    },
  )

  it('of an encounter without a reference to its subject is not another patient’s', async () => {
    const { subject: _subject, ...unnamed } = encounter

    const { found } = await poll(() => bundle(unnamed))

    expect(found).toEqual({ status: 'finished', isOtherPatient: false })
  })

  it.each([
    { what: 'nothing', answer: bundle() },
    { what: 'another encounter', answer: bundle({ ...encounter, id: 'encounter-2' }) },
    {
      what: 'another type with that id',
      answer: bundle({ ...encounter, resourceType: 'Patient' }),
    },
    { what: 'one without a status', answer: bundle({ ...encounter, status: undefined }) },
  ])('is not known where the EHR finds $what', async ({ answer }) => {
    expect((await poll(() => answer)).found).toBeUndefined()
  })

  it('costs two requests at most, however many pages the EHR claims to have', async () => {
    const { found, searches } = await poll((request, url) => ({
      ...bundle(),
      link: [{ relation: 'next', url: `${url.split('?')[0]}?page=${request}` }],
    }))

    expect(found).toBeUndefined()
    expect(searches).toBe(2)
  })
})
