import { z } from 'zod'
import {
  type EhrFrame,
  type EhrMethod,
  ehrPauseMs,
  fhirIdOf,
  isHost,
  readContext,
  toMessage,
} from './ehr-messages.ts'

/** What is known about the EHR's page around ours. It is replaced at each change. */
export interface EhrState {
  /** Undefined: no EHR shows us, or it understands no messages. */
  readonly frame: EhrFrame | undefined
  /** The FHIR id of the patient whose chart it shows; null: of none, or it is not known. */
  readonly shownPatient: string | null
  /** The order that a person chose to continue with, although the EHR shows another patient. */
  readonly chosenOrder: string | undefined
  /** Whether the origin to send to is known. */
  readonly canSend: boolean
  /** When each method was sent, in milliseconds. */
  readonly sentAt: Readonly<Partial<Record<EhrMethod, number>>>
}

/** The members of a window that are used. */
export interface Surroundings {
  readonly parent: { postMessage(message: unknown, targetOrigin: string): void }
  /** The origin of the page around ours, from the browser; undefined if the browser does not give it. */
  readonly parentOrigin: string | undefined
  listen(
    hear: (message: { readonly source: unknown; readonly origin: string; data: unknown }) => void,
  ): () => void
  now(): number
  /** Survives a reload of the frame, and another launch in it. */
  readonly kept: { read(): string | null; write(text: string): void }
  /** Whether the frame was loaded again, and not opened by the EHR. */
  readonly isReload: boolean
}

const keptState = z.object({
  sentAt: z.record(z.string(), z.number()).catch({}),
  shownPatient: z.string().nullable().optional().catch(undefined),
})

const nothing: EhrState = {
  frame: undefined,
  shownPatient: null,
  chosenOrder: undefined,
  canSend: false,
  sentAt: {},
}

/** The messages between the EHR's page and ours. Messages are accepted from and sent to only its own page, at a configured origin. */
export class EhrLink {
  readonly #around: Surroundings
  readonly #listeners = new Set<() => void>()
  #state = nothing
  /** The origin of the last message. */
  #heardFrom: string | undefined

  constructor(around: Surroundings) {
    this.#around = around
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): EhrState => this.#state

  /** Begins to listen; the result ends it. */
  start(frame: EhrFrame): () => void {
    const { sentAt, shownPatient: before } = this.#readKept()
    // The EHR does not repeat its message for a page that was only reloaded.
    const shownPatient = this.#around.isReload ? (before ?? frame.patientId) : frame.patientId
    this.#change({ ...nothing, frame, shownPatient, sentAt })
    const stop = this.#around.listen(({ source, origin, data }) => {
      if (source !== this.#around.parent || !isHost(origin, frame.hosts)) return
      const patient = readContext(data)
      if (patient === undefined) return
      this.#heardFrom = origin
      // If it shows no chart, the last patient still counts.
      const shownPatient = patient === null ? this.#state.shownPatient : fhirIdOf(patient, frame)
      const isNew = shownPatient !== this.#state.shownPatient
      this.#change({ shownPatient, ...(isNew && { chosenOrder: undefined }) })
      this.#keep()
    })
    return () => {
      stop()
      this.#change(nothing)
    }
  }

  /** A person chooses to continue with an order of a patient other than the one that the EHR shows. */
  choose(workItemId: string): void {
    this.#change({ chosenOrder: workItemId })
  }

  /** How long the EHR will still ignore the method, in milliseconds. */
  waitMs(method: EhrMethod): number {
    const sentAt = this.#state.sentAt[method]
    return sentAt === undefined ? 0 : Math.max(0, sentAt + ehrPauseMs - this.#around.now())
  }

  /** Sends a person's request. Sends nothing while the EHR would ignore it. */
  send(method: EhrMethod): void {
    const target = this.#target()
    if (target === undefined || this.waitMs(method) > 0) return
    this.#around.parent.postMessage(toMessage(method), target)
    this.#change({ sentAt: { ...this.#state.sentAt, [method]: this.#around.now() } })
    this.#keep()
  }

  /** The origin of the EHR's page, which must be a configured one. Never `*`. */
  #target(): string | undefined {
    const { frame } = this.#state
    if (frame === undefined) return undefined
    const { parentOrigin } = this.#around
    if (parentOrigin !== undefined)
      return isHost(parentOrigin, frame.hosts) ? parentOrigin : undefined
    if (this.#heardFrom !== undefined) return this.#heardFrom
    const [only, another] = frame.hosts
    return another === undefined && only?.includes('*') === false ? only : undefined
  }

  #change(change: Partial<EhrState>): void {
    this.#state = { ...this.#state, ...change }
    this.#state = { ...this.#state, canSend: this.#target() !== undefined }
    for (const listener of this.#listeners) listener()
  }

  #keep(): void {
    const { sentAt, shownPatient } = this.#state
    this.#around.kept.write(JSON.stringify({ sentAt, shownPatient }))
  }

  #readKept(): z.output<typeof keptState> {
    try {
      return keptState.parse(JSON.parse(this.#around.kept.read() ?? '{}'))
    } catch {
      return keptState.parse({})
    }
  }
}
