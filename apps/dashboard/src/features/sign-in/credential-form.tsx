import { useMutation } from '@tanstack/react-query'
import { type ComponentProps, type FormEvent, type ReactNode, useId } from 'react'
import { client, type Session } from '../../api/client.ts'
import { Failure } from '../../ui/notice.tsx'

/** Signs in with what is typed into its fields. What is refused stays in them. */
export function CredentialForm({
  toCredential,
  onSignedIn,
  children,
}: {
  /** Undefined: something is missing. */
  readonly toCredential: (typed: FormData) => Parameters<typeof client.signIn>[0] | undefined
  readonly onSignedIn: (session: Session) => void
  readonly children: ReactNode
}) {
  const signIn = useMutation({ mutationFn: client.signIn, onSuccess: onSignedIn })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const credential = toCredential(new FormData(event.currentTarget))
    if (credential !== undefined) signIn.mutate(credential)
  }
  return (
    <form onSubmit={onSubmit} className="space-y-4">
      {children}
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

/** A field of the form, with its label above it. */
export function CredentialField({
  label,
  ...input
}: { readonly label: string } & Omit<ComponentProps<'input'>, 'id' | 'className'>) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        {...input}
        className="w-full rounded-lg border border-edge bg-sunken px-3 py-2"
      />
    </div>
  )
}
