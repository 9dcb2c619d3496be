import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { CircleCheckBig } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { client, type Session } from '../../api/client.ts'
import { queries } from '../../api/queries.ts'
import { connection } from '../../connection/connection.ts'
import { isInFrame } from '../../in-frame.ts'
import { Failure } from '../../ui/notice.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { SignInForm } from './sign-in-form.tsx'
import { startOf } from '../../frame/start-page.ts'

/** Signs in with the token of a one-time link, which is removed from the address bar at once, by name, or with a key. */
export function SignInPage() {
  useTitle('Sign in')
  const cache = useQueryClient()
  const router = useRouter()
  const { to, unfinished, refused } = useSearch({ from: '/sign-in' })
  const openPage = (session: Session) => {
    cache.setQueryData(queries.session().queryKey, session)
    if (!session.mustChangePassword) connection.open()
    router.history.replace(to ?? startOf(session))
  }
  const link = useMutation({ mutationFn: client.signIn, onSuccess: openPage })
  const { mutate } = link
  const isUsed = useRef(false)

  useEffect(() => {
    const token = /^#token=(.+)$/.exec(location.hash)?.[1]
    if (token === undefined || isUsed.current) return
    isUsed.current = true
    history.replaceState(null, '', '/sign-in')
    mutate({ token })
  }, [mutate])

  return (
    <main className="grid min-h-screen place-items-center p-6">
      <div className="w-full max-w-sm space-y-5 rounded-2xl border border-line bg-panel p-8">
        <div>
          <CircleCheckBig aria-hidden className="mb-4 size-8 text-accent" />
          <h1 className="text-xl font-semibold tracking-tight">Sign in to AuthScript</h1>
        </div>
        {unfinished === true && <UnfinishedSignOut />}
        {refused !== undefined && <ProviderRefusal code={refused} />}
        {isInFrame ? (
          <p>Open AuthScript again from the chart: the EHR signs you in.</p>
        ) : (
          <SignInForm to={to ?? '/'} onSignedIn={openPage} />
        )}
        {link.error !== null && <Failure error={link.error} />}
      </div>
    </main>
  )
}

const refusals: Readonly<Record<string, string>> = {
  oidc_unavailable:
    'The sign-in service of your organization does not answer. Try again in a few minutes, or sign in with your password.',
  oidc_refused:
    'The sign-in was refused, because what the sign-in service sent could not be verified. Try again; if it happens again, tell your administrator.',
  oidc_cancelled: 'The sign-in was cancelled before it was complete.',
  oidc_expired: 'The sign-in took too long, or began in another browser. Start again.',
  account_disabled: 'Your account is disabled. Ask an administrator of your practice.',
  practice_missing:
    'You have no role or no practice here yet. Ask an administrator of your practice.',
}

/** The identity provider sent the browser back without a sign-in. */
function ProviderRefusal({ code }: { readonly code: string }) {
  return (
    <p role="alert" className="rounded-xl bg-bad-soft p-4 text-bad">
      {refusals[code] ?? 'The sign-in was refused. Start again.'}
    </p>
  )
}

/** The gateway did not answer the sign-out, so whoever uses this browser next could still open the queue. */
function UnfinishedSignOut() {
  const navigate = useNavigate()
  const signOut = useMutation({
    mutationFn: () => client.signOut(AbortSignal.timeout(5000)),
    onSuccess: () => navigate({ to: '/sign-in', search: {}, replace: true }),
  })
  return (
    <div role="alert" className="space-y-3 rounded-xl bg-warn-soft p-4 text-warn">
      <p>
        The gateway did not answer, so your session is still open in this browser. Sign out again
        before you leave.
      </p>
      <button
        type="button"
        disabled={signOut.isPending}
        onClick={() => signOut.mutate()}
        className="rounded-lg border border-current px-3 py-1.5 font-medium"
      >
        Sign out again
      </button>
    </div>
  )
}
