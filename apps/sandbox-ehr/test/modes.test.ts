import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { searchParameters } from '../src/fhir/search-parameters.ts'
import { modeNames } from '../src/modes/mode.ts'
import { openSandbox, patientId, type SandboxClient } from './sandbox-client.ts'

/** The searches that US Core 3.1 to 8 require, written independently of the sandbox's own table. */
const required: Readonly<Record<string, readonly string[]>> = {
  Encounter: ['patient', '_id', 'patient _id', 'patient date'],
  Condition: ['patient', 'patient category'],
  Observation: ['patient category', 'patient code', 'patient category date'],
  Procedure: ['patient', 'patient date'],
  MedicationRequest: ['patient intent', 'patient intent status'],
  DocumentReference: [
    'patient',
    '_id',
    'patient category',
    'patient category date',
    'patient type',
  ],
  ServiceRequest: [
    'patient',
    '_id',
    'patient category',
    'patient code',
    'patient category authored',
  ],
  DeviceRequest: ['patient'],
  DiagnosticReport: ['patient', 'patient category', 'patient code', 'patient category date'],
  Coverage: ['patient'],
}
const requiredRows = Object.entries(required).flatMap(([type, searches]) =>
  searches.map((names) => ({ type, names })),
)

const valueOf = (name: string): string => {
  if (name === 'patient' || name === 'subject' || name === 'beneficiary') return patientId
  return /date|authored|period|_lastUpdated/.test(name) ? 'ge2020-01-01' : 'x'
}
const pathOf = (type: string, names: readonly string[]) =>
  `${type}?${names.map((name) => `${name}=${valueOf(name)}`).join('&')}`

/** Every set of one to three names. */
function* subsetsOf(names: readonly string[]): IterableIterator<readonly string[]> {
  for (const [index, first] of names.entries()) {
    yield [first]
    for (const [next, second] of names.slice(index + 1).entries()) {
      yield [first, second]
      for (const third of names.slice(index + next + 2)) yield [first, second, third]
    }
  }
}

describe('us-core', () => {
  let client: SandboxClient
  beforeAll(async () => {
    client = await openSandbox({ as: 'us-core' })
  })
  afterAll(() => client[Symbol.asyncDispose]())

  it.each(Object.keys(required))(
    'accepts the required searches of %s and no other',
    async (type) => {
      const accepted = new Set(required[type]?.map((names) => names.split(' ').sort().join(' ')))
      const names = ['_id', '_lastUpdated', ...Object.keys(searchParameters[type] ?? {})]
      const wrong: string[] = []
      let asked = 0
      for (const subset of subsetsOf(names)) {
        const { status } = await client.get(pathOf(type, subset))
        asked += 1
        const expected = accepted.has([...subset].sort().join(' ')) ? 200 : 400
        if (status !== expected) wrong.push(`${subset.join('+')}: ${status}`)
      }

      expect(wrong).toEqual([])
      expect(asked).toBeGreaterThan(accepted.size)
    },
  )

  it('names the accepted combinations when it refuses', async () => {
    const { issue } = await client.bundle(`Observation?patient=${patientId}&date=ge2020`)

    expect(issue[0]?.diagnostics).toContain('patient and category; patient and code')
  })
})

describe.each(modeNames)('%s', (as) => {
  describe.each([true, false])('strictSearch %s', (strictSearch) => {
    let client: SandboxClient
    beforeAll(async () => {
      client = await openSandbox({ as, switches: { strictSearch } })
    })
    afterAll(() => client[Symbol.asyncDispose]())

    it('accepts every search that US Core requires, with _count', async () => {
      const refused: string[] = []
      for (const { type, names } of requiredRows) {
        const path = `${pathOf(type, names.split(' '))}&_count=5`
        if ((await client.get(path)).status !== 200) refused.push(path)
      }

      expect(refused).toEqual([])
    })

    it.each([
      'Observation?status=final',
      'Encounter?status=finished',
      'Condition?category=problem-list-item',
      'Condition',
    ])('refuses the system-wide search %s', async (path) => {
      expect([400, 403]).toContain((await client.get(path)).status)
    })
  })
})

describe('strict searches differ like the servers', () => {
  const everyone = ['medplum', 'hapi', 'azure'] as const
  it.each([
    { names: 'Observation patient date', accepts: everyone },
    { names: 'Observation patient', accepts: everyone },
    { names: 'Observation patient category date', accepts: modeNames },
    { names: 'Procedure patient date', accepts: modeNames },
    { names: 'DocumentReference patient date', accepts: everyone },
    {
      names: 'DocumentReference patient type date',
      accepts: modeNames.filter((name) => name !== 'us-core'),
    },
    {
      names: 'MedicationRequest patient',
      accepts: modeNames.filter((name) => !['us-core', 'athenahealth'].includes(name)),
    },
    { names: 'MedicationRequest patient authoredon', accepts: everyone },
    {
      names: 'MedicationRequest patient intent authoredon',
      accepts: modeNames.filter((name) => !['us-core', 'athenahealth'].includes(name)),
    },
  ])('$names', async ({ names, accepts }) => {
    const [type = '', ...parameters] = names.split(' ')
    const accepted: string[] = []
    for (const as of modeNames) {
      await using client = await openSandbox({ as, switches: { strictSearch: true } })
      if ((await client.get(pathOf(type, parameters))).status === 200) accepted.push(as)
    }

    expect(accepted).toEqual(accepts)
  })

  it.each([
    { as: 'athenahealth', status: 403 },
    { as: 'epic', status: 400 },
  ] as const)('$as refuses with $status', async ({ as, status }) => {
    await using client = await openSandbox({ as, switches: { strictSearch: true } })

    const response = await client.get(`Observation?patient=${patientId}&date=ge2020`)

    expect(response.status).toBe(status)
    expect(await response.text()).toContain('patient and code')
  })
})

describe('the athenahealth mode of today', () => {
  it('accepts the date parameters of the gateway unless strictSearch is on', async () => {
    await using loose = await openSandbox({ switches: { strictSearch: false } })
    await using strict = await openSandbox({ switches: { strictSearch: true } })
    const path = pathOf('Observation', ['patient', 'date'])

    expect([(await loose.get(path)).status, (await strict.get(path)).status]).toEqual([200, 403])
  })
})

describe('unknown parameters', () => {
  it.each([
    { as: 'athenahealth', parameter: 'colour', is: 'refused' },
    { as: 'hapi', parameter: 'colour', is: 'refused' },
    { as: 'medplum', parameter: 'colour', is: 'refused' },
    { as: 'oracle-health', parameter: 'colour', is: 'refused' },
    { as: 'us-core', parameter: 'colour', is: 'refused' },
    { as: 'azure', parameter: 'colour', is: 'ignored' },
    { as: 'epic', parameter: 'colour', is: 'ignored' },
    { as: 'hapi', parameter: 'ah-practice', is: 'refused' },
    { as: 'medplum', parameter: 'ah-practice', is: 'refused' },
    { as: 'us-core', parameter: 'ah-practice', is: 'refused' },
    { as: 'azure', parameter: 'ah-practice', is: 'ignored' },
    { as: 'epic', parameter: 'ah-practice', is: 'ignored' },
    // Some servers do not know the identifier parameter for documents.
    { as: 'epic', parameter: 'identifier', is: 'ignored' },
    { as: 'oracle-health', parameter: 'identifier', is: 'refused' },
    { as: 'us-core', parameter: 'identifier', is: 'refused' },
  ] as const)('$as: $parameter is $is', async ({ as, parameter, is }) => {
    await using client = await openSandbox({ as })
    const plain = await client.bundle(`DocumentReference?patient=${patientId}`)

    const response = await client.get(`DocumentReference?patient=${patientId}&${parameter}=x`)

    if (is === 'refused') {
      expect(response.status).toBe(400)
      expect(await response.text()).toContain(`'${parameter}'`)
      return
    }
    const { entry, link } = (await response.json()) as typeof plain
    const matches = entry.filter((one) => one.search.mode === 'match')
    expect(plain.entry.length).toBeGreaterThan(0)
    expect(matches.map((one) => one.resource.id)).toEqual(plain.entry.map((one) => one.resource.id))
    expect(entry.at(-1)).toMatchObject({
      resource: { resourceType: 'OperationOutcome' },
      search: { mode: 'outcome' },
    })
    expect(link.find((one) => one.relation === 'self')?.url).not.toContain(parameter)
  })

  it.each([
    { as: 'azure', status: 400 },
    { as: 'epic', status: 200 },
  ] as const)('$as answers Prefer: handling=strict with $status', async ({ as, status }) => {
    await using client = await openSandbox({ as })

    const response = await client.get(`Condition?patient=${patientId}&colour=x`, {
      prefer: 'handling=strict',
    })

    expect(response.status).toBe(status)
  })
})

describe('the practice parameter', () => {
  it.each(modeNames)('%s: only athenahealth requires it', async (as) => {
    await using client = await openSandbox({ as })

    const url = `${client.sandbox.fhirBaseUrl}Patient/${patientId}`
    const { status } = await client.follow(url)

    expect(status).toBe(as === 'athenahealth' ? 400 : 200)
  })

  it('serves the charts of all practices of a client if there is no such parameter', async () => {
    await using client = await openSandbox({ as: 'hapi' })

    expect((await client.get('Patient/a-1959222.E-70001')).status).toBe(200)
  })
})

describe('paging', () => {
  it.each([
    { as: 'athenahealth', pages: 5, hasTotal: true, says: /Condition\?.*_page=/ },
    { as: 'epic', pages: 3, hasTotal: true, says: /Condition\?sessionID=[^&]+$/ },
    { as: 'oracle-health', pages: 5, hasTotal: false, says: /Condition\?.*-pageContext=/ },
    { as: 'medplum', pages: 11, hasTotal: false, says: /Condition\?.*_cursor=/ },
    { as: 'hapi', pages: 11, hasTotal: false, says: /r4\?_getpages=[^&]+$/ },
    { as: 'azure', pages: 21, hasTotal: false, says: /Condition\?.*ct=/ },
    { as: 'us-core', pages: 11, hasTotal: false, says: /Condition\?_cursor=[^&]+$/ },
  ] as const)(
    '$as gives every entry once in $pages pages',
    async ({ as, pages, hasTotal, says }) => {
      await using client = await openSandbox({ as })
      const ids = Array.from({ length: 201 }, (_, index) => `paged-${index}`)
      client.sandbox.control.putResource('195900', { resourceType: 'Patient', id: 'paged' })
      for (const id of ids)
        client.sandbox.control.putResource('195900', {
          resourceType: 'Condition',
          id,
          subject: { reference: 'Patient/paged' },
        })

      let page = await client.bundle('Condition?patient=paged')
      const seen: string[] = []
      let count = 1
      const first = page.link.find((link) => link.relation === 'next')?.url
      for (;;) {
        seen.push(...page.entry.map((one) => one.resource.id))
        const next = page.link.find((link) => link.relation === 'next')?.url
        if (next === undefined) break
        page = (await (await client.follow(next)).json()) as typeof page
        count += 1
      }

      expect(seen).toEqual(ids)
      expect(count).toBe(pages)
      expect(first).toMatch(says)
      expect(page.total).toBe(hasTotal ? 201 : undefined)
    },
  )

  it.each([
    { as: 'us-core', cap: 100 },
    { as: 'hapi', cap: 200 },
    { as: 'oracle-health', cap: 200 },
  ] as const)('$as reduces a _count to $cap', async ({ as, cap }) => {
    await using client = await openSandbox({ as })
    for (let index = 0; index < 250; index += 1)
      client.sandbox.control.putResource('195900', {
        resourceType: 'Condition',
        id: `many-${index}`,
        subject: { reference: 'Patient/many' },
      })

    expect((await client.bundle('Condition?patient=many&_count=500')).entry).toHaveLength(cap)
  })

  it.each(['azure', 'medplum', 'hapi'] as const)(
    '%s counts for who asks with _total',
    async (as) => {
      await using client = await openSandbox({ as })

      const { total } = await client.bundle(`Condition?patient=${patientId}&_total=accurate`)

      expect(total).toBe(3)
    },
  )

  it.each(modeNames)('%s refuses a page that was never issued', async (as) => {
    await using client = await openSandbox({ as })
    const { parameter, at } = client.sandbox.mode.paging.next

    const type = at === 'root' ? '' : 'Condition'
    const { status } = await client.get(`${type}?${parameter}=invented`)

    expect([400, 404]).toContain(status)
  })
})

describe('gzip', () => {
  it.each(modeNames)('%s compresses only if the client accepts it', async (as) => {
    await using client = await openSandbox({ as })
    const path = `Condition?patient=${patientId}`

    const plain = await client.get(path, { 'accept-encoding': 'identity' })
    const zipped = await client.get(path, { 'accept-encoding': 'gzip' })

    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(zipped.headers.get('content-encoding')).toBe(as === 'athenahealth' ? null : 'gzip')
    expect(await zipped.json()).toEqual(await plain.json())
  })
})

describe('rate headers', () => {
  it.each([
    { as: 'athenahealth', headers: { 'x-ratelimit-limit-second': '1', 'retry-after': '1' } },
    { as: 'azure', headers: { 'x-ms-retry-after-ms': '1000', 'x-ratelimit-limit-second': null } },
    { as: 'epic', headers: { 'retry-after': '1', 'x-ratelimit-limit-second': null } },
  ] as const)('$as uses its own header names', async ({ as, headers }) => {
    await using client = await openSandbox({ as })
    client.sandbox.control.setRateLimit({ perSecond: 1 })

    await client.get(`Patient/${patientId}`)
    const refused = await client.get(`Patient/${patientId}`)

    expect(refused.status).toBe(429)
    for (const [name, value] of Object.entries(headers))
      expect(refused.headers.get(name)).toBe(value)
  })
})

describe('the self-description of a server is correct', () => {
  interface Statement {
    readonly rest: readonly {
      readonly resource: readonly {
        readonly type: string
        readonly interaction: readonly { readonly code: string }[]
        readonly searchParam: readonly { readonly name: string }[]
        readonly extension: readonly {
          readonly extension: readonly { readonly url: string; readonly valueString: string }[]
        }[]
      }[]
    }[]
  }
  it.each(modeNames)('%s: parameters, combinations and create', async (as) => {
    await using client = await openSandbox({ as, switches: { strictSearch: true } })
    const { rest } = (await (await client.get('metadata')).json()) as Statement
    const wrong: string[] = []
    for (const { type, searchParam, extension } of rest[0]?.resource ?? []) {
      const listed = new Set(searchParam.map(({ name }) => name))
      const everyName = new Set(Object.values(searchParameters).flatMap((one) => Object.keys(one)))
      for (const name of listed) {
        const text = await (await client.get(pathOf(type, [name]))).text()
        if (/Unknown|not supported/.test(text)) wrong.push(`${type} ${name} is listed, not known`)
      }
      for (const name of [...everyName].filter((one) => !listed.has(one))) {
        const asked = type === 'Patient' ? ['_id', name] : ['patient', name]
        const response = await client.get(pathOf(type, asked))
        const text = await response.text()
        const isKnown = response.ok && !text.includes('"mode":"outcome"')
        if (isKnown) wrong.push(`${type} ${name} is known, not listed`)
      }
      for (const combination of extension) {
        const names = combination.extension
          .filter(({ url }) => url === 'required')
          .map(({ valueString }) => valueString)
        const { status } = await client.get(pathOf(type, names))
        if (status !== 200) wrong.push(`${type} ${names.join('+')} is listed, answered ${status}`)
      }
    }

    expect(wrong).toEqual([])
    expect(rest[0]?.resource.length).toBe(Object.keys(searchParameters).length)
  })
})
