/** The parts of an OpenAPI 3.1 document that we read and complete. */
export interface OpenApiDocument {
  openapi: string
  components?: { schemas?: Record<string, JsonSchema>; [part: string]: unknown }
  paths?: Record<string, Record<string, Operation>>
  [part: string]: unknown
}

/** Carries the media types that a route reads to where its body is described. */
export const consumedTypes = 'x-consumes'

export interface Operation {
  [consumedTypes]?: readonly string[]
  operationId?: string
  tags?: readonly string[]
  summary?: string
  description?: string
  security?: readonly object[]
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Record<string, MediaType> }
  responses: Record<string, ResponseObject>
}

export interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: JsonSchema
  example?: unknown
}

export interface ResponseObject {
  description: string
  headers?: Record<string, unknown>
  content?: Record<string, MediaType>
}

export interface MediaType {
  schema?: JsonSchema
  example?: unknown
  [part: string]: unknown
}

export interface JsonSchema {
  $ref?: string
  type?: string | readonly string[]
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  minItems?: number
  enum?: readonly unknown[]
  const?: unknown
  default?: unknown
  description?: string
  properties?: Record<string, JsonSchema>
  required?: readonly string[]
  items?: JsonSchema
  prefixItems?: readonly JsonSchema[]
  additionalProperties?: boolean | JsonSchema
  anyOf?: readonly JsonSchema[]
  oneOf?: readonly JsonSchema[]
  allOf?: readonly JsonSchema[]
  [keyword: string]: unknown
}

export const methods = ['get', 'put', 'post', 'patch', 'delete'] as const

/** Every operation of a document, with its path and method. */
export function operationsOf(
  document: OpenApiDocument,
): readonly { readonly path: string; readonly method: string; readonly operation: Operation }[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return operation === undefined ? [] : [{ path, method, operation }]
    }),
  )
}
