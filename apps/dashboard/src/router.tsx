import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { SignInPage } from './features/sign-in/sign-in-page.tsx'
import { WorkQueuePage } from './features/work-queue/work-queue-page.tsx'
import { Shell } from './shell.tsx'

const root = createRootRoute({ component: Outlet })
const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignInPage })
const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Shell })
const queue = createRoute({ getParentRoute: () => signedIn, path: '/', component: WorkQueuePage })
const review = createRoute({
  getParentRoute: () => signedIn,
  path: '/work-items/$workItemId',
  component: lazyRouteComponent(() => import('./features/review/review-page.tsx'), 'ReviewPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([signIn, signedIn.addChildren([queue, review])]),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
