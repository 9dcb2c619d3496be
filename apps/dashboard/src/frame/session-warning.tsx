import { AlertDialog } from '@base-ui/react/alert-dialog'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Clock } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { client } from '../api/client.ts'
import { queries } from '../api/queries.ts'
import { after, every, now } from '../clock.ts'
import { isInFrame } from '../in-frame.ts'
import { primaryButton, secondaryButton } from '../ui/buttons.ts'
import { isSignedOut } from './session.ts'
import { sessionEndAt } from './session-end.ts'

const secondMs = 1000
/** How soon it is noticed that somebody used the session in another tab. */
const askAgainMs = 5000
/** A computer may have slept. */
const maxWaitMs = 10 * 60_000

/**
 * Warns before the session ends: over the page when nobody uses it, with a button that keeps it open; beside the page when it expires. The
 * gateway decides about the time, and is asked again before anything is said.
 */
export function SessionWarning({ onSignOut }: { readonly onSignOut: () => void }) {
  const cache = useQueryClient()
  const { data: session, dataUpdatedAt: answeredAt } = useQuery({
    ...queries.session(),
    enabled: false,
  })
  const [at, setAt] = useState(now)
  const [readExpiry, setReadExpiry] = useState<string>()

  /** As any request: it keeps the session open if somebody has touched this page. A 401 is noticed where all are. */
  const ask = useCallback(async () => {
    await cache.fetchQuery({ ...queries.session(), staleTime: 0 }).catch(() => undefined)
    setAt(now())
  }, [cache])
  /** Does not keep the session open: the pointer may be moving to the button. */
  const look = useCallback(
    () =>
      client.sessionUnused().then(
        (answer) => void cache.setQueryData(queries.session().queryKey, answer),
        (error: unknown) => (isSignedOut(error) ? ask() : undefined),
      ),
    [cache, ask],
  )

  const end = session && sessionEndAt(session, { answeredAt, at: Math.max(at, answeredAt) })
  const askAt = end?.kind === 'open' ? end.askAt : undefined
  const isUnused = end?.kind === 'unused'
  useEffect(() => {
    if (askAt === undefined) return
    return after(Math.min(Math.max(askAt - now(), 0), maxWaitMs), () => {
      if (now() >= askAt) void ask()
      else setAt(now())
    })
  }, [askAt, at, ask])
  useEffect(() => {
    if (askAt !== undefined) return
    const stopTicking = every(secondMs, () => setAt(now()))
    const stopLooking = isUnused ? every(askAgainMs, () => void look()) : undefined
    return () => {
      stopTicking()
      stopLooking?.()
    }
  }, [askAt, isUnused, look])
  useEffect(() => {
    const onSeen = () => document.hidden || setAt(now())
    document.addEventListener('visibilitychange', onSeen)
    return () => document.removeEventListener('visibilitychange', onSeen)
  }, [])

  if (end?.kind === 'unused')
    return <Unused leftMs={end.leftMs} onStay={() => void ask()} onSignOut={onSignOut} />
  if (end?.kind === 'expiring' && session !== undefined && readExpiry !== session.expiresAt)
    return <Expiring leftMs={end.leftMs} onRead={() => setReadExpiry(session.expiresAt)} />
  return null
}

function Unused({
  leftMs,
  onStay,
  onSignOut,
}: {
  readonly leftMs: number
  readonly onStay: () => void
  readonly onSignOut: () => void
}) {
  const left = Math.ceil(leftMs / secondMs)
  return (
    <AlertDialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onStay())}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-[60] bg-black/50" />
        <AlertDialog.Popup
          data-session-warning="unused"
          className="fixed top-1/2 left-1/2 z-[60] w-[min(26rem,calc(100vw-2rem))] -translate-1/2 rounded-2xl border border-line bg-panel p-6 shadow-xl"
        >
          <AlertDialog.Title className="flex items-center gap-2 text-lg font-semibold">
            <Clock aria-hidden className="size-5 shrink-0 text-warn" />
            You will be signed out in {inWords(left)}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-soft">
            {isInFrame
              ? 'Nobody has used AuthScript for a while. Stay signed in to keep what you typed and did not save.'
              : 'Nobody has used AuthScript in this browser for a while. What you typed stays on this page, even if you have to sign in again.'}
          </AlertDialog.Description>
          <p role="timer" className="my-4 text-3xl font-semibold tabular-nums">
            {toClock(left)}
          </p>
          <p role="status" className="sr-only">
            {spoken(left)}
          </p>
          <div className="flex flex-wrap gap-2">
            <button type="button" onClick={onStay} className={primaryButton}>
              Stay signed in
            </button>
            <button type="button" onClick={onSignOut} className={secondaryButton}>
              Sign out now
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

function Expiring({ leftMs, onRead }: { readonly leftMs: number; readonly onRead: () => void }) {
  const minutes = Math.ceil(leftMs / 60_000)
  return (
    <div
      role="alert"
      data-session-warning="expiring"
      className="fixed top-16 left-1/2 z-30 flex w-[min(40rem,calc(100vw-2rem))] -translate-x-1/2 items-start gap-3 rounded-xl border border-line bg-panel p-4 shadow-lg max-[480px]:flex-wrap"
    >
      <Clock aria-hidden className="mt-0.5 size-5 shrink-0 text-warn" />
      <div className="grow basis-56">
        <p className="font-semibold">
          Your session ends in {minutes === 1 ? 'one minute' : `${minutes} minutes`}
        </p>
        <p className="text-soft">
          {isInFrame
            ? 'It has reached the time limit of a session, so it cannot be extended. Save what you typed, then open AuthScript again from the chart.'
            : 'It has reached the time limit of a session, so it cannot be extended. Save what you can; what you typed stays on this page while you sign in again.'}
        </p>
      </div>
      <button type="button" onClick={onRead} className={secondaryButton}>
        Close
      </button>
    </div>
  )
}

const toClock = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

const inWords = (seconds: number) =>
  seconds > 60 ? `${Math.ceil(seconds / 60)} minutes` : 'less than a minute'

/** For screen readers, which would otherwise read each second. The dialog itself says the rest when it opens. */
function spoken(seconds: number): string {
  if (seconds > 60) return ''
  if (seconds > 30) return 'One minute left.'
  return seconds > 10 ? '30 seconds left.' : 'Less than 10 seconds left.'
}
