import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { LogOut } from 'lucide-react'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Session } from '../api/client.ts'
import { queries } from '../api/queries.ts'
import { whenIdle } from '../clock.ts'
import { connection, useConnection } from '../connection/connection.ts'
import { ReviewPart } from '../features/review-part.tsx'
import { isInFrame } from '../in-frame.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { Failure, Skeleton } from '../ui/notice.tsx'
import { ConnectionStatus } from './connection-status.tsx'
import { initialsOf } from './initials.ts'
import { useLiveQueries } from './live-queries.ts'
import { useNavigationFocus } from './navigation-focus.ts'
import { recordPrints } from './record-prints.ts'
import { seesCharts, startOf } from './start-page.ts'
import { isSignedOut, useLeave, useSessionEnd } from './session.ts'

const SessionDialog = lazyPart(async () => (await import('./session-dialog.tsx')).SessionDialog)
const ChoosePasswordPage = lazyPart(
  async () => (await import('../features/account/choose-password-page.tsx')).ChoosePasswordPage,
)
const OverPages = lazyPart(async () => (await import('./over-pages.tsx')).OverPages)
const EmbeddedMenu = lazyPart(
  async () => (await import('../embedded/embedded-menu.tsx')).EmbeddedMenu,
)

/** The frame of every page for a signed-in user. It stays whatever happens to the page inside it. */
export function Shell() {
  const session = useQuery(queries.session())
  // A page that is open stays, with what was typed: the dialog over it asks for the password.
  const isOpen = useRef(false)
  if (session.data !== undefined) {
    if (session.data.mustChangePassword && !isOpen.current)
      return <ChoosePasswordPage label={session.data.label} />
    isOpen.current = true
    return <SignedIn session={session.data} />
  }
  if (isSignedOut(session.error)) return <ToSignIn />
  return (
    <Frame>
      <div className="p-4 min-[900px]:p-8">
        {session.error === null ? (
          <Skeleton rows={6} />
        ) : (
          <Failure error={session.error} onRetry={() => void session.refetch()} />
        )}
      </div>
    </Frame>
  )
}

/** Goes to the sign-in once, with the page to return to. */
function ToSignIn() {
  const navigate = useNavigate()
  const { href } = useLocation()
  const asked = useRef(href)
  useEffect(() => {
    void navigate({
      to: '/sign-in',
      search: asked.current === '/' ? {} : { to: asked.current },
      replace: true,
    })
  }, [navigate])
  return null
}

function SignedIn({ session }: { session: Session }) {
  const { isOver, resume } = useSessionEnd(session)
  const { signOut, leave } = useLeave(session.method === 'oidc')
  const { status } = useConnection()
  const [isIdle, setIsIdle] = useState(false)
  const main = useNavigationFocus()
  // Before the browser shows a chart, which may be printed at once.
  useLayoutEffect(recordPrints, [])
  useLiveQueries()
  useStartPage(session)
  useEffect(() => connection.start(), [])
  useEffect(() => {
    if (status === 'left') leave()
  }, [status, leave])
  useEffect(
    () =>
      whenIdle(() => {
        setIsIdle(true)
        SessionDialog.preload()
        ReviewPart.preload()
      }),
    [],
  )
  return (
    <Frame
      pages={
        <>
          {seesCharts(session) && <PageLink to="/encounters">Encounters</PageLink>}
          {session.roles.includes('auditor') && <PageLink to="/audit">Audit</PageLink>}
          {session.roles.includes('operator') && (
            <>
              <PageLink to="/forms">Forms</PageLink>
              <PageLink to="/operations">Operations</PageLink>
            </>
          )}
          {session.roles.includes('administrator') && (
            <>
              <PageLink to="/people">People</PageLink>
              <PageLink to="/webhooks">Webhooks</PageLink>
            </>
          )}
        </>
      }
      aside={
        <>
          <ConnectionStatus />
          {isInFrame && session.ehrFrame !== null && <EmbeddedMenu frame={session.ehrFrame} />}
          {session.personId !== null || session.roles.includes('clinician') ? (
            <Link
              to={session.personId === null ? '/signature' : '/account'}
              className="rounded-full text-soft hover:text-ink hover:underline"
              title={`${session.label}: your ${session.personId === null ? 'signature' : 'account'}`}
            >
              <SignedInName label={session.label} />
            </Link>
          ) : (
            <span className="text-soft" title={session.label}>
              <SignedInName label={session.label} />
            </span>
          )}
          <button
            type="button"
            aria-label="Sign out"
            title="Sign out"
            onClick={() => void signOut()}
            className="rounded-lg p-2 text-soft hover:bg-quiet-soft hover:text-ink"
          >
            <LogOut aria-hidden className="size-4" />
          </button>
        </>
      }
    >
      <main
        id="main"
        ref={main}
        tabIndex={-1}
        className="mx-auto max-w-[1680px] px-4 py-5 outline-none min-[900px]:px-8"
      >
        <Outlet />
      </main>
      {isIdle && <OverPages isOver={isOver} onSignOut={() => void signOut()} />}
      {isOver && (
        <SessionDialog
          session={session}
          onSignedIn={(again) => {
            connection.open()
            resume(again)
          }}
          onLeave={() => {
            connection.leave()
            leave()
          }}
        />
      )}
    </Frame>
  )
}

/** On a phone the initials; the whole name is there for those who hear the page. */
function SignedInName({ label }: { label: string }) {
  return (
    <>
      <span dir="auto" className="block max-w-40 truncate max-[480px]:sr-only">
        {label}
      </span>
      <span
        aria-hidden
        className="grid size-8 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent min-[481px]:hidden"
      >
        {initialsOf(label)}
      </span>
    </>
  )
}

/** For people who see no charts, the address of the work queue leads to their own first page. */
function useStartPage(session: Session): void {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const start = startOf(session)
  useEffect(() => {
    if (pathname === '/' && start !== '/') void navigate({ to: start, replace: true })
  }, [pathname, start, navigate])
}

function Frame({
  pages,
  aside,
  children,
}: {
  /** Links to the pages beside the queue. */
  pages?: ReactNode
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <>
      <a
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
        className="sr-only z-50 rounded-lg bg-accent px-4 py-2 font-medium text-panel focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-20 border-b border-line bg-panel">
        <div className="mx-auto flex h-14 max-w-[1680px] items-center gap-4 px-4 max-[420px]:gap-2 min-[900px]:px-8">
          <Link to="/" className="flex shrink-0 items-center gap-2.5 font-semibold tracking-tight">
            <img src="/icon.svg" alt="" width="24" height="24" className="size-6" />
            <span className="max-[480px]:sr-only">AuthScript</span>
          </Link>
          {pages !== undefined && (
            <nav
              aria-label="Pages"
              // On a phone the links of an operator do not fit beside the rest.
              className="-mx-1 flex min-w-0 gap-1 overflow-x-auto p-1 [scrollbar-width:none]"
            >
              {pages}
            </nav>
          )}
          <span className="grow" />
          <span className="flex shrink-0 items-center gap-4 max-[480px]:gap-1">{aside}</span>
        </div>
      </header>
      {children}
    </>
  )
}

function PageLink({
  to,
  children,
}: {
  to: '/encounters' | '/forms' | '/operations' | '/people' | '/webhooks' | '/audit'
  children: ReactNode
}) {
  return (
    <Link
      to={to}
      className="shrink-0 rounded-lg px-2.5 py-1.5 text-soft hover:bg-quiet-soft hover:text-ink aria-[current=page]:bg-quiet-soft aria-[current=page]:font-medium aria-[current=page]:text-ink"
    >
      {children}
    </Link>
  )
}
