import { bothNames } from '../../config/both-names.ts'
import type { DocumentEntry } from '@authscript/prior-auth'
import type { JsonObject } from '../client/parse-resource.ts'
import {
  conceptOf,
  dateAt,
  objectsAt,
  present,
  referencesAt,
  sourceOf,
  textAt,
  valuesAt,
} from '../to-clinical-bundle/fields.ts'
import { type AttachmentSources, locationOf } from './attachment-location.ts'
import type { FileBytes } from './binary-resource.ts'
import { documentUses, isRestricted, mayBeClinical } from './document-use.ts'
import { type NoteText, type UnreadPart, unread } from './text/note-text.ts'
import { bytesOfBase64 } from './text/read-file.ts'

export interface NoteSources extends AttachmentSources {
  readonly encounterId: string
  readonly limits: { readonly maxDocumentBytes: number; readonly maxDocuments: number }
  readBinary(id: string, maxBytes: number): Promise<FileBytes | { readonly reason: string }>
  readSignedUrl(url: URL, maxBytes: number): Promise<FileBytes | { readonly reason: string }>
  readText(file: FileBytes & { readonly isBinaryAnswer: boolean }): Promise<NoteText>
  /** Keeps the result for the next attempt. */
  once<Result>(key: string, read: () => Promise<Result>): Promise<Result>
}

export interface Notes {
  readonly documents: readonly DocumentEntry[]
  /** What could not be read of this encounter's notes or of clinical notes: then the absence of a finding proves nothing. */
  readonly unreadReason: string | undefined
}

type Content = DocumentEntry['content']

/**
 * Documents with their text, newest first. A document that is not text, is not finished, or cannot be read is listed as unread with the
 * reason. Replaced versions are not listed.
 */
export async function readDocuments(
  resources: readonly JsonObject[],
  sources: NoteSources,
): Promise<Notes> {
  const { maxDocuments } = sources.limits
  const uses = documentUses(resources)
  const listed = resources
    .filter((resource) => uses.get(resource) !== 'left_out')
    .sort((a, b) => (dateAt(b, 'date') ?? '').localeCompare(dateAt(a, 'date') ?? ''))
  const contents = await Promise.all(
    listed.map(async (resource, index): Promise<Content> => {
      const use = uses.get(resource)
      if (typeof use === 'object') return { kind: 'unread', ...use }
      return index < maxDocuments
        ? contentOf(resource, sources)
        : {
            kind: 'unread',
            reason: `older than the ${maxDocuments} newest (${bothNames('Ehr.Limits.MaxDocuments')})`,
          }
    }),
  )
  const documents = listed.map((resource, index) =>
    toDocument(resource, contents[index] ?? { kind: 'unread', reason: 'not read' }),
  )
  const isOfNote = (index: number) =>
    documents[index]?.encounterIds.includes(sources.encounterId) === true ||
    mayBeClinical(listed[index] ?? {})
  return { documents, unreadReason: reasonOf(contents.filter((_, index) => isOfNote(index))) }
}

function reasonOf(contents: readonly Content[]): string | undefined {
  const reasons = contents.flatMap((content) => {
    if (content.kind === 'unread') return [content.reason]
    const [first] = content.unreadParts ?? []
    return first === undefined ? [] : [`in part: ${first.reason}`]
  })
  if (reasons.length === 0) return undefined
  const named = [...new Set(reasons)].slice(0, 3).join('; ')
  return `${reasons.length} ${reasons.length === 1 ? 'document was' : 'documents were'} not read completely: ${named}`
}

function toDocument(resource: JsonObject, content: Content): DocumentEntry {
  return {
    source: sourceOf(resource),
    type: conceptOf(valuesAt(resource, 'type')[0]),
    encounterIds: referencesAt(resource, 'context.encounter', 'Encounter'),
    content,
    ...(isRestricted(resource) ? { isRestricted: true } : {}),
    ...present({
      status: textAt(resource, 'status'),
      date: dateAt(resource, 'date', 'context.period.start'),
      title: textAt(resource, 'content.attachment.title', 'description'),
    }),
  }
}

/** All attachments as one text. */
async function contentOf(resource: JsonObject, sources: NoteSources): Promise<Content> {
  const attachments = objectsAt(resource, 'content.attachment')
  if (attachments.length === 0) return { kind: 'unread', reason: 'has no attachment' }
  const parts = await Promise.all(
    attachments.map((attachment, index) =>
      sources.once(`note ${String(resource['id'])} attachment ${index}`, () =>
        textOf(attachment, resource, sources),
      ),
    ),
  )
  return joined(parts)
}

/**
 * A heading in capitals on its own line, which ends the last section of the previous attachment. Quotes refer to the joined text.
 */
const boundary = (number: number) => `\n\nATTACHMENT ${number}\n\n`

function joined(parts: readonly NoteText[]): Content {
  const [first] = parts
  if (first !== undefined && parts.length === 1) return first
  const unreadParts: UnreadPart[] = []
  const seen = new Set<string>()
  let text = ''
  let contentType: string | undefined
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'unread') {
      const { kind: _, ...reason } = part
      unreadParts.push(reason)
      continue
    }
    unreadParts.push(...(part.unreadParts ?? []))
    // The same note in two formats counts once.
    const folded = part.text.replaceAll(/\s+/g, ' ').trim()
    if (seen.has(folded)) continue
    seen.add(folded)
    text += contentType === undefined ? part.text : `${boundary(index + 1)}${part.text}`
    contentType ??= part.contentType
  }
  if (contentType === undefined)
    return { kind: 'unread', ...(unreadParts[0] ?? { reason: 'has no attachment' }) }
  return { kind: 'text', contentType, text, ...(unreadParts.length > 0 ? { unreadParts } : {}) }
}

async function textOf(
  attachment: JsonObject,
  resource: JsonObject,
  sources: NoteSources,
): Promise<NoteText> {
  const contentType = textAt(attachment, 'contentType')
  const { maxDocumentBytes } = sources.limits
  const [data] = valuesAt(attachment, 'data')
  if (typeof data === 'string') return textOfData(data, contentType, sources)
  const address = textAt(attachment, 'url')
  if (address === undefined) return unread('has neither data nor a URL', contentType)
  const place = locationOf(address, sources)
  switch (place.kind) {
    case 'nowhere':
      return unread(place.reason, contentType)
    case 'contained': {
      const binary = objectsAt(resource, 'contained').find((one) => textAt(one, 'id') === place.id)
      const [inner] = valuesAt(binary, 'data')
      return typeof inner === 'string'
        ? textOfData(inner, textAt(binary, 'contentType') ?? contentType, sources)
        : unread('its contained Binary has no data', contentType)
    }
    case 'binary': {
      // As a JSON resource the same bytes take a third more, plus some fields.
      const answer = await sources.readBinary(place.id, Math.ceil(maxDocumentBytes * 1.4) + 65_536)
      if ('reason' in answer) return unread(answer.reason, contentType)
      return sources.readText({ ...declaredAs(answer, contentType), isBinaryAnswer: true })
    }
    case 'signed_url': {
      const answer = await sources.readSignedUrl(place.url, maxDocumentBytes)
      if ('reason' in answer) return unread(answer.reason, contentType)
      return sources.readText({ ...declaredAs(answer, contentType), isBinaryAnswer: false })
    }
  }
}

async function textOfData(
  data: string,
  contentType: string | undefined,
  { limits, readText }: NoteSources,
): Promise<NoteText> {
  const { maxDocumentBytes } = limits
  if (data.length > maxDocumentBytes * 1.4) return tooLarge(contentType, maxDocumentBytes)
  const bytes = bytesOfBase64(data)
  if (bytes === undefined) return unread('its data is not base64', contentType)
  if (bytes.length > maxDocumentBytes) return tooLarge(contentType, maxDocumentBytes)
  return readText({ bytes, contentType, isBinaryAnswer: false })
}

/** The type declared by the document takes precedence over the HTTP header, except that the header's charset is used if the document has none. */
function declaredAs({ bytes, contentType }: FileBytes, declared: string | undefined): FileBytes {
  const headerHasCharset =
    declared !== undefined &&
    !/charset/i.test(declared) &&
    contentType?.toLowerCase().startsWith(`${declared.trim().toLowerCase()};`) === true
  return { bytes, contentType: headerHasCharset ? contentType : (declared ?? contentType) }
}

function tooLarge(contentType: string | undefined, maxBytes: number): NoteText {
  return unread(
    `larger than ${maxBytes} bytes (${bothNames('Ehr.Limits.MaxDocumentBytes')})`,
    contentType,
  )
}
