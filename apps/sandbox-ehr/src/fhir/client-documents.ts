import type { Resource } from './resource.ts'

/** The current state of the documents that clients wrote through FHIR or the v1 API. */
export class ClientDocuments {
  readonly #documents: (() => Resource | undefined)[] = []

  add(read: () => Resource | undefined): void {
    this.#documents.push(read)
  }

  /** In the order of writing. */
  list(): readonly Resource[] {
    return this.#documents.flatMap((read) => read() ?? [])
  }
}
