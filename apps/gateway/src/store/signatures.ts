import type { Kysely, Selectable } from 'kysely'
import type { Schema } from './schema.ts'

export type SignatureRow = Selectable<Schema['signatures']>

/** The person whose signature it is: by label, in the practices that they work for. */
export interface Signer {
  readonly label: string
  readonly practiceIds: readonly string[]
}

/** Pictures of signatures. Every statement is limited to one signer's own. */
export function signatureRows(db: Kysely<Schema>) {
  return {
    async find({ label, practiceIds }: Signer): Promise<SignatureRow | undefined> {
      return db
        .selectFrom('signatures')
        .selectAll()
        .where('label', '=', label)
        .where('practice_id', 'in', practiceIds)
        .orderBy('added_at', 'desc')
        .limit(1)
        .executeTakeFirst()
    },

    async put(
      { label, practiceIds }: Signer,
      { type, image }: { readonly type: SignatureRow['type']; readonly image: Uint8Array },
      now: Date,
    ): Promise<void> {
      const values = {
        type,
        image: Buffer.from(image.buffer, image.byteOffset, image.byteLength),
        added_at: now,
      }
      await db
        .insertInto('signatures')
        .values(practiceIds.map((practice_id) => ({ practice_id, label, ...values })))
        .onConflict((conflict) => conflict.columns(['practice_id', 'label']).doUpdateSet(values))
        .execute()
    },

    async remove({ label, practiceIds }: Signer): Promise<void> {
      await db
        .deleteFrom('signatures')
        .where('label', '=', label)
        .where('practice_id', 'in', practiceIds)
        .execute()
    },
  }
}
