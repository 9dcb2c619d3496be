import { Bulkhead } from '@authscript/orchestrator'
import { createProcessPool, ProcessFailure } from '../../process-pool.ts'
import type { NoteTask } from './note-worker.ts'
import { defaultTextLimits, type NoteText, unread } from './text/note-text.ts'
import { readPlainText } from './text/read-file.ts'

export interface NoteTextReader {
  ofEncounter(encounterId: string): EncounterNotes
  stop(): Promise<void>
}

export interface EncounterNotes {
  /** Never fails because of a file's content: a file that cannot be read is returned as unread, with the reason. */
  read(task: NoteTask, signal: AbortSignal): Promise<NoteText>
}

export interface NoteTextReaderOptions {
  readonly processes?: number
  /** Time limit for one file; after it its process is ended, and the file is unread. */
  readonly limitMs?: number
  /** Limit for the heap of one process. */
  readonly maxHeapMb?: number
  readonly workerFile?: URL
}

/** After this many files of an encounter have ended their process, its other files are not tried: each might use its whole time limit. */
const maxLost = 3
/** More files than an encounter has. */
const maxWaiting = 1_000_000

/** Plain text up to this size is decoded in the main thread, because that is faster than another process. */
const maxInPlace = 64 * 1024

/**
 * Reads notes in processes of their own, each file within limits of time and memory. If a file makes its process hang, crash or run out of
 * memory, it is unread, and the next file gets a new one. Encounters take turns: one with a hundred such files delays its own only.
 */
export function createNoteTextReader({
  processes = 2,
  limitMs = 10_000,
  maxHeapMb = 256,
  workerFile = new URL('./note-worker.ts', import.meta.url),
}: NoteTextReaderOptions = {}): NoteTextReader {
  const pool = createProcessPool<NoteTask, NoteText>({
    taskFile: workerFile,
    processes,
    limitMs,
    maxHeapMb,
  })

  return {
    ofEncounter(encounterId) {
      const turns = new Bulkhead({ limit: 1, queue: maxWaiting })
      let lost = 0
      async function readInProcess(task: NoteTask, signal: AbortSignal): Promise<NoteText> {
        if (lost >= maxLost)
          return unread(
            `was not tried: ${lost} other files of the encounter took too much time or memory`,
            task.contentType,
          )
        try {
          return await pool.run(task, { holder: encounterId, signal })
        } catch (error) {
          if (!(error instanceof ProcessFailure)) throw error
          if (error.reason !== 'failed') lost += 1
          const whyUnread = {
            time_limit: `took longer than ${limitMs} ms to read`,
            memory_limit: 'needs too much memory to read',
            failed: 'its parser failed',
          }
          return unread(whyUnread[error.reason], task.contentType)
        }
      }
      return {
        read: async (task, signal) =>
          readInPlace(task) ?? turns.run(() => readInProcess(task, signal), signal),
      }
    },
    stop: () => pool.stop(),
  }
}

function readInPlace({
  bytes,
  contentType,
  isBinaryAnswer,
  maxBytes,
}: NoteTask): NoteText | undefined {
  if (bytes.length > Math.min(maxInPlace, maxBytes)) return undefined
  // It may be a Binary resource in JSON.
  if (isBinaryAnswer && bytes.subarray(0, 100).includes(0x7b)) return undefined
  return readPlainText(bytes, contentType, defaultTextLimits)
}
