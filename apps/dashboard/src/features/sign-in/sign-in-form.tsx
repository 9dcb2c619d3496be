import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Session } from '../../api/client.ts'
import { signInQueries } from '../../api/sign-in.ts'
import { Skeleton } from '../../ui/notice.tsx'
import { KeyForm } from './key-form.tsx'
import { OtherWays } from './other-ways.tsx'
import { PasswordForm } from './password-form.tsx'

/** Signs in by name, or with a key. Where nobody was added by name, it asks for the key at once. */
export function SignInForm({
  prefersKey = false,
  to,
  onSignedIn,
}: {
  /** The previous session was opened with a key. */
  readonly prefersKey?: boolean
  /** The page to return to after single sign-on, which leaves this one; undefined: this page must not be left. */
  readonly to?: string | undefined
  readonly onSignedIn: (session: Session) => void
}) {
  const ways = useQuery(signInQueries.ways())
  const [usesKey, setUsesKey] = useState(prefersKey)
  if (ways.isPending) return <Skeleton rows={3} />
  // If it is not known which ways there are, all are offered.
  const { password = true, oidc = null } = ways.data ?? {}
  if (!password && oidc === null) return <KeyForm onSignedIn={onSignedIn} />
  return (
    <div className="space-y-4">
      {usesKey ? <KeyForm onSignedIn={onSignedIn} /> : <PasswordForm onSignedIn={onSignedIn} />}
      {!usesKey && <OtherWays oidc={oidc} to={to} onSignedIn={onSignedIn} />}
      <button
        type="button"
        onClick={() => setUsesKey(!usesKey)}
        className="rounded text-sm text-accent underline"
      >
        {usesKey ? 'Sign in with your name and password' : 'Sign in with a key'}
      </button>
    </div>
  )
}
