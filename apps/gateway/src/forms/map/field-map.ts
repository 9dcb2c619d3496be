import { z } from 'zod'
import { datePattern } from './date-pattern.ts'

/**
 * A form's field map: a file next to the PDF that says what each box is for. Coordinates are in points from the bottom left; a negative
 * height is made positive. Unknown keys are treated as remarks and ignored.
 */
export const fieldMap = z.object({
  /** The form's name in notices and file names. The shipped rules are found by it. */
  form: z.string().regex(/^[\w .-]{1,80}$/, 'must be a plain name of up to 80 characters'),
  /** True if the map has every field that can be filled: another field in the PDF is then a fault. */
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
        /** Null: the field is not changed. */
        role: z
          .string()
          .nullish()
          .transform((role) => (role === '' || role === undefined ? null : role)),
        /** 0 is no limit, as in PDFs. */
        maxLength: z.number().int().min(0).optional(),
        /** How this box wants its date: `MMDDYYYY`. */
        pattern: z
          .string()
          .regex(datePattern, 'must be month, day and year, like MM/DD/YYYY')
          .optional(),
        /** Of check boxes of one name: the one with this value. */
        option: z.string().optional(),
        /** For lists and radio groups whose options do not match our values: option by value. */
        options: z.record(z.string(), z.string()).optional(),
      }),
    )
    .min(1),
})

export type FieldMap = z.infer<typeof fieldMap>
export type MapEntry = FieldMap['fields'][number]
