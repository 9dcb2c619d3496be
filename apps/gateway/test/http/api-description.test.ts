import { globSync, readFileSync } from 'node:fs'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../src/http/authorization/operations.ts'
import { answerFiles } from '../../src/http/openapi/answer-files.ts'
import { type OpenApiDocument, operationsOf } from '../../src/http/openapi/open-api-document.ts'
import { operationProblems } from '../../src/http/openapi/operation-problems.ts'
import { parseErrorCatalogue } from '../../src/operations/error-catalogue.ts'
import { startDescribedApi } from './described-api.ts'

const operationTable =
  'list them in apps/gateway/src/http/openapi/operation-problems.ts, by the operations that answer with them'
const source = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

let text: string
let document: OpenApiDocument

beforeAll(async () => {
  await using api = await startDescribedApi()
  text = await (await fetch(`${api.address}/openapi.json`)).text()
  document = JSON.parse(text) as OpenApiDocument
})

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1, by a linter', async () => {
    const config = await createConfig({ extends: ['recommended'] })

    const problems = await lintFromString({ source: text, absoluteRef: 'openapi.json', config })

    const shown = problems
      .map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)
      // Nothing about them can be wrong: they have no input and no credential.
      .filter((line) => !/^operation-4xx-response: .*(health|metrics|well-known)/.test(line))
      // They lead a browser elsewhere and answer with nothing.
      .filter((line) => !/^operation-2xx-response: .*~1oidc~1/.test(line))
    expect(document.openapi).toBe('3.1.0')
    expect(shown).toEqual([])
  })

  it('names every operation as the table of operations does, with a summary and a tag that is explained', () => {
    const described = operationsOf(document).map(({ operation }) => operation)
    const tags = (document['tags'] as readonly { name: string }[]).map(({ name }) => name)
    const hidden = ['getApiDescription', 'getErrorPage']

    expect(described.map(({ operationId = '' }) => operationId).toSorted()).toEqual(
      Object.keys(operations)
        .filter((name) => !hidden.includes(name))
        .toSorted(),
    )
    for (const { operationId, summary, tags: own = [] } of described) {
      expect([operationId, summary?.length]).not.toEqual([operationId, undefined])
      expect(
        own.filter((tag) => !tags.includes(tag)),
        `explain the tag of ${operationId} in apps/gateway/src/http/openapi/describe-api.ts`,
      ).toEqual([])
    }
  })

  it('has an example of every body and answer in JSON', () => {
    for (const { operation } of operationsOf(document))
      for (const { content } of [
        ...(operation.requestBody === undefined ? [] : [operation.requestBody]),
        ...Object.values(operation.responses),
      ]) {
        const json = content?.['application/json']
        if (json !== undefined) expect(operation.operationId && json.example).toBeDefined()
      }
  })

  it('says for every answer that is not JSON which file it is', () => {
    for (const { operation } of operationsOf(document)) {
      const { operationId = '', responses } = operation
      const ok = responses['200']
      if (ok === undefined || operationId === 'streamEvents') continue
      const types = Object.keys(ok.content ?? {})
      expect([operationId, types]).toEqual([
        operationId,
        answerFiles[operationId] ?? ['application/json'],
      ])
    }
  })

  it('declares the key, the cookie, If-Match and Idempotency-Key', () => {
    const { securitySchemes } = document.components as { securitySchemes: object }
    const parametersOf = (name: string) =>
      operationsOf(document)
        .find(({ operation }) => operation.operationId === name)
        ?.operation.parameters?.map(({ name: one, required = false }) => [one, required]) ?? []

    expect(securitySchemes).toMatchObject({
      key: { in: 'header', name: 'X-API-Key' },
      session: { in: 'cookie', name: 'authscript_session' },
    })
    expect(parametersOf('approveWorkItem')).toEqual(
      expect.arrayContaining([
        ['If-Match', true],
        ['Idempotency-Key', false],
      ]),
    )
    expect(parametersOf('signIn')).not.toContainEqual(['Idempotency-Key', false])
  })

  it('explains both contracts of the event stream, reconnection, gaps and heartbeats', () => {
    const stream = operationsOf(document).find(
      ({ operation }) => operation.operationId === 'streamEvents',
    )?.operation

    expect(Object.keys(stream?.responses['200']?.content ?? {})).toEqual(['text/event-stream'])
    for (const word of [
      'event-message',
      'notification',
      'Last-Event-ID',
      'retry',
      'gap',
      'X-Heartbeat-Ms',
    ])
      expect(stream?.description).toContain(word)
    expect(document.components?.schemas).toHaveProperty('EventMessage')
    expect(document.components?.schemas).toHaveProperty('Notification')
  })
})

describe('the errors of an operation', () => {
  const codesOf = () =>
    operationsOf(document).flatMap(({ operation }) =>
      Object.values(operation.responses).flatMap(({ content }) => {
        const schema = content?.['application/problem+json']?.schema
        const code = schema?.allOf?.[1]?.properties?.['code']
        return (code?.enum ?? []) as string[]
      }),
    )

  it('are documented codes', () => {
    const catalogue = parseErrorCatalogue(
      readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8'),
    )

    expect(
      codesOf().filter((code) => !catalogue.has(code)),
      'add a row to docs/errors.md',
    ).toEqual([])
  })

  it('are listed by operations that exist', () => {
    expect(Object.keys(operationProblems).filter((name) => !(name in operations))).toEqual([])
  })

  it('contain every code that a route or an action of the review answers with', () => {
    const folder = new URL('../../', import.meta.url)
    const files = globSync('src/{http,review}/**/*.ts', { cwd: folder }).filter(
      (name) => !name.endsWith('.test.ts'),
    )
    const used = files.flatMap((file) =>
      [
        ...source(file).matchAll(/new HttpProblem\(\s*\d+,\s*'([a-z_]+)'/g),
        ...source(file).matchAll(/\brefused\(\s*'([a-z_]+)'/g),
      ].map(([, code = '']) => code),
    )

    // No operation has another method.
    const known = new Set([...codesOf(), 'method_not_allowed'])
    expect(
      used.filter((code) => !known.has(code)),
      operationTable,
    ).toEqual([])
  })
})
