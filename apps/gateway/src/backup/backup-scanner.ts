import { tableEnd } from './backup-format.ts'
import { BackupFileUnusableError, BackupInvalidError } from './errors.ts'

const lineFeed = 0x0a
/** Header and trailer are a few kilobytes; rows have no limit and are never held. */
const maxLineLength = 1024 * 1024

/** Takes the parts of a backup in their order, holding little more than one chunk. */
export class BackupScanner {
  readonly #file: string
  readonly #chunks: AsyncIterator<Buffer>
  readonly #onTaken: (taken: Buffer) => void
  #rest: Buffer = Buffer.alloc(0)

  /** `onTaken` sees everything but the last line. */
  constructor(file: string, content: AsyncIterable<Buffer>, onTaken: (taken: Buffer) => void) {
    this.#file = file
    this.#chunks = content[Symbol.asyncIterator]()
    this.#onTaken = onTaken
  }

  async line(): Promise<string> {
    const length = await this.#lineLength()
    return this.#take(length).toString()
  }

  /** The line after which there may be nothing more. */
  async lastLine(): Promise<string> {
    const length = await this.#lineLength()
    const line = this.#rest.subarray(0, length).toString()
    if (this.#rest.length > length || (await this.#more())) {
      throw new BackupInvalidError(this.#file, 'there is more after its end')
    }
    return line
  }

  /** The rows up to the table's end, in pieces as they come. */
  async *rows(): AsyncGenerator<Buffer> {
    let isLineStart = true
    for (;;) {
      const found = scanRows(this.#rest, isLineStart)
      isLineStart = found.isLineStart
      if (found.length > 0) yield this.#take(found.length)
      if (found.isEnd) {
        this.#take(tableEnd.length)
        return
      }
      await this.#need()
    }
  }

  async #lineLength(): Promise<number> {
    for (let from = 0; ; ) {
      const at = this.#rest.indexOf(lineFeed, from)
      if (at !== -1) return at + 1
      from = this.#rest.length
      if (from > maxLineLength) throw new BackupInvalidError(this.#file, 'a line of it has no end')
      await this.#need()
    }
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length)
    this.#rest = this.#rest.subarray(length)
    this.#onTaken(taken)
    return taken
  }

  async #need(): Promise<void> {
    if (!(await this.#more())) throw new BackupInvalidError(this.#file, 'it is cut off')
  }

  async #more(): Promise<boolean> {
    let next: IteratorResult<Buffer, unknown>
    try {
      next = await this.#chunks.next()
    } catch (error) {
      throw this.#explain(error)
    }
    if (next.done === true) return false
    this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value])
    return true
  }

  #explain(error: unknown): unknown {
    if (!(error instanceof Error) || !('code' in error)) return error
    const code = String(error.code)
    if (code === 'Z_BUF_ERROR') {
      return new BackupInvalidError(this.#file, 'it is cut off', { cause: error })
    }
    if (code.startsWith('Z_')) {
      return new BackupInvalidError(this.#file, 'it is not a gzip file, or damaged', {
        cause: error,
      })
    }
    return 'syscall' in error
      ? new BackupFileUnusableError(this.#file, 'read', code, { cause: error })
      : error
  }
}

/** How much of `rest` is rows, whether the table's end follows, and whether what comes next begins a line. */
function scanRows(
  rest: Buffer,
  beganAtLineStart: boolean,
): { readonly length: number; readonly isEnd: boolean; readonly isLineStart: boolean } {
  let at = 0
  let isLineStart = beganAtLineStart
  while (at < rest.length) {
    if (isLineStart) {
      if (rest.length - at < tableEnd.length) break
      if (tableEnd.compare(rest, at, at + tableEnd.length) === 0) {
        return { length: at, isEnd: true, isLineStart }
      }
    }
    const end = rest.indexOf(lineFeed, at)
    isLineStart = end !== -1
    at = isLineStart ? end + 1 : rest.length
  }
  return { length: at, isEnd: false, isLineStart }
}
