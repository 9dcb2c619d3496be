import {
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  Link,
  Outlet,
} from '@tanstack/react-router'
import { z } from 'zod'
import { queueSearch } from './api/queue.ts'
import { FormEditorPart, FormListPart } from './features/forms-part.tsx'
import { ReviewPart } from './features/review-part.tsx'
import { SignInPage } from './features/sign-in/sign-in-page.tsx'
import { WorkQueuePage } from './features/work-queue/work-queue-page.tsx'
import { Shell } from './frame/shell.tsx'
import { Empty, Failure } from './ui/notice.tsx'

const signInSearch = z.object({
  /** Where to go on: a path of this page, never an address elsewhere. */
  to: z
    .string()
    .regex(/^\/(?![/\\])/)
    .optional()
    .catch(undefined),
  /** The gateway did not answer a sign-out. */
  unfinished: z.coerce.boolean().optional(),
})

const root = createRootRoute({ component: Outlet })
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: SignInPage,
})
const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Shell })
const queue = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  validateSearch: queueSearch,
  component: WorkQueuePage,
})
const review = createRoute({
  getParentRoute: () => signedIn,
  path: '/work-items/$workItemId',
  component: () => <ReviewPart />,
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

export const router = createRouter({
  routeTree: root.addChildren([signIn, signedIn.addChildren([queue, review, forms, formEditor])]),
  defaultErrorComponent: PageFailure,
  defaultNotFoundComponent: NoSuchPage,
  scrollRestoration: true,
  // Plain text: by default a code such as 27447 becomes a number.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: toSearchText,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
