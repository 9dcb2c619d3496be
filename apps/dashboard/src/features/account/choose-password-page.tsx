import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { Session } from '../../api/client.ts'
import { queries } from '../../api/queries.ts'
import { useLeave } from '../../frame/session.ts'
import { quietButton } from '../../ui/buttons.ts'
import { useTitle } from '../../ui/use-title.ts'
import { ChoosePassword } from './choose-password.tsx'

/** In place of every page. */
export function ChoosePasswordPage({ label }: { readonly label: string }) {
  useTitle('Choose a password')
  const cache = useQueryClient()
  const { signOut } = useLeave(false)
  const onChosen = useCallback(
    (session: Session) => void cache.setQueryData(queries.session().queryKey, session),
    [cache],
  )
  return (
    <main className="mx-auto max-w-xl space-y-4 p-4 py-8">
      <h1 className="text-xl font-semibold tracking-tight" dir="auto">
        Welcome, {label}
      </h1>
      <ChoosePassword onChosen={onChosen} />
      <button type="button" onClick={() => void signOut()} className={`${quietButton} -ml-3`}>
        Sign out
      </button>
    </main>
  )
}
