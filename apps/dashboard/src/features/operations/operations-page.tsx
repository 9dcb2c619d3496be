import type { DependencyView, Finding } from '@authscript/prior-auth'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RequestFailed } from '../../api/client.ts'
import { operationsQueries } from '../../api/operations.ts'
import { Empty, Failure, Skeleton } from '../../ui/notice.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { Configuration } from './configuration.tsx'
import { Controls } from './controls.tsx'
import { DeadLetters } from './dead-letters.tsx'
import { Dependencies } from './dependencies.tsx'
import { Nodes } from './nodes.tsx'
import { Tiles } from './tiles.tsx'
import { TimelinePanel } from './timeline.tsx'
import { agoWords, exactWords, whenWords } from './times.ts'
import { Verdict } from './verdict.tsx'
import { Watched } from './watched.tsx'

const forbidden = 403
const databaseAway = 'database_unavailable'

/** For those who run the gateway: how it is, why, and what to do. */
export function OperationsPage() {
  useTitle('Operations')
  const { data, error, refetch } = useQuery(operationsQueries.view())
  if (error instanceof RequestFailed && error.problem.status === forbidden)
    return (
      <Empty title="Only operators see this page">Ask somebody who has the role operator.</Empty>
    )
  if (data === undefined)
    return error === null ? (
      <Skeleton rows={8} />
    ) : (
      <Failure error={error} onRetry={() => void refetch()} />
    )
  return (
    <div className="space-y-4">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h1 className="text-xl font-semibold tracking-tight">Operations</h1>
        <p className="text-xs text-soft tabular-nums">
          measured {exactWords(data.measuredAt).slice(0, 8)}
        </p>
      </header>
      {error === null ? (
        <Verdict verdict={data.verdict} findings={data.findings} />
      ) : (
        <Verdict verdict={unansweredVerdict(error, data.measuredAt)} findings={[]} />
      )}
      <Tiles tiles={data.tiles} />
      <div className="grid items-start gap-4 min-[1100px]:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="min-w-0 space-y-4">
          <DeadLetters deadLetters={data.deadLetters} redrives={data.redrives} />
          <TimelinePanel />
          <Watched />
        </div>
        <div className="min-w-0 space-y-4">
          <Dependencies
            dependencies={
              error === null
                ? data.dependencies
                : withFailure(data.dependencies, error, data.measuredAt)
            }
          />
          <Controls view={data} />
          <Nodes nodes={data.nodes} here={data.nodeId} mayControl={data.mayControl} />
        </div>
      </div>
      <Configuration />
      <p className="text-soft">
        Last backup:{' '}
        {data.backup.lastAt === null ? (
          <>
            never, by <code className="font-mono text-sm">authscript backup</code>
          </>
        ) : (
          `${whenWords(data.backup.lastAt)}, ${agoWords(data.backup.lastAt)}`
        )}
      </p>
      <nav aria-label="More about this gateway" className="flex flex-wrap gap-x-6 gap-y-2">
        <Link to="/webhooks" className="text-accent underline underline-offset-2">
          Webhooks
        </Link>
        {[
          ...(data.dashboardsUrl === null ? [] : [[data.dashboardsUrl, 'Your dashboards']]),
          ['/metrics', 'Metrics for Prometheus'],
          ['/health/ready', 'Readiness'],
          ['/docs', 'API'],
          ['/docs/errors', 'Every error and its remedy'],
        ].map(([href, label]) => (
          <a
            key={href}
            href={href}
            target="_blank"
            rel="noreferrer"
            className="text-accent underline underline-offset-2"
          >
            {label}
          </a>
        ))}
      </nav>
    </div>
  )
}

/** Without its database the gateway cannot say more of it than that. */
function withFailure(
  dependencies: readonly DependencyView[],
  error: Error,
  since: string,
): readonly DependencyView[] {
  const problem = error instanceof RequestFailed ? error.problem : undefined
  if (problem?.code !== databaseAway) return dependencies
  return dependencies.map((one) =>
    one.name === 'database'
      ? {
          ...one,
          state: 'failing',
          failingSince: since,
          code: databaseAway,
          reason: problem.detail ?? problem.title,
        }
      : one,
  )
}

/** The gateway or its database cannot be reached: what is shown is from before. */
function unansweredVerdict(error: Error, measuredAt: string): Finding {
  const problem = error instanceof RequestFailed ? error.problem : undefined
  const isDatabase = problem?.code === databaseAway
  return {
    level: 'trouble',
    code: isDatabase ? databaseAway : null,
    href: isDatabase ? `/docs/errors#${databaseAway}` : null,
    text: isDatabase ? 'The database does not answer' : 'The gateway does not answer this page',
    since: measuredAt,
    remedy: isDatabase
      ? `check the PostgreSQL server. Figures are from ${whenWords(measuredAt)}`
      : `figures are from ${whenWords(measuredAt)}`,
    detail: problem?.detail ?? null,
  }
}
