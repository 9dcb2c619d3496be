import { ConfigError, type GatewayConfig, keyName } from '../config.ts'
import type { TransportSettings } from './client/ehr-transport.ts'
import { usedProxies } from './client/used-proxies.ts'
import { type EhrKeyName, readCaFile, readClientCertificate, readKeyFile } from './ehr-files.ts'
import { toDocumentSettings } from './documents/to-document-settings.ts'
import { defaultScopes } from './token/default-scopes.ts'
import type { DocumentSettings } from './documents/document-settings.ts'
import type { EhrProfile } from './profiles/ehr-profile.ts'
import { ehrProfiles } from './profiles/profiles.ts'
import type { ClientCredentials } from './token/client-authentication.ts'

export interface EhrSettings {
  readonly profile: EhrProfile
  readonly fhirBaseUrl: string
  /** The base URL in the EHR's links, if it differs from `fhirBaseUrl` because of a proxy. */
  readonly publicBaseUrl: string | undefined
  /** Undefined: discovered from the FHIR server. */
  readonly tokenEndpoint: string | undefined
  readonly clientId: string
  /** Names keys in messages. */
  readonly keyName: EhrKeyName
  readonly credentials: ClientCredentials
  readonly allowPlainHttp: boolean
  readonly transport: TransportSettings
  readonly scopes: readonly string[]
  readonly documents: DocumentSettings
  readonly requestTimeoutMs: number
  readonly maxConnections: number
  /** `_count` of every search; undefined: the server's default. */
  readonly pageSize: number | undefined
  readonly limits: {
    readonly maxBodyBytes: number
    readonly maxPages: number
    /** Limit for one search without a date. */
    readonly maxHistoryPages: number
    readonly maxEntries: number
    readonly maxSearchBytes: number
    readonly maxDepth: number
    /** Values in one answer, and approximately in all pages of a search together. */
    readonly maxNodes: number
    readonly maxDocumentBytes: number
    /** Notes whose content is read for one chart, newest first. */
    readonly maxDocuments: number
  }
  /** Hosts whose links to notes are signed, so that no token is needed. */
  readonly signedUrlHosts: readonly string[]
  /** The practice's time zone (IANA). It decides on which day an instant in UTC falls. */
  timeZoneOf(practiceId: string): string
  /** How far back from the encounter each kind is read. */
  readonly lookback: {
    readonly observationMonths: number
    readonly procedureMonths: number
    readonly documentMonths: number
    readonly medicationMonths: number
  }
}

const seconds = 1000

/**
 * The sections `Ehr` and `ClinicalQuery` of the configuration, as this module needs them.
 *
 * @throws {ConfigError} a file that it names is missing or cannot be used
 */
export function toEhrSettings(config: GatewayConfig): EhrSettings {
  const { Ehr: ehr, ClinicalQuery: query, Proxy: environment, Practice: practice } = config
  const ehrKeyName: EhrKeyName = (key) => keyName(config, `Ehr.${key}`)
  const profile = ehrProfiles[ehr.Profile]
  const documents = toDocumentSettings(ehr, profile)
  return {
    profile,
    documents,
    fhirBaseUrl: ehr.FhirBaseUrl,
    publicBaseUrl: ehr.PublicBaseUrl,
    tokenEndpoint: ehr.TokenEndpoint,
    clientId: ehr.ClientId,
    credentials: credentialsOf(ehr, ehrKeyName),
    keyName: ehrKeyName,
    allowPlainHttp: ehr.AllowPlainHttp,
    transport: transportOf(ehr, environment, ehrKeyName),
    scopes: ehr.Scopes ?? defaultScopes(documents.writer),
    requestTimeoutMs: ehr.RequestTimeoutSeconds * seconds,
    maxConnections: ehr.MaxConnections,
    pageSize: ehr.PageSize ?? profile.wire.pageSize,
    limits: {
      maxBodyBytes: ehr.Limits.MaxBodyBytes,
      maxPages: ehr.Limits.MaxPages,
      maxHistoryPages: ehr.Limits.MaxHistoryPages,
      maxEntries: ehr.Limits.MaxEntries,
      maxSearchBytes: ehr.Limits.MaxSearchBytes,
      maxDepth: ehr.Limits.MaxDepth,
      maxNodes: ehr.Limits.MaxNodes,
      maxDocumentBytes: ehr.Limits.MaxDocumentBytes,
      maxDocuments: ehr.Limits.MaxDocuments,
    },
    timeZoneOf: (practiceId) => practice.TimeZones[practiceId] ?? practice.TimeZone,
    signedUrlHosts: ehr.SignedUrlHosts,
    lookback: {
      observationMonths: query.ObservationLookbackMonths,
      procedureMonths: query.ProcedureLookbackMonths,
      documentMonths: query.DocumentLookbackMonths,
      medicationMonths: query.MedicationLookbackMonths,
    },
  }
}

/** With a key file only: a signed assertion. With a secret: sent in the way that the profile names. */
function credentialsOf(ehr: GatewayConfig['Ehr'], ehrKeyName: EhrKeyName): ClientCredentials {
  const usual = ehrProfiles[ehr.Profile].token.authentication
  const withSecret = usual === 'private_key_jwt' ? 'client_secret_post' : usual
  const both = ehr.ClientSecret !== undefined && ehr.PrivateKeyFile !== undefined
  const chosen = both ? usual : ehr.ClientSecret === undefined ? 'private_key_jwt' : withSecret
  const method = ehr.ClientAuthentication ?? chosen
  if (method === 'private_key_jwt') {
    if (ehr.PrivateKeyFile === undefined)
      throw new ConfigError([
        `${ehrKeyName('PrivateKeyFile')}: found nothing; private_key_jwt needs it`,
      ])
    const keys = readKeyFile(ehr.PrivateKeyFile, ehr.SigningKeyId, ehrKeyName)
    return { method, keys, jwksUrl: ehr.JwksUrl }
  }
  if (ehr.ClientSecret === undefined)
    throw new ConfigError([`${ehrKeyName('ClientSecret')}: found nothing; ${method} needs it`])
  return { method, secret: ehr.ClientSecret }
}

function transportOf(
  ehr: GatewayConfig['Ehr'],
  environment: GatewayConfig['Proxy'],
  ehrKeyName: EhrKeyName,
): TransportSettings {
  const own = ehr.Proxy !== undefined
  const proxies = {
    httpsProxy: own ? ehr.Proxy : environment.Https,
    httpProxy: own ? ehr.Proxy : environment.Http,
    // NO_PROXY only applies to the proxies of the environment.
    noProxy: own ? '' : environment.Exclude,
  }
  const addresses = [ehr.FhirBaseUrl, ehr.TokenEndpoint].filter((url) => url !== undefined)
  const { ClientCertificateFile: certificateFile, ClientKeyFile: keyFile } = ehr
  return {
    ...usedProxies(addresses, proxies, `set ${ehrKeyName('Proxy')}`),
    maxConnections: ehr.MaxConnections,
    requestTimeoutMs: ehr.RequestTimeoutSeconds * seconds,
    ca: ehr.CaFile === undefined ? undefined : readCaFile(ehr.CaFile, ehrKeyName),
    client:
      certificateFile === undefined || keyFile === undefined
        ? undefined
        : readClientCertificate(certificateFile, keyFile, ehr.ClientKeyPassphrase, ehrKeyName),
  }
}
