import type { JsonSchema } from './open-api-document.ts'

/** Values that are more useful than a placeholder, by the name of the property. All are of an invented practice. */
const known: Readonly<Record<string, unknown>> = {
  practiceId: '195900',
  patientId: 'a-195900.E-10001',
  encounterId: 'a-195900.encounter-1001',
  serviceRequestId: 'a-195900.order-7',
  workItemId: '4f1c2f5e-3f0a-4c26-9a52-7a1f6b8f6a10',
  transactionId: '0c5f0f3a-64c7-4e0e-8b0c-1df1e7e1b2aa',
  criterionId: 'conservative_therapy',
  procedureCode: '72148',
  payerName: 'Prairie Health Plan',
  label: 'scheduler',
  login: 'j.ruiz',
  url: 'https://tools.example.org/authscript',
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'x-file-name': 'mri-report.pdf',
  'if-match': '"3"',
  'last-event-id': '1207',
  lastEventId: '1207',
  limit: 50,
}

/** Recursive schemas end here. */
const maxDepth = 12

/** A value that fits a schema: short, with what is required and what is known. */
export function exampleOf(
  schema: JsonSchema,
  schemas: Readonly<Record<string, JsonSchema>>,
  name = '',
  depth = 0,
): unknown {
  if (schema.$ref !== undefined)
    return exampleOf(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas, name, depth)
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  if (Object.hasOwn(known, name) && fits(known[name], schema)) return known[name]
  const { type } = schema
  const kind = typeof type === 'object' ? type[0] : type
  switch (kind) {
    case 'object':
      return exampleObject(schema, schemas, depth)
    case 'array': {
      if (schema.prefixItems !== undefined)
        return schema.prefixItems.map((item) => exampleOf(item, schemas, name, depth + 1))
      const isEnd = schema.items === undefined || depth > maxDepth
      return isEnd && (schema.minItems ?? 0) === 0
        ? []
        : Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () =>
            exampleOf(schema.items ?? {}, schemas, name, depth + 1),
          )
    }
    case 'string':
      return exampleText(schema, name)
    case 'integer':
    case 'number':
      return Math.max(
        schema.minimum ?? 1,
        schema.maximum !== undefined ? Math.min(1, schema.maximum) : 1,
      )
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      break
  }
  const choices = schema.oneOf ?? schema.anyOf ?? schema.allOf ?? []
  const [first] = depth > maxDepth ? choices.toReversed() : choices
  return first === undefined ? {} : exampleOf(first, schemas, name, depth + 1)
}

function exampleObject(
  { properties = {}, required = [] }: JsonSchema,
  schemas: Readonly<Record<string, JsonSchema>>,
  depth: number,
): object {
  const shown = Object.entries(properties).filter(
    ([key]) => required.includes(key) || (depth === 0 && Object.hasOwn(known, key)),
  )
  return Object.fromEntries(
    shown.map(([key, property]) => [key, exampleOf(property, schemas, key, depth + 1)]),
  )
}

function exampleText({ format, pattern, minLength = 1 }: JsonSchema, name: string): string {
  if (format === 'date-time') return '2026-11-24T14:02:03.000Z'
  if (format === 'date') return '2026-11-24'
  if (format === 'uuid') return '4f1c2f5e-3f0a-4c26-9a52-7a1f6b8f6a10'
  const candidates = ['text', '1', 'encounter-12', 'ehr_timeout', '555-0100', '72148', '12:30']
  const fitting = candidates.find((one) => pattern === undefined || new RegExp(pattern).test(one))
  const text = pattern === undefined && name !== '' ? name : (fitting ?? 'text')
  return text.padEnd(minLength, '.')
}

function fits(value: unknown, { type, enum: values }: JsonSchema): boolean {
  const kinds = typeof type === 'string' ? [type] : (type ?? [])
  const kind = typeof value === 'number' ? 'integer' : typeof value
  return values === undefined && (kinds.includes(kind) || kinds.length === 0)
}
