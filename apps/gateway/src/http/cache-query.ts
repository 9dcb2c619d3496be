import { z } from 'zod'

const anyText = z
  .string()
  .max(64)
  .optional()
  .describe(
    'Has no meaning for the gateway; a page sends another value to make the browser read the file again',
  )

/** For files that a page shows again when they have changed. */
export const versionQuery = z.object({ v: anyText })
export const timeQuery = z.object({ at: anyText })
