import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { accountQueries } from '../../api/account.ts'
import { client, type Session } from '../../api/client.ts'
import { Failure, Skeleton } from '../../ui/notice.tsx'
import { OwnPasskeys } from './own-passkeys.tsx'
import { canUsePasskeys } from './passkey.ts'
import { PasswordChange } from './password-change.tsx'

/** For whoever signed in with a password that somebody else made: the gateway refuses everything else until they have a way in of their own. */
export function ChoosePassword({ onChosen }: { readonly onChosen: (session: Session) => void }) {
  const own = useQuery(accountQueries.own())
  const isChosen = own.data?.isPasswordTemporary === false
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
        Your password was made by somebody else. Before you go on, choose one that only you know
        {canUsePasskeys() ? ', or add a passkey' : ''}.
      </p>
      <PasswordChange account={own.data} />
      {canUsePasskeys() && <OwnPasskeys account={own.data} />}
    </div>
  )
}
