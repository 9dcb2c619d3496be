import type { JsonSchema } from '../../apps/gateway/src/http/openapi/open-api-document.ts'

/** A JSON schema of the OpenAPI document as a TypeScript type. */
export function typeText(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? 'unknown'
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return union(schema.enum.map((value) => JSON.stringify(value)))
  const choices = schema.oneOf ?? schema.anyOf
  if (choices !== undefined) return union(choices.map(typeText))
  if (schema.allOf !== undefined) return schema.allOf.map(typeText).join(' & ')
  const { type } = schema
  if (typeof type === 'object') return union(type.map((one) => kindText({ ...schema, type: one })))
  return kindText(schema)
}

/** The members of an object, with what the document says of each. */
export function membersText({ properties = {}, required = [], ...schema }: JsonSchema): string {
  const members = Object.entries(properties).map(([name, property]) => {
    const optional = required.includes(name) ? '' : '?'
    return `${docText(property.description)}readonly ${nameText(name)}${optional}: ${typeText(property)}${optional === '' ? '' : ' | undefined'}`
  })
  if (typeof schema.additionalProperties === 'object') {
    const values = typeText(schema.additionalProperties)
    members.push(`readonly [name: string]: ${members.length === 0 ? values : 'unknown'}`)
  }
  return `{\n${members.join('\n')}\n}`
}

export function docText(description: string | undefined): string {
  return description === undefined ? '' : `/** ${description.replaceAll('*/', '* /')} */\n`
}

export const nameText = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`)

function kindText(schema: JsonSchema & { type?: string | readonly string[] }): string {
  switch (schema.type) {
    case 'object':
      return membersText(schema)
    case 'array':
      return schema.prefixItems === undefined
        ? `readonly (${typeText(schema.items ?? {})})[]`
        : `readonly [${schema.prefixItems.map(typeText).join(', ')}]`
    case 'integer':
    case 'number':
      return 'number'
    case 'string':
      return schema.format === 'binary' ? 'Uint8Array' : 'string'
    case 'boolean':
    case 'null':
      return schema.type
    default:
      return 'unknown'
  }
}

const union = (types: readonly string[]) => [...new Set(types)].join(' | ') || 'never'
