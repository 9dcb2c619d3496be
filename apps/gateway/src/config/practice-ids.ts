import { practiceIdFault } from '@authscript/prior-auth'
import { z } from 'zod'
import { configNotes, listOf } from './fields.ts'
import type { KeyRule } from './key-rules.ts'

/** The id of one practice. Blanks around it do not count; `*` is refused, for nothing would match it. */
export function practiceText() {
  const schema = z
    .string()
    .trim()
    .superRefine((id, context) => {
      const message = practiceIdFault(id)
      if (message !== undefined) context.addIssue({ code: 'custom', message, input: id })
    })
  configNotes.add(schema, { range: 'a practice id: letters, digits and "-"' })
  return schema
}

/** Separated by spaces or commas in an environment variable. */
export const practiceList = (minItems = 0) => listOf(practiceText(), minItems)

/** The names in a section are practice ids. One that no practice can have would be ignored. */
export function namedByPractice<Key extends string>(
  key: Key,
  { others = [] }: { readonly others?: readonly string[] } = {},
): KeyRule<Readonly<Record<Key, Readonly<Record<string, unknown>>>>> {
  return {
    keys: [key],
    check: (section) =>
      Object.keys(section[key]).flatMap((name) => {
        const message = others.includes(name) ? undefined : practiceIdFault(name)
        return message === undefined
          ? []
          : [{ key, message: `${JSON.stringify(name)} is in it: ${message}` }]
      }),
  }
}
