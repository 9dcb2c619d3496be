import { type Kysely, type Selectable, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** The channel on which it is announced that another version of a form is in use. */
export const payerFormChannel = 'gateway_payer_forms'

export type PayerFormRow = Selectable<Schema['payer_forms']>
export type PayerFormListRow = Omit<PayerFormRow, 'pdf'>

/** A version of a form, by its id. */
export interface PayerFormVersion {
  readonly formId: string
  readonly version: number
}

/** The part of a form that a change replaces. */
export interface PayerFormContent {
  readonly name: string
  readonly map: object
  readonly payers: readonly string[]
  readonly codes: readonly string[]
}

export interface NewPayerForm extends PayerFormContent {
  readonly formId: string
  /** Null: for every practice. */
  readonly practiceId: string | null
  readonly fileName: string
  readonly pdf: Uint8Array
}

/** A version with all that is needed to fill it. */
export interface StoredVersion extends PayerFormVersion {
  readonly practiceId: string | null
  readonly name: string
  readonly pdf: Uint8Array
  readonly map: unknown
  readonly payers: readonly string[]
  readonly codes: readonly string[]
}

const listColumns = [
  'ordinal',
  'form_id',
  'practice_id',
  'name',
  'file_name',
  'map',
  'payers',
  'codes',
  'state',
  'version',
  'active_version',
  'created_by',
  'created_at',
  'changed_by',
  'changed_at',
] as const

/** More than a gateway ever has. */
const maxListed = 1000

/** Forms of payers. A form without a practice is for every practice. */
export function payerFormRows(db: Kysely<Schema>) {
  const ofScope = (practiceIds: readonly string[]) =>
    sql<boolean>`(practice_id is null or practice_id = any(${practiceIds}))`
  const seen = ({ formId, version }: PayerFormVersion) =>
    db
      .updateTable('payer_forms')
      .where('form_id', '=', formId)
      .where('version', '=', version)
      .returning(listColumns)
  const changed = (by: string, now: Date) => ({
    version: sql<number>`version + 1`,
    changed_by: by,
    changed_at: now,
  })
  const notify = () => sql`select pg_notify(${payerFormChannel}, '')`.execute(db)

  return {
    /** Newest first, without the PDFs. */
    async list(practiceIds: readonly string[]): Promise<readonly PayerFormListRow[]> {
      return db
        .selectFrom('payer_forms')
        .select(listColumns)
        .where(ofScope(practiceIds))
        .orderBy('ordinal', 'desc')
        .limit(maxListed)
        .execute()
    },

    async find(practiceIds: readonly string[], formId: string): Promise<PayerFormRow | undefined> {
      return db
        .selectFrom('payer_forms')
        .selectAll()
        .where('form_id', '=', formId)
        .where(ofScope(practiceIds))
        .executeTakeFirst()
    },

    async add(form: NewPayerForm, by: string, now: Date): Promise<PayerFormListRow> {
      return db
        .insertInto('payer_forms')
        .values({
          form_id: form.formId,
          practice_id: form.practiceId,
          file_name: form.fileName,
          pdf: Buffer.from(form.pdf),
          ...columnsOf(form),
          created_by: by,
          created_at: now,
          changed_by: by,
          changed_at: now,
        })
        .returning(listColumns)
        .executeTakeFirstOrThrow()
    },

    /** Undefined if the form has changed since. The version in use stays in use. */
    async change(
      form: PayerFormVersion,
      content: PayerFormContent,
      by: string,
      now: Date,
    ): Promise<PayerFormListRow | undefined> {
      return seen(form)
        .set({ ...columnsOf(content), ...changed(by, now) })
        .executeTakeFirst()
    },

    /** False if the form has changed since, or was ever in use. */
    async removeDraft({ formId, version }: PayerFormVersion): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('payer_forms')
        .where('form_id', '=', formId)
        .where('version', '=', version)
        .where('state', '=', 'draft')
        .executeTakeFirst()
      return numDeletedRows > 0n
    },

    /** Stores the next version permanently and puts it into use. To be called in a transaction. Undefined as in `change`. */
    async activate(
      form: PayerFormVersion,
      by: string,
      now: Date,
    ): Promise<PayerFormListRow | undefined> {
      const active = { state: 'active' as const, active_version: sql<number>`version + 1` }
      const row = await seen(form)
        .set({ ...active, ...changed(by, now) })
        .executeTakeFirst()
      if (row === undefined) return undefined
      await db
        .insertInto('payer_form_versions')
        .values({
          form_id: row.form_id,
          version: row.version,
          ...columnsOf(row),
          activated_by: by,
          activated_at: now,
        })
        .execute()
      await notify()
      return row
    },

    /** To be called in a transaction. Undefined as in `change`. */
    async retire(
      form: PayerFormVersion,
      by: string,
      now: Date,
    ): Promise<PayerFormListRow | undefined> {
      const row = await seen(form)
        .set({ state: 'retired', active_version: null, ...changed(by, now) })
        .executeTakeFirst()
      if (row !== undefined) await notify()
      return row
    },

    /** The versions in use, in the order in which the forms were uploaded. */
    async inUse(): Promise<readonly PayerFormVersion[]> {
      const rows = await db
        .selectFrom('payer_forms')
        .select(['form_id', 'active_version'])
        .where('active_version', 'is not', null)
        .orderBy('ordinal')
        .execute()
      return rows.map((row) => ({ formId: row.form_id, version: row.active_version ?? 0 }))
    },

    async version({ formId, version }: PayerFormVersion): Promise<StoredVersion | undefined> {
      const row = await db
        .selectFrom('payer_form_versions')
        .innerJoin('payer_forms', 'payer_forms.form_id', 'payer_form_versions.form_id')
        .select([
          'payer_forms.practice_id',
          'payer_forms.pdf',
          'payer_form_versions.name',
          'payer_form_versions.map',
          'payer_form_versions.payers',
          'payer_form_versions.codes',
        ])
        .where('payer_form_versions.form_id', '=', formId)
        .where('payer_form_versions.version', '=', version)
        .executeTakeFirst()
      if (row === undefined) return undefined
      const { practice_id: practiceId, ...rest } = row
      return { formId, version, practiceId, ...rest }
    },
  }
}

function columnsOf({ name, map, payers, codes }: PayerFormContent) {
  return {
    name,
    map: JSON.stringify(map),
    payers: JSON.stringify(payers),
    codes: JSON.stringify(codes),
  }
}
