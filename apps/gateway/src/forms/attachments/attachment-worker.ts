import { limitAllocations } from '../../limit-allocations.ts'
import { type PreparedAttachment, prepareAttachment } from './prepare-attachment.ts'
import { type PreparedSignature, prepareSignature } from './prepare-signature.ts'
import { UnusableFile } from './unusable-file.ts'

limitAllocations()

export interface FileTask {
  readonly file: Uint8Array
  readonly purpose: 'attachment' | 'signature'
}

/** The reason is a sentence for the person who chose the file. */
export interface Unusable {
  readonly unusable: string
}

export type FileAnswer =
  | { readonly attachment: PreparedAttachment }
  | { readonly signature: PreparedSignature }
  | Unusable

/** Runs in a process of its own pool: a hostile file ends this process and no other. */
export default async function work({ file, purpose }: FileTask): Promise<FileAnswer> {
  try {
    return purpose === 'signature'
      ? { signature: await prepareSignature(file) }
      : { attachment: await prepareAttachment(file) }
  } catch (error) {
    if (error instanceof UnusableFile) return { unusable: error.message }
    throw error
  }
}
