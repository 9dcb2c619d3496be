import { request as send } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DescribedApi, startDescribedApi } from './described-api.ts'

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, object>> }
}
type Paths = Readonly<Record<string, Partial<Readonly<Record<string, Operation>>>>>

let api: DescribedApi
let address: string
let paths: Paths

beforeAll(async () => {
  api = await startDescribedApi()
  address = api.address
  paths = ((await (await fetch(`${address}/openapi.json`)).json()) as { paths: Paths }).paths
})
afterAll(() => api[Symbol.asyncDispose]())

/** The address with an arbitrary id for each parameter. */
const addressOf = (path: string) => `${address}${path.replaceAll(/\{[^}]+\}/g, 'x-1')}`
const allOperations = () =>
  Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return operation === undefined ? [] : [{ path, method, operation }]
    }),
  )
/** An address may match several paths: `/api/patients/register` is also a patient. */
const methodsAt = (path: string) =>
  methods.filter((method) =>
    Object.entries(paths).some(
      ([other, item]) =>
        item[method] !== undefined &&
        new RegExp(`^${other.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(
          path.replaceAll(/[{}]/g, ''),
        ),
    ),
  )
const ask = (path: string, method: string, init: RequestInit = {}) =>
  fetch(addressOf(path), {
    ...init,
    method: method.toUpperCase(),
    headers: { 'x-api-key': api.key, ...init.headers },
  })
const problemOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  return (await response.json()) as { code: string; type: string; detail?: string }
}

describe('every path of the OpenAPI document', () => {
  it('answers a method that it does not have with 405 and those that it has', async () => {
    expect(Object.keys(paths).length).toBeGreaterThan(40)
    for (const path of Object.keys(paths)) {
      const has = methodsAt(path)
      for (const method of methods.filter((one) => !has.includes(one))) {
        const response = await ask(path, method)
        const allowed = response.headers.get('allow')?.split(', ')

        expect([path, method, response.status]).toEqual([path, method, 405])
        expect(allowed).toEqual(expect.arrayContaining(has.map((one) => one.toUpperCase())))
        expect(allowed).not.toContain(method.toUpperCase())
        expect((await problemOf(response)).code).toBe('method_not_allowed')
      }
    }
  })

  it('answers OPTIONS with its methods, and HEAD as GET without the body', async () => {
    for (const [path, item] of Object.entries(paths)) {
      const options = await fetch(addressOf(path), { method: 'OPTIONS' })
      expect([path, options.status]).toEqual([path, 204])
      const allowed = options.headers.get('allow')?.split(', ') ?? []
      for (const method of methods)
        expect([path, method, allowed.includes(method.toUpperCase())]).toEqual([
          path,
          method,
          methodsAt(path).includes(method),
        ])
      expect(allowed.includes('HEAD')).toBe(methodsAt(path).includes('get'))
      if (item['get'] === undefined || !path.startsWith('/api/')) continue

      // Nobody is signed in: no route reads anything.
      const get = await fetch(addressOf(path))
      const head = await fetch(addressOf(path), { method: 'HEAD' })
      expect([path, head.status]).toEqual([path, get.status])
      expect(await head.text()).toBe('')
    }
  })
})

describe('every operation of the OpenAPI document', () => {
  it('refuses a query key that it does not know, and names the nearest', async () => {
    for (const { path, method, operation } of allOperations()) {
      // The identity provider may add parameters of its own.
      if (!path.startsWith('/api/') || path.endsWith('/oidc/callback')) continue
      const known = (operation.parameters ?? []).filter((one) => one.in === 'query')
      const [first] = known.map(({ name }) => name).filter((name) => name.length > 3)
      const misspelt = first === undefined ? 'practise' : `${first}x`

      const response = await ask(`${path}?${misspelt}=1`, method)

      expect([path, method, response.status]).toEqual([path, method, 400])
      const { code, detail } = await problemOf(response)
      expect(code).toBe('query_key_unknown')
      if (first !== undefined) expect(detail).toContain(`did you mean "${first}"`)
    }
  })

  it('refuses a body of a type other than the one that it documents, before it is read', async () => {
    for (const { path, method, operation } of allOperations()) {
      if (method === 'get') continue
      const documented = Object.keys(operation.requestBody?.content ?? { 'application/json': {} })
      for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
        if (documented.includes(type)) continue
        const response = await ask(path, method, { headers: { 'content-type': type }, body: 'a=1' })

        expect([path, method, response.status]).toEqual([path, method, 415])
        for (const one of documented) expect(response.headers.get('accept')).toContain(one)
        expect((await problemOf(response)).code).toBe('media_type_unsupported')
      }
      const other = documented.includes('application/json') ? 'image/png' : 'application/json'
      const response = await ask(path, method, { headers: { 'content-type': other }, body: '{}' })
      expect([path, method, other, response.status]).toEqual([path, method, other, 415])
    }
  })

  it('needs a credential, unless anyone may use it', async () => {
    for (const { path, method, operation } of allOperations()) {
      const isOpen = (operation as { security?: readonly object[] }).security?.length === 0
      if (isOpen || method !== 'get' || !path.startsWith('/api/')) continue

      const response = await fetch(addressOf(path))

      expect([path, response.status >= 400 && response.status < 500]).toEqual([path, true])
      expect((await problemOf(response)).type).toMatch(/^\/docs\/errors#[a-z_]+$/)
    }
  })
})

describe('an address that does not exist', () => {
  it.each(['GET', 'POST', 'DELETE', 'OPTIONS', 'PATCH'])(
    'is answered 404 for %s',
    async (method) => {
      const response = await ask('/api/nothing', method)

      expect(response.status).toBe(404)
      expect(response.headers.get('allow')).toBeNull()
    },
  )

  it('may have a method that HTTP does not have', async () => {
    const status = await new Promise((resolve, reject) => {
      send(`${address}/api/session`, { method: 'PROPFIND' }, (response) =>
        resolve(response.resume().statusCode),
      )
        .on('error', reject)
        .end()
    })

    expect(status).toBe(405)
  })
})
