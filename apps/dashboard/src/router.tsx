import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  Link,
  Outlet,
} from '@tanstack/react-router'
import { z } from 'zod'
import { queries } from './api/queries.ts'
import { type QueueSearch, queueQueries, queueSearch } from './api/queue.ts'
import { AuditPart } from './features/audit-part.tsx'
import { ChartPart } from './features/chart-part.tsx'
import { EncountersPart } from './features/encounters-part.tsx'
import { FormEditorPart, FormListPart } from './features/forms-part.tsx'
import { OperationsPart } from './features/operations-part.tsx'
import { AccountPart } from './features/account-part.tsx'
import { PeoplePart } from './features/people-part.tsx'
import { WebhooksPart } from './features/webhooks-part.tsx'
import { ReviewPart } from './features/review-part.tsx'
import { SignaturePart } from './features/signature-part.tsx'
import { SignInPart } from './features/sign-in-part.tsx'
import { WorkQueuePage } from './features/work-queue/work-queue-page.tsx'
import { Shell } from './frame/shell.tsx'
import { Empty, Failure } from './ui/notice.tsx'

const signInSearch = z.object({
  /** The page to continue with: a path of the dashboard, never an address elsewhere. */
  to: z
    .string()
    .regex(/^\/(?![/\\])[^\s\p{Cc}]*$/u)
    .optional()
    .catch(undefined),
  /** The gateway did not answer a sign-out. */
  unfinished: z.coerce.boolean().optional(),
  /** Why the identity provider did not sign anybody in: a code. */
  refused: z.string().optional().catch(undefined),
})

const root = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()({
  component: Outlet,
})
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: () => <SignInPart />,
})
const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Shell })
const queue = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  validateSearch: queueSearch,
  loaderDeps: ({ search }) => search,
  // Started while the session is requested, and not awaited: the page shows its progress.
  loader({ context: { queryClient }, deps }) {
    // Refused until the person has chosen a password.
    if (queryClient.getQueryData(queries.session().queryKey)?.mustChangePassword) return
    void queryClient.prefetchQuery(queueQueries.summary())
    if (deps.view !== undefined) void queryClient.prefetchInfiniteQuery(queueQueries.rows(deps))
  },
  component: WorkQueuePage,
})
const review = createRoute({
  getParentRoute: () => signedIn,
  path: '/work-items/$workItemId',
  component: () => <ReviewPart />,
})
const encounters = createRoute({
  getParentRoute: () => signedIn,
  path: '/encounters',
  component: () => <EncountersPart />,
})
const idInEhr = z.string().max(128).optional().catch(undefined)
const chart = createRoute({
  getParentRoute: () => signedIn,
  path: '/chart',
  validateSearch: z.object({ practiceId: idInEhr, patientId: idInEhr, encounterId: idInEhr }),
  component: () => <ChartPart />,
})
const signature = createRoute({
  getParentRoute: () => signedIn,
  path: '/signature',
  component: () => <SignaturePart />,
})

const operations = createRoute({
  getParentRoute: () => signedIn,
  path: '/operations',
  validateSearch: z.object({
    encounter: z.string().optional().catch(undefined),
    practice: z.string().optional().catch(undefined),
    failing: z.coerce.boolean().optional(),
  }),
  component: () => <OperationsPart />,
})
const wanted = z.string().optional().catch(undefined)
const audit = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit',
  validateSearch: z.object({
    patient: wanted,
    encounter: wanted,
    workItem: wanted,
    person: wanted,
    action: wanted,
    outcome: wanted,
    from: wanted,
    to: wanted,
  }),
  component: () => <AuditPart />,
})
const account = createRoute({
  getParentRoute: () => signedIn,
  path: '/account',
  component: () => <AccountPart />,
})
const people = createRoute({
  getParentRoute: () => signedIn,
  path: '/people',
  component: () => <PeoplePart />,
})
const webhooks = createRoute({
  getParentRoute: () => signedIn,
  path: '/webhooks',
  component: () => <WebhooksPart />,
})
const forms = createRoute({
  getParentRoute: () => signedIn,
  path: '/forms',
  component: () => <FormListPart />,
})
const formEditor = createRoute({
  getParentRoute: () => signedIn,
  path: '/forms/$formId',
  component: () => <FormEditorPart />,
})

/** A page that cannot be displayed, inside the frame. */
function PageFailure({ error, reset }: ErrorComponentProps) {
  return <Failure error={error instanceof Error ? error : new Error('unknown')} onRetry={reset} />
}

function NoSuchPage() {
  return (
    <Empty title="There is no such page">
      <Link to="/" className="text-accent underline">
        To the work queue
      </Link>
    </Empty>
  )
}

function toSearchText(search: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined)
  if (given.length === 0) return ''
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`
}

export const createPageRouter = (queryClient: QueryClient) =>
  createRouter({
    context: { queryClient },
    routeTree: root.addChildren([
      signIn,
      signedIn.addChildren([
        queue,
        review,
        chart,
        encounters,
        signature,
        operations,
        audit,
        account,
        people,
        webhooks,
        forms,
        formEditor,
      ]),
    ]),
    defaultErrorComponent: PageFailure,
    defaultNotFoundComponent: NoSuchPage,
    scrollRestoration: true,
    // Plain text: by default a code such as 27447 becomes a number.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: toSearchText,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPageRouter>
  }
  interface HistoryState {
    /** The page was opened from a row of this queue, which the way back shows again as it was. */
    fromQueue?: QueueSearch | undefined
  }
}
