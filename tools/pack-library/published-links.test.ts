import { describe, expect, it } from 'vitest'
import { relativeLinks, toPublishedLinks } from './published-links.ts'

const published = (text: string) =>
  toPublishedLinks(text, {
    document: 'docs/guides/retries.md',
    directory: 'packages/orchestrator',
    repositoryUrl: 'https://example.org/repository',
    isPacked: (path) => ['docs/api.md', 'docs/guides/shutdown.md'].includes(path),
  })

describe('toPublishedLinks', () => {
  it('leaves links to packed files, anchors and addresses as they are', () => {
    const text = '[a](shutdown.md) [b](../api.md#x) [c](#here) [d](https://example.org/a.md)'

    expect(published(text)).toBe(text)
  })

  it('leads every other link to the repository', () => {
    expect(published('[a](../../../../examples/a.ts), [b](../../test#top)')).toBe(
      '[a](https://example.org/repository/tree/HEAD/examples/a.ts), ' +
        '[b](https://example.org/repository/tree/HEAD/packages/orchestrator/test#top)',
    )
  })
})

describe('relativeLinks', () => {
  it('finds the relative paths of a document', () => {
    expect(relativeLinks('[a](a.md#x) [b](https://example.org) [c](../c)')).toEqual([
      'a.md',
      '../c',
    ])
  })
})
