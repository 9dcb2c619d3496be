import { maxSavedViews, type SavedSearch } from '@authscript/prior-auth'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Schema } from './schema.ts'
import type { Scope } from './scope.ts'

export type SavedViewRow = Selectable<Schema['saved_views']>

/**
 * Whose views they are: saved under this label, in practices that the person still has. The same label in other practices is somebody else.
 */
export interface ViewOwner extends Scope {
  readonly label: string
}

export interface ViewFields {
  readonly name: string
  readonly search: SavedSearch
  readonly sharedWith: string | null
}

/** How many shared views of other people are listed. */
const maxSharedViews = 200

const sorted = (practiceIds: readonly string[]) => practiceIds.toSorted()

/** The searches of the work queue that people saved. */
export function savedViewRows(db: Kysely<Schema>) {
  const isOwn = ({ label, practiceIds }: ViewOwner) =>
    sql<boolean>`(saved_by = ${label} and practice_ids <@ ${practiceIds}::text[])`
  const isShared = ({ practiceIds }: Scope) =>
    sql<boolean>`(shared_with is not null and shared_with = any(${practiceIds}::text[]))`
  const hasName = (owner: ViewOwner, name: string) =>
    sql<boolean>`${isOwn(owner)} and lower(name) = lower(${name})`

  return {
    /** A person's own views and those shared with their practices, by name. */
    async list(person: ViewOwner): Promise<readonly SavedViewRow[]> {
      const { rows } = await sql<SavedViewRow>`
        (select * from saved_views where ${isOwn(person)} order by lower(name) limit ${maxSavedViews})
        union all
        (select * from saved_views where ${isShared(person)} and not ${isOwn(person)}
          order by lower(name), ordinal limit ${maxSharedViews})`.execute(db)
      return rows
    },

    async find(person: ViewOwner, viewId: string): Promise<SavedViewRow | undefined> {
      const { rows } = await sql<SavedViewRow>`
        select * from saved_views where view_id = ${viewId} and (${isOwn(person)} or ${isShared(person)})`.execute(
        db,
      )
      return rows[0]
    },

    /** Adds a view. Simultaneous requests may together exceed `maxSavedViews`. */
    async add(
      owner: ViewOwner,
      { name, search, sharedWith }: ViewFields,
      now: Date,
    ): Promise<SavedViewRow | 'name_taken' | 'full'> {
      const { rows } = await sql<SavedViewRow>`
        insert into saved_views (saved_by, practice_ids, shared_with, name, search, saved_at)
        select ${owner.label}, ${sorted(owner.practiceIds)}::text[], ${sharedWith}::text, ${name}, ${JSON.stringify(search)}::jsonb, ${now}::timestamptz
         where (select count(*) from saved_views where ${isOwn(owner)}) < ${maxSavedViews}
           and not exists (select from saved_views where ${hasName(owner, name)})
            on conflict do nothing returning *`.execute(db)
      const [row] = rows
      if (row !== undefined) return row
      const { rows: same } = await sql`
        select from saved_views where ${hasName(owner, name)}`.execute(db)
      return same.length > 0 ? 'name_taken' : 'full'
    },

    /** Undefined when it was deleted meanwhile. */
    async change(
      { view_id, saved_by, practice_ids }: SavedViewRow,
      { name, search, sharedWith }: ViewFields,
    ): Promise<SavedViewRow | 'name_taken' | undefined> {
      const owner = { label: saved_by, practiceIds: practice_ids }
      const { rows } = await sql<SavedViewRow>`
        update saved_views set name = ${name}, search = ${JSON.stringify(search)}::jsonb, shared_with = ${sharedWith}
         where view_id = ${view_id}
           and not exists (select from saved_views other where other.view_id <> ${view_id} and other.saved_by = ${owner.label}
                              and other.practice_ids = ${practice_ids}::text[] and lower(other.name) = lower(${name}))
        returning *`.execute(db)
      const [row] = rows
      if (row !== undefined) return row
      const { rows: same } = await sql<{ view_id: string }>`
        select view_id from saved_views where ${hasName(owner, name)} and view_id <> ${view_id}`.execute(
        db,
      )
      return same.length > 0 ? 'name_taken' : undefined
    },

    async remove({ view_id }: SavedViewRow): Promise<void> {
      await db.deleteFrom('saved_views').where('view_id', '=', view_id).execute()
    },
  }
}
