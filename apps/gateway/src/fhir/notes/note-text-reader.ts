import { createThreadPool, ThreadFailure } from '../../thread-pool.ts'
import type { NoteTask } from './note-worker.ts'
import { defaultTextLimits, type NoteText, unread } from './text/note-text.ts'
import { readPlainText } from './text/read-file.ts'

export interface NoteTextReader {
  /** Never fails because of a file's content: a file that cannot be read is returned as unread, with the reason. */
  read(task: NoteTask, signal: AbortSignal): Promise<NoteText>
  stop(): Promise<void>
}

export interface NoteTextReaderOptions {
  readonly threads?: number
  /** Time limit for one file; after it the thread is terminated, and the file is unread. */
  readonly limitMs?: number
  /** Limit for the heap of one thread. */
  readonly maxHeapMb?: number
  readonly workerFile?: URL
}

/** Plain text up to this size is decoded in the main thread, because that is faster than using another thread. */
const maxInPlace = 64 * 1024

/**
 * Reads notes in worker threads, each file within limits of time and memory. If a file makes its thread hang, crash or run out of memory,
 * it is unread, and the next file gets a new thread.
 */
export function createNoteTextReader({
  threads = 2,
  limitMs = 10_000,
  maxHeapMb = 256,
  workerFile = new URL('./note-worker.ts', import.meta.url),
}: NoteTextReaderOptions = {}): NoteTextReader {
  const pool = createThreadPool<NoteTask, NoteText>({ workerFile, threads, limitMs, maxHeapMb })

  return {
    async read(task, signal) {
      const plain = readInPlace(task)
      if (plain !== undefined) return plain
      try {
        return await pool.run(task, signal)
      } catch (error) {
        if (!(error instanceof ThreadFailure)) throw error
        return unread(
          error.reason === 'time_limit'
            ? `took longer than ${limitMs} ms to read`
            : 'its parser failed',
          task.contentType,
        )
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
