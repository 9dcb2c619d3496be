import type { AccountView } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { accountQueries, accountRequests } from '../../api/account.ts'
import { queries } from '../../api/queries.ts'
import { quietButton, secondaryButton } from '../../ui/buttons.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { browserName } from './browser-name.ts'
import { ProblemText } from './problem-text.tsx'

const methods: Readonly<Record<AccountView['sessions'][number]['method'], string>> = {
  key: 'with a key',
  link: 'with a one-time link',
  password: 'with a password',
  passkey: 'with a passkey',
  launch: 'from the EHR',
  oidc: 'with single sign-on',
}

/** Where the person is signed in. */
export function OwnSessions({ account }: { readonly account: AccountView }) {
  const cache = useQueryClient()
  const heading = useId()
  const end = useMutation({
    mutationFn: accountRequests.endSession,
    onSuccess: () => cache.invalidateQueries({ queryKey: accountQueries.own().queryKey }),
  })
  const endAll = useMutation({
    mutationFn: accountRequests.endAllSessions,
    // This session is over too: the frame asks who is signed in, and goes to the sign-in.
    onSuccess: () => cache.resetQueries({ queryKey: queries.session().queryKey }),
  })
  return (
    <section aria-labelledby={heading} className="space-y-3">
      <h2 id={heading} className="text-base font-semibold">
        Where you are signed in
      </h2>
      <ul className="divide-y divide-line rounded-xl border border-line bg-panel">
        {account.sessions.map((session) => (
          <li
            key={session.sessionId}
            data-session={session.isThisOne ? 'this' : 'other'}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5"
          >
            <span className="min-w-0 grow basis-56">
              {browserName(session.browser)}
              {session.address !== null && ` at ${session.address}`}
              {session.isThisOne && <strong className="font-medium"> (here)</strong>}
              <span className="block text-sm text-soft">
                signed in {methods[session.method]} <RelativeTime time={session.openedAt} />, used{' '}
                <RelativeTime time={session.usedAt} />
              </span>
            </span>
            {!session.isThisOne && (
              <button
                type="button"
                disabled={end.isPending}
                onClick={() => end.mutate(session.sessionId)}
                className={quietButton}
              >
                Sign out there
              </button>
            )}
          </li>
        ))}
      </ul>
      <ProblemText error={end.error ?? endAll.error} />
      <button
        type="button"
        disabled={endAll.isPending}
        onClick={() => endAll.mutate()}
        className={secondaryButton}
      >
        Sign out everywhere
      </button>
    </section>
  )
}
