import { useMutation } from '@tanstack/react-query'
import type { Session } from '../../api/client.ts'
import { ProblemText } from '../account/problem-text.tsx'
import { canUsePasskeys, signInWithPasskey } from '../account/passkey.ts'

const button =
  'block w-full rounded-lg border border-edge px-4 py-2.5 text-center font-medium hover:bg-quiet-soft'

/** Single sign-on leaves the page, so it is offered only where nothing can be lost. */
export function OtherWays({
  oidc,
  to,
  onSignedIn,
}: {
  readonly oidc: string | null
  readonly to: string | undefined
  readonly onSignedIn: (session: Session) => void
}) {
  const passkey = useMutation({ mutationFn: signInWithPasskey, onSuccess: onSignedIn })
  return (
    <div className="space-y-3">
      {canUsePasskeys() && (
        <button
          type="button"
          disabled={passkey.isPending}
          onClick={() => passkey.mutate()}
          className={button}
        >
          {passkey.isPending ? 'Waiting for the device…' : 'Sign in with a passkey'}
        </button>
      )}
      <ProblemText error={passkey.error} />
      {oidc !== null &&
        (to === undefined ? (
          <p className="text-soft">
            To sign in with {oidc},{' '}
            <a href="/sign-in" target="_blank" rel="noreferrer" className="text-accent underline">
              open the sign-in in another tab
            </a>
            ; this page continues by itself.
          </p>
        ) : (
          <a href={`/api/session/oidc/start?to=${encodeURIComponent(to)}`} className={button}>
            Sign in with {oidc}
          </a>
        ))}
    </div>
  )
}
