import type { JsonObject } from '../client/parse-resource.ts'
import { objectsAt, textAt, valuesAt } from '../to-clinical-bundle/fields.ts'
import type { ExpectedDocument } from './document-writer.ts'
import { hashOf } from './expected-document.ts'

/**
 * How a document's attachments compare with what was sent. `same_size`: bytes and hash are missing, but the size matches. A different
 * size alone is never `different`, because servers count sizes in different ways.
 */
export type ContentComparison = 'equal' | 'different' | 'same_size' | 'unknown'

/** An attachment whose bytes are at a URL, with its declared content type. */
export interface LinkedContent {
  readonly url: string
  readonly contentType: string | undefined
}

/** `different` only if every attachment differs. */
export function combineComparisons(all: readonly ContentComparison[]): ContentComparison {
  for (const best of ['equal', 'same_size', 'unknown'] as const) if (all.includes(best)) return best
  return all.length === 0 ? 'unknown' : 'different'
}

/** Compares by the resource itself: its data, or else its hash, or else its size. */
function compareAttachment(attachment: JsonObject, expected: ExpectedDocument): ContentComparison {
  const data = valuesAt(attachment, 'data').find((one) => typeof one === 'string')
  if (typeof data === 'string' && data !== '') return compareBytes(decodeBase64(data), expected)
  const byHash = compareHash(textAt(attachment, 'hash'), expected)
  if (byHash !== 'unknown') return byHash
  const size = Number(valuesAt(attachment, 'size')[0])
  return expected.sizeBytes !== undefined && size === expected.sizeBytes ? 'same_size' : 'unknown'
}

export function compareBytes(bytes: Uint8Array, expected: ExpectedDocument): ContentComparison {
  return hashOf('sha256', bytes) === expected.sha256 ? 'equal' : 'different'
}

/**
 * FHIR requires SHA-1 in base64; some servers write hex or SHA-256.
 *
 * @see https://hl7.org/fhir/R4/datatypes-definitions.html#Attachment.hash
 */
function compareHash(hash: string | undefined, expected: ExpectedDocument): ContentComparison {
  if (hash === undefined) return 'unknown'
  const hex = /^[0-9a-f]+$/i.test(hash) && [40, 64].includes(hash.length)
  const found = hex ? hash.toLowerCase() : decodeBase64(hash).toString('hex')
  const wanted = { 40: expected.sha1, 64: expected.sha256 }[found.length]
  if (wanted === undefined) return 'unknown'
  return found === wanted ? 'equal' : 'different'
}

export interface ComparedAttachment {
  readonly comparison: ContentComparison
  /** The URL of its bytes, if the resource itself is not enough to compare. */
  readonly linked: LinkedContent | undefined
}

/** Compares each attachment by the resource itself. */
export function compareAttachments(
  resource: JsonObject,
  expected: ExpectedDocument,
): readonly ComparedAttachment[] {
  return objectsAt(resource, 'content.attachment').map((attachment) => {
    const comparison = compareAttachment(attachment, expected)
    const url = textAt(attachment, 'url')
    const isOpen = comparison === 'unknown' || comparison === 'same_size'
    return {
      comparison,
      linked:
        url === undefined || !isOpen
          ? undefined
          : { url, contentType: textAt(attachment, 'contentType') },
    }
  })
}

export function compareInline(resource: JsonObject, expected: ExpectedDocument): ContentComparison {
  return combineComparisons(compareAttachments(resource, expected).map((one) => one.comparison))
}

function decodeBase64(text: string): Buffer {
  return Buffer.from(text.replaceAll(/\s/g, ''), 'base64')
}
