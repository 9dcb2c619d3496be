import type { TokenIssuer } from '../auth/token-issuer.ts'
import type { ResourceStore } from '../fhir/resource-store.ts'
import type { SignIns } from './sign-ins.ts'
import { type EhrUser, usersOf } from './users.ts'

/** An app that a user opens from a chart. */
export interface OpenedApp {
  readonly clientId: string
  /** The app's launch URL with `iss` and a `launch` of its own. */
  readonly url: string
  /** Where pages of the app come from. */
  readonly origins: readonly string[]
  readonly user: EhrUser
  readonly practiceId: string
  readonly patientId: string
}

/** Opens apps from an encounter, as a user of the EHR does by a button in the chart. */
export class AppOpener {
  readonly #store: ResourceStore
  readonly #issuer: TokenIssuer
  readonly #signIns: SignIns
  readonly #fhirBaseUrl: () => string

  constructor(options: {
    readonly store: ResourceStore
    readonly issuer: TokenIssuer
    readonly signIns: SignIns
    fhirBaseUrl(): string
  }) {
    this.#store = options.store
    this.#issuer = options.issuer
    this.#signIns = options.signIns
    this.#fhirBaseUrl = () => options.fhirBaseUrl()
  }

  get hasApp(): boolean {
    return this.#issuer.apps().length > 0
  }

  /** Undefined if there is no such encounter, or no app. */
  open(encounterId: string): OpenedApp | undefined {
    const [client] = this.#issuer.apps()
    const encounter = [...this.#store.all('Encounter')].find(({ id }) => id === encounterId)
    if (client === undefined || encounter?.patientId === undefined) return undefined
    const { practiceId, patientId } = encounter
    const [user] = usersOf(this.#store, practiceId)
    if (user === undefined) return undefined
    const handle = this.#signIns.contexts.prepare(client.clientId, {
      practiceId,
      patientId,
      encounterId,
      userId: user.userId,
    })
    const url = new URL(client.app.launchUrl)
    url.searchParams.set('iss', this.#fhirBaseUrl())
    url.searchParams.set('launch', handle)
    const { clientId, app } = client
    const origins = [app.launchUrl, ...app.redirectUris].map((address) => new URL(address).origin)
    return {
      clientId,
      url: url.href,
      origins: [...new Set(origins)],
      user,
      practiceId,
      patientId,
    }
  }
}
