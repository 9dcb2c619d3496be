import type { Immutable } from '@authscript/prior-auth'
import { z } from 'zod'

/** A key of the policy's `sources`. */
export const sourceKey = z.string().regex(/^[a-z][a-z0-9_]*$/)

/** A length of time with its source. */
export const duration = z.strictObject({
  value: z.number().positive(),
  unit: z.enum(['days', 'weeks', 'months', 'years']),
  source: sourceKey,
})

/** A number of things or days with its source. */
export const tally = z.strictObject({ value: z.number().int().nonnegative(), source: sourceKey })

/** A measured value with its UCUM unit (`kg/m2`, `%`, `mm[Hg]`, `1` for a bare number) and its source. */
export const limit = z.strictObject({
  value: z.number(),
  unit: z.string().min(1),
  source: sourceKey,
})

/** Bounds that a value must satisfy, all of them. */
export const bounds = z
  .strictObject({
    atLeast: limit.optional(),
    above: limit.optional(),
    atMost: limit.optional(),
    below: limit.optional(),
  })
  .refine((one) => Object.values(one).some((bound) => bound !== undefined), 'needs a bound')

export type Duration = Immutable<z.infer<typeof duration>>
export type Limit = Immutable<z.infer<typeof limit>>
export type Bounds = Immutable<z.infer<typeof bounds>>

const daysPer = { days: 1, weeks: 7, months: 365.25 / 12, years: 365.25 } as const

/** Whole days; six months are 183, so that rounding never removes the last day of a window. */
export function daysOf({ value, unit }: Pick<Duration, 'value' | 'unit'>): number {
  return Math.ceil(value * daysPer[unit])
}
