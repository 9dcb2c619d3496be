import { posix } from 'node:path'

interface Packed {
  /** Where the document is in the package: `docs/guides/retries.md`. */
  readonly document: string
  /** Where the package is in the repository: `packages/orchestrator`. */
  readonly directory: string
  /** The repository's page. */
  readonly repositoryUrl: string
  /** Whether the package has a file or folder of this path. */
  isPacked(path: string): boolean
}

/** A Markdown link to a relative path, with its anchor apart. */
const relativeLink = /\]\((?![a-z]+:|#)([^)#\s]+)(#[^)]*)?\)/g

/** A document as it is published: its links to files that the package lacks lead to the repository. */
export function toPublishedLinks(text: string, packed: Packed): string {
  const { document, directory, repositoryUrl } = packed
  return text.replaceAll(relativeLink, (link, target: string, anchor = '') => {
    const path = posix.join(posix.dirname(document), target)
    if (packed.isPacked(path)) return link
    return `](${repositoryUrl}/tree/HEAD/${posix.join(directory, path)}${anchor})`
  })
}

/** The relative paths that a document links to. */
export function relativeLinks(text: string): readonly string[] {
  return [...text.matchAll(relativeLink)].map(([, target = '']) => target)
}
