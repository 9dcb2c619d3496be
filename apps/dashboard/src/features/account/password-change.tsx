import type { AccountView } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { accountQueries, accountRequests, isProofNeeded } from '../../api/account.ts'
import { primaryButton, textInput } from '../../ui/buttons.ts'
import { notify } from '../../ui/notify.ts'
import { ProblemText } from './problem-text.tsx'
import { ProofForm } from './proof-form.tsx'

/** What is refused stays typed. */
export function PasswordChange({ account }: { readonly account: AccountView }) {
  const cache = useQueryClient()
  const ids = { current: useId(), password: useId(), hint: useId(), heading: useId() }
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = useMutation({
    mutationFn: accountRequests.changePassword,
    onSuccess() {
      setCurrent('')
      setPassword('')
      void notify('Your password is changed. Your other sessions have ended.')
      void cache.invalidateQueries({ queryKey: accountQueries.own().queryKey })
    },
  })
  // A person with a temporary password has just typed it.
  const asksCurrent = account.hasPassword && !account.isPasswordTemporary
  const send = () => change.mutate({ ...(asksCurrent && { current }), password })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  return (
    <section aria-labelledby={ids.heading} className="space-y-3">
      <h2 id={ids.heading} className="text-base font-semibold">
        {asksCurrent ? 'Change your password' : 'Choose a password'}
      </h2>
      <form onSubmit={onSubmit} className="max-w-sm space-y-3">
        <input type="hidden" name="username" autoComplete="username" value={account.login} />
        {asksCurrent && (
          <div>
            <label htmlFor={ids.current} className="block text-sm font-medium">
              Current password
            </label>
            <input
              id={ids.current}
              type="password"
              required
              autoComplete="current-password"
              value={current}
              onChange={(event) => setCurrent(event.target.value)}
              className={`${textInput} mt-1`}
            />
          </div>
        )}
        <div>
          <label htmlFor={ids.password} className="block text-sm font-medium">
            New password
          </label>
          <input
            id={ids.password}
            type="password"
            required
            autoComplete="new-password"
            aria-describedby={ids.hint}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            className={`${textInput} mt-1`}
          />
          <p id={ids.hint} className="mt-1 text-sm text-soft">
            At least 12 characters. A few words that do not belong together are easy to remember.
          </p>
        </div>
        {!isProofNeeded(change.error) && <ProblemText error={change.error} />}
        <button type="submit" disabled={change.isPending} className={primaryButton}>
          {change.isPending ? 'Saving…' : 'Save the password'}
        </button>
      </form>
      {isProofNeeded(change.error) && (
        <ProofForm why="Enter your password again to change how you sign in." onProved={send} />
      )}
    </section>
  )
}
