import type { FastifyRequest } from 'fastify'
import type { App } from '../routes.ts'
import { operations } from './operations.ts'

const table = 'apps/gateway/src/http/authorization/operations.ts'

/** A route as it was registered. */
export interface RegisteredRoute {
  readonly method: string
  readonly url: string
  readonly operationId: string | undefined
}

/**
 * Asks `authorize` before each route that is added from now on, after the rate limit and before anything of the request's body is read.
 * `check` ends the list: it fails when the routes and the table of operations are not the same.
 */
export function authorizeRoutes(
  app: App,
  authorize: (request: FastifyRequest) => Promise<void>,
): { check(): void } {
  const routes: RegisteredRoute[] = []
  let isOver = false
  app.addHook('onRoute', (route) => {
    // The files of the dashboard, which need no credential.
    if (isOver) return
    const operationId = route.schema?.operationId
    for (const method of [route.method].flat()) routes.push({ method, url: route.url, operationId })
    const before = route.onRequest === undefined ? [] : [route.onRequest].flat()
    route.onRequest = [...before, authorize]
  })
  return {
    check() {
      isOver = true
      const problems = compareWithTable(routes, Object.keys(operations))
      if (problems.length > 0) throw new Error(problems.join('\n'))
    },
  }
}

/** What to add and to remove so that the routes and the rows are the same. */
export function compareWithTable(
  routes: readonly RegisteredRoute[],
  rows: readonly string[],
): readonly string[] {
  const names = routes.map(({ operationId }) => operationId)
  const nameOf = ({ method, url }: RegisteredRoute) => `${method} ${url}`
  const byOperation = Map.groupBy(routes, ({ operationId }) => operationId)
  return [
    ...routes
      .filter(({ operationId }) => operationId === undefined)
      .map(
        (route) =>
          `${nameOf(route)} has no operationId: add one to its schema (a verb and a noun, like listPeople), and its row to ${table}`,
      ),
    ...[...byOperation].flatMap(([operationId, named]) => {
      if (operationId === undefined) return []
      const missing = rows.includes(operationId)
        ? []
        : [
            `${named.map(nameOf).join(', ')} has no row: add "${operationId}: { roles: […], practices: 'own' | 'all' | 'own_or_all' | 'none', chart: true | false, audited: 'view' | 'change' | … | 'no' }" to ${table}, then a request to journeys/authorization/role-requests.ts, and npm run authorization-reference`,
          ]
      const urls = new Set(named.map(({ url }) => url))
      const methods = new Set(named.map(({ method }) => (method === 'HEAD' ? 'GET' : method)))
      const twice =
        urls.size === 1 && methods.size === 1
          ? []
          : [`${named.map(nameOf).join(', ')} have the same operationId ${operationId}`]
      return [...missing, ...twice]
    }),
    ...rows
      .filter((row) => !names.includes(row))
      .map((row) => `the row ${row} of ${table} has no route: remove it, or register its route`),
  ]
}
