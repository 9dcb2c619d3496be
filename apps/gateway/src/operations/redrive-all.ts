import type { Clock } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { DeadLetterRow, ListedDeadLetter } from '../store/dead-letters.ts'
import type { RedriveRow } from '../store/redrives.ts'
import type { Store, StoreTransaction } from '../store/store.ts'

export interface RedriveAllOptions {
  readonly store: Pick<Store, 'redrives' | 'deadLetters' | 'transaction' | 'auditScope'>
  /** Sends one through again, with `alongside` in its transaction; false when it was changed by someone else. */
  redrive(
    letter: DeadLetterRow,
    alongside: (transaction: StoreTransaction) => Promise<void>,
  ): Promise<boolean>
  readonly clock: Clock
  readonly log: Pick<Log, 'warn' | 'info'>
}

const everyMs = 3000
const batchSize = 50
/** So often in a row the database may fail at the same letter, right after it has answered; then the letter itself is the cause. */
const mostInterruptions = 3

/** Nothing of it is the letter's fault, and the next letter would fail too. */
const isOfDatabase = (error: unknown) =>
  error instanceof GatewayError && error.code === 'database_unavailable'

/**
 * Works on redrives of all dead letters of a code, whichever node and page they were asked at. Each letter is counted in the transaction
 * that sends it through again, so that a node that dies loses no count, and the next one continues. One that fails again is newer than the
 * request, so it is not taken again. One that cannot be sent stays a dead letter, and those after it are sent. When the database cannot be
 * used, the redrive pauses, then begins at the newest again and tries those that it left once more.
 */
export class RedriveAll {
  readonly #options: RedriveAllOptions
  readonly #stopping = new AbortController()
  #loop: Promise<void> = Promise.resolve()
  #woken = Promise.withResolvers<void>()
  #interruptedAt = { letter: '', count: 0 }

  constructor(options: RedriveAllOptions) {
    this.#options = options
  }

  start(): void {
    this.#loop = this.#run()
  }

  /** Looks now for one that was asked for. */
  wake(): void {
    this.#woken.resolve()
  }

  /** Ends after the letter under way. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    this.wake()
    await this.#loop
  }

  async #run(): Promise<void> {
    const { clock, store, log } = this.#options
    const { signal } = this.#stopping
    while (!signal.aborted) {
      this.#woken = Promise.withResolvers()
      try {
        for (
          let row = await store.redrives.take();
          row !== undefined && !signal.aborted;
          row = await store.redrives.take()
        )
          await this.#work(row)
      } catch (error) {
        log.warn({ error }, 'a redrive is interrupted; trying again')
      }
      if (signal.aborted) return
      await Promise.race([this.#woken.promise, clock.sleep(everyMs, signal).catch(() => undefined)])
    }
  }

  async #work(row: RedriveRow): Promise<void> {
    const { store } = this.#options
    const { redrive_id: redriveId, code, practice_ids: practiceIds } = row
    let after: Parameters<typeof store.deadLetters.list>[1]['after'] = {
      failedAt: row.asked_at.toISOString(),
      kind: 'encounter',
      ordinal: 0,
    }
    let unsentCount = 0
    for (;;) {
      const letters = await store.deadLetters.list(
        { practiceIds },
        { after, limit: batchSize },
        code,
      )
      for (const letter of letters) {
        if (this.#stopping.signal.aborted) return
        if (!(await store.redrives.isWanted(redriveId)))
          return this.#end(row, 'stopped', unsentCount)
        if (!(await this.#send(letter, redriveId))) unsentCount += 1
        after = { failedAt: letter.failed_at_text, kind: letter.kind, ordinal: letter.ordinal }
      }
      if (letters.length < batchSize) return this.#end(row, 'done', unsentCount)
    }
  }

  /**
   * False when the letter cannot be sent.
   *
   * @throws {DatabaseUnavailableError} the database cannot be used
   */
  async #send(letter: ListedDeadLetter, redriveId: number): Promise<boolean> {
    const { redrive, log } = this.#options
    const { kind, ordinal, practice_id: practiceId, encounter_id: encounterId } = letter
    try {
      // One that somebody else changed meanwhile needs no sending.
      await redrive(letter, ({ redrives }) => redrives.count(redriveId))
      return true
    } catch (error) {
      if (isOfDatabase(error) && !this.#isAtFault(`${kind}-${ordinal}`)) throw error
      log.warn(
        { error, kind, encounterId, practiceId },
        'a dead letter cannot be sent through again; it stays, and the next one follows',
      )
      return false
    }
  }

  /** Whether the database has failed at this letter so often that it is the letter's fault. */
  #isAtFault(letter: string): boolean {
    const before = this.#interruptedAt
    this.#interruptedAt = { letter, count: before.letter === letter ? before.count + 1 : 1 }
    return this.#interruptedAt.count >= mostInterruptions
  }

  /** The one row of the audit trail, of who asked for it, with how many were sent and how many could not be. */
  async #end(
    { redrive_id: redriveId, actor }: RedriveRow,
    outcome: 'done' | 'stopped',
    unsentCount: number,
  ) {
    const { store, log } = this.#options
    const audited = {
      actor,
      action: 'change',
      operation: 'redriveAllOfCode',
      isRecorded: false,
    } as const
    await store.auditScope.run({ ...audited }, () =>
      store.transaction('Operator', async (transaction) => {
        const ended = await transaction.redrives.end(redriveId, outcome)
        if (ended === undefined) return
        transaction.acted({
          practiceIds: ended.practice_ids,
          detail: `redrive_all ${ended.code} ${outcome}${unsentCount === 0 ? '' : `, ${unsentCount} not sent`}`,
          count: ended.redriven_count,
        })
      }),
    )
    log.info(
      { state: outcome, unfinished: unsentCount },
      'a redrive of all dead letters of a code has ended',
    )
  }
}
