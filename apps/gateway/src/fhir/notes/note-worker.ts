import { bothNames } from '../../config/both-names.ts'
import { type FileBytes, fileOfBinary } from './binary-resource.ts'
import { limitAllocations } from '../../limit-allocations.ts'
import { defaultTextLimits, type NoteText, unread } from './text/note-text.ts'
import { readFile } from './text/read-file.ts'

export interface NoteTask extends FileBytes {
  /** The bytes are the EHR's answer for a Binary, which may be the resource instead of the file. */
  readonly isBinaryAnswer: boolean
  readonly maxBytes: number
}

limitAllocations()

/** Runs in a process of its own pool. */
export default async function work({
  isBinaryAnswer,
  maxBytes,
  ...answer
}: NoteTask): Promise<NoteText> {
  const file = isBinaryAnswer ? fileOfBinary(answer) : answer
  if ('reason' in file) return unread(file.reason, answer.contentType)
  if (file.bytes.length > maxBytes)
    return unread(
      `larger than ${maxBytes} bytes (${bothNames('Ehr.Limits.MaxDocumentBytes')})`,
      answer.contentType,
    )
  return readFile(file.bytes, file.contentType ?? answer.contentType, defaultTextLimits)
}
