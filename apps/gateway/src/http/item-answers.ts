import type { reviewView } from '@authscript/prior-auth'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { ChangeOutcome } from '../review/change-outcome.ts'
import type { Scope } from '../store/scope.ts'
import { HttpProblem, notFound } from './problem.ts'
import { toHistoryEntry, toReviewView } from './review-view.ts'
import type { RouteDependencies } from './routes.ts'
import { forWire } from './views.ts'

export const byWorkItem = z.object({ workItemId: z.string().min(1).max(64) })

interface Seen {
  readonly workItemId: string
  readonly version: number
}

/** How routes of one work item answer. */
export function createItemAnswers({
  store,
  review,
  attachmentLimits,
}: Pick<RouteDependencies, 'store' | 'review' | 'attachmentLimits'>) {
  /** @throws {HttpProblem} 412 with what others did since */
  async function refuseStale({ workItemId, version }: Seen): Promise<never> {
    const lines = await store.history.list(workItemId)
    const changes = lines.filter((line) => line.version > version).map(toHistoryEntry)
    const changedBy = changes.findLast(({ actor }) => actor !== null)?.actor ?? null
    throw new HttpProblem(
      412,
      'version_stale',
      changedBy === null
        ? 'this order has changed since you opened it; nothing of yours was saved'
        : `${changedBy} has changed this order since you opened it; nothing of yours was saved`,
      { changedBy, changes },
    )
  }

  return {
    refuseStale,

    async sendItem(
      reply: FastifyReply,
      caller: Scope & { readonly label: string },
      workItemId: string,
    ): Promise<FastifyReply> {
      const [read, mentionsMe] = await Promise.all([
        review.read(caller, workItemId),
        store.mentions.isUnread(workItemId, caller.label),
      ])
      if (read === undefined) throw notFound(`work item ${workItemId}`)
      return reply
        .header('etag', `"${read.item.version}"`)
        .send(
          forWire<z.infer<typeof reviewView>>(toReviewView(read, { attachmentLimits, mentionsMe })),
        )
    },

    /** @throws {HttpProblem} 404, 409 or 412: nothing was changed */
    async requireDone(seen: Seen, result: ChangeOutcome): Promise<void> {
      switch (result.outcome) {
        case 'done':
          return undefined
        case 'unknown':
          throw notFound(result.what)
        case 'stale':
          return refuseStale(seen)
        case 'refused': {
          const { code, detail, issues } = result
          throw new HttpProblem(409, code, detail, issues === undefined ? {} : { issues })
        }
        default:
          return result satisfies never
      }
    },
  }
}

/** @throws {HttpProblem} 428 without If-Match: nobody may decide on a version that they have not seen */
export function versionOf(ifMatch: string | undefined): number {
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch ?? '')?.[1]
  if (version === undefined)
    throw new HttpProblem(428, 'version_needed', 'send the ETag of the version you saw as If-Match')
  return Number(version)
}
