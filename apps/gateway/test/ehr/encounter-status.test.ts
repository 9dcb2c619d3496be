import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { createEhr } from '../../src/fhir/ehr.ts'
import { EhrMalformedError, EhrTooLargeError } from '../../src/fhir/fhir-errors.ts'
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

/** An EHR that answers every read with `status` and `resource`. Returns what the poll made of it, and which paths it read. */
async function poll(resource: object, status = 200) {
  await using parts = new AsyncDisposableStack()
  const paths: string[] = []
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/fhir+json')
    if (request.url === '/token') {
      response.end(JSON.stringify({ access_token: 't', token_type: 'bearer', expires_in: 300 }))
      return
    }
    paths.push(request.url ?? '')
    response.writeHead(status).end(JSON.stringify(resource))
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
  return { found: await ehr.readEncounterStatus(ref, never), paths }
}

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
      const { found } = await poll({ ...encounter, subject: { reference } })

      expect(found).toEqual({ status: 'finished', isOtherPatient })
    },
  )

  it('of an encounter without a reference to its subject is not another patient’s', async () => {
    const { subject: _subject, ...unnamed } = encounter

    const { found } = await poll(unnamed)

    expect(found).toEqual({ status: 'finished', isOtherPatient: false })
  })

  it.each([
    { what: 'nothing', status: 404, answer: { resourceType: 'OperationOutcome', issue: [] } },
    { what: 'another encounter', answer: { ...encounter, id: 'encounter-2' } },
    { what: 'one without a status', answer: { ...encounter, status: undefined } },
  ])('is not known where the EHR finds $what', async ({ answer, status }) => {
    expect((await poll(answer, status)).found).toBeUndefined()
  })

  it.each([
    { what: 'another type with that id', answer: { ...encounter, resourceType: 'Patient' } },
    { what: 'a search’s answer', answer: { resourceType: 'Bundle', entry: [] } },
  ])('is an error of the EHR where it answers with $what', async ({ answer }) => {
    await expect(poll(answer)).rejects.toBeInstanceOf(EhrMalformedError)
  })

  it('is an error of the EHR where the answer is larger than any encounter', async () => {
    const text = { div: 'x'.repeat(2 * 1024 * 1024) }

    await expect(poll({ ...encounter, text })).rejects.toBeInstanceOf(EhrTooLargeError)
  })

  it('costs one request: the encounter itself is read, so a search index that lags hides nothing', async () => {
    const { paths } = await poll(encounter)

    expect(paths.map((path) => path.split('?')[0])).toEqual(['/fhir/Encounter/encounter-1'])
  })
})
