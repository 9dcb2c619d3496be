import { Bulkhead } from '@authscript/orchestrator'
import { Piscina } from 'piscina'
import { timeLimit } from '../../clock.ts'
import type { NoteTask } from './note-worker.ts'
import { defaultTextLimits, type NoteText, unread } from './text/note-text.ts'
import { readPlainText } from './text/read-file.ts'

export interface NoteTextReader {
  /** Never fails for what a file holds: what cannot be read is unread, with the reason. */
  read(task: NoteTask, signal: AbortSignal): Promise<NoteText>
  stop(): Promise<void>
}

export interface NoteTextReaderOptions {
  readonly threads?: number
  /** For one file; then its thread is ended, and the file is unread. */
  readonly limitMs?: number
  /** Of a thread's heap. */
  readonly maxHeapMb?: number
  readonly workerFile?: URL
}

/** Plain text up to here is decoded at once: that takes less than the way to another thread. */
const maxInPlace = 64 * 1024
/** More files than wait at once however many charts are read. */
const maxWaiting = 1_000_000

/**
 * Reads notes in threads of their own, each file within limits of time and memory. A file that hangs, crashes or exhausts its thread is
 * unread; the next one gets a new thread.
 */
export function createNoteTextReader({
  threads = 2,
  limitMs = 10_000,
  maxHeapMb = 256,
  workerFile = new URL('./note-worker.ts', import.meta.url),
}: NoteTextReaderOptions = {}): NoteTextReader {
  const pool = new Piscina<NoteTask, NoteText>({
    filename: workerFile.href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: 32 },
  })
  // A file waits here, not in the pool: its time starts with its thread.
  const places = new Bulkhead({ limit: threads, queue: maxWaiting })

  return {
    async read(task, signal) {
      const plain = readInPlace(task)
      if (plain !== undefined) return plain
      return places.run(async () => {
        using limit = timeLimit(signal, limitMs)
        try {
          return await pool.run(task, { signal: limit.signal })
        } catch {
          if (signal.aborted) throw signal.reason
          return unread(
            limit.isOver
              ? `took longer than ${limitMs} ms to read`
              : 'the reader of its format failed on it',
            task.contentType,
          )
        }
      }, signal)
    },
    stop: () => pool.close({ force: true }),
  }
}

function readInPlace({
  bytes,
  contentType,
  isBinaryAnswer,
  maxBytes,
}: NoteTask): NoteText | undefined {
  if (bytes.length > Math.min(maxInPlace, maxBytes)) return undefined
  // It may be a Binary as JSON.
  if (isBinaryAnswer && bytes.subarray(0, 100).includes(0x7b)) return undefined
  return readPlainText(bytes, contentType, defaultTextLimits)
}
