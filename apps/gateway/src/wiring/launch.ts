import type { Clock } from '../clock.ts'
import { ConfigError, type GatewayConfig, keyName } from '../config.ts'
import { createSmallFetch } from '../fhir/client/small-fetch.ts'
import { readKeyFile } from '../fhir/ehr-files.ts'
import type { EhrSettings } from '../fhir/ehr-settings.ts'
import type { EhrProfile } from '../fhir/profiles/ehr-profile.ts'
import type { PublicKeyJwk, SigningKeys } from '../fhir/token/signing-keys.ts'
import type { PracticeNames } from '../launch/choose-practice.ts'
import type { EhrIssuer } from '../launch/ehr-issuer.ts'
import { Launches } from '../launch/launches.ts'
import type { OpenParts } from '../open-parts.ts'
import { PeopleFromEhr } from '../people/people-of-ehr.ts'
import type { RecordSecurityEvent } from '../people/security-events.ts'
import type { Store } from '../store/store.ts'

/** Opening the gateway from EHRs, as configured. */
export interface PreparedLaunch {
  readonly issuers: readonly EhrIssuer[]
  /** The origins that may show our pages in a frame. */
  readonly frameHosts: readonly string[]
  /** The keys with which EHRs verify our assertions when people sign in. */
  readonly publicKeys: readonly PublicKeyJwk[]
}

/** @throws {ConfigError} the key file cannot be used */
export function prepareLaunch(config: GatewayConfig, settings: EhrSettings): PreparedLaunch {
  const { Issuers } = config.Launch
  const usesKey = Issuers.some((issuer) => methodOf(issuer) === 'private_key_jwt')
  const keys = usesKey ? signingKeysOf(config, settings) : undefined
  return {
    issuers: Issuers.map((issuer) => toIssuer(issuer, keys, settings.profile)),
    frameHosts: [...new Set(Issuers.flatMap(({ FrameHosts }) => FrameHosts))],
    publicKeys: keys?.published ?? [],
  }
}

/** All public keys, each id once: launches usually sign with the same keys as the access to the EHR. */
export function withKeysOf(
  { publicKeys }: PreparedLaunch,
  others: readonly PublicKeyJwk[],
): readonly PublicKeyJwk[] {
  const known = new Set(others.map(({ kid }) => kid))
  return [...others, ...publicKeys.filter(({ kid }) => !known.has(kid))]
}

/** Undefined if no EHR is configured. */
export function createLaunches(
  parts: OpenParts,
  {
    config,
    prepared,
    settings,
    store,
    record,
    clock,
  }: {
    readonly config: GatewayConfig
    readonly prepared: PreparedLaunch
    readonly settings: EhrSettings
    readonly store: Store
    readonly record: RecordSecurityEvent
    readonly clock: Clock
  },
): Launches | undefined {
  const { PublicUrl } = config.Http
  if (prepared.issuers.length === 0 || PublicUrl === undefined) return undefined
  const smallFetch = createSmallFetch(settings.transport, {
    what: 'the EHR at which people sign in',
    check: 'the section Launch',
    keyName: settings.keyName,
  })
  parts.add('connections for launches', () => smallFetch.close())
  return new Launches({
    issuers: prepared.issuers,
    redirectUri: `${PublicUrl.replace(/\/$/, '')}/launch/callback`,
    states: store.launchStates,
    people: new PeopleFromEhr({
      store,
      labelsOfKeys: config.Auth.Credentials.map(({ Label }) => Label),
      record,
      clock,
    }),
    charts: store.knownCharts,
    practices: practiceNamesOf(settings.profile),
    fetch: (url, request) => smallFetch.fetch(url, request),
    clock,
  })
}

const practiceNamesOf = ({ practiceNames }: EhrProfile): PracticeNames => ({
  ofId: (id) => practiceNames?.inIds.exec(id)?.[1],
  ofClaim: (claim) =>
    typeof claim === 'string' ? practiceNames?.inClaims.exec(claim)?.[1] : undefined,
})

type ConfiguredIssuer = GatewayConfig['Launch']['Issuers'][number]

const methodOf = ({ ClientAuthentication, ClientSecret }: ConfiguredIssuer) =>
  ClientAuthentication ?? (ClientSecret === undefined ? 'private_key_jwt' : 'client_secret_basic')

function toIssuer(
  issuer: ConfiguredIssuer,
  keys: SigningKeys | undefined,
  { frameMessages }: EhrProfile,
): EhrIssuer {
  const method = methodOf(issuer)
  return {
    fhirBaseUrl: issuer.FhirBaseUrl,
    clientId: issuer.ClientId,
    authentication:
      method === 'private_key_jwt'
        ? keyAuthentication(keys)
        : { method, secret: issuer.ClientSecret ?? '' },
    practiceIds: issuer.PracticeId === undefined ? issuer.PracticeIds : [issuer.PracticeId],
    frameHosts: issuer.FrameHosts,
    hasFrameMessages: frameMessages !== undefined,
    scopes: issuer.Scopes,
    idTokenIssuer: issuer.IdTokenIssuer,
    newPeople: issuer.NewPeopleRoles.length === 0 ? undefined : { roles: issuer.NewPeopleRoles },
  }
}

function keyAuthentication(keys: SigningKeys | undefined): EhrIssuer['authentication'] {
  if (keys === undefined) throw new TypeError('the rules of the section Launch require a key')
  const { keyId, algorithm, privateKey } = keys.signing
  return { method: 'private_key_jwt', keyId, algorithm, privateKey }
}

function signingKeysOf(config: GatewayConfig, { credentials }: EhrSettings): SigningKeys {
  if (credentials.method === 'private_key_jwt') return credentials.keys
  const ehrKeyName = (key: string) => keyName(config, `Ehr.${key}`)
  const { PrivateKeyFile, SigningKeyId } = config.Ehr
  if (PrivateKeyFile === undefined)
    throw new ConfigError([`${ehrKeyName('PrivateKeyFile')}: found nothing; launches need it`])
  return readKeyFile(PrivateKeyFile, SigningKeyId, ehrKeyName)
}
