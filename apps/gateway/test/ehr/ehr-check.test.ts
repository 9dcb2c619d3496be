import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { type ModeName, modeNames } from '../../../sandbox-ehr/src/modes/mode.ts'
import { modes } from '../../../sandbox-ehr/src/modes/modes.ts'
import {
  defaultPractice,
  scenarioEncounters,
  scenarioResources,
} from '../../../sandbox-ehr/src/scenarios/scenarios.ts'
import { createSandbox, type Sandbox } from '../../../sandbox-ehr/src/server.ts'
import { type SteadyClock, systemClock } from '../../src/clock.ts'
import { parseConfig } from '../../src/config.ts'
import { checkEhr } from '../../src/fhir/check/check-ehr.ts'
import { type CheckLine, verdictOf } from '../../src/fhir/check/check-line.ts'
import { type CheckSubject, openCheck } from '../../src/fhir/check/open-check.ts'
import { createNoteTextReader } from '../../src/fhir/notes/note-text-reader.ts'
import { textsAt } from '../../src/fhir/to-clinical-bundle/fields.ts'
import { defaultScopes } from '../../src/fhir/token/default-scopes.ts'

const uuid = '3f2b8a52-8d1c-4a6e-9b43-7c5a1e0d9f64'
const never = new AbortController().signal

/** Lines that are warnings although everything works as well as this EHR allows. */
const warnings: Readonly<Record<ModeName, readonly string[]>> = {
  // It has no such resource.
  athenahealth: ['DeviceRequest'],
  epic: [],
  'oracle-health': [],
  medplum: [],
  hapi: [],
  azure: [],
  'us-core': [],
}

let sandbox: Sandbox
afterEach(() => sandbox.stop())
const reader = createNoteTextReader({ processes: 1 })
afterAll(() => reader.stop())

async function startAs(as: ModeName): Promise<void> {
  sandbox = createSandbox({ as })
  await sandbox.start()
}

/** A patient with conditions, medicines and a note. */
const subject: CheckSubject = scenarioEncounters.find(({ patientId }) =>
  patientId.includes('60178'),
) ?? { practiceId: '', patientId: '' }

async function checked(
  asked: Partial<CheckSubject> = {},
  section: object = {},
  clock: SteadyClock = systemClock,
): Promise<readonly CheckLine[]> {
  const { name, token } = sandbox.mode
  const { check, close } = openCheck(
    parseConfig({
      Ehr: {
        Profile: name,
        FhirBaseUrl: sandbox.fhirBaseUrl,
        TokenEndpoint: sandbox.tokenUrl,
        ClientId: 'sandbox-client',
        ClientSecret: 'sandbox-secret',
        ClientAuthentication: token.methods.find((method) => method !== 'private_key_jwt'),
        RequestsPerSecond: 1000,
        ...section,
      },
    }),
    { ...subject, ...asked },
    clock,
  )
  try {
    return await checkEhr(check, never)
  } finally {
    await close()
  }
}

const lineOf = (lines: readonly CheckLine[], what: string) =>
  lines.find((line) => line.what === what)
const whatOf = (lines: readonly CheckLine[], verdict: CheckLine['verdict']) =>
  lines.filter((line) => line.verdict === verdict).map(({ what }) => what)

/** What no line may show of the patient and of notes: names, dates of birth, addresses, words of documents. */
function privateWords(): readonly string[] {
  const resources = scenarioResources(new Date())
    .filter(({ practiceId }) => practiceId === defaultPractice)
    .map(({ resource }) => resource)
  const patient = resources.find(({ id }) => id === subject.patientId) ?? {}
  const notes = resources
    .flatMap((one) => [...textsAt(one, 'content.attachment.data'), ...textsAt(one, 'data')])
    .flatMap((data) => Buffer.from(data, 'base64').toString().split(/[\n.]/))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 12)
  return [
    ...textsAt(patient, 'name.family'),
    ...textsAt(patient, 'name.given'),
    ...textsAt(patient, 'birthDate'),
    ...textsAt(patient, 'address.line'),
    ...notes,
  ]
}

describe.each(modeNames)('the check of an EHR as %s', (as) => {
  it('fails nothing, writes nothing, and shows nothing of the patient', async () => {
    await startAs(as)

    const lines = await checked()

    const words = privateWords()
    expect(words.length).toBeGreaterThan(20)
    expect(whatOf(lines, 'failed')).toEqual([])
    expect(whatOf(lines, 'warning')).toEqual(warnings[as])
    expect(lineOf(lines, 'writing')).toMatchObject({
      verdict: 'skipped',
      found: expect.stringContaining(
        as === 'athenahealth' ? "athenahealth's v1 API" : 'DocumentReference create',
      ),
    })
    expect(sandbox.control.documents()).toEqual([])
    expect(words.filter((word) => JSON.stringify(lines).includes(word))).toEqual([])
  })

  it('writes one document that is marked, and verifies it', async () => {
    await startAs(as)

    const line = lineOf(await checked({ testDocumentUuid: uuid }), 'writing')

    const written = sandbox.control.documents()
    const pdf = Buffer.from(textsAt(written[0] ?? {}, 'content.attachment.data')[0] ?? '', 'base64')
    const task = {
      bytes: new Uint8Array(pdf),
      contentType: 'application/pdf',
      isBinaryAnswer: false,
      maxBytes: 10_000,
    }
    const text = JSON.stringify(await reader.ofEncounter('e1').read(task, never))
    expect(line).toMatchObject({
      verdict: 'ok',
      found: expect.stringMatching(/^created document \S+; verified by (identifier|content)$/),
      fix: expect.stringMatching(/^delete document \S+ from the chart$/),
    })
    expect(written).toHaveLength(1)
    expect(text).toContain('AuthScript write test: please delete')
    expect(text).toContain(`ehr-check.${uuid}`)
  })
})

describe('the check of an EHR', () => {
  it('asks nothing else after a wrong secret, and names the keys to check', async () => {
    await startAs('hapi')

    const lines = await checked({ testDocumentUuid: uuid }, { ClientSecret: 'wrong' })

    expect(lines).toEqual([
      {
        what: 'token',
        verdict: 'failed',
        found: 'ehr_unauthorized',
        fix: expect.stringMatching(/(Ehr|Athena)\.ClientSecret/),
      },
    ])
    expect(sandbox.control.documents()).toEqual([])
  })

  it.each(['Coverage', 'Procedure', 'Condition'])(
    'warns of a scope that was not granted, and names it: %s',
    async (type) => {
      await startAs('hapi')
      const granted = defaultScopes('fhir').filter((scope) => !scope.includes(`/${type}.`))
      sandbox.control.limitScopes('sandbox-client', granted)

      const lines = await checked()

      expect(verdictOf(lines)).toBe('warning')
      expect(whatOf(lines, 'warning')).toEqual(['scopes', `reading ${type}`, type])
      expect(lineOf(lines, 'scopes')?.found).toBe(`not granted: system/${type}.rs`)
    },
  )

  it.each([
    { as: 'hapi', scope: 'system/DocumentReference.c' },
    { as: 'athenahealth', scope: 'athena/service/Athenanet.MDP.*' },
  ] as const)('says before anything is written that $scope is missing', async ({ as, scope }) => {
    await startAs(as)
    const granted = defaultScopes(as === 'hapi' ? 'fhir' : 'athena_v1')
      .filter((one) => one !== scope)
      .map((one) => one.replace('.crs', '.rs'))
    sandbox.control.limitScopes('sandbox-client', granted)

    const dry = lineOf(await checked(), 'writing')
    const tried = lineOf(await checked({ testDocumentUuid: uuid }), 'writing')

    expect(dry).toMatchObject({ verdict: 'warning', found: expect.stringContaining(scope) })
    expect(tried).toMatchObject({ verdict: 'failed', found: expect.stringContaining('refused') })
    expect(sandbox.control.documents()).toEqual([])
  })

  it('warns where the EHR takes no documents by the configured way', async () => {
    await startAs('athenahealth')
    const line = lineOf(await checked({}, { Documents: { Writer: 'fhir' } }), 'writing')

    expect(line).toMatchObject({
      verdict: 'warning',
      found: expect.stringContaining('DocumentReference create, but'),
    })
  })

  it.each([
    { what: 'Patient by id', asked: { patientId: 'nobody' } },
    { what: 'Encounter by id', asked: { encounterId: 'none' } },
    {
      what: 'Encounter by id',
      asked: {
        encounterId: scenarioEncounters.find((one) => one.patientId !== subject.patientId)
          ?.encounterId,
      },
    },
  ])('fails $what for $asked, and writes nothing there', async ({ what, asked }) => {
    await startAs('hapi')

    const lines = await checked({ ...asked, testDocumentUuid: uuid })

    expect(whatOf(lines, 'failed')).toContain(what)
    expect(lineOf(lines, 'writing')).toMatchObject({
      verdict: 'skipped',
      found: `nothing was written: ${what} failed`,
    })
    expect(sandbox.control.documents()).toEqual([])
  })

  it.each([-5, 5])('warns of a clock that differs by %i minutes', async (minutes) => {
    await startAs('us-core')
    const now = () => new Date(Date.now() + minutes * 60_000)

    const line = lineOf(await checked({}, {}, { ...systemClock, now }), 'clock')

    expect(line).toMatchObject({ verdict: 'warning', fix: expect.stringContaining('NTP') })
    expect(Math.abs(Number.parseInt(line?.found ?? '', 10) + minutes * 60)).toBeLessThan(30)
  })

  it.each(modeNames.filter((name) => modes[name].rate.limitPerDay !== undefined))(
    'lists the rate headers of %s',
    async (as) => {
      await startAs(as)
      sandbox.control.setRateLimit({ perSecond: 900, perDay: 5000 })

      const line = lineOf(await checked(), 'rate headers')

      expect(line?.found).toContain(`${modes[as].rate.limitPerDay}: 5000`)
      expect(line?.found).toContain(`${modes[as].rate.limitPerSecond}: 900`)
    },
  )

  it.each([
    { fault: { kind: 'truncated_json' }, method: 'POST', verdict: 'ok', copies: 1 },
    { fault: { kind: 'status', status: 422 }, method: 'POST', verdict: 'failed', copies: 0 },
    { fault: { kind: 'status', status: 500 }, method: 'GET', verdict: 'warning', copies: 1 },
  ] as const)('ends as $verdict and sends once when $method meets $fault', async (row) => {
    await startAs('hapi')
    const pathIncludes = row.method === 'GET' ? 'DocumentReference/' : 'DocumentReference'
    sandbox.control.addFault({ ...row.fault, match: { method: row.method, pathIncludes } })

    const line = lineOf(await checked({ testDocumentUuid: uuid }), 'writing')

    expect(line?.verdict).toBe(row.verdict)
    expect(line?.fix).toMatch(/./)
    expect(sandbox.control.documents()).toHaveLength(row.copies)
  })
})
