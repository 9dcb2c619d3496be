import { z } from 'zod'
import {
  about,
  decimal,
  flag,
  httpUrl,
  integer,
  key,
  list,
  optionalText,
  text,
} from '../config/fields.ts'
import type { KeyRule, RuleFault } from '../config/key-rules.ts'
import { limitsSection } from './client/limits-config.ts'
import { isUnencrypted } from '../config/loopback.ts'
import { documentsSection } from './documents/documents-config.ts'
import { clientAuthentications, ehrProfileNames } from './profiles/ehr-profile.ts'

const pemFile = 'a PEM file'

/** Where the EHR is, how the gateway authenticates, and how many requests it may send. */
export const ehrKeys = {
  Profile: key(z.enum(ehrProfileNames).default('us-core'), {
    defaultText: 'us-core; in the section `Athena`: athenahealth',
    effect:
      'Which EHR this is. The profile decides searches, authentication and how documents are written.',
    example: 'us-core',
  }),
  FhirBaseUrl: key(httpUrl(), {
    effect: 'The FHIR R4 server. Over http:// only on this machine, or with `AllowPlainHttp`.',
    example: 'https://ehr.example/fhir/r4/',
  }),
  PublicBaseUrl: key(httpUrl().optional(), {
    effect:
      "The base URL in the EHR's own links, if a proxy makes it differ. Such links are read under `FhirBaseUrl`.",
  }),
  TokenEndpoint: key(httpUrl().optional(), {
    defaultText: "not set: as the server's SMART configuration or CapabilityStatement says",
    effect: 'Where access tokens are requested.',
    example: 'https://ehr.example/oauth2/token',
  }),
  ClientId: key(text(), {
    effect: 'The client id that the EHR gave this gateway.',
    example: 'the-client-id',
  }),
  ClientSecret: key(optionalText(), {
    secret: true,
    defaultText: 'not set; needed without `PrivateKeyFile`',
    effect: 'The secret of the client. Set it in the environment rather than in a file.',
    example: 'the-client-secret',
  }),
  ClientAuthentication: key(z.enum(clientAuthentications).optional(), {
    defaultText: 'not set: private_key_jwt with a key and no secret, otherwise as the profile says',
    effect: 'How the gateway authenticates at the token endpoint.',
  }),
  PrivateKeyFile: key(optionalText(), {
    range: 'a file with private keys: PEM, JWK or JWKS',
    effect:
      'The keys for private_key_jwt; npx authscript ehr-key makes one. Their public keys are served at /.well-known/jwks.json.',
  }),
  SigningKeyId: key(optionalText(), {
    range: 'the id of a key in PrivateKeyFile',
    defaultText: 'not set: the first key of the file',
    effect: 'Which key signs.',
  }),
  JwksUrl: key(httpUrl().optional(), {
    effect: 'Where the EHR reaches our /.well-known/jwks.json. Sent as `jku` with every assertion.',
  }),
  AllowPlainHttp: key(flag().default(false), {
    effect:
      'true lets charts, token and secret travel over plain HTTP to another machine, where anybody on the network path can read them. Only for a closed network.',
  }),
  Proxy: key(httpUrl().optional(), {
    secret: true,
    defaultText: 'not set: as the section `Proxy` says',
    effect: 'The proxy for requests to the EHR. This machine is always reached directly.',
  }),
  CaFile: key(optionalText(), {
    range: pemFile,
    effect: 'Certificate authorities that are trusted in addition to the usual ones.',
  }),
  ClientCertificateFile: key(optionalText(), {
    range: pemFile,
    effect: 'The certificate for mutual TLS. Needs `ClientKeyFile`.',
  }),
  ClientKeyFile: key(optionalText(), {
    range: pemFile,
    effect: 'The private key of the certificate.',
  }),
  ClientKeyPassphrase: key(optionalText(), {
    secret: true,
    effect: 'The passphrase of an encrypted `ClientKeyFile`.',
  }),
  Scopes: key(list().optional(), {
    defaultText: 'not set: what reading charts and writing documents need',
    effect: 'The scopes to request. Resources whose scope is missing cannot be read.',
  }),
  RequestsPerSecond: key(integer(1, 100_000).default(15), {
    unit: 'requests per second',
    effect: 'Never exceeded, by all nodes on one database together. All nodes need the same value.',
  }),
  RequestsPerDay: key(integer(1, 1_000_000_000).default(50_000), {
    unit: 'requests per day (GMT)',
    effect:
      'Never exceeded, by all nodes together. When they are spent, work waits for midnight GMT.',
  }),
  PollingShare: key(decimal(0.01, 1).default(0.5), {
    unit: 'share of RequestsPerDay',
    effect:
      'How much of the day polls may use. More shows signatures sooner and leaves less for charts and write-backs.',
  }),
  RequestTimeoutSeconds: key(decimal(0.01, 600).default(20), {
    unit: 'seconds',
    effect:
      'The limit of one request. Write-backs wait up to eight times as long before they look for an earlier try.',
  }),
  MaxConnections: key(integer(1, 256).default(16), {
    unit: 'connections',
    effect: 'Connections of this node to the EHR.',
  }),
  PageSize: key(integer(1, 1000).optional(), {
    unit: 'resources',
    defaultText: 'not set: as the profile says',
    effect: 'Resources on a page of a search. Larger pages cost fewer requests and more memory.',
  }),
  SignedUrlHosts: key(list().default([]), {
    range: 'a list of hosts, with the port where it is not 443',
    effect:
      'Hosts whose links to notes carry their own permission. They are read without our token.',
  }),
  Documents: documentsSection,
  Limits: limitsSection,
}

/** What the rules read. */
interface EhrAccessConfig {
  readonly FhirBaseUrl: string
  readonly TokenEndpoint?: string | undefined
  readonly ClientSecret?: string | undefined
  readonly ClientAuthentication?: string | undefined
  readonly PrivateKeyFile?: string | undefined
  readonly AllowPlainHttp: boolean
  readonly ClientCertificateFile?: string | undefined
  readonly ClientKeyFile?: string | undefined
}

type EhrRule = KeyRule<EhrAccessConfig>

/** Refuses an address at which a secret or token would be sent unencrypted. */
const encrypted = (key: 'FhirBaseUrl' | 'TokenEndpoint', what: string): EhrRule => ({
  keys: [key, 'AllowPlainHttp'],
  check: ({ [key]: url, AllowPlainHttp }) =>
    url === undefined || AllowPlainHttp || !isReadable(url)
      ? []
      : [
          {
            key,
            others: ['AllowPlainHttp'],
            message: `${what} would go over plain HTTP; use https, or in a closed network set AllowPlainHttp`,
          },
        ],
})

const sufficientCredentials: EhrRule = {
  keys: ['ClientAuthentication', 'PrivateKeyFile', 'ClientSecret'],
  check({ ClientAuthentication, PrivateKeyFile, ClientSecret }) {
    const others = ['ClientAuthentication']
    const isKeyUsed =
      ClientAuthentication === 'private_key_jwt' ||
      (ClientAuthentication === undefined && PrivateKeyFile !== undefined)
    if (isKeyUsed && PrivateKeyFile === undefined) {
      const message = 'private_key_jwt needs it; npx authscript ehr-key makes one'
      return [{ key: 'PrivateKeyFile', others, message }]
    }
    return isKeyUsed || ClientSecret !== undefined
      ? []
      : [
          {
            key: 'ClientSecret',
            others,
            message: 'set it, or PrivateKeyFile for private_key_jwt',
          },
        ]
  },
}

/** A certificate is useless without its key, and a key without its certificate. */
const wholeClientCertificate: EhrRule = {
  keys: ['ClientCertificateFile', 'ClientKeyFile'],
  check({ ClientCertificateFile, ClientKeyFile }): readonly RuleFault[] {
    if ((ClientCertificateFile === undefined) === (ClientKeyFile === undefined)) return []
    const [key, other] =
      ClientKeyFile === undefined
        ? ['ClientKeyFile', 'ClientCertificateFile']
        : ['ClientCertificateFile', 'ClientKeyFile']
    return [{ key, others: [other], message: 'one needs the other' }]
  },
}

/** No secret or token may be sent unencrypted, and the credentials must be complete. */
export const ehrRules: readonly EhrRule[] = [
  encrypted('FhirBaseUrl', 'charts and the access token'),
  encrypted('TokenEndpoint', 'the credentials'),
  sufficientCredentials,
  wholeClientCertificate,
]

/** False for a text that is not an address: that is reported separately. */
function isReadable(url: string): boolean {
  return URL.canParse(url) && isUnencrypted(url)
}

export const proxySection = about(
  z
    .strictObject({
      Http: key(optionalText(), {
        secret: true,
        range: 'an address that starts with http:// or https://',
        defaultText: 'the variable `http_proxy` or `HTTP_PROXY`',
        effect: 'The proxy for http:// addresses.',
      }),
      Https: key(optionalText(), {
        secret: true,
        range: 'an address that starts with http:// or https://',
        defaultText: 'the variable `https_proxy` or `HTTPS_PROXY`',
        effect: 'The proxy for https:// addresses.',
      }),
      Exclude: key(z.string().default(''), {
        range: 'hosts, addresses or ranges, separated by commas; * for all',
        defaultText: 'the variable `no_proxy` or `NO_PROXY`',
        effect: 'What is reached directly.',
      }),
    })
    .prefault({}),
  'The proxy for requests to the EHR, the identity provider and webhooks, as for other programs. This machine is always reached directly. A proxy looks up the names of webhooks itself, so it must refuse private addresses; the gateway checks the names that it can look up.',
)

const lookback = (months: number, what: string) =>
  key(integer(1, 1200).default(months), {
    unit: 'months',
    effect: `How far back ${what} are read. What is older is never seen; policies that look further back stay unknown.`,
  })

export const clinicalQuerySection = about(
  z
    .strictObject({
      ObservationLookbackMonths: lookback(12, 'observations'),
      ProcedureLookbackMonths: lookback(24, 'procedures and reports'),
      DocumentLookbackMonths: lookback(12, 'notes'),
      MedicationLookbackMonths: lookback(24, 'medications'),
    })
    .prefault({}),
  'How far back a chart is read.',
)
