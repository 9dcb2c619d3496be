import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { client, type Session } from '../../api/client.ts'
import { Failure } from '../../ui/notice.tsx'

const fieldStyle = 'w-full rounded-lg border border-edge bg-sunken px-3 py-2'

/** Signs a person in. What is refused stays in its fields. */
export function PasswordForm({ onSignedIn }: { readonly onSignedIn: (session: Session) => void }) {
  const loginId = useId()
  const passwordId = useId()
  const signIn = useMutation({ mutationFn: client.signIn, onSuccess: onSignedIn })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const login = String(form.get('login') ?? '').trim()
    const password = String(form.get('password') ?? '')
    if (login !== '' && password !== '') signIn.mutate({ login, password })
  }
  return (
    <form onSubmit={onSubmit} className="space-y-4">
      <div>
        <label htmlFor={loginId} className="mb-1.5 block text-sm font-medium">
          Login
        </label>
        <input
          id={loginId}
          name="login"
          required
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          className={fieldStyle}
        />
      </div>
      <div>
        <label htmlFor={passwordId} className="mb-1.5 block text-sm font-medium">
          Password
        </label>
        <input
          id={passwordId}
          name="password"
          type="password"
          required
          autoComplete="current-password"
          className={fieldStyle}
        />
      </div>
      <button
        type="submit"
        disabled={signIn.isPending}
        className="w-full rounded-lg bg-accent px-4 py-2.5 font-medium text-panel"
      >
        {signIn.isPending ? 'Signing in…' : 'Sign in'}
      </button>
      {signIn.error !== null && <Failure error={signIn.error} />}
    </form>
  )
}
