import type { DocumentEntry } from '@authscript/prior-auth'
import type { JsonObject } from '../client/limits.ts'
import {
  conceptOf,
  dateAt,
  objectsAt,
  present,
  referencedId,
  referencesAt,
  sourceOf,
  textAt,
  valuesAt,
} from '../to-clinical-bundle/fields.ts'

export interface NoteSources {
  readonly limits: { readonly maxDocumentBytes: number; readonly maxDocuments: number }
  readBinary(
    id: string,
  ): Promise<{ readonly contentType: string; readonly data: Buffer } | { readonly reason: string }>
}

export interface Notes {
  readonly documents: readonly DocumentEntry[]
  /** More documents than may be read for one chart: the older ones are listed, unread. */
  readonly isCutOff: boolean
  readonly reason: string | undefined
}

type Content = DocumentEntry['content']

/** Documents with their text, newest first. What is no text, or cannot be had, is listed as unread with the reason. */
export async function readDocuments(
  resources: readonly JsonObject[],
  sources: NoteSources,
): Promise<Notes> {
  const { maxDocuments } = sources.limits
  const newestFirst = [...resources].sort((a, b) =>
    (dateAt(b, 'date') ?? '').localeCompare(dateAt(a, 'date') ?? ''),
  )
  const documents = await Promise.all(
    newestFirst.map(async (resource, index) =>
      toDocument(
        resource,
        index < maxDocuments
          ? await contentOf(resource, sources)
          : {
              kind: 'unread',
              reason: `older than the ${maxDocuments} newest (Ehr__Limits__MaxDocuments)`,
            },
      ),
    ),
  )
  const isCutOff = resources.length > maxDocuments
  return {
    documents,
    isCutOff,
    reason: isCutOff
      ? `${resources.length - maxDocuments} older documents were not read`
      : undefined,
  }
}

function toDocument(resource: JsonObject, content: Content): DocumentEntry {
  return {
    source: sourceOf(resource),
    type: conceptOf(valuesAt(resource, 'type')[0]),
    encounterIds: referencesAt(resource, 'context.encounter', 'Encounter'),
    content,
    ...present({
      status: textAt(resource, 'status'),
      date: dateAt(resource, 'date', 'context.period.start'),
      title: textAt(resource, 'content.attachment.title', 'description'),
    }),
  }
}

/** The first attachment that is text; else why there is none. */
async function contentOf(resource: JsonObject, sources: NoteSources): Promise<Content> {
  let unread: Content = { kind: 'unread', reason: 'has no attachment' }
  for (const attachment of objectsAt(resource, 'content.attachment')) {
    const content = await textOf(attachment, sources)
    if (content.kind === 'text') return content
    unread = content
  }
  return unread
}

async function textOf(
  attachment: JsonObject,
  { limits, readBinary }: NoteSources,
): Promise<Content> {
  const contentType = textAt(attachment, 'contentType')
  const [data] = valuesAt(attachment, 'data')
  if (typeof data === 'string') {
    if (data.length > limits.maxDocumentBytes * 1.4)
      return tooLarge(contentType, limits.maxDocumentBytes)
    if (!/^[A-Za-z0-9+/=\s_-]*$/.test(data))
      return { kind: 'unread', reason: 'its data is not base64', ...present({ contentType }) }
    return decode(Buffer.from(data, 'base64'), contentType ?? 'text/plain')
  }
  const binaryId = referencedId(textAt(attachment, 'url'), 'Binary')
  if (binaryId === undefined)
    return { kind: 'unread', reason: 'has neither data nor a Binary', ...present({ contentType }) }
  const binary = await readBinary(binaryId)
  if ('reason' in binary)
    return { kind: 'unread', reason: binary.reason, ...present({ contentType }) }
  if (binary.data.length > limits.maxDocumentBytes)
    return tooLarge(contentType, limits.maxDocumentBytes)
  return decode(binary.data, contentType ?? binary.contentType)
}

function tooLarge(contentType: string | undefined, maxBytes: number): Content {
  return {
    kind: 'unread',
    reason: `larger than ${maxBytes} bytes (Ehr__Limits__MaxDocumentBytes)`,
    ...present({ contentType }),
  }
}

function decode(data: Buffer, contentType: string): Content {
  const [mediaType = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const isLatin = parameters.some((parameter) =>
    /^charset="?(iso-8859-1|latin1|windows-1252)"?$/.test(parameter),
  )
  const text = new TextDecoder(isLatin ? 'windows-1252' : 'utf-8').decode(data)
  if (mediaType === 'text/plain') return { kind: 'text', contentType: mediaType, text }
  if (mediaType === 'text/html' || mediaType === 'application/xhtml+xml') {
    return { kind: 'text', contentType: mediaType, text: withoutMarkup(text) }
  }
  return {
    kind: 'unread',
    contentType: mediaType,
    reason: `${mediaType} holds no text that can be read here`,
  }
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** The words of a page, a line for each block. Nothing in it is followed or run. */
function withoutMarkup(html: string): string {
  return html
    .replaceAll(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replaceAll(/<(?:br|\/p|\/div|\/li|\/h[1-6]|\/tr)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(#\d+|[a-z]+);/gi, (whole, name: string) =>
      name.startsWith('#')
        ? String.fromCodePoint(Math.min(Number(name.slice(1)), 0x10_ff_ff))
        : (entities[name.toLowerCase()] ?? whole),
    )
    .replaceAll(/[ \t]+/g, ' ')
}
