import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { PayerFormVersion, StoredVersion } from '../../store/payer-forms.ts'
import { FormFillError } from '../form-errors.ts'
import type { OfferedTemplate } from '../map/form-template.ts'
import type { FormExaminer } from './examine-task.ts'

/** The statements of `store/payer-forms.ts` that are needed here. */
export interface StoredFormRows {
  inUse(): Promise<readonly PayerFormVersion[]>
  version(of: PayerFormVersion): Promise<StoredVersion | undefined>
}

/** A version in use, or why it cannot be used. */
export interface StoredForm extends PayerFormVersion {
  readonly practiceId: string | null
  readonly name: string
  readonly payers: readonly string[]
  readonly offered: OfferedTemplate | undefined
  readonly fault: string | undefined
}

interface StoredFormsOptions {
  readonly rows: StoredFormRows
  readonly examiner: FormExaminer
  readonly clock: Clock
  readonly log: Log
}

/** Notifications can be lost. */
const pollMs = 30_000
/** Versions that are out of use and whose orders are still worked on, at 1 to 3 MB each. */
const maxEarlier = 16
const keyOf = ({ formId, version }: PayerFormVersion) => `${formId} ${version}`

/**
 * The uploaded forms that are in use, loaded and checked as those of files are. One that cannot be used is reported by its name and left
 * out: it never stops a start, and its orders say why they did not get it.
 */
export class StoredForms {
  readonly #options: StoredFormsOptions
  readonly #stopping = new AbortController()
  #loaded: ReadonlyMap<string, StoredForm> = new Map()
  /** Versions out of use, the most recently used last. */
  readonly #earlier = new Map<string, Promise<StoredForm | undefined>>()
  #loading: Promise<void> | undefined
  #first: Promise<void> | undefined
  #isOutdated = false
  #polling: Promise<void> = Promise.resolve()

  constructor(options: StoredFormsOptions) {
    this.#options = options
  }

  /** Does not wait until they are loaded; callers that need them wait. */
  start(): void {
    this.#first = this.reload()
    this.#polling = this.#poll()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#polling
    await this.#loading
  }

  /** The forms in use now. Resolves when what was committed before the call is there. */
  async reload(): Promise<void> {
    if (this.#loading !== undefined) {
      this.#isOutdated = true
      return this.#loading
    }
    this.#loading = this.#loadAll().finally(() => {
      this.#loading = undefined
    })
    return this.#loading
  }

  /** Those of a practice, in the order in which they were uploaded: its own before everybody's. */
  async ofPractice(practiceId: string): Promise<readonly StoredForm[]> {
    await this.#first
    const all = [...this.#loaded.values()]
    return [
      ...all.filter((one) => one.practiceId === practiceId),
      ...all.filter((one) => one.practiceId === null),
    ]
  }

  /**
   * One version, in use or not.
   *
   * @throws {FormFillError} it cannot be used any more
   */
  async exactly(version: PayerFormVersion): Promise<OfferedTemplate> {
    await this.#first
    const form = this.#loaded.get(keyOf(version)) ?? (await this.#outOfUse(version))
    if (form?.offered !== undefined) return form.offered
    const why = form?.fault ?? 'it is not there any more'
    throw new FormFillError(
      `the form ${form?.name ?? version.formId} cannot be used: ${why}`,
      'permanent',
    )
  }

  /** A version never changes, so it is examined once. A failure may be temporary, so it is not kept. */
  async #outOfUse(version: PayerFormVersion): Promise<StoredForm | undefined> {
    const key = keyOf(version)
    const loading = this.#earlier.get(key) ?? this.#load(version)
    this.#earlier.delete(key)
    this.#earlier.set(key, loading)
    const [oldest] = this.#earlier.keys()
    if (this.#earlier.size > maxEarlier && oldest !== undefined) this.#earlier.delete(oldest)
    const forget = () => {
      if (this.#earlier.get(key) === loading) this.#earlier.delete(key)
    }
    try {
      const form = await loading
      if (form?.offered === undefined) forget()
      return form
    } catch (error) {
      forget()
      throw error
    }
  }

  faultOf(formId: string): string | undefined {
    for (const form of this.#loaded.values()) if (form.formId === formId) return form.fault
    return undefined
  }

  async #poll(): Promise<void> {
    const { clock } = this.#options
    for (;;) {
      await clock.sleep(pollMs, this.#stopping.signal).catch(() => undefined)
      if (this.#stopping.signal.aborted) return
      await this.reload()
    }
  }

  async #loadAll(): Promise<void> {
    do {
      this.#isOutdated = false
      await this.#loadOnce()
    } while (this.#isOutdated && !this.#stopping.signal.aborted)
  }

  /** Forms that cannot be read now stay as they were. */
  async #loadOnce(): Promise<void> {
    const { rows, log } = this.#options
    try {
      const loaded = new Map<string, StoredForm>()
      for (const version of await rows.inUse()) {
        const key = keyOf(version)
        const known = this.#loaded.get(key)
        const form = known?.offered === undefined ? await this.#load(version) : known
        if (form === undefined) continue
        loaded.set(key, form)
        if (form.fault !== undefined && known?.fault !== form.fault)
          log.warn(
            { reason: `${form.name}: ${form.fault}` },
            'an uploaded form cannot be used; its orders get another one',
          )
      }
      this.#loaded = loaded
    } catch (error) {
      if (!this.#stopping.signal.aborted)
        log.warn({ error }, 'the uploaded forms could not be read; those read before stay in use')
    }
  }

  async #load(version: PayerFormVersion): Promise<StoredForm | undefined> {
    const { rows, examiner } = this.#options
    const row = await rows.version(version)
    if (row === undefined) return undefined
    const { practiceId, name, payers, codes, pdf, map } = row
    const common = { ...version, practiceId, name, payers }
    const answer = await examiner.examine(
      { examine: 'check', pdf, map },
      { holder: 'forms in use', signal: this.#stopping.signal },
    )
    if ('template' in answer) {
      const offered = { template: answer.template, payers, codes, payerForm: version }
      return { ...common, offered, fault: undefined }
    }
    return { ...common, offered: undefined, fault: answer.faults.join('; ') }
  }
}
