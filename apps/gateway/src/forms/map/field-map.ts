import { z } from 'zod'

/**
 * A form's field map: a file beside the PDF that says what each box is for. Measures in points from the bottom left, a negative
 * height made positive. Keys that we do not know are remarks of whoever drew the map, and are left alone.
 */
export const fieldMap = z.object({
  /** The form's name in notices and file names; rules that we ship are found by it. */
  form: z.string().regex(/^[\w .-]{1,80}$/, 'must be a plain name of up to 80 characters'),
  /** True when every field that can be filled is in the map: another one in the PDF is then a fault. */
  complete: z.boolean().default(false),
  fields: z
    .array(
      z.object({
        name: z.string().min(1),
        type: z.string().optional(),
        page: z.number().int().min(1).optional(),
        x: z.number().optional(),
        y: z.number().optional(),
        w: z.number().optional(),
        h: z.number().optional(),
        /** Null: left as it is. */
        role: z
          .string()
          .nullish()
          .transform((role) => (role === '' || role === undefined ? null : role)),
        maxLength: z.number().int().min(1).optional(),
        /** For lists and radio groups whose options do not say themselves which value they are. */
        options: z.record(z.string(), z.string()).optional(),
      }),
    )
    .min(1),
})

export type FieldMap = z.infer<typeof fieldMap>
export type MapEntry = FieldMap['fields'][number]
