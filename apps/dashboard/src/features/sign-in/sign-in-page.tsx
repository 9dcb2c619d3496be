import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { CircleCheckBig } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { client, type Session } from '../../api/client.ts'
import { queries } from '../../api/queries.ts'
import { connection } from '../../connection/connection.ts'
import { Failure } from '../../ui/notice.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { SignInForm } from './sign-in-form.tsx'
import { startOf } from '../../frame/start-page.ts'

/** Signs in with the token of a one-time link, which is removed from the address bar at once, by name, or with a key. */
export function SignInPage() {
  useTitle('Sign in')
  const cache = useQueryClient()
  const router = useRouter()
  const { to, unfinished } = useSearch({ from: '/sign-in' })
  const goOn = (session: Session) => {
    cache.setQueryData(queries.session().queryKey, session)
    connection.open()
    router.history.replace(to ?? startOf(session))
  }
  const link = useMutation({ mutationFn: client.signIn, onSuccess: goOn })
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
        <SignInForm onSignedIn={goOn} />
        {link.error !== null && <Failure error={link.error} />}
      </div>
    </main>
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
