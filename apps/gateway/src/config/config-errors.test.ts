import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ConfigError, exampleConfig, overlayConfig, readConfig } from '../config.ts'

const ehr = {
  FhirBaseUrl: 'http://127.0.0.1/fhir/r4/',
  ClientId: 'id',
  ClientSecret: 'hush',
}

function errorOf(run: () => unknown): ConfigError {
  try {
    run()
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error('the configuration was accepted')
}

const faultsOf = (base: object, environment: NodeJS.ProcessEnv = {}) =>
  errorOf(() => overlayConfig({ Ehr: ehr, ...base }, environment)).faults

function aFile(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'config-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'gateway.config.json')
  writeFileSync(file, content)
  return file
}

describe('a fault of the configuration', () => {
  it.each([
    {
      base: { TaskOrchestrator: { WorkerCount: 'lots' } },
      fault:
        'TaskOrchestrator.WorkerCount: found "lots"; expected a whole number from 1 to 1024 (workers)',
    },
    {
      base: { TaskOrchestrator: { WorkerCount: 1.5 } },
      fault:
        'TaskOrchestrator.WorkerCount: found 1.5; expected a whole number from 1 to 1024 (workers)',
    },
    {
      base: { Jobs: { PollIntervalSeconds: 0 } },
      fault: 'Jobs.PollIntervalSeconds: found 0; expected a number from 0.05 to 600 (seconds)',
    },
    ...['10.0.0.0/33', '0.0.0.0/0', '::/129', 'proxy.example', '10.0.0.0/8/8', '/8'].map(
      (range) => ({
        base: { Http: { TrustedProxies: [range] } },
        fault: `Http.TrustedProxies.0: found "${range}"; expected an IP address, or a range like 10.0.0.0/8`,
      }),
    ),
    {
      base: { Intelligence: { ApiKey: '' } },
      fault: 'Intelligence.ApiKey: found an empty text; expected a text that is not empty',
    },
    {
      base: { Ehr: { ...ehr, ClientSecret: '' } },
      fault: 'Ehr.ClientSecret: found nothing; set it, or PrivateKeyFile for private_key_jwt',
    },
    {
      base: { Ehr: { ...ehr, FhirBaseUrl: 'ehr.example/fhir' } },
      fault:
        'Ehr.FhirBaseUrl: found "ehr.example/fhir"; expected an address that starts with http:// or https://',
    },
    {
      base: { Database: { Url: 'mysql://u:hush@h/d' } },
      fault:
        'Database.Url: found a secret; expected an address that starts with postgres:// or postgresql://',
    },
    {
      base: { Log: { Pretty: 'maybe' } },
      fault: 'Log.Pretty: found "maybe"; expected true or false',
    },
    {
      base: { Log: { Level: 'loud' } },
      fault:
        'Log.Level: found "loud"; expected one of fatal, error, warn, info, debug, trace, silent',
    },
    { base: { Http: null }, fault: 'Http: found null; expected a section' },
    {
      base: { Ehr: undefined },
      fault: 'Ehr: found nothing; expected a section with FhirBaseUrl and ClientId',
    },
  ])('says what was found and what is expected: $fault', ({ base, fault }) => {
    expect(faultsOf(base)).toEqual([fault])
  })

  it.each([
    { base: { TaskOrchestrator: { WorkerCuont: 3 } }, fault: /WorkerCuont: .* mean WorkerCount\?/ },
    { base: { TaskOrchestrator: { Workers: 3 } }, fault: /Workers: .* did you mean WorkerCount\?/ },
    { base: { TaskOrchestrator: { workerCount: 3 } }, fault: /workerCount: .* mean WorkerCount\?/ },
    { base: { taskOrchestrator: {} }, fault: /^taskOrchestrator: .* mean TaskOrchestrator\?/ },
    { base: { WorkerCount: 3 }, fault: /^WorkerCount: .* mean TaskOrchestrator\.WorkerCount\?/ },
    { base: { Log: { Colour: true } }, fault: /^Log\.Colour: .* known here: Level, Pretty$/ },
    {
      base: { Ehr: { ...ehr, Favourite: 1 } },
      fault: /^Ehr\.Favourite: .* docs\/configuration\.md lists/,
    },
  ])('names the nearest known key: $fault', ({ base, fault }) => {
    expect(faultsOf(base)).toEqual([expect.stringMatching(fault)])
  })

  it('names the key as the operator wrote it: in the file, in the seed’s section, or as a variable', () => {
    const faults = faultsOf(
      { Ehr: undefined, Athena: { ...ehr, PageSize: 0 }, Http: { Port: -1 } },
      {
        TaskOrchestrator__WorkerCount: 'lots',
        TaskOrchestrator__Resiliency__RetryCuont: '1',
        Athena__MaxConnections: '0',
        Forms__Templates__0__Pdf: 'a.pdf',
        Forms__Templates__0__Payers: 'Aetna',
      },
    )

    expect(faults.map((fault) => fault.split('; ')[0])).toEqual([
      'Http.Port: found -1',
      'TaskOrchestrator__WorkerCount: found "lots"',
      'TaskOrchestrator__Resiliency__RetryCuont: unknown key',
      'Athena__MaxConnections: found 0',
      'Athena.PageSize: found 0',
      'Forms__Templates__0__Map: found nothing',
    ])
    expect(faults[2]).toContain('did you mean TaskOrchestrator__Resiliency__RetryCount?')
  })

  it('names the variable that holds a whole list, and the item, with its unit', () => {
    expect(
      faultsOf(
        {},
        {
          Http__TrustedProxies: '10.0.0.1, banana',
          Webhooks__EncryptionKeys: 'hush',
          Auth__ApprovalProofMinutes__195900: 'lots',
        },
      ),
    ).toEqual([
      'Http__TrustedProxies, item 2: found "banana"; expected an IP address, or a range like 10.0.0.0/8',
      'Auth__ApprovalProofMinutes__195900: found "lots"; expected a whole number from 1 to 1440 (minutes)',
      'Webhooks__EncryptionKeys, item 1: found a secret; expected 32 bytes in base64',
    ])
  })

  it('never shows a secret', () => {
    const faults = faultsOf(
      {
        Athena: 'hush',
        Ehr: { ...ehr, ClientSecret: 5, Proxy: 'socks5://me:hush@proxy.example' },
        Auth: { Credentials: [{ Label: 'a', KeySha256: 'hush', Roles: [], Practices: ['1'] }] },
        Intelligence: { BaseUrl: 'ftp://me:hush@service.example', Model: 'hush' },
        Forms: 'hush',
        Webhooks: { EncryptionKeys: ['hush'] },
      },
      { Database__Url: 'mysql://u:hush@h/d', Databse__Url: 'postgres://u:hush@h/d' },
    )

    expect(faults.length).toBeGreaterThan(6)
    expect(faults.join('\n')).not.toContain('hush')
    expect(faults).toContainEqual(
      expect.stringMatching(/^Intelligence\.BaseUrl: found "ftp:\/\/\*\*\*@service\.example";/),
    )
  })

  it('is reported with all others, one line each', () => {
    const { message, faults } = errorOf(() =>
      overlayConfig({ Ehr: ehr, Bogus: {}, Http: { Port: 'x' } }, { LOG_LEVEL: 'debug' }),
    )

    expect(faults).toHaveLength(3)
    expect(message.split('\n')).toEqual([
      'the configuration is wrong:',
      ...faults.map((fault) => `  - ${fault}`),
    ])
  })
})

describe('two keys that do not fit together', () => {
  const autoscale = (values: object) => ({ TaskOrchestrator: { Autoscale: values } })

  it.each([
    {
      base: autoscale({ MinWorkers: 8, MaxWorkers: 2 }),
      fault:
        'TaskOrchestrator.Autoscale.MinWorkers: found 8, with TaskOrchestrator.Autoscale.MaxWorkers 2; MinWorkers may be at most MaxWorkers',
    },
    {
      base: autoscale({ MinWorkers: 17 }),
      fault:
        'TaskOrchestrator.Autoscale.MinWorkers: found 17, with TaskOrchestrator.Autoscale.MaxWorkers 16 (the default); MinWorkers may be at most MaxWorkers',
    },
    {
      base: { Ehr: { ...ehr, FhirBaseUrl: 'http://ehr.example/fhir' } },
      fault:
        'Ehr.FhirBaseUrl: found "http://ehr.example/fhir", with Ehr.AllowPlainHttp false (the default); charts and the access token would go over plain HTTP; use https, or in a closed network set AllowPlainHttp',
    },
    {
      base: { Ehr: { ...ehr, ClientKeyFile: 'a.key' } },
      fault:
        'Ehr.ClientCertificateFile: found nothing, with Ehr.ClientKeyFile "a.key"; one needs the other',
    },
    {
      base: { Intelligence: { BaseUrl: 'http://me:hush@a.example', PolicyDirectory: 'own' } },
      fault:
        'Intelligence.PolicyDirectory: found "own", with Intelligence.BaseUrl "http://***@a.example"; policies are read where orders are analyzed; set it for that service, or unset BaseUrl',
    },
  ])('are both named with their values: $fault', ({ base, fault }) => {
    expect(faultsOf(base)).toEqual([fault])
  })

  it('are named as variables where variables set them', () => {
    const environment = {
      TaskOrchestrator__Autoscale__MinWorkers: '8',
      TaskOrchestrator__Autoscale__MaxWorkers: '2',
    }

    expect(faultsOf({}, environment)).toEqual([
      'TaskOrchestrator__Autoscale__MinWorkers: found 8, with TaskOrchestrator__Autoscale__MaxWorkers 2; MinWorkers may be at most MaxWorkers',
    ])
  })

  it('are reported beside every other fault, in their section and elsewhere', () => {
    const faults = faultsOf({
      TaskOrchestrator: {
        WorkerCount: 0,
        Autoscale: { MinWorkers: 8, MaxWorkers: 2, TargetUtilisation: 7, Bogus: 1 },
      },
      Ehr: { ...ehr, ClientSecret: undefined, PageSize: 0 },
      Auth: {
        Credentials: ['a', 'A'].map((Label) => ({ Label, KeySha256: 'no', Roles: ['staff'] })),
      },
      Http: { Port: -1 },
    })

    for (const key of ['Http.Port', 'TaskOrchestrator.WorkerCount', 'Ehr.PageSize'])
      expect(faults).toContainEqual(expect.stringContaining(`${key}: found`))
    for (const fault of [
      /Autoscale\.MinWorkers: found 8, with .*MaxWorkers 2/,
      /Autoscale\.TargetUtilisation: found 7/,
      /Autoscale\.Bogus: unknown key/,
      /^Ehr\.ClientSecret: found nothing/,
      /^Auth\.Credentials\.1\.Label: found "A", with Auth\.Credentials\.0\.Label "a"/,
    ])
      expect(faults).toContainEqual(expect.stringMatching(fault))
  })

  it('are not compared when one of them is wrong by itself', () => {
    expect(faultsOf(autoscale({ MinWorkers: 'many', MaxWorkers: 2 }))).toEqual([
      expect.stringMatching(/MinWorkers: found "many"; expected a whole number/),
    ])
    expect(faultsOf({ Ehr: { ...ehr, ClientSecret: 5 } })).toHaveLength(1)
  })
})

describe('a single value where there are keys', () => {
  it.each([
    {
      base: {},
      environment: { Http__Port: '3000', Http: '5' },
      fault:
        'Http: found "5" beside Http__Port="3000"; a single value and keys in it exclude each other, so remove one',
    },
    {
      base: { Http: 5 },
      environment: { Http__Port: '3000' },
      fault: /^Http: found 5 beside Http__Port="3000"; /,
    },
    {
      base: { Http: null },
      environment: { Http__Port: '3000' },
      fault: /^Http: found null beside Http__Port="3000"; /,
    },
    {
      base: {},
      environment: {
        TaskOrchestrator__Resiliency__RetryCount: '3',
        TaskOrchestrator__Resiliency: '5',
      },
      fault: /^TaskOrchestrator__Resiliency: found "5" beside .*__RetryCount="3"; /,
    },
    {
      base: {},
      environment: { Athena__Scopes: 'hush', Athena__Scopes__0: 'a' },
      fault: /^Athena__Scopes: found "hush" beside Athena__Scopes__0="a"; /,
    },
    {
      base: {},
      environment: { Database: 'hush', Database__Url: 'postgres://u:hush@h/d' },
      fault: /^Database: found a text beside Database__Url=a secret; /,
    },
  ])('is refused: $fault', ({ base, environment, fault }) => {
    const faults = faultsOf(base, environment)

    expect(faults).toContainEqual(typeof fault === 'string' ? fault : expect.stringMatching(fault))
  })

  it('is refused alone too', () => {
    expect(faultsOf({}, { Http: '5' })).toEqual(['Http: found a text; expected a section'])
  })
})

describe('an environment variable', () => {
  it.each([
    ['TaskOrchestator__WorkerCount', 'TaskOrchestrator__WorkerCount'],
    ['taskorchestrator__workercount', 'TaskOrchestrator__WorkerCount'],
    ['TASK_ORCHESTRATOR__WORKER_COUNT', 'TaskOrchestrator__WorkerCount'],
    ['TaskOrchestrator_WorkerCount', 'TaskOrchestrator__WorkerCount'],
    ['TASKORCHESTRATOR_WORKERCOUNT', 'TaskOrchestrator__WorkerCount'],
    ['Http_Prot', 'Http__Port'],
    ['http__port', 'Http__Port'],
    ['DATABASE_URL', 'Database__Url'],
    ['DATABSE_URL', 'Database__Url'],
    ['Databse__Url', 'Database__Url'],
    ['LOG_LEVEL', 'Log__Level'],
    ['EHR_CLIENT_SECRET', 'Ehr__ClientSecret'],
    ['athena__clientid', 'Athena__ClientId'],
    ['Auth_Credentials_3_Label', 'Auth__Credentials__3__Label'],
    ['HTTP__PORT', 'Http__Port'],
    ['Evnts__RetentionDays', 'Events__RetentionDays'],
  ])('that looks like ours is refused: %s', (name, meant) => {
    expect(faultsOf({}, { [name]: '1' })).toEqual([
      `${name}: unknown variable; did you mean ${meant}?`,
    ])
  })

  it.each([
    ['Orders__Limit', /^Orders__Limit: unknown section; known: Http, Database, /],
    [
      'http__colour',
      /^http__colour: unknown variable; docs\/configuration\.md lists the keys of Http$/,
    ],
    ['Log_Colour', /^Log_Colour: unknown variable; .* two underscores, as in Log__Level$/],
  ])('that looks like ours is refused without a near key too: %s', (name, fault) => {
    expect(faultsOf({}, { [name]: '1' })).toEqual([expect.stringMatching(fault)])
  })

  it('of another program is left alone', () => {
    const environment = {
      PATH: '/bin',
      HOME: '/root',
      LANG: 'C.UTF-8',
      AUTH_TOKEN: 'x',
      LOG_DIR: '/var/log',
      HTTPS_PORT: '443',
      HTTP_USER_AGENT: 'x',
      HTTPS_PROXY: 'http://proxy:1',
      NO_PROXY: '*',
      DATABASE_PORT: 'tcp://10.0.0.7:5432',
      DATABASE_PORT_5432_TCP_ADDR: '10.0.0.7',
      EVENTS_SERVICE_HOST: '10.0.0.8',
      npm_config__jsr_registry: 'x',
      npm_package_name: 'x',
      __CF_USER_TEXT_ENCODING: '0x1F5:0x0:0x0',
      Sandbox__Port: '8081',
      _: '/usr/bin/node',
    }

    expect(() => overlayConfig({ Ehr: ehr }, environment)).not.toThrow()
  })

  it('of the intelligence service is left to that process', () => {
    const environment = {
      Intelligence__Host: '0.0.0.0',
      Intelligence__Port: '8082',
      Intelligence__MaxBodyBytes: 'any',
      Intelligence__ApiKey: 'hush',
    }

    expect(overlayConfig({ Ehr: ehr }, environment).Intelligence).toEqual({
      ...overlayConfig({ Ehr: ehr }, {}).Intelligence,
      ApiKey: 'hush',
    })
    expect(faultsOf({}, { Intelligence__Prot: '1' })).toHaveLength(1)
  })

  it('wins over the file, also under the other name of the section', () => {
    const file = { Athena: { ...ehr, ClientId: 'of-the-file' } }
    const { Ehr } = overlayConfig(file, { Ehr__ClientId: 'of-the-environment' })

    expect(Ehr).toMatchObject({ ClientId: 'of-the-environment', Profile: 'athenahealth' })
  })

  it('may not contradict another one', () => {
    expect(faultsOf({}, { Ehr__ClientId: 'a', Athena__ClientId: 'b' })).toEqual([
      'Athena__ClientId: also set as Ehr__ClientId; set one of them',
    ])
  })
})

describe('a configuration file', () => {
  it('that is missing is answered with a complete example that is valid', () => {
    const { message, faults } = errorOf(() => readConfig('nowhere.json', {}))

    const example = message.slice(message.indexOf('{'))
    expect(faults).toEqual([
      'nowhere.json: there is no such file; make it, or name another with --config',
    ])
    expect(example).toBe(exampleConfig())
    expect(readConfig(aFile(example), {}).Ehr).toMatchObject({
      Profile: 'us-core',
      FhirBaseUrl: 'https://ehr.example/fhir/r4/',
    })
  })

  it('says where it is not JSON, without quoting it', () => {
    const file = aFile('{\n  "Ehr": { "ClientSecret": "hush" }\n  "Http": {}\n}')

    const { message } = errorOf(() => readConfig(file, {}))

    expect(message).toContain('is not JSON: look at line 3, column 3')
    expect(message).not.toContain('hush')
  })

  it.each([
    ['', 'is not JSON: it ends too early'],
    ['hush', 'is not JSON: unexpected'],
    ['[]', 'found a list; expected an object of sections'],
    ['null', 'found null; expected an object of sections'],
  ])('is refused when it is %j', (content, fault) => {
    const { message } = errorOf(() => readConfig(aFile(content), {}))

    expect(message).toContain(fault)
    expect(message).not.toContain('hush')
  })

  it('that cannot be read says why', () => {
    expect(errorOf(() => readConfig(tmpdir(), {})).faults).toEqual([
      `--config ${tmpdir()}: it is a directory (EISDIR); expected a JSON file, like gateway.config.json`,
    ])
    const below = join(aFile('{}'), 'gateway.config.json')
    expect(errorOf(() => readConfig(below, {})).faults).toEqual([
      `--config ${below}: the path leads through a file as if it were a directory (ENOTDIR); expected a JSON file, like gateway.config.json`,
    ])
  })

  it('may not have a key twice', () => {
    const file = aFile(
      '{\n"TaskOrchestrator": {\n"WorkerCount": 2,\n"MaxBacklog": 9,\n"WorkerCount": 8}}',
    )

    expect(errorOf(() => readConfig(file, {})).faults).toEqual([
      `TaskOrchestrator.WorkerCount: is twice in ${file}, on lines 3 and 5; keep one`,
    ])
  })

  it('may not set a key under both names of a section', () => {
    expect(faultsOf({ Athena: { ClientId: 'b' } })).toEqual([
      'Ehr.ClientId: also set as Athena.ClientId; set one of them',
    ])
  })
})

describe('a practice', () => {
  const noSign = 'no sign stands for all practices; to give all, list the id of each'
  const alphabet =
    'a practice id has letters, digits and "-" only, at most 64 characters; list each practice by itself'
  const credentialWith = (Practices: unknown) => ({
    Auth: {
      Credentials: [{ Label: 'a', KeySha256: '0'.repeat(64), Roles: ['operator'], Practices }],
    },
  })
  const issuer = { FhirBaseUrl: 'http://127.0.0.1/fhir/', ClientId: 'id', ClientSecret: 'hush' }
  const model = { BaseUrl: 'http://127.0.0.1/v1', Name: 'm' }

  it.each([
    ['of a credential', credentialWith('*'), 'Auth.Credentials.0.Practices.0'],
    ['of a credential beside others', credentialWith(['1', '*']), 'Auth.Credentials.0.Practices.1'],
    ['of a group', { Oidc: { Groups: { g: { Practices: ['*'] } } } }, 'Oidc.Groups.g.Practices.0'],
    [
      'whose notes a model may read',
      { Intelligence: { Model: { ...model, Practices: ['*'] } } },
      'Intelligence.Model.Practices.0',
    ],
    [
      'of an EHR',
      { Launch: { Issuers: [{ ...issuer, PracticeId: '*' }] } },
      'Launch.Issuers.0.PracticeId',
    ],
    [
      'of an EHR with several',
      { Launch: { Issuers: [{ ...issuer, PracticeIds: ['*'] }] } },
      'Launch.Issuers.0.PracticeIds.0',
    ],
  ])('%s is not *', (_whose, base, key) => {
    expect(faultsOf(base)).toEqual([`${key}: found "*"; ${noSign}`])
  })

  it.each([
    [['195900,195901'], '0: found "195900,195901"'],
    ['195900,', '1: found an empty text'],
    [['195900', '  '], '1: found an empty text'],
  ])('%j is refused with what an id is', (practices, found) => {
    expect(faultsOf(credentialWith(practices))).toEqual([
      `Auth.Credentials.0.Practices.${found}; ${alphabet}`,
    ])
  })

  it('names a time zone or the minutes of a proof by its id', () => {
    expect(
      faultsOf({
        Practice: { TimeZones: { '*': 'America/New_York' } },
        Auth: { ApprovalProofMinutes: { '*': 5, ' 195900': 5 } },
      }),
    ).toEqual([
      `Practice.TimeZones: found a section; "*" is in it: ${noSign}`,
      `Auth.ApprovalProofMinutes: found a section; " 195900" is in it: ${alphabet}`,
    ])
  })

  it('is read without the blanks around it', () => {
    const { Auth } = overlayConfig(
      { Ehr: ehr, ...credentialWith([' 195900 ']) },
      { Auth__Credentials__1__Label: 'b', ...fromEnvironment(' 195901 ,195902 ') },
    )

    expect(Auth.Credentials.map(({ Practices }) => Practices)).toEqual([
      ['195900'],
      ['195901', '195902'],
    ])
  })

  const fromEnvironment = (practices: string) => ({
    Auth__Credentials__1__KeySha256: '1'.repeat(64),
    Auth__Credentials__1__Roles: 'operator',
    Auth__Credentials__1__Practices: practices,
  })
})
