import { z } from 'zod'
import { codeRangePattern } from './code-range.ts'
import { readRole } from './field-role.ts'

const codes = z
  .array(z.string().regex(codeRangePattern, 'must be a code or a range, like J0000-J9999'))
  .min(1)
const role = z.string().refine((word) => readRole(word) !== undefined, 'is not a known role')

/** The rules from a form's instructions, as data next to its map. Unknown keys are rejected, so that no rule is lost. */
export const formRules = z.strictObject({
  title: z.string().min(1).optional(),
  /** Where the rules are published. */
  source: z.string().min(1),
  /** Orders that the form does not accept. */
  refuses: z
    .array(z.strictObject({ name: z.string().min(1), codes, because: z.string().min(1) }))
    .default([]),
  /** If present, the form only accepts these codes. */
  onlyFor: z.strictObject({ codes, because: z.string().min(1) }).optional(),
  /** A box that may only be ticked if another one is filled. */
  needs: z
    .array(z.strictObject({ tick: role, filled: role, because: z.string().min(1) }))
    .default([]),
  /** If the order has the first, the payer also wants the second. */
  requires: z
    .array(z.strictObject({ when: role, also: role, because: z.string().min(1) }))
    .default([]),
  /** Of these, only the first that the order has is filled. */
  onlyOneOf: z
    .array(z.strictObject({ roles: z.array(role).min(2), because: z.string().min(1) }))
    .default([]),
  /** The text for a provider who is the same as the requesting provider. */
  sameAsRequester: z
    .strictObject({ servicing: z.string().min(1).optional(), pcp: z.string().min(1).optional() })
    .default({}),
  mostServices: z
    .strictObject({ rows: z.number().int().min(1), because: z.string().min(1) })
    .optional(),
  /** The only texts that may continue on the addendum; absent: the form does not restrict it. */
  mayBeAttached: z.array(role).optional(),
  /** Required fields, in addition to those with `*` in the map. */
  essential: z.array(role).default([]),
  /** Names of fields that only a person fills, even if the map gives them a role. */
  leftToPeople: z.array(z.string().min(1)).default([]),
  /** Names of fields that are already filled in the blank form. */
  arrivesFilled: z.array(z.string().min(1)).default([]),
})

export type FormRules = z.infer<typeof formRules>

export const noRules: FormRules = formRules.parse({ source: 'none' })
