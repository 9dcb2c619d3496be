import type { PersonView } from '@authscript/prior-auth'
import { InlineQuestion } from './inline-question.tsx'
import { primaryButton, quietButton, secondaryButton } from '../../ui/buttons.ts'

/** Before a person is signed out: whether a device was lost, too. */
export function EndSessions({
  person: { label, isFromProvider },
  isPending,
  onSignOut,
  onRemoveDevices,
  onClose,
}: {
  readonly person: Pick<PersonView, 'label' | 'isFromProvider'>
  readonly isPending: boolean
  readonly onSignOut: () => void
  readonly onRemoveDevices: () => void
  readonly onClose: () => void
}) {
  return (
    <InlineQuestion
      text={`${label} is signed out on every device.${
        isFromProvider
          ? ''
          : ' If a device was lost, remove the passkeys too. If the password may be stored on it, make a new sign-in link afterwards: that ends the password.'
      }`}
    >
      <button type="button" disabled={isPending} onClick={onSignOut} className={primaryButton}>
        Sign out everywhere
      </button>
      {!isFromProvider && (
        <button
          type="button"
          disabled={isPending}
          onClick={onRemoveDevices}
          className={secondaryButton}
        >
          Sign out and remove passkeys
        </button>
      )}
      <button type="button" onClick={onClose} className={quietButton}>
        Cancel
      </button>
    </InlineQuestion>
  )
}
