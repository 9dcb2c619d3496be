import { createThreadPool, ThreadFailure } from '../../thread-pool.ts'
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
            : 'the reader of its format failed on it',
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
  // It may be a Binary as JSON.
  if (isBinaryAnswer && bytes.subarray(0, 100).includes(0x7b)) return undefined
  return readPlainText(bytes, contentType, defaultTextLimits)
}
