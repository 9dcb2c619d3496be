import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Role, role } from '@authscript/prior-auth'
import { systemClock } from '../apps/gateway/src/clock.ts'
import { Auth } from '../apps/gateway/src/http/auth.ts'
import type { OperationRule } from '../apps/gateway/src/http/authorization/operation-rule.ts'
import { operations } from '../apps/gateway/src/http/authorization/operations.ts'
import type { RouteDependencies } from '../apps/gateway/src/http/routes.ts'
import { createHttpServer } from '../apps/gateway/src/http/server.ts'
import { createLog } from '../apps/gateway/src/log.ts'

/** Writes docs/authorization.md from the table of operations, or with `--check` fails when the file differs from it. */

const file = 'docs/authorization.md'
const target = join(dirname(dirname(fileURLToPath(import.meta.url))), file)

const introduction = `# Authorization

Who may use which operation of the API. Generated from \`apps/gateway/src/http/authorization/operations.ts\` by \`npm run authorization-reference\`; \`npm run docs\`
fails when it is stale. The gateway asks this table before each request, after the limit of requests and before it reads the body
([why](decisions/0040-authorization-table.md)). A route without a row does not start.

- **own**: only what belongs to the caller's practices; of another practice the answer is 404, and lists leave it out.
- **all**: the caller must have every practice of the gateway; otherwise 403 \`practices_missing\`.
- **own; all**: own, and what belongs to every practice only with all of them.
- **yes**: it concerns no practice.
- *empty*: 403 \`role_missing\`. Without a valid key or session every operation answers 401, except those that anyone may use.

A caller with several roles may do what one of them may. *Chart data* marks what contains data of patients: operators, auditors and administrators get none of it, and
the event stream leaves it out for them. *Temporary password* may be used by somebody who signed in with a password that another made; to them everything else
answers 403 \`password_temporary\`. *By a person* is refused to a program (role \`service\`), whatever other roles its key has. *Audited as* is the action
under which the [audit trail](audit.md) has it; the answer is not sent before that row is written.
`

interface DescribedRoute {
  readonly operationId: string
  readonly route: string
  readonly summary: string
  readonly group: string
}

/** Pages, which are no part of the API's description. */
const hiddenRoutes: readonly DescribedRoute[] = [
  {
    operationId: 'getApiDescription',
    route: 'GET /openapi.json',
    summary: 'This API, as OpenAPI',
    group: 'health',
  },
  {
    operationId: 'getErrorPage',
    route: 'GET /docs/errors',
    summary: 'What each code of a problem document means',
    group: 'health',
  },
]

if (import.meta.main) process.exitCode = await run(process.argv.includes('--check'))

/** The exit code. */
async function run(isCheck: boolean): Promise<number> {
  const page = renderAuthorization(await describeRoutes())
  const count = Object.keys(operations).length
  if (!isCheck) {
    writeFileSync(target, page)
    console.log(`${file}: ${count} operations`)
    return 0
  }
  if (existsSync(target) && readFileSync(target, 'utf8') === page) {
    console.log(`${file} is up to date: ${count} operations`)
    return 0
  }
  console.error(`${file} differs from the table of operations; run npm run authorization-reference`)
  return 1
}

/** The routes as the API describes itself. */
export async function describeRoutes(): Promise<readonly DescribedRoute[]> {
  const server = await createHttpServer(
    {
      host: '127.0.0.1',
      port: 0,
      maxBodyBytes: 1024,
      requestsPerMinute: 100,
      trustedProxies: [],
      dashboardDirectory: undefined,
      keyName: (name) => name,
    },
    // Only the description is asked.
    {
      store: {},
      auth: new Auth({ store: {}, credentials: [], sessionMs: 1000, clock: systemClock } as never),
      attachmentLimits: { maxFileBytes: 1, maxFiles: 1, maxTotalBytes: 1 },
      streamLimits: { heartbeatMs: 1000, maxStreams: 1, maxBufferBytes: 1024 },
      publicKeys: [],
      secureCookies: false,
      clock: systemClock,
      log: createLog({ level: 'silent', pretty: false }),
    } as unknown as RouteDependencies,
  )
  try {
    const response = await fetch(`${await server.start()}/openapi.json`)
    const { paths } = (await response.json()) as {
      paths: Record<
        string,
        Record<string, { operationId: string; summary?: string; tags?: string[] }>
      >
    }
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, summary, tags }]) => ({
        operationId,
        route: `${method.toUpperCase()} ${path}`,
        summary: summary ?? '',
        group: tags?.[0] ?? 'others',
      })),
    )
    const isHidden = ({ operationId }: DescribedRoute) =>
      hiddenRoutes.some((hidden) => hidden.operationId === operationId)
    return [...described.filter((route) => !isHidden(route)), ...hiddenRoutes]
  } finally {
    await server.stop()
  }
}

export function renderAuthorization(routes: readonly DescribedRoute[]): string {
  const groups = Map.groupBy(routes, ({ group }) => group)
  const sections = [...groups].map(([group, described]) => renderGroup(group, described))
  return [introduction, ...sections].join('\n')
}

function renderGroup(group: string, described: readonly DescribedRoute[]): string {
  const rows = described.map(({ operationId, route, summary }) => {
    const rule: OperationRule = operations[operationId as keyof typeof operations]
    return line([
      `\`${operationId}\``,
      `\`${route}\``,
      summary,
      ...role.options.map((one) => cellOf(one, rule)),
      [
        ...(rule.chart ? ['chart data'] : []),
        ...(rule.byPerson ? ['by a person'] : []),
        ...(rule.withTemporaryPassword ? ['temporary password'] : []),
      ].join(', '),
      rule.audited === 'no' ? '' : rule.audited,
    ])
  })
  return `## ${group.charAt(0).toUpperCase()}${group.slice(1)}

| Operation | Route | What it does | ${role.options.map((one) => `\`${one}\``).join(' | ')} | | Audited as |
| --- | --- | --- | ${role.options.map(() => '---').join(' | ')} | --- | --- |
${rows.join('\n')}
`
}

function cellOf(one: Role, { roles, practices, byPerson }: OperationRule): string {
  if (roles === 'anyone') return 'anyone'
  if (roles !== 'signed_in' && !roles.includes(one)) return ''
  if (byPerson === true && one === 'service') return ''
  return { own: 'own', all: 'all', own_or_all: 'own; all', none: 'yes' }[practices]
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
