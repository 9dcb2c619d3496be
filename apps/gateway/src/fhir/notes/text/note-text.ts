/** The text of one file of a note. `unreadParts` lists the parts that could not be read: scanned pages, text past a limit. */
export type NoteText =
  | {
      readonly kind: 'text'
      /** The detected type, which may differ from the declared one. */
      readonly contentType: string
      readonly text: string
      readonly unreadParts?: readonly UnreadPart[]
    }
  | ({ readonly kind: 'unread' } & UnreadPart)

export interface UnreadPart {
  readonly contentType?: string
  /** For display; contains no names and no note text. */
  readonly reason: string
}

export interface TextLimits {
  /** Limit for the resulting text; the rest is an unread part. */
  readonly maxCharacters: number
  readonly maxPdfPages: number
}

export const defaultTextLimits: TextLimits = { maxCharacters: 1_000_000, maxPdfPages: 300 }

export function unread(reason: string, contentType?: string): NoteText {
  return { kind: 'unread', reason, ...(contentType === undefined ? {} : { contentType }) }
}
