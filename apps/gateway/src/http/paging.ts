import { z } from 'zod'
import type { KeysetPageRequest, PageRequest } from '../store/scope.ts'

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
  positionOf: (row: Row) => number | string,
): { readonly items: View[]; readonly nextCursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(toView),
    nextCursor: rows.length > limit && last !== undefined ? String(positionOf(last)) : null,
  }
}

/**
 * The query of a list that is sorted by several columns. Its cursor is opaque: base64url of the JSON of `position`. The offsets that
 * earlier releases gave are refused with 400.
 */
export const keysetQuery = <Position extends z.ZodType>(position: Position) =>
  z.object({
    cursor: z
      .string()
      .max(1000)
      .transform((cursor, context): z.output<Position> => {
        const parsed = position.safeParse(jsonOf(cursor))
        if (parsed.success) return parsed.data
        context.addIssue('must be a cursor that an earlier page gave')
        return z.NEVER
      })
      .optional(),
    limit: pageQuery.shape.limit,
  })

/** One row more than asked for, as in `pageRequestOf`. */
export function keysetRequestOf<Position>(query: {
  readonly cursor?: Position | undefined
  readonly limit: number
}): KeysetPageRequest<Position> {
  return { after: query.cursor, limit: query.limit + 1 }
}

export function cursorOf(position: object): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

function jsonOf(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
