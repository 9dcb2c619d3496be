import { z } from 'zod'
import { codeRangePattern } from './code-range.ts'
import { readRole } from './field-role.ts'

const codes = z
  .array(z.string().regex(codeRangePattern, 'must be a code or a range, like J0000-J9999'))
  .min(1)
const role = z.string().refine((word) => readRole(word) !== undefined, 'is not a role that we know')

/** What a form's own instructions demand, as data beside its map. A key that we do not know is refused: a rule must not be lost. */
export const formRules = z.strictObject({
  title: z.string().min(1).optional(),
  /** Where the rules are printed. */
  source: z.string().min(1),
  /** Orders that the form is not for. */
  refuses: z
    .array(z.strictObject({ name: z.string().min(1), codes, because: z.string().min(1) }))
    .default([]),
  /** When given, the form is for these codes alone. */
  onlyFor: z.strictObject({ codes, because: z.string().min(1) }).optional(),
  /** A box that may be ticked only when another one is filled. */
  needs: z
    .array(z.strictObject({ tick: role, filled: role, because: z.string().min(1) }))
    .default([]),
  /** What to write for a provider who is the requesting one. */
  sameAsRequester: z
    .strictObject({ servicing: z.string().min(1).optional(), pcp: z.string().min(1).optional() })
    .default({}),
  mostServices: z
    .strictObject({ rows: z.number().int().min(1), because: z.string().min(1) })
    .optional(),
  /** The only texts that may continue on a page of their own; absent: the form does not say. */
  mayBeAttached: z.array(role).optional(),
  /** Beside those with a `*` in the map: left empty, the form comes back. */
  essential: z.array(role).default([]),
  /** Fields by name that only a person fills, whatever the map says. */
  leftToPeople: z.array(z.string().min(1)).default([]),
  /** Fields by name that the blank form itself brings filled. */
  arrivesFilled: z.array(z.string().min(1)).default([]),
})

export type FormRules = z.infer<typeof formRules>

export const noRules: FormRules = formRules.parse({ source: 'none' })
