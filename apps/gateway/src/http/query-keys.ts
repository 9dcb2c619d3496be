import { z } from 'zod'
import { nearestName } from '../config/nearest-name.ts'
import { HttpProblem } from './problem.ts'
import type { App } from './routes.ts'

/** A query key that no route of the API has is a mistake that would otherwise return too much: it is refused with the nearest one. */
export function refuseUnknownQueryKeys(app: App): void {
  // After the rate limit and what a route checks first.
  app.addHook('preParsing', async ({ query, is404, routeOptions }) => {
    if (is404 || routeOptions.url?.startsWith('/api/') !== true) return
    const known = keysOf(routeOptions.schema?.querystring)
    if (known === undefined) return
    const unknown = Object.keys(query ?? {}).filter((key) => !known.includes(key))
    if (unknown.length === 0) return
    throw new HttpProblem(400, 'query_key_unknown', sentenceOf(unknown[0] ?? '', known), {
      issues: unknown.map((key) => ({ path: 'query', message: sentenceOf(key, known) })),
    })
  })
}

function sentenceOf(key: string, known: readonly string[]): string {
  const shown = key.slice(0, 60)
  const nearest = nearestName(shown, known)
  const found = `"${shown}" is not a query key of this address`
  if (nearest !== undefined) return `${found}; did you mean "${nearest}"?`
  return known.length === 0 ? `${found}, which has none` : `${found}; it has ${known.join(', ')}`
}

/** Undefined when a route takes any: another program adds keys of its own. */
function keysOf(schema: unknown): readonly string[] | undefined {
  if (schema instanceof z.ZodObject && schema.def.catchall instanceof z.ZodUnknown) return undefined
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape)
  if (schema instanceof z.ZodPipe) return keysOf(schema.in)
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return keysOf(schema.unwrap())
  if (schema === undefined) return []
  throw new TypeError('the query of a route has to be an object')
}
