import type { Clock } from '../clock.ts'
import { randomToken, sha256 } from '../token.ts'
import { isSecret, secretsOf } from './browser-secrets.ts'
import { choosePractice, type PracticeNames } from './choose-practice.ts'
import { EhrSignIn, type SignInAnswer } from './ehr-sign-in.ts'
import { comparable, type EhrIssuer, findIssuer } from './ehr-issuer.ts'
import { isPractitioner, parseFhirUser } from './fhir-user.ts'
import { refused } from './launch-errors.ts'
import { type KnownCharts, type Landing, openContext } from './open-context.ts'
import type { EhrPerson, PeopleOfEhr } from './people-of-ehr.ts'
import type { PersonRow } from '../store/people.ts'
import type { SmallFetch } from '../openid/open-id-server.ts'
import { SignInEndpointsReader } from './sign-in-endpoints.ts'

/** Launches that have begun, for every node. */
export interface LaunchStates {
  add(state: {
    readonly stateSha256: string
    readonly browserSha256: string
    readonly fhirBaseUrl: string
    readonly expiresAt: Date
  }): Promise<void>
  /** Takes a launch, which can be used once. Undefined if it is unknown, was used, has expired, or began in another browser. */
  take(
    state: { readonly stateSha256: string; readonly browserSha256: string },
    now: Date,
  ): Promise<{ readonly fhirBaseUrl: string } | undefined>
}

export interface LaunchRequest {
  readonly iss: string
  /** Absent: a standalone launch. */
  readonly launch?: string | undefined
  /** A standalone launch that lets the person choose a chart in the EHR. */
  readonly choosesChart?: boolean
}

export interface FinishedLaunch {
  readonly person: PersonRow
  readonly landing: Landing
  readonly from: LaunchedFrom
}

/** The chart from which a session was opened. */
export interface LaunchedFrom {
  readonly fhirBaseUrl: string
  readonly practiceId: string
  /** Null: no patient was on the screen. */
  readonly patientId: string | null
}

/** What our page needs to know about the EHR's page around it. */
export interface EhrFrame extends Omit<LaunchedFrom, 'fhirBaseUrl'> {
  /** Origins of the EHR's pages; `https://*.ehr.example` stands for every host under it. */
  readonly hosts: readonly string[]
}

export interface LaunchesOptions {
  readonly issuers: readonly EhrIssuer[]
  readonly redirectUri: string
  readonly states: LaunchStates
  readonly people: PeopleOfEhr
  readonly charts: KnownCharts
  readonly practices: PracticeNames
  readonly fetch: SmallFetch
  readonly clock: Clock
}

export const launchMs = 10 * 60_000
const maxHandleLength = 4096

/**
 * SMART App Launch 2.2: people come from an EHR, signed in there, with a chart on their screen.
 *
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html
 */
export class Launches {
  readonly #options: LaunchesOptions
  readonly #endpoints: SignInEndpointsReader
  readonly #signIn: EhrSignIn

  constructor(options: LaunchesOptions) {
    this.#options = options
    this.#endpoints = new SignInEndpointsReader(options)
    this.#signIn = new EhrSignIn(options)
  }

  /**
   * Whether an EHR may open us. Asked before anything else happens.
   *
   * @throws {LaunchRefused} launch_issuer_unknown, launch_request_invalid
   */
  check({ iss, launch }: LaunchRequest): EhrIssuer {
    const issuer = findIssuer(this.#options.issuers, iss)
    if (issuer === undefined)
      throw refused('launch_issuer_unknown', 'iss is none of the configured EHRs')
    if (launch !== undefined && (launch === '' || launch.length > maxHandleLength))
      throw refused('launch_request_invalid', 'launch is empty or too long')
    return issuer
  }

  /**
   * Begins a launch in a browser. Returns where the browser goes to sign in.
   *
   * @param browserSecret from the browser's cookie
   * @throws {LaunchRefused}
   */
  async begin(request: LaunchRequest, browserSecret: string): Promise<string> {
    const issuer = this.check(request)
    const endpoints = await this.#endpoints.of(issuer)
    const { states, redirectUri, clock } = this.#options
    const secrets = secretsOf(browserSecret, randomToken())
    await states.add({
      stateSha256: sha256(secrets.state),
      browserSha256: sha256(browserSecret),
      fhirBaseUrl: issuer.fhirBaseUrl,
      expiresAt: new Date(clock.now().getTime() + launchMs),
    })
    return this.#signIn.authorizationUrl(
      { issuer, endpoints, redirectUri, secrets },
      { aud: request.iss, launch: request.launch, scopes: scopesOf(issuer, request) },
    )
  }

  /**
   * Finishes the launch with which a browser comes back.
   *
   * @throws {LaunchRefused}
   */
  async finish(
    answer: URLSearchParams,
    browserSecret: string | undefined,
  ): Promise<FinishedLaunch> {
    const { states, redirectUri, people, charts, practices, clock } = this.#options
    const state = answer.get('state') ?? ''
    const begun =
      isSecret(state) && isSecret(browserSecret)
        ? await states.take(
            { stateSha256: sha256(state), browserSha256: sha256(browserSecret) },
            clock.now(),
          )
        : undefined
    if (begun === undefined || browserSecret === undefined)
      throw refused(
        'launch_state_unknown',
        'the state was used, has expired, or belongs to another browser',
      )
    const issuer = this.check({ iss: begun.fhirBaseUrl })
    const endpoints = await this.#endpoints.of(issuer)
    const secrets = secretsOf(browserSecret, state)
    const signIn = await this.#signIn.exchange({ issuer, endpoints, redirectUri, secrets }, answer)
    const practiceId = choosePractice(issuer, signIn, practices)
    const { newPeople } = issuer
    const person = await findOrRefuse(people, {
      fhirBaseUrl: comparable(issuer.fhirBaseUrl) ?? issuer.fhirBaseUrl,
      issuer: signIn.issuer,
      subject: signIn.subject,
      fhirUser: fhirUserOf(signIn, issuer),
      name: signIn.name,
      practiceId,
      newPeople,
    })
    if (!person.practice_ids.includes(practiceId))
      throw refused('launch_practice_foreign', 'the person does not belong to the practice')
    const { patientId, encounterId } = signIn
    const landing = await openContext({ practiceId, patientId, encounterId }, charts)
    const from = { fhirBaseUrl: issuer.fhirBaseUrl, practiceId, patientId: patientId ?? null }
    return { person, landing, from }
  }

  /** The frame of the EHR that opened a session, if its page and ours send each other messages. */
  frameOf({ fhirBaseUrl, practiceId, patientId }: LaunchedFrom): EhrFrame | undefined {
    const issuer = findIssuer(this.#options.issuers, fhirBaseUrl)
    const isKnown = issuer?.hasFrameMessages === true && issuer.practiceIds.includes(practiceId)
    if (!isKnown || issuer.frameHosts.length === 0) return undefined
    return { hosts: issuer.frameHosts, practiceId, patientId }
  }
}

function scopesOf(issuer: EhrIssuer, { launch, choosesChart = false }: LaunchRequest) {
  if (launch !== undefined) return ['launch', ...issuer.scopes]
  return choosesChart ? ['launch/patient', 'launch/encounter', ...issuer.scopes] : issuer.scopes
}

async function findOrRefuse(people: PeopleOfEhr, asked: EhrPerson): Promise<PersonRow> {
  const found = await people.find(asked)
  switch (found.outcome) {
    case 'found':
      return found.person
    case 'name_taken':
      throw refused('launch_name_taken', found.reason)
    case 'disabled':
      throw refused('account_disabled', found.reason)
    case 'no_practice':
      throw refused('practice_missing', found.reason)
    case 'unknown':
      throw refused('launch_person_unknown', found.reason)
    default:
      return found satisfies never
  }
}

function fhirUserOf({ fhirUser }: SignInAnswer, { fhirBaseUrl }: EhrIssuer) {
  if (fhirUser === undefined) return undefined
  const user = parseFhirUser(fhirUser, fhirBaseUrl)
  if (user === undefined || !isPractitioner(user))
    throw refused(
      'launch_user_unusable',
      user === undefined
        ? 'fhirUser is no resource of the EHR'
        : `fhirUser is a ${user.type}, and nobody who works in the practice`,
    )
  return `${user.type}/${user.id}`
}
