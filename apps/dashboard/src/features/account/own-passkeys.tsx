import type { AccountView } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { accountQueries, accountRequests, isProofNeeded } from '../../api/account.ts'
import { quietButton, secondaryButton, textInput } from '../../ui/buttons.ts'
import { notify } from '../../ui/notify.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { addPasskey, canUsePasskeys } from './passkey.ts'
import { ProblemText } from './problem-text.tsx'
import { ProofForm } from './proof-form.tsx'

/** The person's passkeys, and one more. */
export function OwnPasskeys({ account }: { readonly account: AccountView }) {
  const cache = useQueryClient()
  const ids = { heading: useId(), name: useId() }
  const [name, setName] = useState('')
  const onSuccess = () => cache.invalidateQueries({ queryKey: accountQueries.own().queryKey })
  const add = useMutation({
    mutationFn: () => addPasskey(name.trim()),
    onSuccess() {
      setName('')
      void notify('The passkey is added. You can sign in with it from now on.')
      return onSuccess()
    },
  })
  const remove = useMutation({ mutationFn: accountRequests.removePasskey, onSuccess })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') add.mutate()
  }
  return (
    <section aria-labelledby={ids.heading} className="space-y-3">
      <h2 id={ids.heading} className="text-base font-semibold">
        Passkeys
      </h2>
      <p className="text-soft">
        With a passkey you sign in by unlocking your device (fingerprint, face or PIN), without a
        password.
      </p>
      {account.passkeys.length > 0 && (
        <ul className="divide-y divide-line rounded-xl border border-line bg-panel">
          {account.passkeys.map((passkey) => (
            <li
              key={passkey.credentialId}
              data-passkey={passkey.name}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5"
            >
              <span className="min-w-0 grow basis-48 [overflow-wrap:anywhere]">
                {passkey.name}
                <span className="block text-sm text-soft">
                  added <RelativeTime time={passkey.addedAt} />
                  {passkey.usedAt !== null && (
                    <>
                      , used <RelativeTime time={passkey.usedAt} />
                    </>
                  )}
                </span>
              </span>
              <button
                type="button"
                disabled={remove.isPending}
                onClick={() => remove.mutate(passkey.credentialId)}
                aria-label={`Remove ${passkey.name}`}
                className={quietButton}
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      <ProblemText error={remove.error} />
      {canUsePasskeys() ? (
        <form onSubmit={onSubmit} className="flex flex-wrap items-end gap-2">
          <div className="min-w-0 grow basis-48 sm:max-w-72">
            <label htmlFor={ids.name} className="block text-sm font-medium">
              Name of the device
            </label>
            <input
              id={ids.name}
              required
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.target.value)}
              placeholder="Laptop at the front desk"
              className={`${textInput} mt-1`}
            />
          </div>
          <button type="submit" disabled={add.isPending} className={secondaryButton}>
            {add.isPending ? 'Waiting for the device…' : 'Add a passkey'}
          </button>
        </form>
      ) : (
        <p className="text-soft">
          Browsers offer passkeys only at an https address with a host name, or at localhost. This
          page is at {location.host}.
        </p>
      )}
      {isProofNeeded(add.error) ? (
        <ProofForm
          why="Enter your password again to change how you sign in."
          onProved={() => add.mutate()}
        />
      ) : (
        <ProblemText error={add.error} />
      )}
    </section>
  )
}
