import { z } from 'zod'
import type { PageRequest } from '../store/scope.ts'

const defaultLimit = 50
const maxLimit = 200

export const pageQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'must be a cursor that an earlier page gave')
    .optional(),
  limit: z.coerce.number().int().min(1).max(maxLimit).default(defaultLimit),
})

/** One row more than asked for: its presence says that there is a next page. */
export function pageRequestOf({ cursor, limit }: z.infer<typeof pageQuery>): PageRequest {
  return { after: cursor === undefined ? undefined : Number(cursor), limit: limit + 1 }
}

export function toPage<Row, View>(
  rows: readonly Row[],
  limit: number,
  toView: (row: Row) => View,
  cursorOf: (row: Row) => number,
): { readonly items: View[]; readonly nextCursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(toView),
    nextCursor: rows.length > limit && last !== undefined ? String(cursorOf(last)) : null,
  }
}
