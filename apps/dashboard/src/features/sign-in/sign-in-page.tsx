import type { SessionRequest } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { CircleCheckBig } from 'lucide-react'
import { type FormEvent, useEffect, useRef } from 'react'
import { client } from '../../api/client.ts'
import { queries } from '../../api/queries.ts'
import { Failure } from '../../ui/notice.tsx'

/** Signs in with the token of a one-time link, which is removed from the address bar at once, or with a key. */
export function SignInPage() {
  const cache = useQueryClient()
  const navigate = useNavigate()
  const signIn = useMutation({
    mutationFn: (request: SessionRequest) => client.signIn(request),
    async onSuccess(session) {
      cache.setQueryData(queries.session().queryKey, session)
      await navigate({ to: '/' })
    },
  })
  const { mutate } = signIn
  const isUsed = useRef(false)

  useEffect(() => {
    const token = /^#token=(.+)$/.exec(location.hash)?.[1]
    if (token === undefined || isUsed.current) return
    isUsed.current = true
    history.replaceState(null, '', '/sign-in')
    mutate({ token })
  }, [mutate])

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const apiKey = String(new FormData(event.currentTarget).get('key') ?? '').trim()
    if (apiKey !== '') mutate({ apiKey })
  }

  return (
    <main className="grid min-h-screen place-items-center p-6">
      <form
        onSubmit={onSubmit}
        className="w-full max-w-sm space-y-5 rounded-2xl border border-line bg-panel p-8"
      >
        <div>
          <CircleCheckBig aria-hidden className="mb-4 size-8 text-accent" />
          <h1 className="text-xl font-semibold tracking-tight">Sign in to AuthScript</h1>
          <p className="mt-1 text-soft">
            Open the one-time link that the gateway printed, or enter your key.
          </p>
        </div>
        <label className="block">
          <span className="mb-1.5 block text-sm font-medium">Key</span>
          <input
            name="key"
            type="password"
            autoComplete="current-password"
            className="w-full rounded-lg border border-line bg-sunken px-3 py-2"
          />
        </label>
        <button
          type="submit"
          disabled={signIn.isPending}
          className="w-full rounded-lg bg-accent px-4 py-2.5 font-medium text-panel disabled:opacity-60"
        >
          {signIn.isPending ? 'Signing in…' : 'Sign in'}
        </button>
        {signIn.error !== null && <Failure error={signIn.error} />}
      </form>
    </main>
  )
}
