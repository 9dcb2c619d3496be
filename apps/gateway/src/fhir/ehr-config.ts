import { z } from 'zod'
import { isReadableOnTheWay } from './client/loopback.ts'
import { athenaDocumentClasses } from './documents/document-settings.ts'
import { clientAuthentications, ehrProfileNames } from './profiles/ehr-profile.ts'
import { decimal, flag, httpUrl, integer, list, megabyte, optional } from '../config/fields.ts'

/** A code as FHIR searches write it: `system|code`, or the code alone. */
const token = z.string().regex(/^(?:[^|\s]+\|)?[^|\s]+$/, 'must be system|code')
const reference = z
  .string()
  .regex(/^[A-Z][A-Za-z]+\/[A-Za-z0-9\-._]{1,128}$/, 'must be a reference, like Organization/12')

/** How approved forms get into the chart; what is unset is as the profile has it. */
const documents = z.strictObject({
  /** `fhir`: as a DocumentReference; `athena_v1`: by athenahealth's own API. */
  Writer: z.enum(['profile', 'fhir', 'athena_v1']).default('profile'),
  Title: z.string().min(1).max(200).optional(),
  /** Of the DocumentReference, `system|code`; `none`: words alone. */
  Type: token.optional(),
  TypeText: z.string().min(1).max(200).optional(),
  /** `system|code` each; `none`: no category. */
  Category: list().pipe(z.array(token)).optional(),
  DocStatus: z.enum(['preliminary', 'final']).optional(),
  Format: token.optional(),
  Author: reference.optional(),
  Custodian: reference.optional(),
  /** Of athenahealth's API: which list of documents the form goes to. */
  Class: z.enum(athenaDocumentClasses).default('admin'),
  Subclass: z
    .string()
    .regex(/^[A-Z_]{1,64}$/, 'must be a document subclass, like ADMIN_REFERRAL')
    .optional(),
  /** Whether the document is closed at once, without anybody at the practice looking at it. */
  AutoClose: flag().default(true),
  Priority: z.enum(['1', '2']).optional(),
  /** Instead of the encounter's department. */
  DepartmentId: z
    .string()
    .regex(/^\d{1,9}$/, 'must be a department number')
    .optional(),
  /** Unset: `/v1/` beside the `/fhir/r4/` of FhirBaseUrl. */
  V1BaseUrl: httpUrl.optional(),
})

/** What `refuseUnsafeEhr` looks at. */
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

/** A secret or a token that anybody could read on its way, and credentials that do not suffice. */
function refuseUnsafeEhr(
  ehr: EhrAccessConfig,
  context: { addIssue(issue: z.core.$ZodSuperRefineIssue): void },
): void {
  const refuse = (key: keyof EhrAccessConfig, message: string) =>
    context.addIssue({ code: 'custom', message, path: [key], input: ehr[key] })
  for (const key of ['FhirBaseUrl', 'TokenEndpoint'] as const) {
    const url = ehr[key]
    if (url === undefined || ehr.AllowPlainHttp || !isReadable(url)) continue
    refuse(
      key,
      `${key === 'FhirBaseUrl' ? 'charts and the access token' : 'the credentials'} would go over plain HTTP; use https, or in a closed network set AllowPlainHttp`,
    )
  }
  const isKeyUsed =
    ehr.ClientAuthentication === 'private_key_jwt' ||
    (ehr.ClientAuthentication === undefined && ehr.PrivateKeyFile !== undefined)
  if (isKeyUsed && ehr.PrivateKeyFile === undefined)
    refuse('PrivateKeyFile', 'private_key_jwt needs it; npm run ehr-key makes one')
  if (!isKeyUsed && ehr.ClientSecret === undefined)
    refuse('ClientSecret', 'set it, or PrivateKeyFile for private_key_jwt')
  if (ehr.ClientCertificateFile !== undefined && ehr.ClientKeyFile === undefined)
    refuse('ClientKeyFile', 'ClientCertificateFile needs it')
  if (ehr.ClientKeyFile !== undefined && ehr.ClientCertificateFile === undefined)
    refuse('ClientCertificateFile', 'ClientKeyFile needs it')
}

/** What is no address at all has a fault of its own. */
function isReadable(url: string): boolean {
  return URL.canParse(url) && isReadableOnTheWay(url)
}

/** The EHR: where it is, how we sign in, how much may be asked of it, and how documents get there. */
export const ehrSection = z
  .strictObject({
    /** Which EHR this is: what differs between EHRs comes from `fhir/profiles/`. */
    Profile: z.enum(ehrProfileNames).default('us-core'),
    FhirBaseUrl: httpUrl,
    /** The FHIR base that the EHR's own links name, where a proxy hides it: such links are brought under `FhirBaseUrl`. */
    PublicBaseUrl: httpUrl.optional(),
    /** Unset: as the FHIR server's SMART configuration or CapabilityStatement says. */
    TokenEndpoint: httpUrl.optional(),
    ClientId: z.string().min(1),
    ClientSecret: optional(),
    /** Unset: private_key_jwt when there is a key and no secret, else the usual way of the profile. */
    ClientAuthentication: z.enum(clientAuthentications).optional(),
    /** Private keys for private_key_jwt: PEM, JWK or JWKS; `npm run ehr-key` makes one. Its public keys are at /.well-known/jwks.json. */
    PrivateKeyFile: optional(),
    /** Which key of the file signs; unset: the first. */
    SigningKeyId: optional(),
    /** Sent as `jku` with every assertion: where the EHR reaches our /.well-known/jwks.json. */
    JwksUrl: httpUrl.optional(),
    /** Lets chart, token and secret go over plain HTTP to another machine: for a closed network only. */
    AllowPlainHttp: flag().default(false),
    /** The way to the EHR goes through this proxy, whatever the environment says; this machine is always reached directly. */
    Proxy: httpUrl.optional(),
    /** PEM; certificates of authorities that are trusted beside the default ones. */
    CaFile: optional(),
    /** Mutual TLS: what we show the EHR; PEM. */
    ClientCertificateFile: optional(),
    ClientKeyFile: optional(),
    ClientKeyPassphrase: optional(),
    /** Unset: what the chart reads and the write-back of this EHR need. */
    Scopes: list().optional(),
    PollingIntervalSeconds: decimal(0.05, 86_400).default(5),
    /** How often a signed visit is looked at again, in case it is re-opened. */
    ReopenPollingIntervalSeconds: decimal(0.05, 86_400).default(300),
    /** How long after signing a visit is watched for a re-open. */
    ReopenWatchHours: decimal(0, 8760).default(24),
    MaxConcurrentPolls: integer(1, 256).default(5),
    RequestsPerSecond: integer(1, 100_000).default(15),
    RequestsPerDay: integer(1, 1_000_000_000).default(50_000),
    /** Polls use at most this part of `RequestsPerDay`, spread over the day; the rest is for charts and write-backs. */
    PollingShare: decimal(0.01, 1).default(0.5),
    /** An encounter that the EHR does not know, or does not let us read, is watched no longer than this. */
    UnknownEncounterHours: decimal(0.01, 8760).default(24),
    /** An encounter that is not signed is watched no longer than this. */
    MaxOpenDays: decimal(0.01, 3650).default(30),
    RequestTimeoutSeconds: decimal(0.01, 600).default(20),
    MaxConnections: integer(1, 256).default(16),
    /** Entries on a page of a search; unset: the profile's. */
    PageSize: integer(1, 1000).optional(),
    /** Hosts (with their port, where it is not 443) whose links to notes carry their own permission: read without our token. */
    SignedUrlHosts: list().default([]),
    Documents: documents.prefault({}),
    Limits: z
      .strictObject({
        MaxBodyBytes: integer(1024, 512 * megabyte).default(16 * megabyte),
        MaxPages: integer(1, 100_000).default(200),
        /** Of one search without a date; a longer history is read as far back as `ClinicalQuery` says. */
        MaxHistoryPages: integer(1, 100_000).default(20),
        MaxEntries: integer(1, 10_000_000).default(50_000),
        /** Of all pages of one search; past it what was read counts as partial. */
        MaxSearchBytes: integer(1024, 4096 * megabyte).default(32 * megabyte),
        MaxDepth: integer(4, 10_000).default(100),
        /**
         * Objects, lists and values in one answer, and about in all pages of one search. The densest FHIR has one in 16 bytes: the default
         * is a page of `MaxBodyBytes` and a tenth. The worst JSON of that many takes about 110 MB (docs/decisions/0019).
         */
        MaxNodes: integer(1000, 100_000_000).default(1_200_000),
        MaxDocumentBytes: integer(1024, 512 * megabyte).default(2 * megabyte),
        MaxDocuments: integer(1, 10_000).default(50),
      })
      .prefault({}),
  })
  .superRefine(refuseUnsafeEhr)
