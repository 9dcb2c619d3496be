import { z } from 'zod'

/** The wire types of the map editor: payers' forms that operators upload and map on the screen. */

/** The largest PDF that is accepted, in bytes. Blank forms of payers have 0.1 to 3 MB. */
export const maxFormBytes = 20 * 1024 * 1024

/** Shown in notices and file names. */
export const formNamePattern = /^[\w .-]{1,80}$/

export const formNameRule =
  'The name may have up to 80 characters: letters from A to Z, digits, spaces, dots, dashes and underscores.'

export const boxKind = z.enum([
  'text',
  'check box',
  'radio group',
  /** Check boxes of one name, of which one is ticked. */
  'check boxes',
  /** Two boxes or buttons of one name, for yes and no. */
  'yes or no',
  'list',
  'signature',
  'not fillable',
])

/** One field of the PDF. */
export const formBox = z.object({
  name: z.string(),
  kind: boxKind,
  /** What the PDF says about it to whoever points at it. */
  tooltip: z.string().nullable(),
  maxLength: z.number().nullable(),
  /** Of a list, a radio group or check boxes of one name. */
  options: z.array(z.string()),
  /** What the blank form says there already. */
  printed: z.string(),
  /** Where it is visible, in points from the bottom left of its page; empty if it is not. */
  places: z.array(
    z.object({
      page: z.number(),
      x: z.number(),
      y: z.number(),
      width: z.number(),
      height: z.number(),
      /** The option that this box stands for. */
      option: z.string().optional(),
    }),
  ),
})

/** An entry of the map. Keys that are not listed are kept as they are. */
export const mappedBox = z.looseObject({
  name: z.string().min(1),
  /** Null: the box is not changed. `*` at its end: the payer returns the form if it is empty. */
  role: z.string().max(200).nullable(),
  /** For lists and radio groups: the option of the form by our value. */
  options: z.record(z.string(), z.string()).optional(),
})

const codeOrRange = z
  .string()
  .regex(
    /^([A-Z]?)\d{4,5}([A-Z]?)(?:-\1\d{4,5}\2)?$/,
    'A code or a range of codes, like 72148 or 70000-76499.',
  )
const role = z.string().trim().min(1).max(200)

/** What a payer prints about its form, in addition to the boxes that it requires. Roles are as in the map. */
export const payerFormRules = z.strictObject({
  /** Of these, only the first that the order has is filled. */
  onlyOneOf: z.array(z.array(role).min(2).max(20)).max(50),
  /** If the order has the first, the payer also wants the second. */
  whenThen: z.array(z.strictObject({ when: role, also: role })).max(50),
  /** Codes for which the payer does not take this form. */
  refusedCodes: z.array(codeOrRange).max(200),
  /** The word for a provider who is the requesting provider, such as "Same"; empty: none. */
  sameProvider: z.string().trim().max(60),
})

export const noPayerFormRules: z.infer<typeof payerFormRules> = {
  onlyOneOf: [],
  whenThen: [],
  refusedCodes: [],
  sameProvider: '',
}

/** What an operator saves. */
export const payerFormChange = z.strictObject({
  name: z.string().regex(formNamePattern, formNameRule),
  /** Words of the payers' names; an order of another payer does not get this form. */
  payers: z.array(z.string().trim().min(1).max(200)).max(50),
  /** CPT or HCPCS codes and ranges; empty: all. */
  codes: z.array(codeOrRange).max(200),
  boxes: z.array(mappedBox).max(5000),
  /** Boxes in which the blank form already says something, which stays. */
  keptAsPrinted: z.array(z.string().min(1)).max(5000),
  /** Absent: they stay as they are. */
  rules: payerFormRules.optional(),
})

export const payerFormState = z.enum(['draft', 'active', 'retired'])

export const payerFormSummary = z.object({
  formId: z.string(),
  /** Null: it is for every practice. */
  practiceId: z.string().nullable(),
  name: z.string(),
  fileName: z.string(),
  payers: z.array(z.string()),
  codes: z.array(z.string()),
  state: payerFormState,
  version: z.number(),
  /** The version with which orders are filled; null: none. */
  activeVersion: z.number().nullable(),
  changedBy: z.string(),
  changedAt: z.string(),
  /** Why orders do not get it although it is active. */
  fault: z.string().nullable(),
})

export const payerFormDetail = payerFormSummary.extend({
  boxes: z.array(formBox),
  map: z.array(mappedBox),
  keptAsPrinted: z.array(z.string()),
  rules: payerFormRules,
  /** The rules that the gateway has for a form of this name, one sentence each. They apply too. */
  shippedRules: z.array(z.string()),
  /** Roles that the shipped rules of this form require. */
  requiredRoles: z.array(z.string()),
  /** Why it cannot be activated yet, one sentence each. */
  faults: z.array(z.string()),
  warnings: z.array(z.string()),
})

/** What a box can be for. */
export const formRoleView = z.object({
  /** As in the map. */
  role: z.string(),
  label: z.string(),
  group: z.string(),
  /** What is written into a box with this role. */
  sentence: z.string(),
  /** The kinds of box that it fits. */
  kinds: z.array(boxKind),
  /** Almost every payer returns a form without it. */
  isUsual: z.boolean(),
})

export type BoxKind = z.infer<typeof boxKind>
export type FormBox = z.infer<typeof formBox>
export type MappedBox = z.infer<typeof mappedBox>
export type PayerFormRules = z.infer<typeof payerFormRules>
export type PayerFormChange = z.infer<typeof payerFormChange>
export type PayerFormState = z.infer<typeof payerFormState>
export type PayerFormSummary = z.infer<typeof payerFormSummary>
export type PayerFormDetail = z.infer<typeof payerFormDetail>
export type FormRoleView = z.infer<typeof formRoleView>
