import {
  type OpenApiDocument,
  type Operation,
  operationsOf,
  type Parameter,
} from '../../apps/gateway/src/http/openapi/open-api-document.ts'
import { docText, membersText, nameText, typeText } from './type-text.ts'

const head = `// Generated from the gateway's OpenAPI document by \`npm run client-types\`; a test fails when the routes have changed since.
`

/** What is no function of the client: the stream, which has one of its own, and pages of browsers. */
const isLeftOut = ({ operationId, responses }: Operation) =>
  operationId === 'streamEvents' || '302' in responses || '303' in responses

/** The module of types that the client is built on: components, operations, and where each operation is. */
export function apiText(document: OpenApiDocument): string {
  const schemas = Object.entries(document.components?.schemas ?? {})
  const operations = operationsOf(document).filter(({ operation }) => !isLeftOut(operation))
  return [
    head,
    ...schemas.map(([name, schema]) =>
      schema.type === 'object'
        ? `${docText(schema.description)}export interface ${name} ${membersText(schema)}\n`
        : `${docText(schema.description)}export type ${name} = ${typeText(schema)}\n`,
    ),
    `/** Every operation: what it takes, what it answers with, and the codes of its problems. */\nexport interface Operations {\n${operations
      .map(({ operation }) => operationText(operation))
      .join('\n')}\n}\n`,
    `/** Where each operation is. Headers and query keys are named as the request of the client names them. */\nexport const places = {\n${operations
      .map(({ path, method, operation }) => placeText(path, method, operation))
      .join('\n')}\n} as const\n`,
  ].join('\n')
}

/** `If-Match` is `ifMatch`, `x-file-name` is `fileName`. */
function inputName({ name, in: place }: Parameter): string {
  if (place !== 'header') return name
  const words = name.replace(/^x-/i, '').toLowerCase().split('-')
  return words
    .map((word, index) => (index === 0 ? word : word[0]?.toUpperCase() + word.slice(1)))
    .join('')
}

function operationText(operation: Operation): string {
  const { operationId = '', summary = '', parameters = [], requestBody } = operation
  const inputs = parameters.map((parameter) => {
    const optional = parameter.required === true ? '' : '?'
    const type = typeText(parameter.schema ?? {})
    return `${docText(parameter.description)}readonly ${nameText(inputName(parameter))}${optional}: ${type}${optional === '' ? '' : ' | undefined'}`
  })
  if (new Set(parameters.map(inputName)).size < parameters.length)
    throw new Error(`two inputs of ${operationId} have the same name`)
  if (requestBody !== undefined) {
    const types = Object.keys(requestBody.content)
    const optional = requestBody.required === false ? '?' : ''
    const json = requestBody.content['application/json']?.schema
    inputs.push(
      json === undefined
        ? `readonly body: Blob | Uint8Array<ArrayBuffer>\n/** The type of the file. @default ${types[0]} */\nreadonly contentType?: ${types.map((type) => `'${type}'`).join(' | ')} | undefined`
        : `readonly body${optional}: ${typeText(json)}${optional === '' ? '' : ' | undefined'}`,
    )
  }
  return `${docText(summary)}${operationId}: {\nreadonly input: {\n${inputs.join('\n')}\n}\nreadonly answer: ${answerText(operation)}\nreadonly code: ${codesText(operation)}\n}`
}

function answerText({ responses }: Operation): string {
  const answers = Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([, { content = {} }]) => {
      const [type] = Object.keys(content)
      if (type === undefined) return 'undefined'
      if (type.startsWith('text/')) return 'string'
      const { schema } = content['application/json'] ?? {}
      return schema === undefined ? 'Uint8Array<ArrayBuffer>' : typeText(schema)
    })
  return [...new Set(answers)].join(' | ')
}

function codesText({ responses }: Operation): string {
  const codes = Object.values(responses).flatMap(({ content }) => {
    const code = content?.['application/problem+json']?.schema?.allOf?.[1]?.properties?.['code']
    return (code?.enum ?? []) as readonly string[]
  })
  return [...new Set(codes)].map((code) => `'${code}'`).join(' | ') || 'never'
}

function placeText(path: string, method: string, operation: Operation): string {
  const { operationId = '', parameters = [], requestBody } = operation
  const named = (place: string) =>
    parameters.filter((parameter) => parameter.in === place).map((one) => `'${one.name}'`)
  const headers = parameters
    .filter((parameter) => parameter.in === 'header')
    .map((parameter) => `${inputName(parameter)}: '${parameter.name.toLowerCase()}'`)
  const [contentType] = Object.keys(requestBody?.content ?? {})
  const fields = [
    `method: '${method.toUpperCase()}'`,
    `path: '${path}'`,
    `query: [${named('query').join(', ')}]`,
    `headers: { ${headers.join(', ')} }`,
    ...(contentType === undefined ? [] : [`contentType: '${contentType}'`]),
  ]
  return `${operationId}: { ${fields.join(', ')} },`
}
