import { Dialog } from '@base-ui/react/dialog'
import { useState } from 'react'
import type { Session } from '../api/client.ts'
import { ChoosePassword } from '../features/account/choose-password.tsx'
import { isInFrame } from '../in-frame.ts'
import { SignInForm } from '../features/sign-in/sign-in-form.tsx'

/** Over the page, which stays as it is, with what was typed. What it shows is blurred, because nobody is signed in. */
export function SessionDialog({
  session,
  onSignedIn,
  onLeave,
}: {
  /** That has ended. */
  readonly session: Session
  readonly onSignedIn: (session: Session) => void
  readonly onLeave: () => void
}) {
  const [isPasswordNeeded, setIsPasswordNeeded] = useState(false)
  return (
    <Dialog.Root open modal>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-canvas/60 backdrop-blur-md" />
        <Dialog.Popup
          data-session-dialog
          className="fixed top-1/2 left-1/2 z-50 w-[min(26rem,calc(100vw-2rem))] -translate-1/2 rounded-2xl border border-line bg-panel p-6 shadow-xl"
        >
          <Dialog.Title className="text-lg font-semibold">Your session has ended</Dialog.Title>
          <Dialog.Description className="mt-1 mb-4 text-soft">
            {isInFrame
              ? 'Copy what you typed and did not save. Then open AuthScript again from the chart: the EHR signs you in.'
              : `Sign in as ${session.label} to continue where you are; nothing that you typed is lost. If you sign in with a link, open a new one in another tab.`}
          </Dialog.Description>
          {isPasswordNeeded ? (
            <ChoosePassword onChosen={onSignedIn} />
          ) : (
            !isInFrame && (
              <SignInForm
                prefersKey={session.personId === null}
                onSignedIn={(again) =>
                  again.mustChangePassword ? setIsPasswordNeeded(true) : onSignedIn(again)
                }
              />
            )
          )}
          <button
            type="button"
            onClick={onLeave}
            className="mt-3 w-full rounded-lg px-4 py-2 text-soft hover:bg-quiet-soft hover:text-ink"
          >
            Leave this page
          </button>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
