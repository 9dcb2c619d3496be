import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, Outlet } from '@tanstack/react-router'
import { LogOut, Radio } from 'lucide-react'
import { type Connection, useLiveUpdates } from './api/event-stream.ts'
import { queries, useSignOut } from './api/queries.ts'
import { Skeleton } from './ui/notice.tsx'

/** The frame of every page for a signed-in user. */
export function Shell() {
  const session = useQuery(queries.session())
  if (session.isPending) {
    return (
      <div className="mx-auto max-w-[1440px] p-8">
        <Skeleton rows={6} />
      </div>
    )
  }
  return session.data === undefined ? (
    <Navigate to="/sign-in" />
  ) : (
    <SignedIn label={session.data.label} />
  )
}

function SignedIn({ label }: { label: string }) {
  const connection = useLiveUpdates()
  const signOut = useSignOut()
  return (
    <>
      <header className="sticky top-0 z-10 border-b border-line bg-panel">
        <div className="mx-auto flex h-14 max-w-[1440px] items-center gap-6 px-8">
          <Link to="/" className="flex items-center gap-2.5 font-semibold tracking-tight">
            <img src="/icon.svg" alt="" className="size-6" /> AuthScript
          </Link>
          <span className="grow" />
          <Live connection={connection} />
          <span className="text-soft">{label}</span>
          <button
            type="button"
            aria-label="Sign out"
            title="Sign out"
            onClick={() => signOut.mutate()}
            className="rounded-lg p-1.5 text-soft hover:bg-quiet-soft hover:text-ink"
          >
            <LogOut aria-hidden className="size-4" />
          </button>
        </div>
      </header>
      <main className="mx-auto max-w-[1440px] px-8 py-7">
        <Outlet />
      </main>
    </>
  )
}

const labels: Record<Connection, string> = {
  connecting: 'Connecting',
  live: 'Live',
  interrupted: 'Reconnecting',
}

function Live({ connection }: { connection: Connection }) {
  const tone = connection === 'live' ? 'text-good' : 'text-warn'
  return (
    <span
      role="status"
      data-connection={connection}
      className={`inline-flex items-center gap-1.5 text-xs font-medium ${tone}`}
    >
      <Radio aria-hidden className="size-4" /> {labels[connection]}
    </span>
  )
}
