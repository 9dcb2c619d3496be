import { bytesOfBase64, looksLikeXml } from './text/read-file.ts'
import { readTags } from './text/markup/tags.ts'

export interface FileBytes {
  readonly bytes: Uint8Array
  readonly contentType: string | undefined
}

/**
 * The file in the answer for a Binary: the answer itself, or its `data` if the server sent the resource as JSON or XML, regardless of
 * the requested type. Another resource, such as an OperationOutcome, is not a file.
 *
 * @see https://hl7.org/fhir/R4/binary.html#rest
 */
export function fileOfBinary(answer: FileBytes): FileBytes | { readonly reason: string } {
  const { bytes } = answer
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 2000))
    .toString('utf8')
    .trimStart()
    .replace(/^\uFEFF\s*/, '')
  if (start.startsWith('{') && !start.startsWith('{\\')) return fromJson(answer)
  if (looksLikeXml(start) && /<(?:\w{1,20}:)?Binary[\s>]/.test(start)) return fromXml(answer)
  if (looksLikeXml(start) && /<OperationOutcome[\s>]/.test(start))
    return { reason: 'the EHR answered with an OperationOutcome instead of the Binary' }
  return answer
}

function fromJson(answer: FileBytes): FileBytes | { readonly reason: string } {
  let resource: unknown
  try {
    resource = JSON.parse(
      Buffer.from(answer.bytes)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    )
  } catch {
    return answer
  }
  if (typeof resource !== 'object' || resource === null || !('resourceType' in resource))
    return answer
  if (resource.resourceType !== 'Binary')
    return { reason: 'the EHR answered with another resource instead of the Binary' }
  return fromFields(
    'data' in resource ? resource.data : undefined,
    'contentType' in resource ? resource.contentType : undefined,
  )
}

function fromXml({ bytes }: FileBytes): FileBytes | { readonly reason: string } {
  const values: Record<string, string | undefined> = {}
  readTags(
    Buffer.from(bytes).toString('utf8'),
    { isXml: true },
    {
      open(name, attributes) {
        if (name === 'data' || name === 'contentType') values[name] ??= attributes['value']
      },
      close() {},
      text() {},
    },
  )
  return fromFields(values['data'], values['contentType'])
}

function fromFields(data: unknown, contentType: unknown): FileBytes | { readonly reason: string } {
  const bytes = typeof data === 'string' ? bytesOfBase64(data) : undefined
  if (bytes === undefined) return { reason: 'the Binary has no data, or its data is not base64' }
  return { bytes, contentType: typeof contentType === 'string' ? contentType : undefined }
}
