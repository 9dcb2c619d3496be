import type { AccountView } from '@authscript/prior-auth'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { accountQueries } from '../../api/account.ts'
import { RequestFailed } from '../../api/client.ts'
import { Empty, Failure, Skeleton } from '../../ui/notice.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { OwnPasskeys } from './own-passkeys.tsx'
import { OwnSessions } from './own-sessions.tsx'
import { PasswordChange } from './password-change.tsx'

/** The person's own account: ways to sign in, and open sessions. */
export function AccountPage() {
  useTitle('Your account')
  const own = useQuery(accountQueries.own())
  if (own.error instanceof RequestFailed && own.error.problem.code === 'person_needed')
    return (
      <Empty title="You are signed in with a shared key or link.">
        Only people who sign in with their own name have an account.
      </Empty>
    )
  if (own.data === undefined)
    return own.error === null ? (
      <Skeleton rows={6} />
    ) : (
      <Failure error={own.error} onRetry={() => void own.refetch()} />
    )
  return <Account account={own.data} />
}

function Account({ account }: { readonly account: AccountView }) {
  const { label, login, roles, practiceIds, isFromProvider } = account
  return (
    <div className="max-w-3xl space-y-8">
      <div className="space-y-1">
        <h1 className="text-xl font-semibold tracking-tight" dir="auto">
          {label}
        </h1>
        <p className="text-soft [overflow-wrap:anywhere]">
          Login {login} · {roles.join(', ')} · {practiceIds.length === 1 ? 'practice' : 'practices'}{' '}
          {practiceIds.join(', ')}
        </p>
        {roles.includes('clinician') && (
          <p>
            <Link to="/signature" className="text-accent underline">
              Your signature
            </Link>
          </p>
        )}
      </div>
      {!isFromProvider && <PasswordChange account={account} />}
      <OwnPasskeys account={account} />
      <OwnSessions account={account} />
    </div>
  )
}
