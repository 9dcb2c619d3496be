import type { Session } from '../../api/client.ts'
import { CredentialField, CredentialForm } from './credential-form.tsx'

/** Signs a person in. */
export function PasswordForm({ onSignedIn }: { readonly onSignedIn: (session: Session) => void }) {
  return (
    <CredentialForm
      onSignedIn={onSignedIn}
      toCredential={(typed) => {
        const login = String(typed.get('login') ?? '').trim()
        const password = String(typed.get('password') ?? '')
        return login === '' || password === '' ? undefined : { login, password }
      }}
    >
      <CredentialField
        label="Login"
        name="login"
        required
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <CredentialField
        label="Password"
        name="password"
        type="password"
        required
        autoComplete="current-password"
      />
    </CredentialForm>
  )
}
