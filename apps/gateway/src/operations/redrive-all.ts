import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { DeadLetterRow } from '../store/dead-letters.ts'
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

/**
 * Works on redrives of all dead letters of a code, whichever node and page they were asked at. Each letter is counted in the transaction
 * that sends it through again, so that a node that dies loses no count, and the next one continues. One that fails again is newer than the
 * request, so it is not taken again.
 */
export class RedriveAll {
  readonly #options: RedriveAllOptions
  readonly #stopping = new AbortController()
  #loop: Promise<void> = Promise.resolve()
  #woken = Promise.withResolvers<void>()

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
    const { store, redrive } = this.#options
    const { redrive_id: redriveId, code, practice_ids: practiceIds } = row
    let after: Parameters<typeof store.deadLetters.list>[1]['after'] = {
      failedAt: row.asked_at.toISOString(),
      kind: 'encounter',
      ordinal: 0,
    }
    for (;;) {
      const letters = await store.deadLetters.list(
        { practiceIds },
        { after, limit: batchSize },
        code,
      )
      for (const letter of letters) {
        if (this.#stopping.signal.aborted) return
        if (!(await store.redrives.isWanted(redriveId))) return this.#end(row, 'stopped')
        await redrive(letter, ({ redrives }) => redrives.count(redriveId))
        after = { failedAt: letter.failed_at_text, kind: letter.kind, ordinal: letter.ordinal }
      }
      if (letters.length < batchSize) return this.#end(row, 'done')
    }
  }

  /** The one row of the audit trail, of who asked for it, with how many there were. */
  async #end({ redrive_id: redriveId, actor }: RedriveRow, outcome: 'done' | 'stopped') {
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
          detail: `redrive_all ${ended.code} ${outcome}`,
          count: ended.redriven_count,
        })
      }),
    )
    log.info({ state: outcome }, 'a redrive of all dead letters of a code has ended')
  }
}
