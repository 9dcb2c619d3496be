/** What one file of a note says. `unreadParts` lists what is in it and could not be read: pages of a scan, what is past a limit. */
export type NoteText =
  | {
      readonly kind: 'text'
      /** What the file is, whatever it was declared as. */
      readonly contentType: string
      readonly text: string
      readonly unreadParts?: readonly UnreadPart[]
    }
  | ({ readonly kind: 'unread' } & UnreadPart)

export interface UnreadPart {
  readonly contentType?: string
  /** For people: no names, no note text. */
  readonly reason: string
}

export interface TextLimits {
  /** Of the text that comes out; what is past it is an unread part. */
  readonly maxCharacters: number
  readonly maxPdfPages: number
}

export const defaultTextLimits: TextLimits = { maxCharacters: 1_000_000, maxPdfPages: 300 }

export function unread(reason: string, contentType?: string): NoteText {
  return { kind: 'unread', reason, ...(contentType === undefined ? {} : { contentType }) }
}
