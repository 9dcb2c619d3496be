import { z } from 'zod'
import { about, integer, key, listOf, matching, namesOf, text } from '../config/fields.ts'

/** An outside form: the blank PDF, what its boxes are for, and whose orders it is for. */
const formTemplate = z.strictObject({
  Map: key(text(), {
    range: 'a JSON file',
    effect: 'What each field of the PDF is for.',
  }),
  Pdf: key(text(), { range: 'a PDF file', effect: 'The blank form.' }),
  Rules: key(text().optional(), {
    range: 'a JSON file',
    defaultText: 'not set: the rules that come with the gateway for a form of this name',
    effect: 'What the form itself demands, such as fields that must be filled.',
  }),
  Payers: key(namesOf(matching(/[\p{L}\p{N}]/u, 'a name with a letter or a digit')), {
    effect:
      'Payers that the form is for: words of their names, as in "Texas Medicaid". Separated by commas or semicolons in the environment.',
  }),
  Codes: key(
    listOf(
      matching(
        /^([A-Z]?)\d{4,5}([A-Z]?)(?:-\1\d{4,5}\2)?$/,
        'a CPT or HCPCS code or a range, like 70000-76499 or J0000-J9999',
      ),
    ).default([]),
    {
      defaultText: '[]: every code that the rules of the form allow',
      effect: 'Procedures that the form is for.',
    },
  ),
})

export const formsSection = about(
  z
    .strictObject({
      Threads: key(integer(1, 64).default(1), {
        unit: 'threads',
        effect: 'Threads that fill forms. Each has a heap of its own.',
      }),
      Templates: key(z.array(formTemplate).default([]), {
        effect:
          'Forms of payers. The first whose payer and codes match is used; without a match, the general form.',
      }),
    })
    .prefault({}),
  'The forms that are filled.',
)
