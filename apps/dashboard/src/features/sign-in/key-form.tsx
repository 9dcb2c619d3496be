import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { client, type Session } from '../../api/client.ts'
import { Failure } from '../../ui/notice.tsx'

/** Signs in with a key. A key that is refused stays in its field. */
export function KeyForm({ onSignedIn }: { readonly onSignedIn: (session: Session) => void }) {
  const fieldId = useId()
  const signIn = useMutation({ mutationFn: client.signIn, onSuccess: onSignedIn })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const apiKey = String(new FormData(event.currentTarget).get('key') ?? '').trim()
    if (apiKey !== '') signIn.mutate({ apiKey })
  }
  return (
    <form onSubmit={onSubmit} className="space-y-4">
      <div>
        <label htmlFor={fieldId} className="mb-1.5 block text-sm font-medium">
          Key
        </label>
        <input
          id={fieldId}
          name="key"
          type="password"
          autoComplete="current-password"
          className="w-full rounded-lg border border-edge bg-sunken px-3 py-2"
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
