import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import type { App } from '../routes.ts'
import { authorizeRoutes, compareWithTable } from './authorize-routes.ts'
import { chartRoles, type OperationRule } from './operation-rule.ts'
import { operations } from './operations.ts'

const route = (method: string, url: string, operationId?: string) => ({ method, url, operationId })

describe('the table of operations', () => {
  it('is accepted when each route has its row and each row its route', () => {
    const routes = [
      route('GET', '/api/people', 'listPeople'),
      route('HEAD', '/api/people', 'listPeople'),
    ]

    expect(compareWithTable(routes, ['listPeople'])).toEqual([])
  })

  it('says which row to add for a route that has none', () => {
    expect(compareWithTable([route('GET', '/api/people', 'listPeople')], [])).toEqual([
      expect.stringMatching(
        /^GET \/api\/people has no row: add "listPeople: \{ roles: .* to apps\/gateway\/src\/http\/authorization\/operations\.ts/,
      ),
    ])
  })

  it('says that a route has no operationId', () => {
    expect(compareWithTable([route('GET', '/api/people')], [])).toEqual([
      expect.stringMatching(/^GET \/api\/people has no operationId: add one to its schema/),
    ])
  })

  it('says which row has no route', () => {
    expect(compareWithTable([], ['listPeople'])).toEqual([
      expect.stringMatching(/^the row listPeople of .* has no route/),
    ])
  })

  it('refuses one name for two operations, which would have the same row', () => {
    const routes = ['DELETE', 'PUT'].map((method) => route(method, '/api/people', 'changePerson'))

    expect(compareWithTable(routes, ['changePerson'])).toEqual([
      'DELETE /api/people, PUT /api/people have the same operationId changePerson',
    ])
  })

  it('gives chart data to roles that see charts only', () => {
    const seen = Object.entries<OperationRule>(operations).filter(
      ([, { chart, roles }]) =>
        chart && (typeof roles === 'string' || roles.some((role) => !chartRoles.includes(role))),
    )

    expect(seen).toEqual([])
  })
})

it('audits whatever has chart data', () => {
  const unaudited = Object.entries<OperationRule>(operations).filter(
    ([, { chart, audited }]) => chart && audited === 'no',
  )

  expect(unaudited).toEqual([])
})

describe('a server', () => {
  it('does not start with a route that nobody decided about', () => {
    const app = Fastify() as unknown as App
    const authorization = authorizeRoutes(app, async () => undefined)
    app.get('/api/offices', { schema: { operationId: 'listOffices' } }, () => 'offices')

    expect(() => authorization.check()).toThrow('GET /api/offices')
  })

  it('asks before each route, and before what the route itself does first', async () => {
    const app = Fastify() as unknown as App
    const asked: string[] = []
    authorizeRoutes(app, async ({ url }) => {
      asked.push(url)
      throw new Error('refused')
    })
    app.post('/api/people', { preParsing: async () => void asked.push('parsed') }, () => 'people')

    const response = await app.inject({ method: 'POST', url: '/api/people', body: { name: 'x' } })

    expect(response.statusCode).toBe(500)
    expect(asked).toEqual(['/api/people'])
  })
})
