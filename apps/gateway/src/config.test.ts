import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ConfigError, overlayConfig, readDatabaseConfig } from './config.ts'

const athena = {
  FhirBaseUrl: 'http://127.0.0.1/fhir/r4/',
  TokenEndpoint: 'http://127.0.0.1/token',
  ClientId: 'id',
  ClientSecret: 'hush',
}
const seed = {
  TaskOrchestrator: {
    WorkerCount: 2,
    MaxBacklog: 128,
    SubscriberChannelCapacity: 1000,
    Resiliency: {
      RetryCount: 3,
      RetryIntervalSeconds: 2,
      UseExponentialBackoff: true,
      TimeoutIntervalSeconds: 60,
    },
  },
}

function faultsOf(base: object, environment: NodeJS.ProcessEnv = {}): readonly string[] {
  try {
    overlayConfig(base, environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

describe('configuration', () => {
  it('takes the seed’s JSON key for key, which also is the default', () => {
    expect(overlayConfig({ Athena: athena, ...seed }, {})).toEqual(
      overlayConfig({ Athena: athena }, {}),
    )
    expect(overlayConfig({ Athena: athena }, {}).TaskOrchestrator).toMatchObject(
      seed.TaskOrchestrator,
    )
  })

  it('dates requests on the calendar of the machine, of the practice, or of one practice', () => {
    expect(overlayConfig({ Ehr: athena }, {}).Practice).toEqual({
      TimeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      TimeZones: {},
    })
    expect(
      overlayConfig(
        { Ehr: athena },
        {
          Practice__TimeZone: 'America/Chicago',
          Practice__TimeZones__195900: 'America/New_York',
          Practice__TimeZones__1: 'US/Hawaii',
        },
      ).Practice,
    ).toEqual({
      TimeZone: 'America/Chicago',
      TimeZones: { 195900: 'America/New_York', 1: 'US/Hawaii' },
    })
  })

  it.each(['Eastern', 'America/Nowhere', '+05:00', '-05:00', '', 'EST5EDT4'])(
    'refuses a time zone that is none: %j',
    (name) => {
      const message = `found ${name === '' ? 'an empty text' : JSON.stringify(name)}; expected an IANA time zone, like America/New_York`
      expect(faultsOf({ Ehr: athena, Practice: { TimeZone: name } })).toEqual([
        `Practice.TimeZone: ${message}`,
      ])
      expect(faultsOf({ Ehr: athena, Practice: { TimeZones: { p1: name } } })).toEqual([
        `Practice.TimeZones.p1: ${message}`,
      ])
    },
  )

  it('lets an environment variable override every key', () => {
    const config = overlayConfig(
      { Athena: athena },
      {
        TaskOrchestrator__WorkerCount: '4',
        TaskOrchestrator__Resiliency__UseExponentialBackoff: 'false',
        Athena__Scopes: 'system/Patient.rs system/Encounter.rs',
        Auth__Credentials__0__Label: 'intake',
        Auth__Credentials__0__KeySha256: 'a'.repeat(64),
        Auth__Credentials__0__Roles: 'service,staff',
        Auth__Credentials__0__Practices: '195900',
        PATH: '/bin',
        Sandbox__Port: '1',
      },
    )

    expect(config.TaskOrchestrator.WorkerCount).toBe(4)
    expect(config.TaskOrchestrator.Resiliency.UseExponentialBackoff).toBe(false)
    expect(config.Ehr.Scopes).toEqual(['system/Patient.rs', 'system/Encounter.rs'])
    expect(config.Auth.Credentials[0]).toMatchObject({
      Label: 'intake',
      Roles: ['service', 'staff'],
    })
  })

  it.each([
    {
      base: { Athena: athena, TaskOrchestrator: { WorkerCount: 0 } },
      fault: /^TaskOrchestrator\.WorkerCount: found 0; .*1/,
    },
    {
      base: { Athena: athena, TaskOrchestrator: { Workers: 3 } },
      fault: /^TaskOrchestrator\.Workers: unknown key/,
    },
    { base: { Athena: athena, Bogus: {} }, fault: /^Bogus: unknown key/ },
    { base: {}, fault: /^Ehr: found nothing/ },
    {
      base: { Athena: { ...athena, FhirBaseUrl: 'ftp://x' } },
      fault: /^Athena\.FhirBaseUrl: found "ftp:\/\/x"/,
    },
  ])('refuses $fault', ({ base, fault }) => {
    expect(faultsOf(base).some((one) => fault.test(one))).toBe(true)
  })

  it('takes trusted proxies from the environment, and trusts none by default', () => {
    const environment = { Http__TrustedProxies: '10.0.0.0/8, ::1' }

    expect(overlayConfig({ Ehr: athena }, environment).Http.TrustedProxies).toEqual([
      '10.0.0.0/8',
      '::1',
    ])
    expect(overlayConfig({ Ehr: athena }, {}).Http.TrustedProxies).toEqual([])
  })

  it('takes forms of payers, from the file and from the environment', () => {
    const form = { Map: 'a.json', Pdf: 'a.pdf', Payers: ['Aetna'] }
    const config = overlayConfig(
      { Athena: athena, Forms: { Templates: [form] } },
      {
        Forms__Templates__0__Payers: 'Texas Medicaid; Aetna',
        Forms__Templates__0__Codes: '70000-76499 J0129',
        Forms__Templates__1__Map: 'b.json',
        Forms__Templates__1__Pdf: 'b.pdf',
        Forms__Templates__1__Payers__0: 'Cigna',
      },
    )

    expect(config.Forms.Templates).toEqual([
      { ...form, Payers: ['Texas Medicaid', 'Aetna'], Codes: ['70000-76499', 'J0129'] },
      { Map: 'b.json', Pdf: 'b.pdf', Payers: ['Cigna'], Codes: [] },
    ])
    expect(overlayConfig({ Athena: athena }, {}).Forms).toEqual({ Threads: 1, Templates: [] })
  })

  it.each([
    { form: { Pdf: 'a.pdf', Payers: ['x'] }, fault: /^Forms\.Templates\.0\.Map: found nothing/ },
    {
      form: { Map: 'a', Pdf: 'b', Payers: [] },
      fault: /^Forms\.Templates\.0\.Payers: found an empty list; expected a list of at least 1/,
    },
    {
      form: { Map: 'a', Pdf: 'b', Payers: ['x'], Codes: ['seven'] },
      fault:
        /^Forms\.Templates\.0\.Codes\.0: found "seven"; expected a CPT or HCPCS code or a range/,
    },
    {
      form: { Map: 'a', Pdf: 'b', Payers: ['x'], Payer: 'x' },
      fault: /^Forms\.Templates\.0\.Payer: unknown key/,
    },
  ])('refuses a form with $fault', ({ form, fault }) => {
    expect(faultsOf({ Athena: athena, Forms: { Templates: [form] } })).toEqual([
      expect.stringMatching(fault),
    ])
  })

  describe('a language model', () => {
    const model = { BaseUrl: 'https://models.example/v1', Name: 'a-model' }
    const withModel = (changes: object) => ({
      Athena: athena,
      Intelligence: { Model: { ...model, ...changes } },
    })

    it('is none by default, and allowed to nobody by default', () => {
      expect(overlayConfig({ Athena: athena }, {}).Intelligence.Model).toBeUndefined()
      expect(overlayConfig(withModel({}), {}).Intelligence.Model).toEqual({
        ...model,
        TimeoutSeconds: 20,
        MaxNoteCharacters: 24_000,
        MaxConcurrent: 4,
        Practices: [],
      })
    })

    it('can be set by the environment alone', () => {
      const { Intelligence } = overlayConfig(
        { Athena: athena },
        {
          Intelligence__Model__BaseUrl: 'http://127.0.0.1:11434/v1',
          Intelligence__Model__Name: 'local',
          Intelligence__Model__ApiKey: 'hush',
          Intelligence__Model__TimeoutSeconds: '5',
          Intelligence__Model__Practices: '195900, 195901',
        },
      )

      expect(Intelligence.Model).toMatchObject({
        Name: 'local',
        ApiKey: 'hush',
        TimeoutSeconds: 5,
        Practices: ['195900', '195901'],
      })
    })

    it.each([
      { base: withModel({ Name: undefined }), fault: /^Intelligence\.Model\.Name: found nothing/ },
      { base: withModel({ ApiKey: 7 }), fault: /^Intelligence\.Model\.ApiKey: found a secret/ },
      { base: withModel({ Temperature: 1 }), fault: /^Intelligence\.Model\.Temperature: unknown/ },
      {
        base: {
          Athena: athena,
          Intelligence: { BaseUrl: 'http://127.0.0.1:1', Model: model },
        },
        fault:
          /^Intelligence\.Model: found a section, with Intelligence\.BaseUrl "http:\/\/127.0.0.1:1"; .*unset BaseUrl$/,
      },
      {
        base: withModel({ TimeoutSeconds: 31 }),
        fault:
          /^Intelligence\.Model\.TimeoutSeconds: found 31, with TaskOrchestrator\.Resiliency\.TimeoutIntervalSeconds 60 \(the default\); may be at most half of/,
      },
      {
        base: { Athena: athena, Intelligence: { Contract: 'original' } },
        fault: /^Intelligence\.Contract: found "original"; .*set BaseUrl too$/,
      },
    ])('is refused with $fault', ({ base, fault }) => {
      expect(faultsOf(base)).toEqual([expect.stringMatching(fault)])
    })

    it('never shows its key among other faults', () => {
      const Intelligence = {
        BaseUrl: 'http://127.0.0.1:1',
        Model: { ApiKey: 'hush', ...model, TimeoutSeconds: 31 },
      }

      expect(faultsOf({ Athena: athena, Intelligence }).join()).not.toMatch(/hush/)
      expect(faultsOf({ Athena: [athena] }).join()).not.toMatch(/hush/)
    })
  })

  describe('access to the EHR', () => {
    const withoutSecret = { ...athena, ClientSecret: undefined }
    const https = {
      ...athena,
      FhirBaseUrl: 'https://ehr.example/fhir',
      TokenEndpoint: 'https://ehr.example/token',
    }

    it.each([
      { Ehr: https },
      { Ehr: { ...https, TokenEndpoint: undefined } },
      { Ehr: { ...https, ClientSecret: '', PrivateKeyFile: 'key.json' } },
      { Ehr: { ...https, PrivateKeyFile: 'key.json' } },
      { Ehr: { ...https, ClientAuthentication: 'client_secret_basic' } },
      { Ehr: { ...https, FhirBaseUrl: 'http://localhost:8080/fhir' } },
      { Ehr: { ...https, FhirBaseUrl: 'http://127.8.9.1/fhir' } },
      { Ehr: { ...https, TokenEndpoint: 'http://[::1]:8080/token' } },
      { Ehr: { ...https, FhirBaseUrl: 'http://ehr/fhir', AllowPlainHttp: 'true' } },
      { Ehr: { ...https, Proxy: 'http://me:hush@proxy.example:3128' } },
      { Ehr: { ...https, ClientCertificateFile: 'a.pem', ClientKeyFile: 'a.key' } },
    ])('may be %o', ({ Ehr }) => {
      expect(faultsOf({ Ehr })).toEqual([])
    })

    it.each([
      {
        Ehr: { ...https, FhirBaseUrl: 'http://ehr.example/fhir' },
        faults: [/^Ehr\.FhirBaseUrl: found "http:.*access token would go over plain HTTP/],
      },
      {
        Ehr: { ...https, TokenEndpoint: 'http://10.0.0.1/token' },
        faults: [/^Ehr\.TokenEndpoint: found "http:.*credentials would go over plain HTTP/],
      },
      {
        Ehr: { ...https, FhirBaseUrl: 'http://a/', TokenEndpoint: 'http://b/' },
        faults: [/^Ehr\.FhirBaseUrl/, /^Ehr\.TokenEndpoint/],
      },
      { Ehr: withoutSecret, faults: [/^Ehr\.ClientSecret: found nothing; .*PrivateKeyFile/] },
      {
        Ehr: { ...athena, ClientAuthentication: 'private_key_jwt' },
        faults: [
          /^Ehr\.PrivateKeyFile: found nothing, with Ehr\.ClientAuthentication .*authscript ehr-key/,
        ],
      },
      {
        Ehr: {
          ...withoutSecret,
          PrivateKeyFile: 'key.json',
          ClientAuthentication: 'client_secret_post',
        },
        faults: [/^Ehr\.ClientSecret: found nothing/],
      },
      {
        Ehr: { ...athena, ClientAuthentication: 'tls_client_auth' },
        faults: [/^Ehr\.ClientAuthentication: found "tls_client_auth"; .*private_key_jwt/],
      },
      {
        Ehr: { ...athena, ClientCertificateFile: 'a.pem' },
        faults: [/^Ehr\.ClientKeyFile: found nothing/],
      },
      {
        Ehr: { ...athena, ClientKeyFile: 'a.key' },
        faults: [/^Ehr\.ClientCertificateFile: found nothing/],
      },
      {
        Ehr: { ...athena, Proxy: 'socks5://me:hush@proxy.example' },
        faults: [/^Ehr\.Proxy: found a secret/],
      },
      {
        Ehr: { ...athena, ClientKeyPassphrase: 7 },
        faults: [/^Ehr\.ClientKeyPassphrase: found a secret/],
      },
    ])('is refused with $faults', ({ Ehr, faults }) => {
      expect(faultsOf({ Ehr })).toEqual(faults.map((fault) => expect.stringMatching(fault)))
    })

    it('takes the proxies of the environment, lower case first, unless they are set', () => {
      const environment = {
        HTTP_PROXY: 'http://upper:1',
        http_proxy: 'http://lower:1',
        HTTPS_PROXY: 'http://upper:2',
        https_proxy: '',
        no_proxy: '.example.org',
      }

      expect(overlayConfig({ Athena: athena }, environment).Proxy).toEqual({
        Http: 'http://lower:1',
        Https: 'http://upper:2',
        Exclude: '.example.org',
      })
      const own = { Athena: athena, Proxy: { Https: 'http://own:2' } }
      expect(overlayConfig(own, environment).Proxy).toMatchObject({ Https: 'http://own:2' })
      expect(overlayConfig({ Athena: athena }, {}).Proxy).toEqual({ Exclude: '' })
    })
  })

  it('reads where the database is although the rest is unfinished', () => {
    const shipped = fileURLToPath(new URL('../../../gateway.config.json', import.meta.url))

    expect(readDatabaseConfig(shipped, {})).toEqual({
      Directory: './data',
      PoolSize: 10,
      ChartRetentionDays: 30,
      AuditRetentionDays: 2190,
    })
    expect(readDatabaseConfig(shipped, { Database__Url: 'postgres://h/d' }).Url).toBe(
      'postgres://h/d',
    )
    expect(() => readDatabaseConfig(shipped, { Databse__Url: 'postgres://h/d' })).toThrow(
      /Databse__Url: unknown variable; did you mean Database__Url\?/,
    )
    expect(() => readDatabaseConfig(shipped, { Database__PoolSize: '0' })).toThrow(
      /Database__PoolSize: found 0/,
    )
  })

  it('ships a configuration that only lacks the client', () => {
    const shipped = JSON.parse(
      readFileSync(new URL('../../../gateway.config.json', import.meta.url), 'utf8'),
    ) as object

    expect(faultsOf(shipped).map((fault) => fault.split(':')[0])).toEqual([
      'Athena.ClientId',
      'Athena.ClientSecret',
    ])
    expect(faultsOf(shipped, { Athena__ClientId: 'id', Athena__ClientSecret: 'hush' })).toEqual([])
  })
})

describe('credentials', () => {
  const hash = '0'.repeat(64)
  const credentialOf = (Label: string) => ({
    Label,
    KeySha256: hash,
    Roles: ['staff'],
    Practices: ['1'],
  })

  it.each([
    { labels: ['Front desk', 'Nurse'], faults: 0 },
    { labels: ['Front desk', 'Nurse', 'front desk '], faults: 1 },
  ])('each have a label of their own: $labels', ({ labels, faults }) => {
    const found = faultsOf({ Ehr: athena, Auth: { Credentials: labels.map(credentialOf) } })

    expect(found).toHaveLength(faults)
    for (const fault of found) expect(fault).toContain('Auth.Credentials.2.Label')
  })
})
