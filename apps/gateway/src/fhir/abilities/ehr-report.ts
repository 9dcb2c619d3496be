import type { Clock } from '../../clock.ts'
import { GatewayError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { JsonObject } from '../client/parse-resource.ts'
import type { EhrProfile } from '../profiles/ehr-profile.ts'
import { type CapabilityStatement, toCapabilityStatement } from './capability-statement.ts'
import { abilitiesOf, type EhrAbilities, type AbilityQuestion } from './ehr-abilities.ts'

export interface EhrReportOptions {
  readonly profile: Pick<EhrProfile, 'name' | 'title'>
  readonly writer: AbilityQuestion['writer']
  /** Reads `/metadata`. */
  readStatement(signal: AbortSignal): Promise<JsonObject>
  /** Scopes that were requested and not granted; empty before the first token. */
  missingScopes(): readonly string[]
  readonly clock: Clock
  readonly log: Log
}

const refreshIntervalMs = 24 * 3_600_000
const retryIntervalMs = 5 * 60_000

/**
 * Reads the EHR's capability statement at the start and once a day, and logs what the gateway cannot read or write.
 * The gateway does not wait for it: it reads charts even if the EHR does not return a statement.
 */
export class EhrReport {
  readonly #options: EhrReportOptions
  readonly #stopping = new AbortController()
  readonly #firstTry = Promise.withResolvers<void>()
  #loop: Promise<void> = Promise.resolve()
  #statement: CapabilityStatement | undefined
  #checkedAt: Date | undefined
  #errorCode: string | undefined
  /** What has already been logged. */
  #logged = new Set<string>()

  constructor(options: EhrReportOptions) {
    this.#options = options
  }

  start(): void {
    this.#loop = this.#refreshPeriodically()
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('stopped'))
    await this.#loop
  }

  /** Resolves when the EHR has answered or failed the first request. */
  get firstTry(): Promise<void> {
    return this.#firstTry.promise
  }

  get current(): EhrAbilities & {
    readonly profile: Pick<EhrProfile, 'name' | 'title'>
    readonly statement: CapabilityStatement | undefined
    readonly checkedAt: Date | undefined
    readonly errorCode: string | undefined
    readonly missingScopes: readonly string[]
  } {
    const { profile, writer } = this.#options
    const missingScopes = this.#options.missingScopes()
    return {
      profile,
      statement: this.#statement,
      checkedAt: this.#checkedAt,
      errorCode: this.#errorCode,
      missingScopes,
      ...abilitiesOf({ profile, writer, statement: this.#statement, missingScopes }),
    }
  }

  async #refreshPeriodically(): Promise<void> {
    const { clock } = this.#options
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await this.#refresh(signal)
      this.#firstTry.resolve()
      const waitMs = this.#errorCode === undefined ? refreshIntervalMs : retryIntervalMs
      await clock.sleep(waitMs, signal).catch(() => undefined)
    }
  }

  /** Reads the statement now. @throws why it cannot be read */
  async read(
    signal: AbortSignal,
    readStatement: EhrReportOptions['readStatement'] = this.#options.readStatement,
  ): Promise<void> {
    try {
      this.#statement = toCapabilityStatement(await readStatement(signal))
      this.#checkedAt = this.#options.clock.now()
      this.#errorCode = undefined
    } catch (error) {
      if (!signal.aborted)
        this.#errorCode = error instanceof GatewayError ? error.code : 'ehr_malformed'
      throw error
    }
  }

  async #refresh(signal: AbortSignal): Promise<void> {
    const { log } = this.#options
    try {
      await this.read(signal)
    } catch {
      if (signal.aborted) return
      this.#logOnce(`error ${this.#errorCode}`, () =>
        log.warn(
          { code: this.#errorCode },
          'the EHR did not return its capability statement (/metadata)',
        ),
      )
    }
    const { reads, write } = this.current
    for (const ability of [...reads, write]) {
      if (ability.can !== 'no' || ability.reason === undefined) continue
      this.#logOnce(ability.reason, () =>
        log.warn(
          { resourceType: ability.resourceType, reason: ability.reason },
          'the gateway cannot use this at the EHR',
        ),
      )
    }
  }

  #logOnce(what: string, log: () => void): void {
    if (this.#logged.has(what)) return
    this.#logged.add(what)
    log()
  }
}
