import type { AccountView } from '@authscript/prior-auth'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { accountQueries } from '../../api/account.ts'
import { client, type Session } from '../../api/client.ts'
import { Failure, Skeleton } from '../../ui/notice.tsx'
import { OwnPasskeys } from './own-passkeys.tsx'
import { canUsePasskeys } from './passkey.ts'
import { PasswordChange } from './password-change.tsx'

/** For a person without a password or passkey that only they know: the gateway refuses everything else until they have chosen one. */
export function ChoosePassword({ onChosen }: { readonly onChosen: (session: Session) => void }) {
  const own = useQuery(accountQueries.own())
  const isChosen = own.data !== undefined && hasOwnWayIn(own.data)
  useEffect(() => {
    if (isChosen) client.session().then(onChosen, () => undefined)
  }, [isChosen, onChosen])
  if (own.data === undefined)
    return own.error === null ? (
      <Skeleton rows={3} />
    ) : (
      <Failure error={own.error} onRetry={() => void own.refetch()} />
    )
  return (
    <div className="space-y-6">
      <p className="text-soft">
        {own.data.isPasswordTemporary
          ? 'Somebody else set your password. Before you continue, choose one that only you know'
          : 'The link works once. Choose a password, so that you can sign in again'}
        {canUsePasskeys() ? ', or add a passkey' : ''}.{' '}
        {!own.data.isPasswordTemporary && (
          <>
            Your login is <strong className="font-medium text-ink">{own.data.login}</strong>.
          </>
        )}
      </p>
      <PasswordChange account={own.data} />
      {canUsePasskeys() && <OwnPasskeys account={own.data} />}
    </div>
  )
}

const hasOwnWayIn = ({ hasPassword, isPasswordTemporary, passkeys }: AccountView): boolean =>
  !isPasswordTemporary && (hasPassword || passkeys.length > 0)
