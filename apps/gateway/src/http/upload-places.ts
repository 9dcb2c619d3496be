import type { FastifyReply } from 'fastify'
import { HttpProblem } from './problem.ts'
import { StreamPlaces } from './stream-places.ts'

/** Each is held in memory while it is read, with 20 MB at most. */
const maxUploads = 6

interface Upload {
  close(): void
}

/**
 * Places for files that are uploaded at the same time. They are shared fairly: whoever sends many files slowly loses one when somebody else
 * needs its place.
 */
export class UploadPlaces {
  readonly #places = new StreamPlaces<Upload>(maxUploads)

  /**
   * Takes a place until the request is answered.
   *
   * @throws {HttpProblem} 503
   */
  take(holder: string, { raw }: FastifyReply): void {
    const upload: Upload = { close: () => raw.destroy() }
    if (!this.#places.take(holder, upload))
      throw new HttpProblem(
        503,
        'uploads_busy',
        'several files are being read at the moment; try again in a few seconds',
      )
    raw.once('close', () => this.#places.release(holder, upload))
  }
}
