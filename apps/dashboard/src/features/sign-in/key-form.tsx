import type { Session } from '../../api/client.ts'
import { CredentialField, CredentialForm } from './credential-form.tsx'

/** Signs in with a key. */
export function KeyForm({ onSignedIn }: { readonly onSignedIn: (session: Session) => void }) {
  return (
    <CredentialForm
      onSignedIn={onSignedIn}
      toCredential={(typed) => {
        const apiKey = String(typed.get('key') ?? '').trim()
        return apiKey === '' ? undefined : { apiKey }
      }}
    >
      <CredentialField label="Key" name="key" type="password" autoComplete="current-password" />
    </CredentialForm>
  )
}
