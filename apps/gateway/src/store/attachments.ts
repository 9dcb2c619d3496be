import { type Kysely, type Selectable, sql } from 'kysely'
import type { Schema } from './schema.ts'

export type AttachmentRow = Selectable<Schema['attachments']>
export type AttachmentSummaryRow = Omit<AttachmentRow, 'pdf'> & { readonly pdf_bytes: number }

export interface NewAttachment {
  readonly workItemId: string
  readonly name: string
  readonly type: AttachmentRow['type']
  readonly fileSha256: string
  readonly fileBytes: number
  readonly pdf: Uint8Array
  readonly pages: number
  readonly addedBy: string
}

const summaryColumns = [
  'attachment_id',
  'work_item_id',
  'place',
  'name',
  'type',
  'file_sha256',
  'file_bytes',
  'pages',
  'added_by',
  'added_at',
] as const satisfies readonly (keyof AttachmentRow)[]

/** The files that people added to a request, as prepared pages. The caller has checked that the work item is visible. */
export function attachmentRows(db: Kysely<Schema>) {
  return {
    /** In the order in which they travel, without their pages. */
    async list(workItemId: string): Promise<readonly AttachmentSummaryRow[]> {
      return db
        .selectFrom('attachments')
        .select(summaryColumns)
        .select(sql<number>`octet_length(pdf)`.as('pdf_bytes'))
        .where('work_item_id', '=', workItemId)
        .orderBy('place')
        .execute()
    },

    async withPages(workItemId: string): Promise<readonly AttachmentRow[]> {
      return db
        .selectFrom('attachments')
        .selectAll()
        .where('work_item_id', '=', workItemId)
        .orderBy('place')
        .execute()
    },

    async find(workItemId: string, attachmentId: string): Promise<AttachmentRow | undefined> {
      return db
        .selectFrom('attachments')
        .selectAll()
        .where('work_item_id', '=', workItemId)
        .where('attachment_id', '=', attachmentId)
        .executeTakeFirst()
    },

    /** The work item is locked or was changed in this transaction, so no other file gets the same `place`. */
    async add(attachment: NewAttachment, now: Date): Promise<void> {
      const { workItemId, pdf } = attachment
      await db
        .insertInto('attachments')
        .values({
          work_item_id: workItemId,
          place: sql<number>`(select coalesce(max(place), 0) + 1 from attachments where work_item_id = ${workItemId})`,
          name: attachment.name,
          type: attachment.type,
          file_sha256: attachment.fileSha256,
          file_bytes: attachment.fileBytes,
          pdf: Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength),
          pages: attachment.pages,
          added_by: attachment.addedBy,
          added_at: now,
        })
        .execute()
    },

    async remove(workItemId: string, attachmentId: string): Promise<void> {
      await db
        .deleteFrom('attachments')
        .where('work_item_id', '=', workItemId)
        .where('attachment_id', '=', attachmentId)
        .execute()
    },

    /** Deletes those of orders whose chart was deleted, and the documents that contain them. Returns how many files. */
    async forget({ days }: { readonly days: number }): Promise<number> {
      const isForgotten = sql<boolean>`work_item_id in (
        select w.work_item_id from work_items w
         where w.stage in ('closed', 'superseded', 'authorized', 'denied', 'not_required')
           and w.updated_at < now() - ${days} * interval '1 day'
           and not exists (select from charts c
                            where c.practice_id = w.practice_id and c.encounter_id = w.encounter_id))`
      await db
        .updateTable('forms')
        .set({ document: null })
        .where('document', 'is not', null)
        .where(isForgotten)
        .execute()
      const { numDeletedRows } = await db
        .deleteFrom('attachments')
        .where(isForgotten)
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}
