import type { Resource } from './resource.ts'

/** The documents that clients wrote, by FHIR or by the v1 API, each as it stands now. */
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
