import type { FastifyReply, FastifyRequest } from 'fastify'
import { HttpProblem } from './problem.ts'
import type { App } from './routes.ts'

/** Which methods a path has. */
export interface RouteMethods {
  /**
   * For a request that no route takes: answers OPTIONS with the methods of the path. Undefined when nothing is there.
   *
   * @throws {HttpProblem} 405 with `Allow`: the path has other methods
   */
  answer(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined
}

interface KnownPath {
  readonly pattern: RegExp
  readonly methods: Set<string>
}

/** Has to be called before the routes are added. */
export function collectRouteMethods(app: App): RouteMethods {
  const known = new Map<string, KnownPath>()
  app.addHook('onRoute', ({ url, method }) => {
    const path = known.get(url) ?? { pattern: patternOf(url), methods: new Set() }
    known.set(url, path)
    for (const one of [method].flat()) path.methods.add(one)
  })
  return {
    answer({ url, method }, reply) {
      const [path = '/'] = url.split('?', 1)
      const methods = new Set(
        [...known.values()].flatMap((one) => (one.pattern.test(path) ? [...one.methods] : [])),
      )
      if (methods.size === 0) return undefined
      const allowed = [...methods, 'OPTIONS'].toSorted().join(', ')
      void reply.header('allow', allowed)
      if (method === 'OPTIONS') return reply.code(204).send()
      throw new HttpProblem(
        405,
        'method_not_allowed',
        `${method} is not a method of this address; it has ${allowed}`,
      )
    },
  }
}

/** `/api/forms/:formId` and `/docs/*` as a pattern of paths. */
function patternOf(url: string): RegExp {
  const source = url
    .split('/')
    .map((part) => {
      if (part.startsWith(':')) return '[^/]+'
      return part === '*' ? '.*' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    })
    .join('/')
  return new RegExp(`^${source}$`)
}
