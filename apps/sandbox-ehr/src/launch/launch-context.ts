import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'

/** What a user of the EHR has on the screen when an app is opened. */
export interface LaunchContext {
  readonly practiceId: string
  /** The Practitioner who is signed in to the EHR. */
  readonly userId: string
  readonly patientId: string | undefined
  readonly encounterId: string | undefined
}

interface Prepared {
  readonly clientId: string
  readonly context: LaunchContext
  readonly expiresAt: number
}

const lifetimeMs = 5 * 60_000

/** The handles in the parameter `launch`: opaque, for one app, and used once. */
export class LaunchContexts {
  readonly #clock: Clock
  readonly #prepared = new Map<string, Prepared>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  prepare(clientId: string, context: LaunchContext): string {
    for (const [handle, { expiresAt }] of this.#prepared)
      if (expiresAt <= this.#clock.now()) this.#prepared.delete(handle)
    const handle = randomBytes(24).toString('base64url')
    this.#prepared.set(handle, { clientId, context, expiresAt: this.#clock.now() + lifetimeMs })
    return handle
  }

  /** Undefined if it is unknown, was used, has expired, or belongs to another app. */
  take(handle: string, clientId: string): LaunchContext | undefined {
    const prepared = this.#prepared.get(handle)
    if (prepared?.clientId !== clientId || prepared.expiresAt <= this.#clock.now()) return undefined
    this.#prepared.delete(handle)
    return prepared.context
  }
}
