import { fileTypes } from '../media-type.ts'
import { ruleOf } from '../authorization/operations.ts'
import { answerFiles, redirects, versionedAnswers } from './answer-files.ts'
import { eventSchemas, streamDescription, streamExample, streamSchema } from './event-streams.ts'
import { exampleOf } from './example-of.ts'
import {
  consumedTypes,
  type JsonSchema,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  operationsOf,
  type Parameter,
  type ResponseObject,
} from './open-api-document.ts'
import { operationProblems, type ProblemsByStatus } from './operation-problems.ts'

/** Completes what the schemas of the routes do not say: errors, headers, files, streams, examples. */
export function completeDocument(document: OpenApiDocument): OpenApiDocument {
  const schemas: Record<string, JsonSchema> = {
    ...document.components?.schemas,
    ...eventSchemas(),
  }
  const complete = { ...document, components: { ...document.components, schemas } }
  simplify(complete)
  for (const { path, method, operation } of operationsOf(complete))
    completeOperation({ path, method, operation }, schemas)
  removeUnused(complete, schemas)
  return renameInputs(complete, schemas)
}

/** A schema of requests is called `FooInput` by the library. It is `Foo` here, unless answers have another `Foo`. */
function renameInputs(
  document: OpenApiDocument,
  schemas: Readonly<Record<string, JsonSchema>>,
): OpenApiDocument {
  const sameText = (one: JsonSchema | undefined, other: JsonSchema | undefined) =>
    JSON.stringify(one)?.replaceAll(/Input"/g, '"') === JSON.stringify(other)
  const renamed = Object.keys(schemas).filter((name) => {
    const short = name.replace(/Input$/, '')
    return (
      short !== name && (schemas[short] === undefined || sameText(schemas[name], schemas[short]))
    )
  })
  return JSON.parse(JSON.stringify(document), (key, value: unknown) => {
    if (key === '$ref' && typeof value === 'string')
      return renamed.includes(value.split('/').at(-1) ?? '') ? value.replace(/Input$/, '') : value
    if (key !== 'schemas' || typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([name, schema]) => [
      renamed.includes(name) ? name.replace(/Input$/, '') : name,
      schema as unknown,
    ])
    return Object.fromEntries(
      entries.toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
    )
  }) as OpenApiDocument
}

interface Place {
  readonly path: string
  readonly method: string
  readonly operation: Operation
}

function completeOperation(place: Place, schemas: Readonly<Record<string, JsonSchema>>): void {
  const { operation, path, method } = place
  describeRights(operation)
  describeAnswers(operation)
  makeOptional(operation)
  describeFiles(operation)
  if (operation.operationId === 'streamEvents') describeStream(operation)
  describeUpload(operation)
  const problems = problemsOf(place)
  addHeaders(operation, method, problems)
  describeVersions(operation, problems)
  addExamples(operation, schemas)
  if (path.startsWith('/api/')) addProblems(operation, problems)
}

/** From the table of operations: routes name no roles. */
function describeRights(operation: Operation): void {
  const { operationId = '' } = operation
  const rule = ruleOf(operationId)
  if (rule?.roles === 'anyone') {
    operation.security = []
    return
  }
  if (rule === undefined || rule.roles === 'signed_in') return
  const practices = rule.practices === 'all' ? '; the credential has to have every practice' : ''
  const needed = `Needs one of the roles ${rule.roles.map((one) => `\`${one}\``).join(', ')}${practices}.`
  operation.description = [operation.description, needed].filter(Boolean).join('\n\n')
}

/** A body that may be null may be left out. */
function makeOptional({ requestBody }: Operation): void {
  const json = requestBody?.content['application/json']
  const choices = json?.schema?.anyOf
  const [only, ...others] = choices?.filter(({ type }) => type !== 'null') ?? []
  if (requestBody === undefined || json === undefined || only === undefined) return
  if (others.length > 0 || choices?.length !== 2) return
  requestBody.required = false
  json.schema = only
}

const doneWords: Readonly<Record<string, string>> = {
  200: 'Done',
  201: 'Created',
  202: 'Accepted: it is being done',
  204: 'Done; there is nothing to send',
  503: 'Not ready',
}

function describeAnswers({ responses }: Operation): void {
  for (const [status, response] of Object.entries(responses)) {
    response.description = doneWords[status] ?? response.description
    if (status === '204') delete response.content
  }
}

const bytes: JsonSchema = { type: 'string', format: 'binary' }

function describeFiles({ operationId = '', responses }: Operation): void {
  if (redirects.has(operationId)) {
    delete responses['200']
    responses['302'] = { description: 'The next step of the browser' }
  }
  const types = answerFiles[operationId]
  if (types === undefined) return
  const schema = types.every((type) => type.startsWith('text/')) ? { type: 'string' } : bytes
  if (types.includes('text/html')) describePages(responses)
  responses['200'] = {
    description: types.includes('text/html') ? 'A page' : 'The file',
    content: Object.fromEntries(types.map((type) => [type, { schema }])),
  }
}

function describePages(responses: Operation['responses']): void {
  const content = { 'text/html': { schema: { type: 'string' } } }
  responses['303'] = { description: 'The next step of the browser' }
  responses['403'] = { description: 'A page that says why it is refused', content }
  responses['503'] = { description: 'A page that says what cannot be reached', content }
}

function describeStream(operation: Operation): void {
  operation.description = [streamDescription, operation.description].filter(Boolean).join('\n\n')
  operation.responses['200'] = {
    description: 'The stream',
    headers: {
      'X-Heartbeat-Ms': {
        description: 'The longest time without a byte, in milliseconds',
        schema: { type: 'integer' },
      },
    },
    content: {
      'text/event-stream': { schema: streamSchema, example: streamExample },
    },
  }
  operation.parameters = [
    ...(operation.parameters ?? []),
    {
      name: 'Last-Event-ID',
      in: 'header',
      description: 'The last `id:` that was received; wins over `lastEventId`',
      schema: { type: 'string', pattern: String.raw`^\d{1,15}$` },
    },
  ]
}

/** Bodies of a type other than JSON. Those of files have no schema in their route: their bytes are read as they are. */
function describeUpload(operation: Operation): void {
  const consumes = operation[consumedTypes]
  delete operation[consumedTypes]
  if (consumes === undefined) return
  if (operation.requestBody !== undefined) {
    const content = Object.values(operation.requestBody.content ?? {})[0] ?? {}
    operation.requestBody.content = Object.fromEntries(consumes.map((type) => [type, content]))
    return
  }
  const types = consumes.includes('application/octet-stream') ? fileTypes : consumes
  operation.requestBody = {
    required: true,
    content: Object.fromEntries(types.map((type) => [type, { schema: bytes }])),
  }
}

/** The codes that an operation of this kind can answer with, and its own. */
function problemsOf({ path, method, operation }: Place): ProblemsByStatus {
  const own = operationProblems[operation.operationId ?? ''] ?? {}
  const isOpen = operation.security?.length === 0
  const withTemporary = ruleOf(operation.operationId)?.withTemporaryPassword === true
  const temporary = withTemporary ? [] : ['password_temporary']
  const isWrite = method !== 'get'
  const hasInput = (operation.parameters ?? []).length > 0 || operation.requestBody !== undefined
  const hasBody = operation.requestBody !== undefined
  const isKeyed = isWrite && !isOpen
  return merge(
    {
      400: [
        ...(hasInput ? ['request_invalid', 'text_invalid'] : []),
        'query_key_unknown',
        ...(hasBody ? ['request_refused'] : []),
        ...(isKeyed ? ['idempotency_key_invalid'] : []),
      ],
      ...(isOpen ? {} : { 401: ['unauthenticated'], 403: ['role_missing', ...temporary] }),
      ...(isKeyed ? { 409: ['idempotency_key_in_use'], 422: ['idempotency_key_reused'] } : {}),
      ...(hasBody ? { 413: ['body_too_large'], 415: ['media_type_unsupported'] } : {}),
      ...(path === '/api/events' ? {} : { 429: ['too_many_requests'] }),
      500: ['internal'],
      503: ['database_unavailable'],
    },
    merge(isKeyed ? { 403: ['foreign_origin'] } : {}, own),
  )
}

function merge(one: ProblemsByStatus, other: ProblemsByStatus): ProblemsByStatus {
  const statuses = new Set([...Object.keys(one), ...Object.keys(other)].map(Number))
  return Object.fromEntries(
    [...statuses].map((status) => [
      status,
      [...new Set([...(other[status] ?? []), ...(one[status] ?? [])])],
    ]),
  )
}

function addHeaders(operation: Operation, method: string, problems: ProblemsByStatus): void {
  const headers: Parameter[] = []
  if (problems[428] !== undefined)
    headers.push({
      name: 'If-Match',
      in: 'header',
      required: true,
      description:
        'The `ETag` of the version that was read: the change is refused when it is another',
      schema: { type: 'string', pattern: String.raw`^(W/)?"\d{1,9}"$` },
      example: '"3"',
    })
  if (method !== 'get' && operation.security?.length !== 0)
    headers.push({
      name: 'Idempotency-Key',
      in: 'header',
      description:
        'A random text, such as a UUID, of this request alone: sent again with it, the request gets the answer of the first and has no second effect',
      schema: { type: 'string', minLength: 16, maxLength: 255 },
      example: '8e03978e-40d5-43dd-bc93-6894a57f9324',
    })
  if (headers.length > 0) operation.parameters = [...(operation.parameters ?? []), ...headers]
}

/** Reads and changes of a thing with a version answer with the version. */
function describeVersions(
  { operationId = '', responses }: Operation,
  problems: ProblemsByStatus,
): void {
  if (problems[428] === undefined && !versionedAnswers.has(operationId)) return
  const headers = {
    ETag: { description: 'The version, for `If-Match` of a change', schema: { type: 'string' } },
  }
  for (const [status, response] of Object.entries(responses))
    if (status.startsWith('2') && response.content !== undefined) response.headers = headers
}

function addExamples(operation: Operation, schemas: Readonly<Record<string, JsonSchema>>): void {
  const complete = (content: Record<string, MediaType> | undefined) => {
    const json = content?.['application/json']
    if (json?.schema !== undefined) json.example ??= exampleOf(json.schema, schemas)
  }
  complete(operation.requestBody?.content)
  for (const { content } of Object.values(operation.responses)) complete(content)
  for (const parameter of operation.parameters ?? [])
    if (parameter.required === true && parameter.schema !== undefined)
      parameter.example ??= exampleOf(parameter.schema, schemas, parameter.name)
}

const statusWords: Readonly<Record<number, string>> = {
  400: 'The request is not understood',
  401: 'Nobody is signed in, or the credential is not known',
  403: 'The caller may not do this',
  404: 'It is not known, or not visible to the caller',
  409: 'Its state does not allow it',
  412: 'It has changed since it was read',
  413: 'The body is too large',
  415: 'The body has another media type',
  422: 'It is understood and cannot be used',
  428: '`If-Match` is missing',
  429: 'Too many requests',
  500: 'A failure of the gateway',
  503: 'Not available now',
}

/** Problem documents, with the codes that this operation can answer with. */
function addProblems({ responses }: Operation, problems: ProblemsByStatus): void {
  for (const [status, codes] of Object.entries(problems)) {
    const response: ResponseObject = {
      description: `${statusWords[Number(status)] ?? 'It failed'}: ${codes.map((code) => `\`${code}\``).join(', ')}`,
      content: {
        'application/problem+json': {
          schema: {
            allOf: [
              { $ref: `#/components/schemas/${status === '412' ? 'StaleProblem' : 'Problem'}` },
              {
                type: 'object',
                properties: { code: { type: 'string', enum: codes } },
                required: ['code'],
              },
            ],
          },
        },
      },
    }
    responses[status] ??= response
  }
}

/** Removes what the schemas have only because of JavaScript, and what tells a reader nothing. */
function simplify(node: unknown): void {
  if (typeof node !== 'object' || node === null) return
  const schema = node as JsonSchema
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  if (schema.format === 'date-time' || schema.format === 'date') delete schema.pattern
  nameRecordKeys(schema)
  for (const child of Object.values(node)) simplify(child)
}

/** A record of fixed keys: each is a property. */
function nameRecordKeys(schema: JsonSchema): void {
  const { propertyNames, required, properties, additionalProperties } = schema
  if (propertyNames === undefined || typeof additionalProperties !== 'object') return
  if (required === undefined || properties !== undefined) return
  schema.properties = Object.fromEntries(required.map((name) => [name, additionalProperties]))
  schema.additionalProperties = false
  delete schema['propertyNames']
}

function removeUnused(document: OpenApiDocument, schemas: Record<string, JsonSchema>): void {
  const used = new Set<string>()
  const open: unknown[] = [document.paths]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null) continue
    for (const [key, child] of Object.entries(node)) {
      open.push(child)
      if (key !== '$ref' || typeof child !== 'string') continue
      const name = child.split('/').at(-1) ?? ''
      if (used.has(name)) continue
      used.add(name)
      open.push(schemas[name])
    }
  }
  for (const name of Object.keys(schemas)) if (!used.has(name)) delete schemas[name]
}
