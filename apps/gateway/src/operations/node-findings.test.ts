import type { DependencyView } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { type NodeFacts, nodeFindings } from './node-findings.ts'

const aDependency = (changes: Partial<DependencyView>): DependencyView => ({
  name: 'ehr',
  state: 'working',
  failingSince: null,
  lastSuccessAt: null,
  lastMs: 3,
  code: null,
  reason: null,
  callCount: 1,
  failureCount: 0,
  breaker: null,
  breakerOpenUntil: null,
  ...changes,
})
const well: NodeFacts = {
  state: 'working',
  ehrFault: undefined,
  ehrFaultSince: undefined,
  ehrFaultDetail: undefined,
  statementError: undefined,
  refusedForms: [],
  ehrCalls: { calling: true },
  dependencies: [
    aDependency({}),
    aDependency({ name: 'token' }),
    aDependency({ name: 'database' }),
  ],
  lasting: { failing: new Set(), slowMs: new Map() },
  clientAuthentication: 'client_secret_post',
  keyName: (key) => key.replace('Ehr.', 'Athena__'),
}
const since = new Date('2026-11-30T14:02:00Z')
const failingToken = aDependency({ name: 'token', state: 'failing', code: 'ehr_unauthorized' })
const refused: NodeFacts = {
  ...well,
  ehrFault: 'ehr_credentials_refused',
  ehrFaultSince: since,
  ehrFaultDetail: "the EHR's token endpoint refused us (401 invalid_client)",
  dependencies: [failingToken],
}
const silent: NodeFacts = { ...well, ehrFault: 'ehr_not_answering', ehrFaultSince: since }

describe('what a node says of itself', () => {
  it('is nothing when all is well', () => {
    expect(nodeFindings(well)).toEqual([])
  })

  it('names a form that cannot be used, with its file and its key', () => {
    const refusedForms = [{ name: 'texas', key: 'Forms.Templates.0', file: 'texas.json' }]

    expect(nodeFindings({ ...well, refusedForms })).toMatchObject([
      {
        level: 'attention',
        code: 'form_template_invalid',
        text: 'The form texas cannot be used, so orders of its payers get the general form',
        remedy: 'correct texas.json (Forms.Templates.0) and restart; the log names every fault',
      },
    ])
  })

  it('is that the EHR does not say what it can do, while charts can be read', () => {
    expect(nodeFindings({ ...well, statementError: 'ehr_unavailable' })).toMatchObject([
      {
        level: 'attention',
        code: 'ehr_unavailable',
        text: 'The EHR does not say what it can do (/metadata)',
        remedy: expect.stringContaining('charts are read all the same'),
      },
    ])
    // It fails with everything else: that is said.
    expect(nodeFindings({ ...silent, statementError: 'ehr_unreachable' })).toHaveLength(1)
  })

  it.each<{ what: string; facts: NodeFacts; code: string | null; text: string; remedy: string }>([
    {
      what: 'a secret that the EHR refuses',
      facts: refused,
      code: 'ehr_unauthorized',
      text: 'The EHR refuses our secret',
      remedy: 'check Athena__ClientSecret and Athena__ClientId',
    },
    {
      what: 'a key that it does not know',
      facts: { ...refused, clientAuthentication: 'private_key_jwt' },
      code: 'ehr_unauthorized',
      text: 'The EHR refuses our signature',
      remedy:
        'check Athena__PrivateKeyFile, Athena__ClientId, and whether the EHR knows our public key',
    },
    {
      what: 'scopes that it does not grant',
      facts: { ...refused, ehrFaultDetail: 'refused us (400 invalid_scope)' },
      code: 'ehr_unauthorized',
      text: 'The EHR refuses the scopes that we ask for',
      remedy: 'check Athena__Scopes',
    },
    {
      what: 'a token that the FHIR server does not take',
      facts: { ...refused, dependencies: [aDependency({ name: 'token' })] },
      code: 'ehr_unauthorized',
      text: 'The EHR refuses the token that it gave us',
      remedy: 'check Athena__Scopes',
    },
    {
      what: 'an EHR that is not there',
      facts: {
        ...silent,
        dependencies: [aDependency({ state: 'failing', code: 'ehr_unreachable' })],
      },
      code: 'ehr_unreachable',
      text: 'The EHR cannot be reached',
      remedy: 'check the network and Athena__FhirBaseUrl',
    },
    {
      what: 'a token endpoint that is not there',
      facts: {
        ...silent,
        dependencies: [
          aDependency({ state: 'failing', code: 'ehr_unreachable' }),
          aDependency({ name: 'token', state: 'failing', code: 'ehr_unreachable' }),
        ],
      },
      code: 'ehr_unreachable',
      text: "The EHR's token endpoint cannot be reached",
      remedy: 'check the network and Athena__TokenEndpoint',
    },
    {
      what: 'an EHR that answers 503',
      facts: {
        ...silent,
        dependencies: [aDependency({ state: 'failing', code: 'ehr_unavailable' })],
      },
      code: 'ehr_unavailable',
      text: 'The EHR is out of order',
      remedy: 'wait; the gateway continues by itself when it answers again',
    },
    {
      what: 'a day that is used up',
      facts: {
        ...well,
        ehrCalls: {
          calling: false,
          reason: 'daily_budget_spent',
          until: '2026-12-01T00:00:00.000Z',
        },
      },
      code: 'ehr_quota_exhausted',
      text: "Today's requests to the EHR are used up",
      remedy: 'wait until 00:00 GMT, or raise the daily budget if the contract allows',
    },
    {
      what: 'a database that cannot be reached',
      facts: {
        ...well,
        dependencies: [aDependency({ name: 'database', state: 'failing' })],
        lasting: { ...well.lasting, failing: new Set(['database']) },
      },
      code: 'database_unavailable',
      text: 'The database does not answer',
      remedy: 'check the PostgreSQL server and Database.Url',
    },
    {
      what: 'an intelligence service that cannot be reached',
      facts: {
        ...well,
        dependencies: [
          aDependency({ name: 'intelligence', state: 'failing', code: 'intelligence_unavailable' }),
        ],
        lasting: { ...well.lasting, failing: new Set(['intelligence']) },
      },
      code: 'intelligence_unavailable',
      text: 'The intelligence service does not answer',
      remedy: 'check it and Intelligence.BaseUrl',
    },
  ])('names the cause and the key as it was written: $what', ({ facts, code, text, remedy }) => {
    expect(nodeFindings(facts)).toMatchObject([{ level: 'trouble', code, text, remedy }])
  })

  it('does not report a single failure, nor a single slow answer', () => {
    const dependencies = [
      aDependency({ name: 'database', lastMs: 2600 }),
      aDependency({ name: 'intelligence', state: 'failing', code: 'intelligence_unavailable' }),
      aDependency({ name: 'language_model', state: 'failing', code: 'language_model_failed' }),
    ]

    expect(nodeFindings({ ...well, dependencies })).toEqual([])
  })

  it('says since when, and puts trouble before what only needs attention', () => {
    const found = nodeFindings({
      ...refused,
      state: 'drained',
      dependencies: [aDependency({ name: 'database' }), failingToken],
      lasting: { ...well.lasting, slowMs: new Map([['database', 2600]]) },
    })

    expect(found.map(({ level, text }) => `${level}: ${text}`)).toEqual([
      'trouble: The EHR refuses our secret',
      'attention: The database is slow (2.6 s for one row)',
      'attention: A node is drained, so it takes no new work',
    ])
    expect(found[0]?.since).toBe('2026-11-30T14:02:00.000Z')
  })
})
