import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { accountRequests } from '../../api/account.ts'
import { primaryButton, secondaryButton, textInput } from '../../ui/buttons.ts'
import { canUsePasskeys, proveWithPasskey } from './passkey.ts'
import { ProblemText } from './problem-text.tsx'

/** Asks the signed-in person to prove who they are, then continues. It is shown beside what was typed, which stays. */
export function ProofForm({
  why,
  onProved,
}: {
  readonly why: string
  readonly onProved: () => void
}) {
  const id = useId()
  const byPassword = useMutation({
    mutationFn: (password: string) => accountRequests.prove({ password }),
    onSuccess: onProved,
  })
  const byPasskey = useMutation({ mutationFn: proveWithPasskey, onSuccess: onProved })
  const isPending = byPassword.isPending || byPasskey.isPending
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    event.stopPropagation()
    const password = String(new FormData(event.currentTarget).get('password') ?? '')
    if (password !== '') byPassword.mutate(password)
  }
  return (
    <form
      onSubmit={onSubmit}
      data-proof
      className="space-y-3 rounded-lg border border-edge bg-sunken p-3"
    >
      <p className="font-medium">{why}</p>
      <div>
        <label htmlFor={id} className="block text-sm">
          Your password
        </label>
        <input
          id={id}
          name="password"
          type="password"
          autoComplete="current-password"
          className={`${textInput} mt-1`}
        />
      </div>
      <ProblemText error={byPassword.error ?? byPasskey.error} />
      <div className="flex flex-wrap gap-2">
        <button type="submit" disabled={isPending} className={primaryButton}>
          {byPassword.isPending ? 'Checking…' : 'Continue'}
        </button>
        {canUsePasskeys() && (
          <button
            type="button"
            disabled={isPending}
            onClick={() => byPasskey.mutate()}
            className={secondaryButton}
          >
            Use a passkey
          </button>
        )}
      </div>
    </form>
  )
}
